"""Choose the layout of a dump: `auto` weighs evidence counted in the dump's beginning.

The beginning does not depend on how the dump arrives, so the choice does not either. If the layout
is not `page`, a note says so, and how sure the choice is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ..model import Evidence, Header
from ..source.text import fold, is_blank
from ..source.transcode import HEAD
from .blocks import block_headers, cut_blocks
from .framed import Parts, read_parts
from .framed_starts import find_starts
from .layouts import BUILT_IN, Layout, load_layout, parse_layout
from .layouts.layout import Bare
from .settling import Settler

LEARN = 1024 * 1024
"""Bytes of the beginning that `auto` learns from."""

LOOK = 512 * 1024
"""Bytes of the beginning that the built-in layouts are tried on."""

MOST_TRIED = 60
"""Articles that a built-in layout is tried on."""

WHOLE = """
layout = 2
name = "whole"
description = "the dump is one article without a title"
[start]
gap = 100
[title]
none = true
"""

FEW = 20
"""With this many bare titles, a dump is read as pages, and nothing is learnt from it."""

LONGEST_MEAN = 128 * 1024
"""The mean size of articles, in bytes, above which bare titles are too few to start them."""

MANY = 5
"""With this many headers that are more than a bare title, a dump is read as pages."""

STRONG = (Evidence.CHROME, Evidence.CAPTIONS, Evidence.BYLINE, Evidence.UNREPEATED)


class Choice(NamedTuple):
    """How a dump is read, and why."""

    layout: Layout
    how: str
    """`page`, `built-in`, `learnt`, `gaps` or `nothing`."""
    articles: int = 0
    """The articles of the sample that it fits."""
    sure: float = 1.0
    note: str = ""
    """The note to print; empty for `page`."""
    titles: tuple[str, ...] = ()
    """Five titles of the sample."""


class Fit(NamedTuple):
    """How well a built-in layout fits a sample."""

    name: str
    articles: int
    good: int
    """Articles with a title of their own, a body and a labelled line."""
    titles: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        return self.good / self.articles if self.articles else 0.0


def weigh(sample: bytes, learns: bool = True) -> Choice:
    """Return how to read a dump that begins with `sample`, all of it or some MiB.

    Without `learns`, nothing is learnt if no built-in layout fits.
    """
    page = load_layout("page")
    if is_blank(sample):
        return Choice(page, "page")
    headers = headers_of(sample, page)
    strong = sum(header.evidence in STRONG for header in headers)
    bare = [header for header in headers if header.evidence is Evidence.TITLE]
    rule = weak_titles(sample, headers)
    first = tuple(_title(sample, header) for header in headers[:5])
    as_page = Choice(replace(page, bare=rule), "page", len(headers), titles=first)
    if strong >= MANY:
        return as_page
    best = best_fit(sample[:LOOK])
    if strong and strong * 2 >= (best.good if best else 0):
        return as_page
    if best is not None:
        return _built_in(best)
    if (records := plausible_records(sample)) > 0:
        return _built_in(Fit("records", records, records))
    gaps = plausible_gaps(sample)
    standing = [header for header in bare if _stands(header, headers, rule, sample)]
    may_be_page = (
        len(standing) >= max(1, gaps / 2)
        and len(standing) * LONGEST_MEAN >= len(sample)
        and (rule.everywhere or _begins(standing, sample))
    )
    as_page = as_page._replace(articles=len(standing))
    if may_be_page and len(standing) >= FEW:
        return as_page
    learnt = _learnt(sample) if learns else None
    # A few doubled lines say less than a frame on many pages: a headline in a box may be doubled.
    if learnt is not None and (not may_be_page or learnt.articles >= 3 * len(standing)):
        return learnt
    if may_be_page:
        return as_page
    if gaps >= 2:
        note = (
            f"no layout fits: articles are split only at blank lines ({gaps} such gaps in the "
            "sample); see 'corpuscli layouts learn'"
        )
        return Choice(load_layout("plain"), "gaps", gaps, 0.5, note)
    note = (
        "no layout fits: the dump is read as one article; name its layout with --layout, or try "
        "'corpuscli layouts learn'"
    )
    return Choice(parse_layout("whole", WHOLE, built_in=True), "nothing", 1, 0.0, note)


def headers_of(sample: bytes, layout: Layout) -> list[Header]:
    """Return the headers that count in a sample, in order."""
    settler = Settler()
    found: list[Header] = []
    for block in cut_blocks([sample], len(sample) + 1):
        found += settler.add(block_headers(block, layout), block.base + block.end)
    return found


def weak_titles(sample: bytes, headers: Sequence[Header]) -> Bare:
    """Return which bare titles, doubled with nothing between, start an article.

    One starts an article anywhere if pages of that very shape are what the sample is made of;
    otherwise it needs two blank lines above it, or to be the dump's first text. What is doubled
    more than once is furniture, and starts none, unless the same text follows each time: then it
    is one page that was scraped again.
    """
    bare = [header for header in headers if header.evidence is Evidence.TITLE]
    texts = Counter(_title(sample, header) for header in bare)
    distinct = len(texts)
    strong = sum(header.evidence in STRONG for header in headers)
    begins = (
        bool(headers) and headers[0].evidence is Evidence.TITLE and _begins(headers[:1], sample)
    )
    of_all = distinct / (distinct + strong) if distinct else 0.0
    everywhere = (of_all >= 0.8 or (begins and of_all >= 0.5)) and 2 * distinct >= len(bare)
    if everywhere:
        return Bare(everywhere, frozenset())
    again = {text for text, count in texts.items() if count > 1}
    return Bare(everywhere, frozenset(again - _copied(sample, headers, again)))


def _copied(sample: bytes, headers: Sequence[Header], titles: Set[str]) -> set[str]:
    """Return those of some bare titles that are followed by the same text each time.

    The text ends at the next header. At the end of the sample it may be cut.
    """
    texts: dict[str, set[bytes]] = {}
    for place, header in enumerate(headers):
        if header.evidence is Evidence.TITLE and (title := _title(sample, header)) in titles:
            end = header.start + header.end
            after = place + 1
            while after < len(headers) and headers[after].start < end:
                after += 1
            is_last = after == len(headers)
            text = sample[end : len(sample) if is_last else headers[after].start].strip()
            known = texts.setdefault(title, set())
            if not is_last or not any(one.startswith(text) for one in known):
                known.add(text)
    return {title for title, known in texts.items() if len(known) == 1}


def _title(sample: bytes, header: Header) -> str:
    start = header.start + header.title
    return fold(sample[start : header.start + header.title_end].decode("utf-8", "replace"))


def _begins(headers: Sequence[Header], sample: bytes) -> bool:
    return is_blank(sample[: headers[0].start + headers[0].title])


def _stands(header: Header, headers: Sequence[Header], rule: Bare, sample: bytes) -> bool:
    return rule.everywhere or _title(sample, header) not in rule.furniture


def _built_in(fit: Fit) -> Choice:
    layout = load_layout(fit.name)
    note = (
        f"read with the layout {fit.name}, which fits {fit.good} of {fit.articles} articles; "
        f"use --layout {fit.name} to keep it"
    )
    return Choice(layout, "built-in", fit.good, fit.share, note, fit.titles)


def _learnt(sample: bytes) -> Choice | None:
    """Return a layout learnt from the sample; None if the evidence is too thin."""
    from .learning.found import Refused
    from .learning.learn import learn_layout

    part = sample[:LEARN]
    if len(part) < len(sample):
        part = part[: part.rfind(b"\n") + 1]
    learnt = learn_layout(part, "learnt")
    if isinstance(learnt, Refused):
        return None
    note = (
        f"read with a layout learnt from {learnt.pages} pages ({learnt.sure:.0%} sure); "
        "'corpuscli layouts learn -o FILE.toml' saves it"
    )
    return Choice(learnt.layout, "learnt", learnt.pages, learnt.sure, note)


def best_fit(sample: bytes) -> Fit | None:
    """Return the built-in layout that fits a sample best; None if none fits."""
    fits = [
        fit
        for name in BUILT_IN
        if name not in ("page", "plain", "records") and (fit := fit_of(sample, name)) is not None
    ]
    return max(fits, key=_rank, default=None)


GENERAL = ("labelled", "ruled", "numbered", "headings")
"""Layouts of a loose shape: they fit much, and yield to one that says more."""


def _rank(fit: Fit) -> float:
    return round(fit.share, 1) + min(fit.good, 20) / 20 - 0.4 * (fit.name in GENERAL)


def fit_of(sample: bytes, name: str) -> Fit | None:
    """Return how well a built-in layout fits; None if it does not."""
    layout = load_layout(name)
    starts = []
    for at in find_starts(sample, layout, 0, len(sample), True):
        starts.append(at)
        if len(starts) > MOST_TRIED:
            break
    lines = [at for at in starts if _is_boundary(sample, at, layout)]
    if layout.start.after:
        lines = starts
    # A label or a counter says much, a rule little.
    fewest = 1 if name in ("archive", "wet", "factiva", "nexis-uni") else 2
    if name in ("ruled", "numbered", "digest", "headings"):
        fewest = 3
    if name == "nexis-uni" and sample.count(b"End of Document") < 1:
        return None
    if name == "wet" and b"WARC-Type: conversion" not in sample:
        return None
    if not lines or len(starts) < fewest:
        return None
    if layout.start.cover:
        starts = lines
    ends = [*starts[1:], len(sample)][: len(starts)]
    if len(starts) > MOST_TRIED:
        starts, ends = starts[:MOST_TRIED], ends[:MOST_TRIED]
    good = 0
    articles = 0
    first: list[str] = []
    titles: Counter[str] = Counter()
    for start, end in zip(starts, ends, strict=True):
        data = sample[start:end]
        if len(data) > 256 * 1024:
            return None
        parts = read_parts(data, layout)
        if not parts.texts and not parts.title and end == len(sample):
            # What is below the last one.
            continue
        articles += 1
        if parts.title and len(first) < 5:
            first.append(parts.title.text)
        titles[re.sub(r"\d+", "#", fold(parts.title.text)) if parts.title else ""] += 1
        good += _is_good(data, parts, layout, name)
    fit = Fit(name, articles, good, tuple(first))
    if not articles or fit.share < 0.6:
        return None
    named = {title: count for title, count in titles.items() if title}
    # What labels prove may have the same title twice.
    distinct = 0.4 if name in ("archive", "wet", "factiva") else 0.75
    if articles >= 3 and len(named) < distinct * sum(named.values()):
        return None
    if sum(named.values()) < 0.25 * articles:
        return None
    if name in GENERAL and _share_a_label(named):
        return None
    if name in ("numbered", "lexis-advance") and articles >= 3:
        numbers = [_number(sample, at) for at in lines]
        steps = sum(b == a + 1 for a, b in pairwise(numbers))
        # A list of the most read counts, too, but begins anew on every page.
        if steps < 0.7 * (len(numbers) - 1) or 2 * len(set(numbers)) < len(numbers):
            return None
    return fit


def _share_a_label(titles: Collection[str]) -> bool:
    """Return True if most of several titles begin with one label, which is then no part of them."""
    labels = Counter(
        match.group() for title in titles if (match := re.match(r"[^\s:：]+ ?[:：](?= |$)", title))
    )
    return max(labels.values(), default=0) > max(2, 0.6 * len(titles))


def _is_boundary(sample: bytes, at: int, layout: Layout) -> bool:
    end = sample.find(b"\n", at)
    line = sample[at : end if end >= 0 else len(sample)]
    return bool(layout.table.classify(line) & (layout.start.at.mask | layout.start.glued.mask))


def _number(sample: bytes, at: int) -> int:
    match = re.search(rb"\d+", sample[at : at + 200])
    return int(match.group()) if match else -1


def _is_good(data: bytes, parts: Parts, layout: Layout, name: str) -> bool:
    """Return True if an article fits the layout: it has a title, a body, a line that it knows."""
    if not parts.texts:
        return False
    if name in ("ruled", "numbered", "headings"):
        # Below a rule is a headline: short, not a sentence, and without a label but its own.
        return parts.title is not None and len(parts.title.text) <= 200
    knows = parts.date or parts.byline or parts.section or parts.furniture
    if name == "labelled":
        head = layout.pages[-1].head.mask | layout.pages[-1].body.strip.mask
        first = data[: 4 * 1024].split(b"\n")[1:8]
        last = data.rstrip().rsplit(b"\n", 1)[-1]
        if layout.table.classify(last) & head:
            # A record begins above its title.
            return False
        return any(layout.table.classify(line) & head for line in first)
    if name == "digest":
        return parts.title is not None and knows is not None and bool(knows)
    head = layout.pages[-1].head.mask | layout.pages[-1].body.tail.mask
    lines = data.split(b"\n")[:400]
    return sum(bool(layout.table.classify(line) & head) for line in lines) >= 2


def plausible_gaps(sample: bytes) -> int:
    """Return how many articles are separated by three or more blank lines; 0 if not plausible.

    Below a gap there must be a headline: short, not a sentence, different each time, with text
    below.
    """
    plain = load_layout("plain")
    starts = [header.start for header in headers_of(sample, plain)]
    if len(starts) < 2:
        return 0
    firsts: Counter[str] = Counter()
    good = bodies = 0
    for start, end in zip(starts, [*starts[1:], len(sample)], strict=True):
        parts = read_parts(sample[start:end], plain)
        if parts.title is None:
            continue
        text = parts.title.text
        firsts[re.sub(r"\d+|\b[IVXLC]+\b", "#", text)] += 1
        good += len(text) <= 200 and not text.endswith((".", "。", "؟", "!"))
        bodies += bool(parts.texts)
    own = sum(1 for text in firsts if re.search(r"[^\W\d_]{3}", text))
    numbered = firsts.most_common(1)[0][1] if firsts else 0
    size = sum(firsts.values())
    if good < 0.7 * size or bodies < 0.5 * size:
        return 0
    if own < 0.3 * size and numbered > 3 and _is_heading(firsts):
        return 0
    return size


def plausible_records(sample: bytes) -> int:
    """Return how many lines are an article each; 0 if that is not plausible.

    Then no line is blank, and nearly every one is long and contains several sentences.
    """
    from ..source.looks import Kind, looks_like

    look = looks_like(sample[:HEAD])
    if look is not None and look.kind is not Kind.ENCODING:
        # A table also has one record per line, but no text.
        return 0
    lines = sample.decode("utf-8", "replace").rstrip("\n").split("\n")
    if len(lines) < 10 or sum(not line.strip() for line in lines) > 0:
        return 0
    good = sum(
        len(line) >= 200 and len(re.findall(r"[.!?…。؟।](?:\s|$)", line)) >= 2 for line in lines
    )
    return len(lines) if good >= 0.9 * len(lines) and len(set(lines)) > 0.5 * len(lines) else 0


def _is_heading(firsts: Counter[str]) -> bool:
    """Return True if the most common first line is only a word and a number."""
    text = firsts.most_common(1)[0][0]
    return len(text.split()) <= 3
