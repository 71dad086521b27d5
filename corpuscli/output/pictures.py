"""Define what a picture of a dump shows, in words and bars, for a terminal, SVG or HTML.

Here the classes of a histogram are chosen to suit the data; the records of `stats` always have the
same classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..records.codes import NAMES
from ..records.figures import Group, Stats

MOST_BARS = 15
"""The most bars of a histogram, not counting those for outliers."""

FAR_OFF = 2
"""The percentage at either end of a histogram that need not have bars of its own: one photo of 1923
must not squeeze those of this year into a single bar."""

MONTHS_A_BAR = (1, 3, 12, 24, 60, 120, 240, 600, 1200, 12000)

WORDS_A_BAR = tuple(n * 10**power for power in range(1, 8) for n in (1, 2, 5))


class Bar(NamedTuple):
    """A label and its count."""

    label: str
    value: int


class Panel(NamedTuple):
    """Bars under a heading."""

    title: str
    unit: str
    """What the bars count, in the plural."""
    bars: Sequence[Bar]
    note: str
    """A sentence without its full stop, or an empty string."""
    is_text: bool
    """True if the labels are text from the dump, of any length and script."""


class Fact(NamedTuple):
    """A single figure."""

    label: str
    value: str


class Picture(NamedTuple):
    """A dump at a glance."""

    title: str
    subtitle: str
    facts: Sequence[Fact]
    panels: Sequence[Panel]


def picture_of(stats: Stats) -> Picture:
    """Return what to draw of a dump."""
    return Picture(_title(stats), _subtitle(stats), _facts(stats), _panels(stats))


def _title(stats: Stats) -> str:
    return "All dumps together" if stats.dump is None else stats.dump


def _subtitle(stats: Stats) -> str:
    articles = "1 article" if stats.articles == 1 else f"{stats.articles:,} articles"
    how = f", layout {stats.layout}, {stats.encoding}" if stats.layout else ""
    return f"{articles}, {_size(stats.size)}{how}"


def _size(size: int) -> str:
    """Return a size in bytes in words, rounded down to about three digits."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            whole = size // unit
            return (
                f"{whole:,} {name}" if whole >= 100 else f"{whole}.{size * 10 // unit % 10} {name}"
            )
    return f"{size} bytes"


def _near(stats: Stats) -> list[Fact]:
    count = stats.near_duplicate_articles
    return [] if count is None else [Fact("near duplicates", f"{count:,}")]


def _facts(stats: Stats) -> list[Fact]:
    facts = [
        Fact("articles", f"{stats.articles:,}"),
        Fact("words", f"{stats.words:,}"),
        Fact("photos", f"{stats.captions:,}"),
        Fact("duplicate articles", f"{stats.duplicate_articles:,}"),
        *_near(stats),
        Fact("with problems", f"{stats.articles_with_problems:,}"),
        Fact("repeated captions", f"{stats.duplicate_captions:,}"),
    ]
    if stats.articles:
        facts.append(Fact("words, median", f"{stats.words_at(50):,}"))
        facts.append(Fact("words, longest", f"{stats.longest:,}"))
    if stats.first_date and stats.last_date:
        facts.append(Fact("first photo", stats.first_date))
        facts.append(Fact("last photo", stats.last_date))
    return facts


def _panels(stats: Stats) -> list[Panel]:
    """Return the panels that have something to show."""
    dates = date_bars(stats.months)
    lengths = length_bars(stats.lengths)
    problems = _problem_bars(stats.problems)
    panels = [
        Panel("Photo dates", "photos", dates, _dates_note(stats), False),
        Panel("Article lengths, in words", "articles", lengths, "", False),
        Panel("Credits", "photos", _bars(stats.credits), _credits_note(stats), True),
        Panel("Places", "photos", _bars(stats.places), _places_note(stats), True),
        Panel("Problems", "findings", problems, "'corpuscli check' says where", False),
    ]
    return [panel for panel in panels if panel.bars]


