"""`--layout` and `layouts`: dumps of other sites, and the files that say how they are read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import pytest
from conftest import DATA, Run
from sites import ARTICLE, FILM, other_pages, other_site, sentence, site

from corpuscli.reader.layouts import BUILT_IN

LAYOUTS = DATA / "layouts"
FIXTURES = {"archive": "archive", "digest": "digest", "mysite": str(LAYOUTS / "mysite.toml")}
BUT_DUMP = "--fields=number,id,title,byline,line,start,end,captions,paragraphs"


def fixture(name: str) -> Path:
    return LAYOUTS / f"{name}.txt"


def test_the_built_in_layouts_are_listed(corpuscli: Run) -> None:
    result = corpuscli("layouts")
    assert (result.returncode, result.stderr) == (0, b"")
    names = [line.split(b"\t")[0].decode() for line in result.stdout.splitlines()]
    assert names == list(BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_layout_that_is_shown_reads_as_a_file_what_it_reads_by_name(
    name: str, corpuscli: Run, tmp_path: Path
) -> None:
    shown = corpuscli("layouts", "show", name)
    assert (shown.returncode, shown.stderr) == (0, b"")
    (tmp_path / "x.toml").write_bytes(shown.stdout)
    dumps = [*map(fixture, FIXTURES), DATA / "seed.txt", DATA / "gap-in-body.txt"]
    by_name = corpuscli("split", "--layout", name, *dumps)
    by_file = corpuscli("split", "--layout", "x.toml", *dumps)
    assert by_file.stdout == by_name.stdout
    assert (by_file.returncode, by_file.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments", [("show",), ("show", "pages"), ("shw", "page"), ("show", "page", "plain")]
)
def test_what_is_no_layout_is_a_usage_error_of_one_line(
    arguments: tuple[str, ...], corpuscli: Run
) -> None:
    result = corpuscli("layouts", *arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["list", "grep x", "dedupe-captions", "check"])
def test_a_faulty_layout_is_said_in_one_line_before_anything_is_read(
    command: str, corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.toml").write_text("layout = 2\n[start]\ngap = 3\nboundery = ['-+']\n")
    result = corpuscli(*command.split(), "--layout", "x.toml", fixture("digest"))
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: x.toml: start.boundery: no such key")
    assert result.stderr.endswith(b" (line 4)\n")
    assert result.stderr.count(b"\n") == 1


def test_a_layout_file_may_not_drive_the_terminal(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('layout = 2\n"\\u001b[2J" = 1\n[start]\ngap = 3\n')
    result = corpuscli("list", "--layout", "x.toml", fixture("digest"))
    assert result.returncode == 2
    assert b"\x1b" not in result.stderr


@pytest.mark.parametrize("name", FIXTURES)
def test_neither_shards_nor_the_way_in_change_what_is_read(
    name: str, corpuscli: Run, tmp_path: Path
) -> None:
    data = fixture(name).read_bytes() * 4
    (tmp_path / "dump.txt").write_bytes(data)
    (tmp_path / "dump.gz").write_bytes(gzip.compress(data))
    base = ("split", "--layout", FIXTURES[name], BUT_DUMP)
    whole = corpuscli(*base, "-j1", "dump.txt")
    assert (whole.returncode, whole.stderr) == (0, b"")
    assert whole.stdout.count(b"\n") >= 9
    cut = (*base, "-j3", "--shard-size=1024")
    assert corpuscli(*cut, "dump.txt").stdout == whole.stdout
    assert corpuscli(*cut, "dump.gz").stdout == whole.stdout
    assert corpuscli(*cut, stdin=data).stdout == whole.stdout


@pytest.mark.parametrize("name", FIXTURES)
def test_the_raw_pieces_of_any_layout_are_the_dump(
    name: str, corpuscli: Run, tmp_path: Path
) -> None:
    for layout in ("auto", "page", FIXTURES[name]):
        folder = tmp_path / Path(layout).stem
        options = ("--layout", layout, "--as", "raw", "--force", "-o", folder)
        result = corpuscli("split", *options, fixture(name))
        assert result.returncode == 0
        pieces = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
        assert pieces == fixture(name).read_bytes()


@pytest.mark.parametrize("name", FIXTURES)
def test_a_dump_of_another_site_is_sound_in_its_own_layout(name: str, corpuscli: Run) -> None:
    result = corpuscli("check", "--expect=3", "--layout", FIXTURES[name], fixture(name))
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


@pytest.mark.parametrize("name", FIXTURES)
def test_check_says_where_a_dump_was_read_by_a_layout_that_is_not_its_own(
    name: str, corpuscli: Run
) -> None:
    result = corpuscli("check", "--json", "--layout", "page", fixture(name))
    assert result.returncode == 1
    assert "no-title" in [problem["code"] for problem in json.loads(result.stdout)]


@pytest.mark.parametrize("name", FIXTURES)
def test_a_dump_of_another_site_reads_the_same_without_its_repeated_captions(
    name: str, corpuscli: Run
) -> None:
    layout = ("--layout", FIXTURES[name])
    before = fixture(name).read_bytes()
    after = corpuscli("dedupe-captions", *layout, fixture(name)).stdout
    assert (len(after) < len(before)) == (name == "mysite")
    assert corpuscli("dedupe-captions", *layout, stdin=after).stdout == after
    expected = [json.loads(line) for line in fixture(name).with_suffix(".jsonl").open("rb")]
    fields = ("id", "title", "byline", "photo_date", "paragraphs")
    found = corpuscli("split", *layout, "--fields", ",".join(fields), stdin=after).stdout
    assert [json.loads(line) for line in found.splitlines()] == [
        {field: record[field] for field in fields} for record in expected
    ]


def test_the_layout_is_said_on_verbose(corpuscli: Run) -> None:
    result = corpuscli("list", "--verbose", "--layout", FIXTURES["mysite"], fixture("mysite"))
    assert (
        result.stderr.decode() == f"corpuscli: {fixture('mysite')}: layout mysite, encoding utf-8\n"
    )


# What `auto` says, and what it learns


@pytest.mark.parametrize(
    "name", [name for name in BUILT_IN if name not in ("page", "plain", "records", "ruled")]
)
def test_auto_finds_the_built_in_layout_of_a_dump_and_says_so(name: str, corpuscli: Run) -> None:
    by_name = corpuscli("split", "--layout", name, fixture(name))
    found = corpuscli("split", fixture(name))
    assert found.stdout == by_name.stdout
    assert found.stderr.count(b"\n") == 1
    assert f"read with the layout {name}, which fits 3 of 3 articles".encode() in found.stderr
    assert f"use --layout {name} to keep it".encode() in found.stderr
    assert corpuscli("list", "-q", fixture(name)).stderr == b""


def test_a_layout_is_learnt_from_a_dump_and_reads_it(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_bytes(site(60))
    learnt = corpuscli("layouts", "learn", "dump.txt", "-o", "site.toml")
    assert (learnt.returncode, learnt.stdout) == (0, b"")
    assert b"60 pages" in learnt.stderr
    assert learnt.stderr.count(b"title: ") >= 5
    again = corpuscli("layouts", "learn", "dump.txt")
    source = (tmp_path / "site.toml").read_bytes()
    assert again.stdout == source.replace(b"name = 'site'", b"name = 'learnt'")
    assert b"# 60 of 60 pages: Share" in source or b"# 60 of 60 pages: Print" in source
    by_file = corpuscli("split", "--layout", "site.toml", "dump.txt")
    records = [json.loads(line) for line in by_file.stdout.splitlines()]
    assert len(records) == 60
    assert all(record["title"].endswith(f" {n}") for n, record in enumerate(records))
    assert {len(record["paragraphs"]) for record in records} == {2}
    assert {record["date"][:8] for record in records} == {"2024-03-"}
    found = corpuscli("split", "dump.txt")
    assert found.stdout == by_file.stdout
    assert b"read with a layout learnt from 60 pages" in found.stderr
    problems = json.loads(corpuscli("check", "--json", "dump.txt").stdout)
    assert [problem["code"] for problem in problems] == ["learnt-layout"]
    sound = corpuscli("check", "--layout", "site.toml", "--expect=60", "dump.txt")
    assert (sound.returncode, sound.stdout) == (0, b"")


NOVEL = "\n\n\n\n".join(
    f"CHAPTER {n}\n\n"
    + "\n\n".join(f"In the {n}th year the sea was calm, and {m} ships came." for m in range(30))
    for n in range(1, 20)
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        NOVEL,
        "A headline\nBy A. Writer\n\n" + "One paragraph, and another one that is longer.\n" * 3,
        "".join(f"2024-03-0{n % 9 + 1} 00:0{n % 10} INFO GET /{n} 200\n" for n in range(400)),
        "".join(f"row {n}; Ada; {n * n}\n" for n in range(300)),
    ],
    ids=["novel", "one article", "log", "table"],
)
def test_what_is_no_dump_is_not_cut_and_that_is_said(
    text: str, corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.txt").write_text(text)
    learnt = corpuscli("layouts", "learn", "x.txt", "-o", "x.toml")
    assert (learnt.returncode, learnt.stdout) == (1, b"")
    assert learnt.stderr.count(b"\n") == 1
    assert b"nothing was learnt: " in learnt.stderr
    assert not (tmp_path / "x.toml").exists()
    listed = corpuscli("list", "x.txt")
    assert listed.stdout.count(b"\n") <= 1
    assert b"no layout fits" in listed.stderr or b"looks like a table" in listed.stderr
    problems = json.loads(corpuscli("check", "--json", "x.txt").stdout)
    assert {"no-layout", "not-a-dump"} & {problem["code"] for problem in problems}


def test_a_boundary_that_matches_nothing_is_a_problem(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("layout = 2\n[start]\nat = ['\\*{5,}']\n")
    (tmp_path / "x.txt").write_text("T\n\nOne.\nEnd of Page 1\nU\n\nTwo.\n")
    (problem,) = json.loads(corpuscli("check", "--json", "--layout", "x.toml", "x.txt").stdout)
    assert problem["code"] == "unmatched-pattern"
    assert problem["message"] == "start.at: no line of the dump matches it"


def test_a_counter_that_does_not_go_on_is_a_problem(corpuscli: Run, tmp_path: Path) -> None:
    text = (
        "1 of 2 DOCUMENTS\n\nT\n\nOne.\n\n3 of 5 DOCUMENTS\n\nand so on.\n\n"
        "2 of 2 DOCUMENTS\n\nU\n\nTwo.\n"
    )
    (tmp_path / "x.txt").write_text(text)
    found = json.loads(corpuscli("check", "--json", "--layout", "archive", "x.txt").stdout)
    broken = [problem["number"] for problem in found if problem["code"] == "counter-broken"]
    assert broken == [2]
    assert "other-count" in [problem["code"] for problem in found]


def test_a_phrase_that_is_doubled_in_a_body_starts_no_article(
    corpuscli: Run, tmp_path: Path
) -> None:
    head = "{0}\n\nA quay. (dpa)\nA quay. (dpa)\nTT\n20\n\n{0}\n\nThe boats left.\n\n"
    for between in ("", "\n", "\n\n"):
        box = f"Advertisement\n{between}\nAdvertisement\n\nThe captain was tired.\n\n\n\n"
        text = "".join(head.format(title) + box for title in ("One", "Two", "Three"))
        (tmp_path / "x.txt").write_text(text)
        listed = corpuscli("list", "--fields", "title", "x.txt")
        assert listed.stdout.decode().split() == ["One", "Two", "Three"]


TWICE = """layout = 2
[start]
title-twice = true
[head]
controls = ['TT']
controls-tail = ['[0-9]{1,3}']
"""


@pytest.mark.parametrize("statement", ["", "[body]\ndrop = ['Advertisement']\n"])
def test_a_phrase_that_is_doubled_starts_no_article_in_a_layout_of_ones_own(
    corpuscli: Run, tmp_path: Path, statement: str
) -> None:
    head = "{0}\n\nA quay. (dpa)\nA quay. (dpa)\nTT\n20\n\n{0}\n\nThe boats left.\n\n"
    box = "Advertisement\n\nAdvertisement\n\nThe captain was tired.\n\n\n\n"
    (tmp_path / "x.txt").write_text(head.format("One") + box + head.format("Two"))
    (tmp_path / "mine.toml").write_text(TWICE + statement)
    listed = corpuscli("list", "--layout", "mine.toml", "--fields", "title", "x.txt")
    assert listed.stdout.decode().split() == ["One", "Two"]


def test_a_line_that_is_dropped_is_no_title(corpuscli: Run, tmp_path: Path) -> None:
    page = "{0}\n\n{0}\n\nThe boats left.\n\n\n\nRead also\n\nRead also\n\nThe rest.\n\n\n\n"
    (tmp_path / "x.txt").write_text("".join(map(page.format, ("One", "Two", "Three"))))
    (tmp_path / "mine.toml").write_text(TWICE + "[body]\ndrop = ['Read also']\n")
    listed = corpuscli("list", "--layout", "mine.toml", "--fields", "title", "x.txt")
    assert listed.stdout.decode().split() == ["One", "Two", "Three"]


def learnt_records(corpuscli: Run, shape: str) -> list[dict[str, object]]:
    done = corpuscli("split", stdin=other_site(shape))
    assert b"read with a layout learnt from 40 pages" in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "above", ["Home > {section}\n", "{section}\n"], ids=["breadcrumb", "word of the menu"]
)
def test_the_section_is_learnt(corpuscli: Run, above: str) -> None:
    shape = (
        f"Home\nPort\nTown\nSea\nSign in\n{above}{{title}}\nBy {{author}}\n"
        "Published {day} March 2024\nShare\n{text}\n{more}\nTopics\n© Grimholm Post\n"
    )
    records = learnt_records(corpuscli, shape)
    assert [record["section"] for record in records[:4]] == ["Port", "Town", "Sea", "Port"]


def test_a_word_above_the_title_that_no_menu_has_is_no_section(corpuscli: Run) -> None:
    shape = (
        "Home\nSign in\n{section}\n{title}\nBy {author}\nShare\n{text}\n{more}\n© Grimholm Post\n"
    )
    assert {record["section"] for record in learnt_records(corpuscli, shape)} == {None}


def test_a_date_above_the_title_is_learnt(corpuscli: Run) -> None:
    shape = (
        "Home\nSign in\n{day} March 2024\n{title}\nBy {author}\nShare\n{text}\n{more}\n"
        "© Grimholm Post\n"
    )
    records = learnt_records(corpuscli, shape)
    assert [record["date"] for record in records[:2]] == ["2024-03-01", "2024-03-02"]


def test_a_deck_is_not_taken_for_the_title_above_it(corpuscli: Run) -> None:
    shape = (
        "Home\nSign in\n{title}\n{deck}\nShare\nPrint\n{text}\n{more}\nTopics\n© Grimholm Post\n"
    )
    records = learnt_records(corpuscli, shape)
    assert all(str(record["title"]).endswith(f" is open {n}") for n, record in enumerate(records))


def test_the_paragraph_above_an_advertisement_is_text(corpuscli: Run) -> None:
    shape = (
        "Home\nSign in\n{title}\nBy {author}\nShare\n{text}\nAdvertisement\n{more}\n"
        "{rest} {more}\nTopics\n© Grimholm Post\n"
    )
    assert {len(record["paragraphs"]) for record in learnt_records(corpuscli, shape)} == {3}  # type: ignore[arg-type]


def test_names_of_a_menu_are_no_byline(corpuscli: Run) -> None:
    shape = (
        "Home\nNews\nSign in\n{title}\n{author}\nShare\n{text}\n{more}\nTopics\n© Grimholm Post\n"
    )
    bylines = {record["byline"] for record in learnt_records(corpuscli, shape)}
    assert bylines <= {None, "Ada Lindvane", "Ivo Marvane", "Tilde Marn", "Oda Kjeld"}


LIVE = (
    "Ticker\nAll tickers\n{title}\nUpdated {day} March 2024\nRefresh\n{text}\n{rest}\n"
    "End of ticker\n"
)


@pytest.mark.parametrize("shapes", [(ARTICLE, FILM), (FILM, ARTICLE), (ARTICLE, FILM, LIVE)])
def test_several_kinds_of_pages_are_told_apart(
    shapes: tuple[str, ...], corpuscli: Run, tmp_path: Path
) -> None:
    sizes = (90, 36, 21)[: len(shapes)]
    each = [list(other_pages(shape, size)) for shape, size in zip(shapes, sizes, strict=True)]
    order = [kind for kind, size in enumerate(sizes) for _ in range(size)]
    Random(7).shuffle(order)
    places = [iter(pages) for pages in each]
    pages = [next(places[kind]) for kind in order]
    (tmp_path / "dump.txt").write_text("".join(text for text, _, _ in pages))
    done = corpuscli("split", "dump.txt")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["title"] for record in records] == [title for _, title, _ in pages]
    assert [record["paragraphs"] for record in records] == [body for _, _, body in pages]
    assert all(record["date"] for record in records)
    assert f"learnt from {sum(sizes)} pages".encode() in done.stderr
    learnt = corpuscli("layouts", "learn", "dump.txt", "-o", "site.toml")
    assert (learnt.returncode, learnt.stdout) == (0, b"")
    source = (tmp_path / "site.toml").read_text()
    assert source.count("[[page]]") == len(shapes) - 1
    assert f"{sum(sizes)} pages of {len(shapes)} kinds" in source
    assert corpuscli("split", "--layout", "site.toml", "dump.txt").stdout == done.stdout


def test_kinds_of_pages_that_begin_alike_are_told_apart_or_refused(corpuscli: Run) -> None:
    film = FILM.replace("Grimholm TV", "Home")
    pages = [*other_pages(ARTICLE, 60), *other_pages(film, 40)]
    Random(7).shuffle(pages)
    done = corpuscli("list", "--fields=title", stdin="".join(text for text, _, _ in pages).encode())
    titles = done.stdout.decode().splitlines()
    assert titles == [title for _, title, _ in pages] or b"no layout fits" in done.stderr


@pytest.mark.parametrize("paragraphs", [1, 2])
def test_comments_below_the_pages_are_neither_pages_nor_text(
    paragraphs: int, corpuscli: Run
) -> None:
    rng = Random(3)
    names = ("ada", "ivo", "marn", "kjeld", "oda")
    pages = other_pages(ARTICLE, 60)
    rng.shuffle(pages)
    dump = ""
    for n, (text, _, _) in enumerate(pages):
        dump += text + "Comments\n"
        for m in range(rng.randrange(5)):
            said = "\n".join(sentence(9000 + 100 * n + 10 * m + k) for k in range(paragraphs))
            dump += f"{rng.choice(names)}\n{rng.randint(1, 20)} hours ago\n{said}\nReply\nReport\n"
    done = corpuscli("split", stdin=dump.encode())
    assert b"read with a layout learnt from 60 pages" in done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {len(record["paragraphs"]) for record in records} == {2}


def test_a_doubled_line_in_a_box_does_not_outweigh_the_frame_of_all_pages(corpuscli: Run) -> None:
    dump = other_site(ARTICLE, 60).decode()
    whole = corpuscli("split", stdin=dump.encode())
    box = "\n\nMore of this\n\nMore of this\n\n"
    dump = dump.replace("Topics\n", f"Topics{box}", 1)
    done = corpuscli("list", "--fields=title", stdin=dump.encode())
    assert b"read with a layout learnt from 60 pages" in done.stderr
    assert done.stdout.count(b"\n") == whole.stdout.count(b"\n") == 60


def test_a_layout_with_too_many_lists_is_a_usage_error(corpuscli: Run, tmp_path: Path) -> None:
    boxes = "".join(f"[[box]]\nfrom = ['Box {n}']\nlines = 1\n" for n in range(70))
    (tmp_path / "x.toml").write_text(f"layout = 2\n[start]\nat = ['-+']\n{boxes}")
    result = corpuscli("list", "--layout", "x.toml", fixture("digest"))
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: x.toml: has more than 62 lists")
    assert result.stderr.count(b"\n") == 1
