"""The counts are the same however a dump is cut, and bounded whatever is in it."""

from __future__ import annotations

import pickle
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from compose import Page, pages, render
from conftest import EXAMPLES
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.inspection import stats
from corpuscli.inspection.repeats import count_repeats
from corpuscli.inspection.selection import Filter
from corpuscli.inspection.stats import Count, Ranking, Sums, count_articles, find_groups, summarise
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.records.fields import ARTICLE, pick_fields
from corpuscli.records.figures import FIGURE, STATS, Stats, figures_of

HARBOUR = (EXAMPLES / "harbour-news.txt").read_bytes()


def counted(data: bytes, cuts: Iterable[int] = ()) -> Count:
    """The count of a dump whose articles are counted in parts that end at `cuts`."""
    reading = read_chunks("dump", [data], Options(layout="page"))
    tiles = list(reading.tiles)
    whole = Count()
    for start, end in pairwise([0, *sorted(cut % (len(tiles) + 1) for cut in cuts), len(tiles)]):
        for part in count_articles(Filter(), reading, tiles[start:end]):
            whole.merge(pickle.loads(pickle.dumps(part)))
    return whole


def summary(count: Count) -> Stats:
    return summarise(count, "dump", "page", "utf-8", None)


def ranking(keys: Sequence[str | None]) -> Ranking:
    ranked = Ranking()
    for key in keys:
        ranked.group(key).add(Sums(1, 0, 1))
    return ranked


@given(pages(largest=8, noisy=True), st.lists(st.integers(0, 100)))
def test_any_cuts_give_the_same_figures(composed: list[Page], cuts: list[int]) -> None:
    data = render(composed) * 2
    assert summary(counted(data, cuts)) == summary(counted(data))


def test_the_figures_are_those_of_the_articles() -> None:
    reading = read_chunks("dump", [HARBOUR], Options())
    articles = list(map(reading.parse, reading.pieces))
    found = summary(counted(HARBOUR))
    assert found.articles == len(articles) == 18
    assert found.size == len(HARBOUR)
    names = ["words", "paragraph_count", "caption_count", "duplicate_captions"]
    fields = pick_fields(ARTICLE, names)
    sums = [sum(int(str(field.get(article))) for article in articles) for field in fields]
    assert [found.words, found.paragraphs, found.captions, found.duplicate_captions] == sums
    (ids,) = pick_fields(ARTICLE, ["id"])
    assert found.duplicate_articles == 18 - len({str(ids.get(article)) for article in articles})
    assert found.articles_with_problems == sum(bool(article.problems) for article in articles)
    assert sum(found.lengths.values()) == 18
    assert sum(found.months.values()) == found.dated
    assert sum(group.captions for group in found.credits) == found.credited


def test_half_of_the_articles_are_not_longer_than_the_median() -> None:
    def median(*lengths: int) -> int | None:
        count = Count(lengths=Counter(lengths))
        count.tally.articles = len(lengths)
        return summary(count).words_at(50)

    assert median() is None
    assert median(7) == 7
    assert median(1, 9) == 1
    assert median(1, 2, 9) == 2
    assert median(3, 3, 3, 100) == 3


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9)))
def test_repeats_are_what_a_set_leaves_out(ids: list[int]) -> None:
    assert count_repeats(array("Q", ids)) == len(ids) - len(set(ids))


def test_duplicate_articles_are_counted() -> None:
    # Without its first article, which has no title and would end the one before it.
    titled = HARBOUR[HARBOUR.index(b"\n\n\n") :]
    assert summary(counted(titled)).duplicate_articles == 1
    assert counted(titled * 3).duplicates() == 3 * 17 - 16  # a bare title is not furniture