def _bars(groups: Sequence[Group]) -> list[Bar]:
    return [Bar(group.key or "", group.captions) for group in groups]


def _dates_note(stats: Stats) -> str:
    return f"{stats.dated:,} of {stats.captions:,} photos have a full date"


def _credits_note(stats: Stats) -> str:
    return _note(stats.credited, stats.captions, stats.distinct_credits, stats.credits_missed)


def _places_note(stats: Stats) -> str:
    return _note(stats.placed, stats.captions, stats.distinct_places, stats.places_missed)


def _note(known: int, captions: int, distinct: int | None, missed: int) -> str:
    """Return a note that says how complete the list above it is."""
    different = f"{distinct:,} different" if distinct is not None else "too many to keep all"
    note = f"{known:,} of {captions:,} photos have one, {different}"
    return f"{note}; a count may be {missed:,} too low" if missed else note


def _problem_bars(problems: Mapping[str, int]) -> list[Bar]:
    bars = [Bar(code, problems[code]) for code in NAMES if problems.get(code)]
    return sorted(bars, key=lambda bar: -bar.value)


def date_bars(months: Mapping[str, int]) -> list[Bar]:
    """Return a histogram of months (`2024-03`): by month, quarter, year or several years."""
    counts = Counter({int(m[:4]) * 12 + int(m[5:]) - 1: n for m, n in months.items()})
    return _histogram(counts, MONTHS_A_BAR, _period, ("before {}", "after {}"))


def _period(step: int, place: int) -> str:
    """Return the name of a period; it starts `place` steps of `step` months after year 0."""
    year, month = divmod(place * step, 12)
    if step == 1:
        return f"{year:04}-{month + 1:02}"
    if step == 3:
        return f"{year:04} Q{month // 3 + 1}"
    return f"{year:04}" if step == 12 else f"{year:04}–{year + step // 12 - 1:04}"


def length_bars(lengths: Mapping[int, int]) -> list[Bar]:
    """Return a histogram of lengths in words, in classes of a round number of words."""
    return _histogram(Counter(lengths), WORDS_A_BAR, _range, ("less", "more"))


def _range(step: int, place: int) -> str:
    return f"{place * step:,}–{place * step + step - 1:,}"


def _histogram(
    counts: Counter[int],
    steps: Iterable[int],
    name: Callable[[int, int], str],
    beyond: tuple[str, str],
) -> list[Bar]:
    """Return bars of the finest of these steps that gives few enough, empty bars included.

    `name` returns the label of the bar at a multiple of a step. Outliers are counted in one bar
    before and one after all others, unless there is room to show where they are.
    """
    if not counts:
        return []
    low, high = _middle(counts)
    step = next(s for s in steps if high // s - low // s < MOST_BARS)
    first, last = low // step, high // step
    lowest, highest = min(counts) // step, max(counts) // step
    if highest - lowest < MOST_BARS + 2:
        first, last = lowest, highest
    bars: Counter[int] = Counter()
    for value, count in counts.items():
        bars[min(max(value // step, first - 1), last + 1)] += count
    drawn = [Bar(name(step, place), bars[place]) for place in range(first, last + 1)]
    if bars[first - 1]:
        drawn.insert(0, Bar(beyond[0].format(drawn[0].label), bars[first - 1]))
    if bars[last + 1]:
        drawn.append(Bar(beyond[1].format(drawn[-1].label), bars[last + 1]))
    return drawn


def _middle(counts: Counter[int]) -> tuple[int, int]:
    """Return the values between which everything lies except outliers."""
    total = sum(counts.values())
    seen = 0
    low: int | None = None
    for value in sorted(counts):
        seen += counts[value]
        if low is None and 100 * seen > FAR_OFF * total:
            low = value
        if 100 * seen >= (100 - FAR_OFF) * total:
            return value if low is None else low, value
    raise AssertionError("no counts")
