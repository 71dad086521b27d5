"""Soup: dumps of fragments of dumps, of marks, damaged bytes and controls, in no sensible order.

A dump is made from its number alone, so that what breaks a law can be made again:

    python tests/soup.py 4711 > dump.txt
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence

BOM = "\ufeff".encode()

TITLES = (
    *("The Harbour Opens", "the harbour opens", "The  Harbour\u00a0Opens", "Caf\u00e9 On The Pier"),
    "Cafe\u0301 On The Pier",
    *("\u0627\u0644\u0645\u064a\u0646\u0627\u0621", "\u041f\u043e\u0440\u0442"),
    *("TT", "20", "7", "x", "A rule."),
    *("-----", "\u6e2f", "1 of 9 DOCUMENTS", "Stra\u00dfe", "\u0130zmir"),
)  # fmt: skip

CAPTIONS = (
    *("4 May 2023, Velmark, Vik: A ship sails. (dpa)", "A pier in Vik, May 4, 2023. (Reuters)"),
    *("On Nov. 4, 2023. (AP Photo/Ada Arn)", "c", "C."),
    *("\u0635\u0648\u0631\u0629", "caf\u00e9", "cafe\u0301"),
    *("a  b", "a\u00a0b", "a\x0bb", "a b", "The Harbour Opens", "TT", "20"),
)  # fmt: skip

TEXTS = (
    *("The first ferry left on Monday with 212 passengers on board.", "It was late."),
    *("b", "b", "c"),
    *("By Ada Arn", "Ada Arn", "Reporter", "-----"),
    *("=====", "2 of 9 DOCUMENTS", "TT", "20", "x" * 300),
    *("tab\there", "nul\0here", "\x1b[31mred"),
    *("nel\x85here", "line\u2028break", "\u202eturned", "C."),
    *("  indented", "ends in white\u00a0 ", "\u00ad"),
    *("\u200b", "a\u0301\u0327b", "The Harbour Opens"),
)  # fmt: skip

BLANKS = (
    *(" ", "\t", "\r", "\u00a0", " \u00a0 "),
    *("\u3000", "\u2003\u2003", "\x0b", "\x0c", "\x1c", "\x85"),
    *("\u1680", "\u2028", "\ufeff", "\u202f\u205f", " " * 50, "\u00a0" * 20),
)  # fmt: skip

DAMAGE = (
    *(b"\xff", b"\x80", b"\xc3", b"\xc2", b"\xe2\x80", b"\xef\xbb", b"\xed\xa0\x80", b"\xc0\xaf"),
    *(b"\xf4\x90\x80\x80", b"\xf0\x9f\x9a", b"\xef\xbf\xbd", b"\xff\xfe", b"\0\0", BOM),
)  # fmt: skip


def soup(number: int, size: int | None = None) -> bytes:
    """Return the dump of that number: `size` lines, or a length derived from the number."""
    rng = random.Random(number)
    count = rng.choice((1, 2, 4, 8, 12, 20, 40, 80, 160)) if size is None else size
    lines: list[bytes] = []
    for part in _parts(rng):
        lines += part
        if len(lines) >= count:
            break
    newline = rng.choice((b"\n",) * 12 + (b"\r\n", b"\r\n", b"\r"))
    data: bytes = newline.join(lines[:count])
    if rng.random() < 0.8:
        data += newline
    return _framed(rng, data)


def _framed(rng: random.Random, data: bytes) -> bytes:
    """Return a dump with something odd about it as a whole, now and then."""
    chance = rng.random()
    if chance < 0.06:
        return BOM + data
    if chance < 0.10:
        return data + data
    if chance < 0.14:
        return data[: rng.randint(0, len(data))]
    if chance < 0.18:
        return data[rng.randint(0, len(data)) :]
    if chance < 0.21:
        return data + BOM + data
    return data


def _parts(rng: random.Random) -> Iterator[list[bytes]]:
    """Yield lines without end, some at a time."""
    seen: list[bytes] = []
    while True:
        chance = rng.random()
        if chance < 0.55:
            part = _page(rng)
        elif chance < 0.85:
            kinds: Sequence[Sequence[str]] = (TITLES, CAPTIONS, TEXTS, BLANKS, ("TT",), ("",))
            part = [_odd(rng, rng.choice(rng.choice(kinds)))]
        elif chance < 0.90:
            part = [rng.choice(DAMAGE) * rng.randint(1, 2)]
        elif chance < 0.93:
            part = [rng.randbytes(rng.randint(1, 20)).replace(b"\n", b"")]
        else:
            part = seen[-rng.randint(1, 10) :]
        seen = [*seen[-40:], *part]
        yield part


def _page(rng: random.Random) -> list[bytes]:
    """Return a page of any shape, in which anything may be missing, twice, or another."""
    title = rng.choice(TITLES) if rng.random() < 0.7 else f"Title {rng.randint(0, 4)}"
    captions = [rng.choice(CAPTIONS) for _ in range(rng.choice((0, 1, 1, 1, 2, 3)))]
    if captions and rng.random() < 0.1:
        captions[0] = title
    above = [caption for caption in captions for _ in range(rng.choice((1, 2, 2, 2, 3)))]
    if rng.random() < 0.15:
        rng.shuffle(above)
    lines = [title, ""]
    if rng.random() < 0.2:
        lines += [rng.choice(TEXTS), ""]
    if rng.random() < 0.15:
        # A header inside another.
        lines += [other := rng.choice(TITLES), "", *captions, "TT", "", other, ""]
    lines += above
    if rng.random() < 0.1:
        lines = [rng.choice(TEXTS), *([rng.choice(TEXTS)] if rng.random() < 0.5 else [])]
    if rng.random() < 0.6:
        lines += ["TT", *(["20"] if rng.random() < 0.5 else [])]
    lines += [""] * rng.choice((0, 1, 1, 1, 1, 2))
    lines.append(title if rng.random() < 0.9 else rng.choice(TITLES))
    lines += [""] * rng.choice((0, 1, 1, 1))
    if rng.random() < 0.8:
        lines += above if rng.random() < 0.9 else captions
        lines += [""] * rng.choice((0, 1, 1, 1))
    for _ in range(rng.choice((0, 1, 2, 3, 5))):
        lines += [rng.choice(TEXTS)] * rng.choice((1, 1, 1, 1, 2, 3))
        lines += [""] * rng.choice((0, 1, 1, 1, 1))
    lines += [""] * rng.choice((0, 1, 2, 3, 3, 4))
    return [_odd(rng, line) for line in lines]


def _odd(rng: random.Random, line: str) -> bytes:
    """Return the line as UTF-8, now and then with something that does not belong there."""
    data = line.encode()
    chance = rng.random()
    if chance < 0.90:
        return data
    if chance < 0.93:
        return data + rng.choice(BLANKS).encode()
    if chance < 0.95:
        return rng.choice(BLANKS).encode() + data
    if chance < 0.97:
        at = rng.randint(0, len(data))
        return data[:at] + rng.choice(DAMAGE) + data[at:]
    if chance < 0.98:
        return data.replace(b" ", "\u00a0".encode())
    if chance < 0.99:
        return data + BOM + rng.choice(TITLES).encode()
    return data[: rng.randint(0, len(data))]


if __name__ == "__main__":
    sys.stdout.buffer.write(soup(int(sys.argv[1])))
