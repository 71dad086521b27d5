"""Make a dump of any size to measure with: the same bytes every time, in the shapes of real pages.

    python benchmarks/make_dump.py 1GB dump.txt

An article has some 4,300 bytes; a sixth of the pages are Arabic, one in ten has no controls. Words
of clusters of consonants never come up by chance: a few are planted to be searched for.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from itertools import accumulate

UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9}

LATIN = (
    "ba be bo da de do fa ga ka la lo ma mi mo na ne no pa ra re ri ro sa se ta te to va".split()
)
ARABIC = "با بو تا جا دا دي را رو سا سي شا عا فا في قا كا لا ما مي نا نو ها وا يا".split()
PLACES = ["Nordmark, Vik", "Ostland, Grimholm", "Sund, Harran", "Westby, Karsholm"]
CREDITS = ["(dpa)", "(Reuters)", "Photo: Mira Holm/NPA/dpa", "(AP Photo/Ivo Marin)"]
MONTHS = (
    "January February March April May June July August September October November December"
).split()

MANY = "basalt"
"""Stands in every twentieth article."""

FEW = "Granodiorite under quartzarenite."
"""Stands in one article of 5000, the fifth first."""

Words = Callable[[int], str]


def vocabulary(rng: random.Random, syllables: list[str]) -> Words:
    """A writer of so many words, some of them far more common than others."""
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(6000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    return lambda count: " ".join(rng.choices(words, cum_weights=weights, k=count))


def pages(seed: int = 1) -> Iterator[bytes]:
    """Pages without end, each with the blank lines after it."""
    rng = random.Random(seed)
    scripts = [vocabulary(rng, LATIN), vocabulary(rng, ARABIC)]
    pools = [
        [words(rng.randint(25, 60)).capitalize() + "." for _ in range(3000)] for words in scripts
    ]
    number = 0
    while True:
        number += 1
        arabic = rng.random() < 1 / 6
        words, pool = scripts[arabic], pools[arabic]
        yield page(rng, words, pool, number).encode()


def page(rng: random.Random, words: Words, pool: list[str], number: int) -> str:
    """One page, its shape drawn at random as often as real ones have it."""
    title = f"{words(rng.randint(5, 9)).capitalize()} {number}"
    date = f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(2015, 2025)}"
    caption = f"{date}, {rng.choice(PLACES)}: {words(15)}. {rng.choice(CREDITS)}"
    body = rng.choices(pool, k=rng.randint(6, 18))
    body[rng.randrange(len(body))] += f" {words(12)} {number}."
    body[-1] += planted(number)
    photos = f"{caption}\n{caption}\n"
    paragraphs = "\n\n".join(body)
    shape = rng.random()
    if shape < 0.50:
        header = f"{title}\n\n{photos}TT\n\n{title}\n\n{photos}"
    elif shape < 0.78:
        header = f"{title}\xa0 \n\n{photos}TT\n20\n\n{title}\xa0 \n\n{photos}"
    elif shape < 0.88:
        header = f"{title}\n\n{photos}\n{title}\n\n{photos}"
    elif shape < 0.92:
        header = f"{title}\n\nTT\n20\n\n{title}\n"
    elif shape < 0.95:
        header = f"{title}\n\n{words(12)}\n\n{photos}TT\n\n{title}\n\n{photos}"
    elif shape < 0.97:
        header = f"{words(2).title()}\n{words(6).capitalize()}\nTT\n\n{title}\n"
    else:
        header = f"{title}\n\n{photos}TT\n\n{title}\n\n{photos}"
        paragraphs = "\n".join(body)
    return f"{header}\n{paragraphs}\n" + "\n" * rng.choice((1, 2, 3, 3, 3, 3, 4))


def planted(number: int) -> str:
    """What stands in this article to be found; nothing in most."""
    many = f" {MANY.capitalize()} and {MANY}." if number % 20 == 3 else ""
    few = f" {FEW}" if number % 5000 == 5 else ""
    return many + few


def byte_count(size: str) -> int:
    """The bytes of a size written as 20MB or 1GB."""
    if size[-2:].upper() not in UNITS:
        raise ValueError(f"a size is written as 20MB or 1GB, not {size}")
    return int(float(size[:-2]) * UNITS[size[-2:].upper()])


def write_dump(target: int, path: str) -> None:
    """Whole pages, until there are so many bytes."""
    written = 0
    with open(path, "wb") as file:
        for data in pages():
            file.write(data)
            written += len(data)
            if written >= target:
                break


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit("usage: make_dump.py SIZE FILE, the size as 20MB or 1GB")
    try:
        target = byte_count(sys.argv[1])
    except ValueError as error:
        raise SystemExit(f"make_dump.py: {error}") from None
    write_dump(target, sys.argv[2])


if __name__ == "__main__":
    main()
