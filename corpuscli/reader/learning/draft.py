"""A draft of a layout: its statements, each with the pages that bear it out and an example."""

from __future__ import annotations

import re
from collections import Counter

from .comments import find_comments
from .draft_body import write_boxes, write_tail
from .draft_head import TAGGED, write_date_above, write_head, write_tags
from .entries import Draft, Entry
from .keys import EXACT, GAP, LABEL, TEMPLATE, Key, escape, pattern_of
from .pages import Pages
from .rhythm import is_free, is_text
from .sections import find_section
from .survey import Survey, keys_in_bodies
from .titles import Slot, Titles


def draft_layout(pages: Pages, titles: Titles) -> Draft:
    """Return the statements that say of these pages where each part is."""
    survey, draft, slot = Survey(pages, titles), Draft(len(pages.spans)), titles.slot
    draft.slot = slot
    if slot.key is not None and slot.kind in ("after", "before", "label"):
        draft.title = [survey.entry(slot.key)]
    texts = [pages.lines[at].text for at in titles.at if at >= 0]
    if slot.kind == "label" and slot.key:
        texts = [text[len(slot.key[1]) :].strip() for text in texts]
    draft.titles = tuple(dict.fromkeys(filter(None, texts)))
    _form(draft, texts)
    above = _begin(survey, draft)
    draft.closing = draft.begin_is_after and _has_closing(survey)
    regions = _without_comments(survey, _regions(survey), above)
    head, tail, inside = keys_in_bodies(survey, regions)
    write_head(survey, draft, regions, head)
    write_date_above(survey, draft)
    write_tags(survey, draft, regions)
    draft.head.update(find_section(pages, titles, draft.head))
    write_tail(survey, draft, regions, tail, inside, above)
    write_boxes(survey, draft, inside, regions)
    return draft


def _form(draft: Draft, texts: list[str]) -> None:
    """Find a number before every title, or the site's name behind it: neither is a part of it."""
    texts = [text for text in texts if text]
    if not texts:
        return
    numbered = sum(re.match(r"\d+[.)] \S", text) is not None for text in texts)
    if numbered >= 0.9 * len(texts):
        draft.form = [Entry(r"\d+[.)] (.+)", "", numbered, texts[0])]
        return
    tagged = sum(re.fullmatch(TAGGED, text) is not None for text in texts)
    if tagged >= 0.9 * len(texts):
        draft.form = [Entry(TAGGED, "", tagged, texts[0])]
        return
    ends = Counter(
        match.group() for text in texts if (match := re.search(r" [-|–—] [^-|–—]+$", text))
    )
    end, count = ends.most_common(1)[0] if ends else ("", 0)
    if count >= 0.9 * len(texts):
        draft.form = [Entry(f"(.+){escape(end)}", "", count, texts[0])]


def _begin(survey: Survey, draft: Draft) -> list[Entry]:
    """Say where pages begin; return the lines above that which end the page before."""
    begin, slot = survey.pages.begin, survey.titles.slot
    covered = sum(at >= 0 for at in survey.titles.at)
    if begin.key[0] == GAP:
        draft.gap = int(begin.key[1])
        return []
    draft.begin = [survey.entry(begin.key)]
    draft.begin_is_after = begin.is_after
    draft.cover = begin.cover
    if not begin.is_after:
        return []
    if slot.kind == "start" and slot.lines == 1 and not begin.cover:
        # The line below the title may be on more pages than the one that ends them.
        key = _below_title(survey)
        if key is not None and len(survey.positions[key]) > len(survey.positions[begin.key]):
            pattern = f".+\\n{pattern_of(key)}"
            draft.begin = [survey.entry(key)._replace(pattern=pattern, exact="")]
            draft.begin_is_after = False
            draft.slot = Slot("before", key, 1)
            draft.title = [survey.entry(key)]
        return []
    if slot.kind == "before" and slot.key is not None and slot.lines == 1:
        spans = survey.pages.spans
        first = sum(at == span[0] for at, span in zip(survey.titles.at, spans, strict=True))
        if begin.cover or first >= 0.9 * covered:
            # The title begins the page; the line below tells where.
            pattern = f".+\\n{pattern_of(slot.key)}"
            draft.begin = [survey.entry(slot.key)._replace(pattern=pattern, exact="")]
            draft.begin_is_after = False
            return _end_above(survey)
    elif begin.cover:
        first_key = survey.pages.anchors[0].key
        if first_key[0] != GAP:
            draft.begin, draft.begin_is_after = [survey.entry(first_key)], False
    return []


def _below_title(survey: Survey) -> Key | None:
    """The key that is on the line below the title on nearly every page."""
    for anchor in survey.pages.anchors:
        if anchor.key[0] not in (EXACT, TEMPLATE, LABEL):
            continue
        here = [
            (at, title) for at, title in zip(anchor.at, survey.titles.at, strict=True) if at >= 0
        ]
        if sum(at == title + 1 for at, title in here) >= 0.95 * len(here):
            return anchor.key
    return None


def _end_above(survey: Survey) -> list[Entry]:
    """The lines between the last anchor and a title that begins the page end the one before."""
    counts: Counter[Key] = Counter()
    for (start, _), title in zip(survey.pages.spans, survey.titles.at, strict=True):
        for at in range(start, max(start, title)):
            counts.update(survey.best_key(survey.lines[at]))
    return [
        survey.entry(key, count) for key, count in counts.items() if not survey.claims_titles(key)
    ]


def _has_closing(survey: Survey) -> bool:
    """True if below the last line that ends a page there is neither a title nor text."""
    slot, places = survey.titles.slot, survey.positions.get(survey.pages.begin.key)
    if slot.kind not in ("after", "before", "label") or slot.key is None or not places:
        return False
    last = places[-1]
    rest = survey.lines[last + 1 :]
    if not rest or survey.positions[slot.key][-1] > last:
        return False
    return not any(is_text(line) and is_free(line, survey.positions) for line in rest)


def _regions(survey: Survey) -> list[tuple[int, int]]:
    """The lines of each page from its body's beginning, by the anchors, to its end."""
    found = []
    for page in range(survey.size):
        start, end = survey.pages.bounds(page)
        title = survey.titles.at[page]
        if survey.titles.slot.kind == "label":
            title = -1
        found.append((max(start, title + 1), max(end, title + 1, start)))
    return found


def _without_comments(
    survey: Survey, regions: list[tuple[int, int]], above: list[Entry]
) -> list[tuple[int, int]]:
    """The lines of each body up to the comments below it, if pages have some.

    The line above the comments joins those `above` which a body ends.
    """
    comments = find_comments(survey.lines, survey.positions, regions)
    if comments is None:
        return regions
    key, places = comments
    above.append(survey.entry(key, len(places)))
    return [(start, places.get(page, end)) for page, (start, end) in enumerate(regions)]
