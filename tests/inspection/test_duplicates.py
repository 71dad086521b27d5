"""Find the same pages among many, and nothing else, whatever was changed in them."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from compose import Page, render
from conftest import Run
from stories import FURNITURE, TAIL, Writer, composed

from corpuscli.inspection.shingles import MOST_PERMUTATIONS, Banding
from corpuscli.inspection.similar import FEW, needed


def pairs(corpuscli: Run, *arguments: str | Path) -> set[tuple[int, int]]:
    """Return the positions, from 0, of every pair of articles that is reported as the same."""
    result = corpuscli("duplicates", "--pairs", "--json", *arguments)
    assert (result.returncode in (0, 1), result.stderr) == (True, b"")
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return {(pair["first_number"] - 1, pair["second_number"] - 1) for pair in found}


def groups(corpuscli: Run, dump: Path, *options: str) -> list[list[int]]:
    """The numbers of the articles of each group."""
    result = corpuscli("duplicates", "--fields=group,number", *options, dump)
    assert result.stderr == b""
    found: dict[int, list[int]] = {}
    for line in result.stdout.decode().splitlines():
        group, number = map(int, line.split("\t"))
        found.setdefault(group, []).append(number)
    assert list(found) == list(range(1, len(found) + 1))
    return list(found.values())


@pytest.mark.parametrize("seed", range(3))
def test_what_is_the_same_is_found_and_little_else(
    corpuscli: Run, tmp_path: Path, seed: int
) -> None:
    pages, same = composed(seed, 200)
    (tmp_path / "d").write_bytes(render(pages))
    found = pairs(corpuscli, tmp_path / "d")
    right = len(found & same)
    f1 = 2 * right / (len(found) + len(same))
    assert f1 > 0.95, (f1, sorted(found - same), sorted(same - found))


def edited(words: list[str], changed: int) -> list[str]:
    """Return the same words, with this many of them changed in different places."""
    places = {(n + 1) * len(words) // (changed + 1) for n in range(changed)}
    return [f"x{word}" if at in places else word for at, word in enumerate(words)]


def test_what_the_docs_say_of_edits_is_so(corpuscli: Run, tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(300)]
    more = [f"more{n}" for n in range(50)]

    def is_same(title: str, changed: list[str]) -> bool:
        first = Page("One two three four five six", (" ".join(words),))
        (tmp_path / "d").write_bytes(render([first, Page(title, (" ".join(changed),))]))
        return groups(corpuscli, tmp_path / "d") == [[1, 2]]

    same = "One two three four five six"
    assert is_same(same, [*words[:100], *more, *words[100:]])
    assert is_same(same, [*words[:100], *words[150:]])
    assert is_same(same, [*words[:50], *words[100:200], *words[50:100], *words[200:]])
    assert is_same("Seven eight nine ten eleven twelve", words)
    assert is_same(same, edited(words, 6))
    assert not is_same(same, edited(words, 9))
    assert not is_same(same, [f"word{n}o" for n in range(300)])


def test_similarity_is_the_share_of_shingles_that_both_have(corpuscli: Run, tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(204)]
    one = Page("T", (" ".join(words),))
    # Of 201 shingles with the title, the last word changes one, and five more are added.
    other = Page("T", (" ".join([*words[:-1], "other", "a", "b", "c", "d", "e"]),))
    (tmp_path / "d").write_bytes(render([one, other]))
    result = corpuscli("duplicates", "--fields=similarity", tmp_path / "d")
    assert result.stdout.split() == [b"1.0", str(int(10_000 * 200 / 207) / 10_000).encode()]


def test_a_chain_of_editions_is_one_group(corpuscli: Run, tmp_path: Path) -> None:
    writer = Writer(random.Random(1), "latin")
    body = [writer.text(40) for _ in range(30)]
    editions = [Page("Storm", tuple(body[n : n + 12])) for n in range(18)]
    (tmp_path / "d").write_bytes(render(editions))
    assert groups(corpuscli, tmp_path / "d") == [list(range(1, 19))]
    result = corpuscli("duplicates", "--fields=similarity", tmp_path / "d")
    shares = list(map(float, result.stdout.split()))
    assert shares == sorted(shares, reverse=True) and shares[-1] < 0.1


@pytest.mark.parametrize("editions", [FEW - 4, 3 * FEW])
def test_many_editions_are_one_group_and_what_is_alike_is_none(
    corpuscli: Run, tmp_path: Path, editions: int
) -> None:
    """Pages from one form that look alike are told apart, however many there are."""
    writer = Writer(random.Random(2), "latin")
    form = [writer.text(30) for _ in range(8)]
    story = [writer.text(30) for _ in range(10)]
    pages = [Page(f"Edition {n}", (*story, writer.text(6))) for n in range(editions)]
    pages += [Page(f"Form {n}", (*form, writer.text(70))) for n in range(editions)]
    (tmp_path / "d").write_bytes(render(pages))
    found = groups(corpuscli, tmp_path / "d", "--threshold=0.75")
    # The headlines differ, and so does a line: the common rest counts as furniture.
    assert found == []
    pages = [Page("Edition", (*story, writer.text(6))) for n in range(editions)]
    pages += [Page("Form", (*form, writer.text(70))) for n in range(editions)]
    (tmp_path / "d").write_bytes(render(pages))
    assert groups(corpuscli, tmp_path / "d") == [list(range(1, editions + 1))]
    every = pairs(corpuscli, tmp_path / "d")
    assert len(every) == editions * (editions - 1) // 2
    assert max(other for _, other in every) < editions


def test_furniture_tails_and_captions_make_no_duplicates(corpuscli: Run, tmp_path: Path) -> None:
    writer = Writer(random.Random(3), "latin")
    caption = f"1 March 2024: {writer.text(60)} (dpa)"
    pages = [
        Page(writer.text(5), (writer.text(8), *FURNITURE, TAIL), captions=(caption,))
        for _ in range(25)
    ]
    pages += [Page(writer.text(5), (TAIL,), captions=(caption,)) for _ in range(3)]
    pages += [Page(writer.text(5), (writer.text(6), f"{TAIL} {n}")) for n in range(3)]
    (tmp_path / "d").write_bytes(render(pages))
    assert groups(corpuscli, tmp_path / "d") == []


def test_a_short_text_must_be_more_similar(corpuscli: Run, tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(32)]
    short = [Page("Brief", (" ".join(words),)), Page("Brief", (" ".join([*words[:-2], "x"]),))]
    (tmp_path / "d").write_bytes(render(short))
    # 27 of 30 shingles are shared: enough for a long text.
    assert groups(corpuscli, tmp_path / "d", "--threshold=0.85") == []
    assert groups(corpuscli, tmp_path / "d", "--threshold=0.7") == [[1, 2]]
    assert needed(0.8, 0) == 1 and needed(0.8, 25) == 0.9 and needed(0.8, 50) == 0.8


def test_characters_are_compared_where_a_script_writes_no_spaces(
    corpuscli: Run, tmp_path: Path
) -> None:
    writer = Writer(random.Random(4), "han")
    text = writer.text(300)
    pages = [Page("标题", (text,)), Page("标题", (text[:150] + "的" + text[151:],))]
    (tmp_path / "d").write_bytes(render(pages))
    assert groups(corpuscli, tmp_path / "d") == [[1, 2]]


def test_groups_depend_neither_on_jobs_nor_on_cuts(corpuscli: Run, tmp_path: Path) -> None:
    pages, _ = composed(9, 100)
    (tmp_path / "d").write_bytes(render(pages))
    first = corpuscli("duplicates", "-j1", tmp_path / "d").stdout
    assert first
    for options in (("-j2",), ("-j3", "--shard-size=16384")):
        assert corpuscli("duplicates", *options, tmp_path / "d").stdout == first


def test_groups_depend_on_the_order_of_dumps_only_by_their_numbers(
    corpuscli: Run, tmp_path: Path
) -> None:
    pages, _ = composed(10, 60)
    names = ["a", "b", "c"]
    for n, name in enumerate(names):
        (tmp_path / name).write_bytes(render(pages[n::3]))

    def members(*dumps: str) -> set[frozenset[bytes]]:
        lines = corpuscli("duplicates", "--fields=group,dump,number", *dumps).stdout.splitlines()
        found: dict[bytes, set[bytes]] = {}
        for line in lines:
            group, _, article = line.partition(b"\t")
            found.setdefault(group, set()).add(article)
        return {frozenset(group) for group in found.values()}

    assert members(*names) == members(*reversed(names)) != set()


def test_the_bands_overlook_next_to_nothing() -> None:
    for percent in range(30, 100):
        threshold = percent / 100
        rows, bands = Banding.of(threshold)
        assert (1 - threshold**rows) ** bands <= 1e-4
        assert rows * bands <= MOST_PERMUTATIONS
    assert Banding.of(1.0).bands == 1


def test_the_stories_have_every_change_in_every_script() -> None:
    pages, same = composed(0, 200)
    assert len(pages) == 4 * 200 + 30
    assert len(same) == 200
    assert Counter(page.title for page in pages).most_common(1)[0][1] <= 3
