"""The head of a layout that is being learnt: the lines between the title and the body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from .entries import SHORT_TEXT, Draft, Entry, unique
from .keys import EXACT, LABEL, PREFIX, TEMPLATE, Key, goes_on, pattern_of
from .names import says_author, says_credit
from .rhythm import is_free, is_text
from .survey import Seen, Survey
from .titles import MOST_LINES

TAGGED = r"<\w[^>]*>(.*)</\w+>"
"""A line between the tags of an element."""


def write_head(
    survey: Survey, draft: Draft, regions: Sequence[tuple[int, int]], head: dict[Key, Seen]
) -> None:
    pages = survey.pages
    above = pages.anchors[pages.first] if pages.first >= 0 else None
    lists: dict[str, list[Entry]] = defaultdict(list)
    between: Counter[Key] = Counter()
    below_title = 0
    if above is not None and survey.titles.slot.kind != "label":
        below_title = sum(
            0 <= title < at for title, at in zip(survey.titles.at, above.at, strict=True)
        )
    is_strip = (
        above is not None
        and above.key[0] == LABEL
        and survey.holds_text(above.at)
        and not survey.is_date(above.key)
    )
    if above is not None and is_strip:
        name = pattern_of(above.key)
        draft.strip = [
            survey.entry(above.key)._replace(
                pattern=name[:-2] + " ?(.*)" if name.endswith(".*") else name
            )
        ]
    elif above is not None and (
        below_title > 0.5 * survey.size or survey.titles.slot.kind == "label"
    ):
        draft.after = [survey.entry(above.key)]
    for (start, _), title, span in zip(regions, survey.titles.at, pages.spans, strict=True):
        first = title + 1 if title >= 0 else span[0]
        if survey.titles.slot.kind in ("first", "start", "label"):
            first = span[0]
        for at in range(first, start):
            if at == title and survey.titles.slot.kind != "label":
                continue
            between.update(survey.best_key(survey.lines[at]))
    few = max(3, 0.025 * survey.size)
    strips = {above.key} if above is not None and is_strip else set()
    for key, count in between.items():
        is_place = key == survey.titles.slot.key and survey.titles.slot.kind != "before"
        if count >= few and not is_place and key not in strips:
            if survey.claims_titles(key):
                continue
            lists[_name(survey, key)].append(survey.entry(key, min(count, survey.size)))
    for key, one in head.items():
        if survey.claims_titles(key):
            continue
        entry = survey.entry(key, one.pages)._replace(example=one.example)
        lists[_name(survey, key)].append(entry)
        # The head ends at a line of no kind, such as a deck: say again what comes below one.
        below = sum(above > 0 for above in one.above)
        if key[0] in (EXACT, TEMPLATE) and below >= 0.05 * len(one.above):
            draft.drop.append(entry)
    draft.head = {name: unique(entries) for name, entries in lists.items()}
    if draft.after and above is not None and (count := _contents(survey, regions)):
        contents = draft.after.pop()
        draft.boxes.append((contents, count))
        for name, entries in draft.head.items():
            draft.head[name] = [one for one in entries if one.pattern != contents.pattern]
    _write_captions(survey, draft, regions, head)
    if survey.titles.slot.kind in ("first", "start"):
        _write_frame(survey, draft)


def _contents(survey: Survey, regions: Sequence[tuple[int, int]]) -> int:
    """How many headings are listed above each body, as a table of contents; 0 for none.

    One line may be anything, such as an author's name.
    """
    counts: Counter[int] = Counter()
    for start, end in regions:
        at = start
        while at < end and not is_text(survey.lines[at]):
            at += 1
        # Headings do not go on in the next line; a paragraph that is cut at links does.
        is_cut = any(goes_on(survey.lines[place].text) for place in range(start, at))
        counts[0 if is_cut else at - start] += 1
    count, pages = counts.most_common(1)[0]
    return count if count > 1 and pages >= 0.9 * len(regions) else 0


def _write_frame(survey: Survey, draft: Draft) -> None:
    """The lines above a title that is the first which no statement claims."""
    titles = survey.titles.at
    spans = [
        (span[0], at if at >= 0 else span[0])
        for at, span in zip(titles, survey.pages.spans, strict=True)
    ]
    counts: Counter[Key] = Counter()
    for start, stop in spans:
        for at in range(start, stop):
            counts.update(survey.best_key(survey.lines[at]))
    begin = survey.pages.begin
    known = {entry.pattern for entries in draft.head.values() for entry in entries}
    known |= {entry.pattern.split("(")[0].rstrip(" ?") + ".*" for entry in draft.strip}
    drops = [
        survey.entry(key, count)
        for key, count in counts.items()
        if not (key == begin.key and not begin.is_after)
        and not survey.claims_titles(key)
        and pattern_of(key) not in known
    ]
    draft.head["drop"] = unique([*draft.head.get("drop", []), *drops])


def _name(survey: Survey, key: Key) -> str:
    """The list of the head that a key belongs to."""
    text = key[1]
    if key[0] in (TEMPLATE, LABEL, PREFIX) and survey.is_date(key):
        return "date"
    if key[0] in (LABEL, PREFIX, EXACT) and says_author(text):
        return "byline"
    if says_credit(text):
        return "credit"
    return "drop"


def write_date_above(survey: Survey, draft: Draft) -> None:
    """A line with a day above the title is the article's, if none is below."""
    if draft.head.get("date") or survey.titles.slot.kind == "label":
        return
    titles = survey.titles.at
    for anchor in reversed(survey.pages.anchors[: survey.pages.first + 1]):
        if anchor.key[0] not in (TEMPLATE, LABEL, PREFIX) or not survey.is_date(anchor.key):
            continue
        near = sum(
            0 <= at < title <= at + MOST_LINES for at, title in zip(anchor.at, titles, strict=True)
        )
        if near >= 0.8 * survey.size:
            draft.head["date"] = [survey.entry(anchor.key)]
            drops = draft.head.get("drop", [])
            pattern = pattern_of(anchor.key)
            draft.head["drop"] = [one for one in drops if one.pattern != pattern]
            return


