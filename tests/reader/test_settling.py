"""Of headers that overlap, which one counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpuscli.model import Evidence, Header
from corpuscli.reader.settling import Settler, state_at

E = Evidence


def made(*headers: tuple[int, int, Evidence]) -> list[Header]:
    return [Header(s, 0, 0, 0, 0, 0, 0, e - s, e - s, kind) for s, e, kind in headers]


def standing(*headers: tuple[int, int, Evidence]) -> list[int]:
    return [h.start for h in Settler().add(made(*headers), 10**6)]


def test_of_overlapping_headers_the_stronger_stands() -> None:
    assert standing((0, 20, E.TITLE), (10, 40, E.CHROME)) == [10]
    assert standing((0, 20, E.TITLE), (10, 40, E.CAPTIONS), (30, 50, E.CHROME)) == [0, 30]


def test_of_equally_strong_ones_the_first_stands() -> None:
    assert standing((0, 20, E.TITLE), (10, 40, E.TITLE), (30, 50, E.TITLE)) == [0, 30]


SPANS = st.tuples(
    st.integers(0, 60), st.integers(1, 12), st.sampled_from([E.CHROME, E.TITLE, E.CAPTIONS])
)


@given(st.lists(SPANS, max_size=25), st.lists(st.integers(1, 80), max_size=4))
def test_headers_settle_the_same_however_they_come(
    spans: list[tuple[int, int, Evidence]], cuts: list[int]
) -> None:
    headers = sorted(
        made(*[(s, s + length, kind) for s, length, kind in spans]), key=lambda h: h[0]
    )
    whole = Settler().add(headers, 1000)
    settler = Settler()
    parts = []
    before = 0
    for cut in [*sorted(cuts), 1000]:
        parts += settler.add([h for h in headers if before <= h.start < cut], cut)
        before = max(before, cut)
    assert parts == whole
    for cut in cuts:
        # What comes after a cut needs no more of what came before than its state.
        state = state_at((), whole, cut)
        rest = Settler(state).add([h for h in headers if h.start >= cut], 1000)
        assert rest == [h for h in whole if h.start >= cut]
