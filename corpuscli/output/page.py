"""Print an article as text to read: title, deck, byline, captions, paragraphs, with blank lines."""

from __future__ import annotations

from ..model import Article


def article_text(article: Article) -> str:
    """Return the clean text of an article, with a final newline; each text is unchanged."""
    units = (article.title, article.deck, article.byline, *article.captions, *article.paragraphs)
    return "\n\n".join(unit.text for unit in units if unit is not None) + "\n"
