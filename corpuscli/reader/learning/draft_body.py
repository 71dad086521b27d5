"""The body of a layout that is being learnt: what ends it, and which lines in it are not text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .entries import FEW, SHORT_TEXT, Draft, Entry, unique
from .keys import (
    EXACT,
    GAP,
    LABEL,
    PAIR,
    SPECIFIC,
    TEMPLATE,
    Key,
    goes_on,
    is_sentence,
    pattern_of,
)
from .rhythm import is_free, is_text
from .survey import Seen, Survey

MOST_BOXES = 20
"""Boxes of a layout, at most; those on the most pages are kept."""

_LETTERS = re.compile(r"(?<!\{)\b[^\W\d_]{2,}\b(?!\})")
"""A word of a template that is not a placeholder."""


def write_tail(
    survey: Survey,
    draft: Draft,
    regions: Sequence[tuple[int, int]],
    tail: dict[Key, Seen],
    inside: dict[Key, Seen],
    above: Sequence[Entry],
) -> None:
    pages = survey.pages
    entries = []
    # Only lines directly below a body need a statement.
    first: Counter[Key] = Counter()
    for start, end in regions:
        at = end
        for place in range(end - 1, start - 1, -1):
            if is_text(survey.lines[place]) and is_free(survey.lines[place], survey.positions):
                break
            at = place
        for place in range(at, end):
            keys = [key for key in survey.all_keys(survey.lines[place]) if key in tail]
            if keys:
                first[min(keys, key=lambda key: SPECIFIC[key[0]])] += 1
                break
    for key, one in tail.items():
        if first[key]:
            entries.append(survey.entry(key, one.pages)._replace(example=one.example))
    below = 0
    for anchor in pages.anchors[pages.last :]:
        if anchor.key[0] == GAP or anchor.key in inside:
            continue
        entries.append(survey.entry(anchor.key))
        below += 1
        if below == 6:
            break
    draft.tail = unique([*entries, *above])
    _write_last(survey, draft, regions, tail)


def _write_last(
    survey: Survey, draft: Draft, regions: Sequence[tuple[int, int]], tail: dict[Key, Seen]
) -> None:
    """Add a name below nearly every body to the tail: it is not a paragraph."""
    free = many = 0
    names: set[str] = set()
    belows: Counter[Key] = Counter()
    example = ""
    for start, end in regions:
        at = end
        while at > start and any(key in tail for key in survey.all_keys(survey.lines[at - 1])):
            at -= 1
        if at < end and survey.lines[at].exact in tail:
            names.add(survey.lines[at].text)
        if at - start < 3 or at >= len(survey.lines):
            continue
        many += 1
        last = survey.lines[at - 1]
        if not is_text(last) and is_free(last, survey.positions) and len(last.text) <= 70:
            free += 1
            example = example or last.text
            keys = survey.all_keys(survey.lines[at])
            if keys:
                belows[min(keys, key=lambda key: SPECIFIC[key[0]])] += 1
    varied = len(names) >= 4 and free >= 0.02 * many
    if not many or not (free > 0.5 * many or varied):
        return
    exact = sum(1 for entry in draft.tail if entry.exact)
    for key, count in belows.most_common(12):
        if key[0] in (GAP, PAIR) or count < 2:
            continue
        if key[0] == EXACT and exact > FEW:
            continue
        pattern = f"{SHORT_TEXT}\\n{pattern_of(key)}"
        draft.tail.append(Entry(pattern, "", count, example))
    if exact > FEW:
        draft.tail.append(Entry(f"{SHORT_TEXT}\\n{{body-tail}}", "", free, example))


def write_boxes(
    survey: Survey, draft: Draft, inside: dict[Key, Seen], regions: Sequence[tuple[int, int]]
) -> None:
    """Add the lines inside bodies that are not text, and those below that belong to them."""
    usual = survey.headline_share(
        [at for start, end in regions for at in range(start + 1, end)][:5000]
    )
    for key, one in inside.items():
        if key[0] == LABEL and not _leads_to_headlines(survey, one, key):
            continue
        if key[0] == EXACT and survey.is_headline(survey.lines[one.places[0]]) and one.pages < 3:
            continue
        if key[0] in (EXACT, TEMPLATE) and _continues(survey, one.places):
            continue
        entry = survey.entry(key, one.pages)._replace(example=one.example)
        lines = 0
        ends = {at + 1 for at in one.places}
        while lines < 3:
            places = [at for at in ends if at < len(survey.lines)]
            if survey.headline_share(places) < max(0.75, usual + 0.2):
                break
            lines += 1
            ends = {at + 1 for at in ends}
        # A time of day may come twice by chance, each time above another headline.
        is_often = one.pages >= max(3, 0.025 * survey.size)
        says = key[0] == EXACT or (key[0] == TEMPLATE and _LETTERS.search(key[1]) is not None)
        if lines and says and key[1] not in survey.known and is_often:
            draft.boxes.append((entry, lines))
        else:
            draft.drop.append(entry)
    draft.drop = unique(draft.drop)
    draft.boxes = sorted(draft.boxes, key=lambda box: -box[0].pages)[:MOST_BOXES]


def _continues(survey: Survey, places: Sequence[int]) -> bool:
    """True if a line is mostly within a sentence: text is cut at links, as in `of`.

    The line above has words of its own and no end, and what follows does not begin anew.
    """
    cut = sum(
        at > 0
        and is_free(survey.lines[at - 1], survey.positions)
        and not is_sentence(survey.lines[at - 1].text)
        and any(goes_on(line.text) for line in survey.lines[at : at + 2])
        for at in places
    )
    return cut >= 0.7 * len(places)


def _leads_to_headlines(survey: Survey, seen: Seen, key: Key) -> bool:
    """Return True if headlines follow a label, and not sentences."""
    rest = [survey.lines[at].text[len(key[1]) :].strip() for at in seen.places]
    known = sum(text in survey.known or survey.counts[text] > 1 for text in rest)
    plain = sum(not is_sentence(text) and len(text) < 130 for text in rest)
    return known >= 0.3 * len(rest) or plain >= 0.85 * len(rest)
