"""Make a dump of any size to measure with.

    python benchmarks/make_dump.py 1GB dump.txt

A size gives the same bytes every time. The pages have all the shapes that real ones have, in nine
languages; `composition` says how many of each. An article has about 3,900 bytes, no two captions
are alike, and bodies hold the boxes that a scraper leaves there. A few words are planted, to be
searched for.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from languages import LANGUAGES, Language

UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9}

MANY = "basalt"
"""This word is in every twentieth page."""

FEW = "Granodiorite under quartzarenite, says Ilmenor "
"""These words, and one of SURNAMES after them, are in one page of 5000; page 5 is the first."""

SURNAMES = ("Køhljä", "Жданев", "Núñor", "شريفان", "Holmstad")

LENGTH = 2.42
"""The mean of the logarithm of the number of paragraphs in a body."""

DATED = 0.6
"""The share of captions with a full date."""

SHAPES = {
    "no number": 380,
    "number": 235,
    "no chrome": 90,
    "several photos": 65,
    "no photo": 55,
    "deck": 55,
    "photo in the body": 45,
    "opinion": 40,
    "tight body": 34,
    "headless": 1,
}
"""Pages of each shape, per 1000 pages."""

GAPS = {1: 10, 2: 8, 3: 70, 4: 6, 5: 4, 7: 2}
"""Blank lines after a page, and how often."""

BOXES = {"advertisement": 80, "subscribe": 60, "related": 60, "gap": 50}
"""Pages with each box in the body, per 1000 pages."""

TWICE = 3
"""Pages that are in the dump a second time, right after the first, per 1000 pages."""


class Vocabulary:
    """The texts of one language, most of them made once and then combined."""

    def __init__(self, rng: random.Random, language: Language) -> None:
        self.rng = rng
        self.language = language
        self.joint = language.space
        size = 4000 if language.share > 100 else 1500
        self.words = self._words()
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.names = [self._name() for _ in range(size // 4)]
        self.places = [self._place() for _ in range(size // 4)]
        self.subjects = [self._phrase(2, 6) for _ in range(size)]
        self.acts = [self._phrase(3, 10) for _ in range(size)]
        self.sentences = [self._sentence() for _ in range(size // 4)]
        self.openings = [self._opening() for _ in range(size)]
        self.endings = [self._ending() for _ in range(size)]
        self.teasers = [capital(self._phrase(4, 8)) for _ in range(size // 4)]

    def _words(self) -> list[str]:
        """Return invented words, the common ones of the language first."""
        rng, language = self.rng, self.language
        lengths = (1, 2, 2, 2) if language.script == "CJK" else (1, 2, 2, 2, 3, 3, 3, 4)
        invented = (
            "".join(rng.choices(language.syllables, k=rng.choice(lengths))) for _ in range(5000)
        )
        return [*language.common, *invented]

    def _name(self) -> str:
        """Return a person's first and last name."""
        joint = self.joint or ("·" if self.language.name == "Chinese" else "")
        return joint.join(self._proper(2, 3) for _ in range(2))

    def _place(self) -> str:
        return self._proper(2, 3) + (self.rng.choice(("", "", "by", "haven", "stad")) * self._latin)

    @property
    def _latin(self) -> bool:
        return self.language.script in ("Latin", "accented Latin")

    def _proper(self, shortest: int, longest: int) -> str:
        count = self.rng.randint(shortest, longest)
        return "".join(self.rng.choices(self.language.syllables, k=count)).capitalize()

    def _phrase(self, shortest: int, longest: int) -> str:
        count = self.rng.randint(shortest, longest)
        return self.joint.join(self.rng.choices(self.words, cum_weights=self.weights, k=count))

    def _opening(self) -> str:
        """Return the first half of a sentence; some contain a name, a figure or a quotation."""
        rng, language = self.rng, self.language
        least, most = language.sentence
        text = self._phrase(least, most)
        kind = rng.random()
        if kind < 0.15:
            text = f"{rng.choice(self.names)}{self.joint}{text}"
        elif kind < 0.25:
            text += self.joint + language.number.format(rng.randint(2, 99))
        elif kind < 0.45:
            text = f"{language.quotes[0]}{capital(text)}{language.comma}{language.quotes[1]}"
        elif kind < 0.7:
            text += language.comma
        return capital(text)

    def _ending(self) -> str:
        """Return the second half of a sentence."""
        text = self._phrase(2, max(self.language.sentence[1] // 2, 3))
        return f"{text}{self.language.stop}"

    def _sentence(self) -> str:
        return f"{self._opening()}{self.joint}{self._ending()}"

    def title(self) -> str:
        rng, joint = self.rng, self.joint
        text = f"{pick(rng, self.subjects)}{joint}{pick(rng, self.acts)}{joint}"
        return capital(text) + pick(rng, self.places)

    def caption(self) -> str:
        rng, language = self.rng, self.language
        day, month = rng.randint(1, 28), rng.randrange(12)
        form = pick(rng, language.dated if rng.random() < DATED else language.undated)
        name = pick(rng, self.names)
        return form.format(
            what=capital(f"{pick(rng, self.subjects)}{self.joint}{pick(rng, self.acts)}"),
            city=pick(rng, self.places),
            region=pick(rng, self.places),
            country=pick(rng, language.countries),
            name=name,
            NAME=name.upper(),
            d=day,
            dd=f"{day:02}",
            mm=f"{month + 1:02}",
            month=language.months[month],
            mon=language.short_months[month],
            y=rng.randint(2009, 2025),
            weekday=pick(rng, language.weekdays),
        )

    def paragraphs(self) -> list[str]:
        """Return the body of an article; no two paragraphs are alike."""
        rng, joint = self.rng, self.joint
        count = min(max(round(rng.lognormvariate(LENGTH, 0.5)), 2), 60)
        sizes = rng.choices((1, 2, 3), cum_weights=(45, 85, 100), k=count)
        total = sum(sizes)
        openings, endings = rng.choices(self.openings, k=total), rng.choices(self.endings, k=total)
        sentences = map(joint.join, zip(openings, endings, strict=True))
        return list(dict.fromkeys(joint.join(islice(sentences, size)) for size in sizes))


class Page(NamedTuple):
    """A page of the dump, and what kind of page it is."""

    data: bytes
    """The page with the blank lines after it."""
    shape: str
    language: Language


def pages(seed: int = 1) -> Iterator[bytes]:
    """Yield the bytes of pages without end, each with the blank lines after it."""
    return (page.data for page in described_pages(seed))


def described_pages(seed: int = 1) -> Iterator[Page]:
    """Yield pages without end."""
    rng = random.Random(seed)
    write = [Vocabulary(rng, language) for language in LANGUAGES]
    languages = list(accumulate(language.share for language in LANGUAGES))
    shapes, odds = list(SHAPES), list(accumulate(SHAPES.values()))
    gaps, often = list(GAPS), list(accumulate(GAPS.values()))
    number = 0
    while True:
        number += 1
        (vocabulary,) = rng.choices(write, cum_weights=languages)
        (shape,) = rng.choices(shapes, cum_weights=odds)
        body = body_of(rng, vocabulary, number, shape)
        text = header(rng, vocabulary, shape) + body
        for _ in range(2 if rng.random() < TWICE / 1000 else 1):
            (gap,) = rng.choices(gaps, cum_weights=often)
            yield Page(f"{text}\n{'':\n<{gap}}".encode(), shape, vocabulary.language)


def header(rng: random.Random, write: Vocabulary, shape: str) -> str:
    """Return the lines above the body, with the blank line that ends them."""
    if shape == "headless":
        return ""
    title = write.title() + ("\u00a0 " if rng.random() < 0.2 else "")
    number = "20\n" if shape == "number" or rng.random() < 0.3 else ""
    if shape == "opinion":
        return f"{pick(rng, write.names)}\n{pick(rng, write.teasers)}\nTT\n\n{title}\n\n"
    if shape == "no photo":
        return f"{title}\n\nTT\n{number}\n{title}\n\n"
    above, below = photos(rng, write, shape)
    if shape == "no chrome":
        return f"{title}\n\n{above}\n{title}\n\n{below}\n"
    if shape == "no number":
        number = ""
    deck = f"{pick(rng, write.sentences)}\n\n" if shape == "deck" else ""
    return f"{title}\n\n{deck}{above}TT\n{number}\n{title}\n\n{below}\n"


def photos(rng: random.Random, write: Vocabulary, shape: str) -> tuple[str, str]:
    """Return the lines of captions above and below the repeated title."""
    count = rng.randint(2, 4) if shape == "several photos" else 1
    captions = [write.caption() for _ in range(count)]
    if count > 1 and rng.random() < 0.35:
        lines = "".join(f"{caption}\n" for caption in captions * 2)
    else:
        lines = "".join(f"{caption}\n{caption}\n" for caption in captions)
    return (f" {lines}" if rng.random() < 0.1 else lines), lines


def body_of(rng: random.Random, write: Vocabulary, number: int, shape: str) -> str:
    """Return the lines of the body without the last line end."""
    paragraphs = write.paragraphs()
    paragraphs[-1] += planted(number)
    if shape == "tight body":
        return "\n".join(paragraphs)
    if shape == "photo in the body":
        caption = write.caption()
        paragraphs.insert(rng.randint(1, len(paragraphs) - 1), f"{caption}\n{caption}")
    for box, odds in BOXES.items():
        if rng.random() < odds / 1000:
            place = rng.randint(1, len(paragraphs) - 1)
            paragraphs[place:place] = [box_text(rng, write, box)]
    return "\n\n".join(paragraphs)


def box_text(rng: random.Random, write: Vocabulary, box: str) -> str:
    """Return what an embedded box leaves between two paragraphs."""
    language = write.language
    if box == "advertisement":
        return f"{language.advertisement}\n\n{language.advertisement}"
    if box == "subscribe":
        return f"\n\n{language.subscribe}"
    if box == "related":
        return language.related + pick(rng, write.teasers)
    return "\n" + pick(rng, write.sentences)


def planted(number: int) -> str:
    """Return the words of page `number` that a search is to find; most pages have none."""
    many = f" {MANY.capitalize()} and {MANY}." if number % 20 == 3 else ""
    few = f" {FEW}{SURNAMES[number // 5000 % len(SURNAMES)]}." if number % 5000 == 5 else ""
    return many + few


def pick(rng: random.Random, texts: Sequence[str]) -> str:
    return texts[int(rng.random() * len(texts))]


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def composition() -> str:
    """Return what the dump is made of, in words, for a report."""
    scripts: dict[str, int] = {}
    for language in LANGUAGES:
        scripts[language.script] = scripts.get(language.script, 0) + language.share
    return (
        f"Pages by script: {percent(scripts)}. "
        f"By shape: {percent(SHAPES)}. "
        f"With a box in the body: {percent(BOXES)}. "
        f"{DATED:.0%} of the captions have a full date, and no two are alike; "
        f"{TWICE / 10:g} % of the pages appear twice."
    )


def percent(shares: dict[str, int]) -> str:
    return ", ".join(f"{name} {share / 10:.3g} %" for name, share in shares.items())


def byte_count(size: str) -> int:
    """Return the bytes of a size written as 20MB or 1GB; raise ValueError for other text."""
    if size[-2:].upper() not in UNITS:
        raise ValueError(f"write a size as 20MB or 1GB, not {size}")
    return int(float(size[:-2]) * UNITS[size[-2:].upper()])


def write_dump(target: int, path: str) -> None:
    """Write whole pages to `path`, until it has `target` bytes or more."""
    written = 0
    with open(path, "wb") as file:
        for data in pages():
            written += file.write(data)
            if written >= target:
                break


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit("usage: make_dump.py SIZE FILE, where SIZE is like 20MB or 1GB")
    try:
        target = byte_count(sys.argv[1])
    except ValueError as error:
        raise SystemExit(f"make_dump.py: {error}") from None
    write_dump(target, sys.argv[2])


if __name__ == "__main__":
    main()
