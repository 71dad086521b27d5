"""Turn an article's text into shingles, runs of five words, by which two texts are compared.

The text is the title and the paragraphs, in NFC, ignoring case and differences in white space.
Captions are not part of it, and neither is an agency's last line, `(Reporting by ...)`. In a script
without spaces, each character counts as a word.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

from ..errors import UsageError
from ..model import Article
from ..source.text import BOM

GRAM = 5
"""The number of words in a shingle."""

MISSED = 1e-4
"""The share of pairs at the threshold that the sketches may miss."""

MOST_PERMUTATIONS = 256

SEED = 1
"""Any number will do; with another one, other pairs would be missed."""

_WITHOUT_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9d\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese."""

_HAS_NO_SPACES = re.compile(f"[{_WITHOUT_SPACES}]")
_WORD = re.compile(rf"[{_WITHOUT_SPACES}]|[^\s{_WITHOUT_SPACES}]+")

_TAIL = re.compile(
    r"\W*(?:"
    r"(?:additional |further )?(?:reporting|writing|editing|compiled|translated|graphics?) by\b|"
    r"our standards:|"
    r"(?:with|mit|avec|con) (?:material|informationen|information|información)\b.{0,60}$|"
    r"(?:bericht|redaktion|redigiert|bearbeitet)(?: von|:)|"
    r"(?:reportage|édité|rédigé|version française)(?: de| par|:)|"
    r"(?:reporte|editado|escrito|redactado|información)(?: de| por|:)|"
    r"(?:редактор|автор|подготовил[аи]?)\b|"
    r"(?:إعداد|تحرير|تغطية|كتابة)\b"
    r")"
)
"""The start of a last paragraph, case-folded, that says who wrote and edited the story."""

LONGEST_TAIL = 600
"""Characters; a longer paragraph is part of the story."""


class Banding(NamedTuple):
    """How sketches are cut into bands: two articles are compared if any of their bands agree."""

    rows: int
    """The number of values in a band."""
    bands: int

    @classmethod
    def of(cls, threshold: float) -> Banding:
        """Return the bands that miss almost no pair whose similarity reaches the threshold.

        They have as many rows as possible, because that lets through the fewest dissimilar pairs.
        """
        for rows in range(16, 1, -1):
            equal = threshold**rows
            bands = math.ceil(math.log(MISSED) / math.log1p(-equal)) if equal < 1 else 1
            if rows * bands <= MOST_PERMUTATIONS:
                return cls(rows, bands)
        return cls(1, math.ceil(math.log(MISSED) / math.log1p(-threshold)))


class Shingles(NamedTuple):
    """The text of an article in the form for exact comparison. It can be pickled."""

    grams: array[int]
    """A 64-bit hash of each shingle, in text order; each shingle starts one word after the last."""
    units: array[int]
    """A 64-bit hash of the title and of each paragraph."""
    ends: array[int]
    """How many words come before the end of each unit."""


def minhash() -> Any:
    """Return the class that makes sketches; raise UsageError if it is not installed."""
    try:
        from rensa import RMinHash  # type: ignore[import-untyped]
    except ImportError as error:
        reason = "near duplicates need rensa: pip install rensa; --exact works without it"
        raise UsageError("", reason) from error
    return RMinHash


def sketch(article: Article, banding: Banding) -> tuple[list[int], list[int]]:
    """Return a nonzero 32-bit number per band, and a hash per unit of the text.

    Both lists are empty if there is no body.
    """
    units = _units(article)
    if not units:
        return [], []
    made = minhash()(banding.rows * banding.bands, SEED)
    made.update(_grams(_words("\n".join(units))))
    values = made.digest()
    rows = banding.rows
    # The hash of a tuple of numbers is the same in every process.
    bands = [
        hash(tuple(values[at : at + rows])) & 0xFFFFFFFF or 1 for at in range(0, len(values), rows)
    ]
    return bands, minhash().hash_token_sets([units])[0]


def shingles(article: Article) -> Shingles:
    """Return the text of an article, hashed."""
    units = _units(article)
    parts = [_words(unit) for unit in units]
    hashed = minhash().hash_token_sets([_grams([word for part in parts for word in part]), units])
    grams, whole = (array("Q", numbers) for numbers in hashed)
    return Shingles(grams, whole, array("I", accumulate(map(len, parts))))


def own_grams(text: Shingles, furniture: frozenset[int]) -> frozenset[int]:
    """Return the shingles of a text, except those that touch a unit that is furniture."""
    grams: set[int] = set()
    start = at = 0
    for unit, end in zip(text.units, text.ends, strict=True):
        if unit in furniture:
            grams.update(text.grams[start : max(start, at - GRAM + 1)])
            start = end
        at = end
    grams.update(text.grams[start : max(start, at - GRAM + 1)])
    return frozenset(grams)


def _units(article: Article) -> list[str]:
    """Return the folded title, if any, and the folded paragraphs; nothing without a paragraph."""
    paragraphs = [_folded(paragraph.text) for paragraph in article.paragraphs]
    while paragraphs and len(paragraphs[-1]) <= LONGEST_TAIL and _TAIL.match(paragraphs[-1]):
        paragraphs.pop()
    if paragraphs and article.title:
        paragraphs.insert(0, _folded(article.title.text))
    return paragraphs


def _folded(text: str) -> str:
    """Return a text in NFC and case-folded."""
    if text.isascii():
        return text.casefold()
    text = text.replace(BOM, "")
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    text = text.casefold()
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _words(text: str) -> list[str]:
    """Return the words of a folded text."""
    if not text.isascii() and _HAS_NO_SPACES.search(text):
        return _WORD.findall(text)
    return text.split()


def _grams(words: Sequence[str]) -> list[str]:
    """Return every run of `GRAM` words; a shorter text is a single run."""
    if len(words) < GRAM:
        return [" ".join(words)]
    return list(map(" ".join, zip(*(words[at:] for at in range(GRAM)))))  # noqa: B905
