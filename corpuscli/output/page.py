"""An article as a text to read: title, deck, byline, captions, paragraphs, a blank line between."""

from __future__ import annotations

from ..model import Article


def article_text(article: Article) -> str:
    """The clean text of an article, with a final newline; every text as it is."""
    units = (article.title, article.deck, article.byline, *article.captions, *article.paragraphs)
    return "\n\n".join(unit.text for unit in units if unit is not None) + "\n"