def write_tags(survey: Survey, draft: Draft, regions: Sequence[tuple[int, int]]) -> None:
    """The tags around paragraphs: `<p>…</p>`."""
    texts = [
        line.text for start, end in regions for line in survey.lines[start:end] if is_text(line)
    ]
    tagged = [text for text in texts if re.fullmatch(TAGGED, text)]
    if tagged and len(tagged) >= 0.9 * len(texts):
        draft.strip.append(Entry(TAGGED, "", survey.size, tagged[0]))


def _write_captions(
    survey: Survey, draft: Draft, regions: Sequence[tuple[int, int]], head: dict[Key, Seen]
) -> None:
    """Copies of captions, and names between the head and the body."""
    twins = 0
    free = many = rest_short = rest = 0
    names: set[str] = set()
    claimed = set(head)
    example = ""
    for start, end in regions:
        at = start
        while at < end:
            line = survey.lines[at]
            if at + 1 < end and line.text == survey.lines[at + 1].text and is_text(line):
                twins += 1
                at += 2
            elif {line.exact, line.template, line.label, line.prefix} & claimed:
                if at == start and line.exact in claimed:
                    names.add(line.text)
                at += 1
            else:
                break
        if at >= end:
            continue
        many += 1
        is_cut = at + 1 < end and goes_on(survey.lines[at + 1].text)
        name = not is_text(survey.lines[at]) and is_free(survey.lines[at], survey.positions)
        if name and not is_cut:
            free += 1
            example = example or survey.lines[at].text
        for later in range(at + 1, end):
            if is_free(survey.lines[later], survey.positions):
                rest += 1
                rest_short += not is_text(survey.lines[later])
    draft.copies = twins >= max(2, 0.02 * survey.size)
    # Names: some come back, and some do not.
    varied = len(names) >= 4 and free >= 0.02 * many
    if many and (free > 0.5 * many or varied) and rest_short < 0.25 * max(1, rest):
        draft.head.setdefault("byline", []).append(Entry(SHORT_TEXT, "", free, example))
