"""The rhythm of a dump: keys that come back exactly once a page, in the same order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .keys import EXACT, GAP, LABEL, PAIR, PREFIX, SPECIFIC, TEMPLATE, Key, Line, is_sentence

FEWEST_PAGES = 6
MOST_GAPS = 8
ONCE = 0.93
"""The share of pages that must have an anchor exactly once."""


class Anchor(NamedTuple):
    """A key that comes once a page, and where."""

    key: Key
    at: tuple[int, ...]
    """The line of each page; -1 where it is missing, or there more than once."""


class Rhythm(NamedTuple):
    """How a dump is made of pages, not yet where in the round a page begins."""

    anchors: tuple[Anchor, ...]
    """In the order of the round."""
    pages: int
    """Rounds that are whole."""
    weight: float
    ends: tuple[int, ...]
    """The lines where the reference comes, one more than there are whole rounds."""
    counter: Key | None = None
    """A line that counts the pages, one by one."""


def positions_of(lines: Sequence[Line]) -> dict[Key, list[int]]:
    """Return where each key comes, of those that come three times at least."""
    found: dict[Key, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        for key in (line.exact, line.template, line.label, line.prefix):
            if key is not None:
                found[key].append(at)
        for blank in range(2, min(line.blank, MOST_GAPS) + 1):
            found[GAP, str(blank)].append(at)
    found = {key: at for key, at in found.items() if len(at) >= 3}
    pairs: dict[Key, list[int]] = defaultdict(list)
    for at in range(len(lines) - 1):
        one, other = lines[at].exact, lines[at + 1].exact
        if one in found and other in found:
            pairs[PAIR, f"{one[1]}\n{other[1]}"].append(at)
    found.update({key: at for key, at in pairs.items() if len(at) >= 3})
    return found


def find_counters(lines: Sequence[Line], positions: dict[Key, list[int]]) -> list[Key]:
    """Return the keys whose first number goes up by one from line to line."""
    found = []
    for key, at in positions.items():
        if key[0] != TEMPLATE or key[1].count("{number}") > 2:
            continue
        if "{month}" in key[1] or "://" in key[1]:
            continue
        numbers = [int(match.group()) for p in at if (match := _DIGITS.search(lines[p].text))]
        steps = sum(other == one + 1 for one, other in pairwise(numbers))
        if steps >= 2 and steps >= 0.97 * (len(at) - 1):
            found.append(key)
    return found


_DIGITS = re.compile(r"\d+")


def find_rhythms(
    lines: Sequence[Line], positions: dict[Key, list[int]], most: int = 4
) -> list[Rhythm]:
    """Return the rhythms a dump may have, the likeliest first."""
    counters = find_counters(lines, positions)
    weights: Counter[int] = Counter()
    for key, at in positions.items():
        if key[0] in (EXACT, TEMPLATE, LABEL):
            weights[len(at)] += len(at)
        elif key[0] in (PREFIX, GAP):
            weights[len(at)] += len(at) // 2
    likely = [count for count, _ in weights.most_common(40) if count >= FEWEST_PAGES - 1]
    found: list[Rhythm] = []
    counted = [len(positions[key]) for key in counters]
    for count in dict.fromkeys([*counted, *likely[:14]]):
        rhythm = _rhythm(positions, count, counters)
        if rhythm is None:
            continue
        if all(abs(rhythm.pages - other.pages) > 0.03 * other.pages for other in found):
            found.append(rhythm)
    return sorted(found, key=lambda one: -one.weight)[:most]


def _rhythm(positions: dict[Key, list[int]], count: int, counters: Sequence[Key]) -> Rhythm | None:
    """Return the rhythm whose pages are about `count`."""
    slack = max(1, count // 12)
    near = [
        key for key, at in positions.items() if abs(len(at) - count) <= slack and key[0] != PAIR
    ]
    pairs = [
        key for key, at in positions.items() if abs(len(at) - count) <= slack and key[0] == PAIR
    ]
    if not near and not pairs:
        return None
    # A reference that misses pages would make two of them one: the frequent ones come first.
    references = sorted(near or pairs, key=lambda key: (-len(positions[key]), SPECIFIC[key[0]]))
    best: list[Anchor] = []
    best_reference: Key | None = None
    counter = next((key for key in counters if key in near), None)
    chosen = [counter] if counter else references[:: max(1, len(references) // 6)][:8]
    for reference in chosen:
        anchors = _anchors(positions, reference, [*near, *pairs])
        if len(anchors) > len(best):
            best, best_reference = anchors, reference
    fewest = 3 if counter else FEWEST_PAGES - 1
    if best_reference is None or len(positions[best_reference]) < fewest:
        return None
    ends = positions[best_reference]
    pages = len(ends) - 1
    specific = sum(0.3 if one.key[0] in (GAP, PREFIX) else 1.0 for one in best)
    specific *= 20 if counter else 1
    return Rhythm(in_order(best, pages), pages, specific * pages, tuple(ends), counter)


def _anchors(positions: dict[Key, list[int]], reference: Key, keys: Sequence[Key]) -> list[Anchor]:
    """Return the keys that come once between any two places of the reference, one per line."""
    ends = positions[reference]
    pages = len(ends) - 1
    found: list[Anchor] = []
    taken: set[int] = set()
    for key in sorted(keys, key=lambda key: (key != reference, SPECIFIC[key[0]])):
        at = [-1] * pages
        often = [0] * pages
        for place in positions[key]:
            page = bisect_right(ends, place) - 1
            if 0 <= page < pages:
                at[page] = place
                often[page] += 1
        once = sum(one == 1 for one in often)
        if once < ONCE * pages:
            continue
        if sum(place in taken for place in at) > pages // 2:
            # The same lines by a more specific key.
            continue
        if key[0] == PAIR and sum(place + 1 in taken for place in at) > pages // 2:
            continue
        taken.update(at)
        found.append(
            Anchor(key, tuple(p if n == 1 else -1 for p, n in zip(at, often, strict=True)))
        )
    return found


def in_order(anchors: Sequence[Anchor], pages: int) -> tuple[Anchor, ...]:
    """Return the anchors in the order in which they come round a page."""
    ranks: dict[Key, float] = defaultdict(float)
    counts: Counter[Key] = Counter()
    for page in range(pages):
        here = sorted((one.at[page], one.key) for one in anchors if one.at[page] >= 0)
        for rank, (_, key) in enumerate(here):
            ranks[key] += rank
            counts[key] += 1
    found = sorted(anchors, key=lambda one: ranks[one.key] / max(1, counts[one.key]))
    # Ranks differ by what is missing: two neighbours are in the order that most pages have.
    for place in range(1, len(found)):
        while place and _is_later(found[place - 1], found[place]):
            found[place - 1 : place + 1] = [found[place], found[place - 1]]
            place -= 1
    return tuple(found)


def _is_later(one: Anchor, other: Anchor) -> bool:
    """Return True if `one` comes below `other` on most of the pages that have both."""
    both = [(a, b) for a, b in zip(one.at, other.at, strict=True) if a >= 0 and b >= 0]
    return 2 * sum(a > b for a, b in both) > len(both)


def is_free(line: Line, positions: dict[Key, list[int]]) -> bool:
    """Return True for a line that comes nowhere else: text, a headline, a name."""
    return line.exact not in positions and (line.template is None or line.template not in positions)


def is_text(line: Line) -> bool:
    """Return True for a line that reads like a paragraph: long, or a sentence."""
    dense = not line.text.isascii() and _is_dense(line.text)
    long = 36 if dense else 90
    if not dense and line.text.count(" ") < 4:
        return False
    return len(line.text) >= long or (len(line.text) >= long // 3 and is_sentence(line.text))


def _is_dense(text: str) -> bool:
    """True for writing in which a letter is a word."""
    return sum(
        "\u2e80" <= one <= "\u9fff" or "\uac00" <= one <= "\ud7af" for one in text
    ) * 3 > len(text)