def test_an_article_counts_once_in_each_of_its_groups() -> None:
    captions = (
        "1 March 2024, Velmark, Vikhaven: A boat. (dpa)",
        "2 March 2024, Velmark, Vikhaven: Another boat. (dpa)",
        "3 March 2023, Velmark, Lundsey: No boat. (Reuters)",
    )
    body = ("Two words.",)
    data = render([Page("One", body, captions=captions), Page("Two", body), Page("Three", body)])
    count = counted(data)
    groups = {group.key: group for group in find_groups(count, "dump", "credit", None)}
    assert [group[3:] for group in groups.values()] == [
        (1, 2, 2, "2024-03-01", "2024-03-02"),
        (1, 2, 1, "2023-03-03", "2023-03-03"),
        (2, 4, 0, None, None),
    ]
    assert list(groups) == ["dpa", "Reuters", None]
    years = find_groups(count, "dump", "year", None)
    assert [(year.key, year.articles, year.captions) for year in years] == [
        ("2024", 1, 3),
        (None, 2, 0),
    ]
    assert [g.key for g in find_groups(count, None, "place", 1)] == ["Velmark, Vikhaven", None]


def test_groups_by_year_are_as_many_as_the_articles_and_in_order() -> None:
    groups = find_groups(counted(HARBOUR), "dump", "year", None)
    assert sum(group.articles for group in groups) == 18
    keys = [group.key for group in groups if group.key]
    assert keys == sorted(keys)
    assert groups[-1].key is None
    latest = find_groups(counted(HARBOUR), "dump", "year", 2)
    assert [group.key for group in latest] == [*keys[-2:], None]


# Bounds


def many_credits(names: Sequence[int]) -> bytes:
    """A dump with a photo an article; the credits are of the people of these numbers."""
    return render(
        [
            Page(f"Title {n}", ("Body.",), captions=(f"A boat. (AP Photo/Ivo Mar{'i' * name}n)",))
            for n, name in enumerate(names)
        ]
    )


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.lists(st.integers(0, 100)))
def test_the_same_keys_fall_wherever_a_dump_is_cut(names: list[int], cuts: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stats, "MOST_KEYS", 6)
        patch.setattr(stats, "STRETCH", 400)
        data = many_credits(names)
        whole = counted(data)
        assert summary(counted(data, cuts)) == summary(whole)
        assert len(whole.credits.groups) <= 6 + 400 // 60
        truth = Counter(f"AP Photo/Ivo Mar{'i' * name}n" for name in names)
        for key, sums in whole.credits.groups.items():
            assert key is not None
            assert truth[key] - whole.credits.missed <= sums.captions <= truth[key]
        lost = {key for key in truth if key not in whole.credits.groups}
        assert all(truth[key] <= whole.credits.missed for key in lost)
        assert summary(whole).distinct_credits == (None if lost else len(truth))


def test_the_rarest_fall_and_those_without_a_key_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "MOST_KEYS", 4)
    ranked = ranking([None, *"aaabbbcde"])
    ranked.thin_out()
    assert (set(ranked.groups), ranked.missed) == ({"a", "b", None}, 1)
    ranked.thin_out()
    assert ranked.missed == 1


def test_equally_many_fall_by_their_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "MOST_KEYS", 4)
    one, other = ranking("edcba"), ranking("abcde")
    one.thin_out()
    other.thin_out()
    assert one == other
    assert set(one.groups) == {"a", "b"}


def test_a_long_credit_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "read_caption", lambda caption: (None, None, "x" * 999))
    found = [str(group.key) for group in summary(counted(HARBOUR)).credits]
    assert [len(key) for key in found] == [stats.LONGEST_KEY]


# Records


def test_every_value_of_the_record_is_in_the_flat_rows() -> None:
    found = summary(counted(HARBOUR))
    rows = list(figures_of(found))
    groups = {figure.group for figure in rows}
    totals = {figure.key for figure in rows if figure.group == "total"}
    assert groups - {"total"} | totals | {"dump"} == {field.name for field in STATS}
    assert {figure.dump for figure in rows} == {"dump"}
    assert [field.name for field in FIGURE] == list(rows[0]._fields)
    lengths = {figure.key: figure.value for figure in rows if figure.group == "lengths"}
    assert lengths == {"50-99": 1, "100-149": 12, "150-199": 4, "200-249": 1}
    assert len({(figure.group, figure.key) for figure in rows}) == len(rows)
