"""Layouts: what a file of one may say, what is wrong with one, and what is read by it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import InputError, UsageError
from corpuscli.reader import reading as spine
from corpuscli.reader.layouts import BUILT_IN, Layout, layout_source, load_layout, parse_layout
from corpuscli.reader.reading import Options, Piece, read_chunks
from corpuscli.records.fields import ARTICLE

LAYOUTS = DATA / "layouts"
MYSITE = str(LAYOUTS / "mysite.toml")
FIXTURES = {"archive": "archive", "digest": "digest", "mysite": MYSITE}
"""A dump of each kind, and the layout that it is read by."""

FIELDS = {field.name: field.get for field in ARTICLE}


def layout(source: str) -> Layout:
    return parse_layout("x.toml", source)


def first(*lines: str) -> Layout:
    return layout("\n".join(("title = 'first'", "gap = 3", *lines)))


def fault(source: str) -> str:
    with pytest.raises(InputError) as caught:
        layout(source)
    assert caught.value.path == "x.toml"
    return caught.value.reason


def pieces(data: bytes, layout: str, *, size: int | None = None, chunk: int = 0) -> list[Piece]:
    cuts = range(0, len(data), chunk or max(1, len(data)))
    chunks = [data[at : at + (chunk or len(data))] for at in cuts]
    return list(read_chunks("dump", chunks, Options(layout=layout, shard_size=size)).tiles)


def articles(text: str, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is read by a layout that is in no file."""
    monkeypatch.setattr(spine, "load_layout", lambda _: layout)
    reading = read_chunks("dump", [text.encode()], Options(layout="x.toml"))
    return [
        {name: json.loads(json.dumps(get(reading.parse(piece)))) for name, get in FIELDS.items()}
        for piece in reading.pieces
    ]


# What is wrong with a file


FAULTS = [
    ("title = 'repeated'\nchrom = ['TT']\n", "chrom", 2, "no such key; the keys are name, "),
    ("title = 'repeated'\n\n[page]\nchrome = ['TT']\n", "page", 3, "no such key"),
    ("title = 'repeated'\n[[chromes]]\n", "chromes", 2, "no such key"),
    ("title = 'repeated'\na.b = 1\n", "a", 2, "no such key"),
    ("title = 'repeated'\n'a b' = 1\n", "a b", 2, "no such key"),
    ("# title = 1\ntitle = 'twice'\n", "title", 2, "must be 'repeated' or 'first'"),
    ("title = ['first']\n", "title", 1, "must be 'repeated' or 'first'"),
    ("title = 1\n", "title", 1, "must be 'repeated' or 'first'"),
    ("title = 'first'\ngap = 3\nparagraph = 'word'\n", "paragraph", 3, "must be 'line' or 'block'"),
    ("title = 'first'\ngap = -1\n", "gap", 2, "must be a number of blank lines from 0 to 100"),
    ("title = 'first'\ngap = 101\n", "gap", 2, "must be a number"),
    ("title = 'first'\ngap = true\n", "gap", 2, "must be a number"),
    ("title = 'first'\ngap = '3'\n", "gap", 2, "must be a number"),
    ("title = 'first'\nboundary = ['-+']\nboundary-opens = 1\n", "boundary-opens", 3, "must be"),
    ("name = 5\ntitle = 'repeated'\n", "name", 1, "must be a string"),
    ("title = 'repeated'\ndescription = ['x']\n", "description", 2, "must be a string"),
    ("title = 'repeated'\nchrome = 'TT'\n", "chrome", 2, "must be a list of regular expressions"),
    ("title = 'repeated'\nchrome = [1]\n", "chrome", 2, "must be a list of regular expressions"),
    ("title = 'repeated'\nchrome = ['TT', '(b']\n", "chrome", 2, "'(b' is no regular expression"),
    ("title = 'first'\nboundary = ['(?V0)(?V1)x']\n", "boundary", 2, "is no regular expression"),
    ("title = 'repeated'\nchrome = [\n  'TT',\n  '(b',\n]\n", "chrome", 4, "missing )"),
    ('title = "repeated"\nchrome = [\n "TT",\n "\\\\d(",\n]\n', "chrome", 4, "missing )"),
    ("title = 'repeated'\ndrop = [\n  'b*',\n]\n", "drop", 3, "'b*' matches an empty line"),
    ("title = 'first'\ngap = 1\ndrop-block = ['x']\n", "drop-block", 3, "paragraph = 'block'"),
    ("title = 'first'\n", "title", 1, "'first' needs a gap or a boundary to part the articles"),
    ("title = 'first'\ngap = 0\nboundary = []\n", "title", 1, "'first' needs a gap or a boundary"),
    ("title = 'repeated'\ngap = 3\n", "gap", 2, "means something only where title = 'first'"),
    ("title = 'repeated'\nboundary-opens = true\n", "boundary-opens", 2, "without boundary"),
    ("title = 'repeated'\nbyline = ['By .+']\n", "byline", 2, "only where title = 'first'"),
    ("gap = 1\nchrome = ['TT']\ntitle = 'first'\n", "chrome", 2, "only where title = 'repeated'"),
    ("title = 'first'\ngap = 3\nboundary = ['-+']\n", "gap", 2, "means nothing beside a boundary"),
    ("title = 'first'\ngap = 3\nboundary-opens = true\n", "boundary-opens", 3, "without boundary"),
    ("title = 'repeated'\nchrome-tail = ['x']\n", "chrome-tail", 2, "means nothing without chrome"),
    ("title = 'first'\ntitle = 'first'\n", "title", 2, "is not TOML: "),
    ("title = 'first\n", "title", 1, "is not TOML: "),
    ("title = 'first'\nboundary = [\n  'a',\n  'b'\n", "boundary", 2, "is not TOML: "),
    ("title = 'first'\nboundary = ['a' 'b']\n", "boundary", 2, "is not TOML: "),
]  # fmt: skip


@pytest.mark.parametrize(("source", "key", "line", "words"), FAULTS)
def test_a_fault_names_the_key_and_the_line(source: str, key: str, line: int, words: str) -> None:
    reason = fault(source)
    assert reason.startswith(f"{key}: ")
    assert words in reason
    assert f"line {line}" in reason
    assert "\n" not in reason


def test_a_title_that_is_missing_stands_on_no_line() -> None:
    assert fault("gap = 3\n") == "title: is missing: say where the title is, 'repeated' or 'first'"


def test_what_is_not_toml_at_all_is_said_with_its_line() -> None:
    assert fault("Ferries Sail Again\n").startswith("is not TOML: ")
    assert "line 1" in fault("Ferries Sail Again\n")


@given(st.text(max_size=60))
def test_any_text_is_a_layout_or_a_fault_of_one_line(source: str) -> None:
    for text in (source, "title = 'repeated'\nchrome = ['''" + source + "''']\n"):
        try:
            layout(text)
        except InputError as error:
            assert error.reason


# Files


def test_a_name_that_is_no_file_and_not_built_in_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UsageError, match=r"auto, page, plain, archive, digest, and FILE\.toml"):
        load_layout("pages")


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"title = 'first'\ngap = 3\nname = 'Caf\xe9'\n")
    long = tmp_path / "long.toml"
    long.write_bytes(b"#" * 2_000_000)
    for path, reason in [
        (folder, "Is a directory"),
        (tmp_path / "none.toml", "No such file or directory"),
        (latin, r"is not UTF-8 \(line 3\)"),
        (long, "is too long to be a layout"),
    ]:
        with pytest.raises(InputError, match=reason):
            load_layout(str(path))


def test_a_byte_order_mark_and_crlf_are_fine_in_a_layout_file(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbftitle = 'first'\r\ngap = 2\r\n")
    assert load_layout(str(path)).gap == 2
    assert load_layout(str(path)).name == "windows"


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_layout_is_sound_and_says_as_a_file_what_it_says_by_name(name: str) -> None:
    built_in, copied = load_layout(name), layout(layout_source(name))
    for field in fields(Layout):
        one, other = getattr(built_in, field.name), getattr(copied, field.name)
        patterns = ("chrome", "chrome_tail", "boundary", "byline", "drop", "drop_block")
        is_pattern = field.name in patterns
        assert (one is None) == (other is None)
        assert is_pattern or one == other
    assert built_in.name == name
    assert built_in.description


# Patterns


def test_a_pattern_matches_a_whole_line_without_the_white_space_around_it() -> None:
    boundary = layout("title = 'first'\nboundary = ['-{3,}', '\\d+ of \\d+']")
    for line in ("---", " -----\xa0\r", "\ufeff\t7 of 20"):
        assert boundary.is_boundary(line)
    for line in ("--", "--- ---", "a ---", "7 of 20 ports", ""):
        assert not boundary.is_boundary(line)


def test_a_pattern_to_drop_sees_the_white_space_before_the_line() -> None:
    drop = first("drop = ['\\s{8,}\\S.*', 'Advertisement']")
    assert drop.is_dropped(" " * 8 + "The Vikhaven Courier \r")
    assert drop.is_dropped("\ufeffAdvertisement")
    assert drop.is_dropped("\xa0" * 8 + "centred")
    assert not drop.is_dropped("  Advertisement")
    assert not drop.is_dropped("Advertisements work")


def test_flags_groups_and_back_references_are_each_pattern_s_own() -> None:
    drop = first("drop = ['(?i)share', 'Print', '(?P<a>x)y', '(?P<a>.)\\1']").drop
    assert drop is not None
    for line in ("SHARE", "Print", "xy", "--"):
        assert drop.fullmatch(line)
    for line in ("PRINT", "-x"):
        assert not drop.fullmatch(line)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ada Lindvane", "Ada Lindvane"),
        ("by: Ivo Marvane, Tilde Marn", "Ivo Marvane, Tilde Marn"),
        ("By Harald Brenn Jr.", "Harald Brenn Jr."),
        ("By J. R. Holm", "J. R. Holm"),
        ("By noon the boats were back.", None),
        ("Bystanders", None),
    ],
)
def test_the_byline_of_a_digest_is_no_sentence(line: str, byline: str | None) -> None:
    pattern = load_layout("digest").byline
    assert pattern is not None
    match = pattern.fullmatch(line)
    assert (match and match.groups()[0]) == byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("BYLINE: Oda Kjeld, Harbour Correspondent", "Oda Kjeld, Harbour Correspondent"),
        ("BYLINE: By Oda Kjeld", "Oda Kjeld"),
        ("By Oda Kjeld and Peer Aldous", "Oda Kjeld and Peer Aldous"),
        ("By noon the boats had come back to the quay, and those who had waited", None),
    ],
)
def test_the_byline_of_an_archive_is_labelled_or_a_name(line: str, byline: str | None) -> None:
    pattern = load_layout("archive").byline
    assert pattern is not None
    match = pattern.fullmatch(line)
    assert (match and match.groups()[0]) == byline


def test_a_pattern_of_exponential_time_ends_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuscli.reader.layouts.TIME_LIMIT", 0.2)
    slow = first("drop = ['Advertisement', '(a|b|ab)*[cd]']")
    with pytest.raises(InputError, match=r"drop: '\(a\|b\|ab\)\*\[cd\]' takes more than 0.2 sec"):
        slow.is_dropped("ab" * 3000)


# What is read


@pytest.mark.parametrize("name", FIXTURES)
def test_a_dump_of_another_site_reads_as_the_records_beside_it(name: str) -> None:
    data = (LAYOUTS / f"{name}.txt").read_bytes()
    lines = (LAYOUTS / f"{name}.jsonl").read_text("utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    reading = read_chunks("dump", [data], Options(layout=FIXTURES[name]))
    found = [reading.parse(piece) for piece in reading.pieces]
    for article, right in zip(found, expected, strict=True):
        assert json.loads(json.dumps({key: FIELDS[key](article) for key in right})) == right
        assert article.problems == ()


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("size", [1, 7, 100, 1024, 4096, None])
def test_the_reading_of_a_layout_does_not_depend_on_how_the_dump_is_cut(
    name: str, size: int | None
) -> None:
    data = (LAYOUTS / f"{name}.txt").read_bytes() * 3
    whole = pieces(data, FIXTURES[name])
    assert b"".join(piece.raw for piece in whole) == data
    for chunk in (0, 13, 1000):
        assert pieces(data, FIXTURES[name], size=size, chunk=chunk) == whole


@pytest.mark.parametrize("name", FIXTURES)
def test_files_of_a_layout_may_be_joined(name: str) -> None:
    data = (LAYOUTS / f"{name}.txt").read_bytes()
    once, twice = pieces(data, FIXTURES[name]), pieces(data * 2, FIXTURES[name])
    if name == "digest":
        # Nothing stands between the two files, and only a boundary parts articles.
        assert len(twice) == 2 * len(once) - 1
    else:
        assert len(twice) == 2 * len(once)


ODD = st.sampled_from(
    ["1 of 3 DOCUMENTS", "  2 of 3 DOCUMENTS\r", "-----", "=====", "----- -", "T", "U", "T", "C.",
     "Share", "Print", "3 comments", "TT", "20", "BYLINE: A", "By B", "by: C", "2024-03-04",
     "Read also: x", " " * 9 + "centred", "LENGTH: 3 words", "", "", "", "", " \xa0", "\ufeffT",
     "B. B", "T\ufeff-----"]
)  # fmt: skip


@given(
    st.sampled_from([*BUILT_IN, MYSITE]),
    st.lists(ODD, max_size=40),
    st.integers(1, 300),
    st.integers(1, 300),
)
def test_any_lines_are_read_the_same_in_shards_of_any_size(
    name: str, lines: list[str], size: int, chunk: int
) -> None:
    data = "\n".join(lines).encode()
    whole = pieces(data, name)
    assert pieces(data, name, size=size, chunk=chunk) == whole
    assert b"".join(piece.raw for piece in whole) == data
    for piece in whole:
        parsed = read_chunks("dump", [data], Options(layout=name)).parse(piece)
        assert FIELDS["words"](parsed) == sum(len(p.text.split()) for p in parsed.paragraphs)


@pytest.mark.parametrize("at", [250, 65_535, 65_536])
@pytest.mark.parametrize("more", [0, 25_000])
def test_auto_chooses_by_the_same_bytes_however_the_dump_comes(
    at: int, more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spine, "AUTO_REACH", 65_536)
    before = b"".join(b"line %d\n\n" % number for number in range(at))[: max(0, at - 2)]
    data = before + b"\n\n"[:at] + b"T\n\nTT\n\nT\n\nB.\n"
    data += b"".join(b"text %d\n\n\n\n" % number for number in range(more))
    chosen = {
        read_chunks(
            "dump",
            [data[at : at + chunk] for at in range(0, len(data), chunk)],
            Options(shard_size=size),
        ).layout.name
        for chunk, size in ((1000, 65_536), (len(data), None))
    }
    assert chosen == {"page" if at < 65_536 else "plain"}


@pytest.mark.parametrize("lines", [9_000, 12_000, 20_000, 30_000])
def test_auto_finds_the_first_header_far_down(lines: int) -> None:
    text = b"".join(b"Some text of page %d.\n\n" % number for number in range(lines))
    reading = read_chunks("dump", [text + b"T\n\nTT\n\nT\n\nB.\n"], Options())
    assert reading.layout.name == "page"


def test_lines_of_a_body_that_are_dropped_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    page = layout("title = 'repeated'\nchrome = ['Share']\ndrop = ['Ad', 'Read also: .*']")
    text = "T\n\nC.\nC.\nShare\n\nT\n\nC.\nC.\n\nRead also: x\n\nOne.\nAd\nTwo.\n\nAd\nAd\n"
    (article,) = articles(text, page, monkeypatch)
    assert article["paragraphs"] == ["One.", "Two."]
    assert [caption["text"] for caption in article["captions"]] == ["C."]
    assert article["words"] == 2


def test_a_paragraph_may_end_at_a_blank_line(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = first("paragraph = 'block'", "drop = ['Ad']")
    (article,) = articles("T\n\nOne\ntwo\nAd\nthree.\n\nFour.\n", blocks, monkeypatch)
    assert article["paragraphs"] == ["One two three.", "Four."]


def test_a_gap_of_any_number_of_blank_lines_may_part_articles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = layout("title = 'first'\ngap = 2")
    found = articles("T\n\nOne.\n\n\nU\n\nTwo.\n\n\n\n\nV\n", two, monkeypatch)
    assert [article["title"] for article in found] == ["T", "U", "V"]


def test_text_before_a_boundary_that_opens_is_an_article_without_title(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opens = layout("title = 'first'\nboundary = ['#\\d+']\nboundary-opens = true")
    found = articles("Search results\n\n#1\nT\n\nOne.\n#2\n\nU\nTwo.\n#3\n", opens, monkeypatch)
    assert [article["title"] for article in found] == [None, "T", "U"]
    assert [article["problems"] for article in found] == [["no-title"], [], []]


def test_boundaries_with_nothing_between_are_no_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = layout("title = 'first'\nboundary = ['-{3,}']")
    found = articles("---\n\nT\n\nOne.\n---\n\n---\nU\n\nTwo.\n---\n---\n", parts, monkeypatch)
    assert [(a["title"], a["paragraphs"]) for a in found] == [("T", ["One."]), ("U", ["Two."])]


def test_a_label_that_wraps_is_dropped_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        *("1 of 1 DOCUMENTS", "", "T", "", "One.", ""),
        *("SUBJECT: HARBOURS (90%); FERRIES (88%);", "STORMS (71%)", "", "LANGUAGE: ENGLISH"),
    )
    (article,) = articles("\n".join(lines), load_layout("archive"), monkeypatch)
    assert article["paragraphs"] == ["One."]


def test_text_below_a_label_without_a_value_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "1 of 1 DOCUMENTS\n\nT\n\nBODY:\nOne\ntwo.\n"
    (article,) = articles(text, load_layout("archive"), monkeypatch)
    assert article["paragraphs"] == ["One two."]


REPEATED = """
title = 'repeated'
chrome = ['Share']
boundary = ['={3,}']
boundary-opens = true
byline = ['By (.+)']
"""

BOUNDED_PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "controls": (
        "T\n\nDeck\n\nC\nC\nShare\n\nT\n\nC\nC\n\nOne.\n",
        {"title": "T", "deck": "Deck", "caption_count": 1, "paragraphs": ["One."]},
    ),
    "no controls": (
        "T\n\nC\nC\n\nT\n\nC\nC\n\nOne.\n",
        {"title": "T", "deck": None, "caption_count": 1, "paragraphs": ["One."]},
    ),
    "nothing between the titles": (
        "T\n\nT\n\nOne.\n",
        {"title": "T", "caption_count": 0, "paragraphs": ["One."]},
    ),
    "author and role": (
        "A. Writer\nEditor\nShare\n\nT\n\nOne.\n",
        {"title": "T", "deck": None, "byline": "A. Writer, Editor", "paragraphs": ["One."]},
    ),
    "the title once": (
        "T\nBy A. Writer\n\nOne.\n\nTwo.\n",
        {"title": "T", "byline": "A. Writer", "paragraphs": ["One.", "Two."]},
    ),
    "the title again far below": (
        "T\n\nOne.\n\nTwo.\n\nShare\n\nT\n",
        {"title": "T", "paragraphs": ["One.", "Two.", "Share", "T"]},
    ),
}


@pytest.mark.parametrize("shape", BOUNDED_PAGES)
def test_a_boundary_may_stand_before_pages_whose_title_repeats(
    shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, expected = BOUNDED_PAGES[shape]
    other = "U\n\nShare\n\nU\n\nOther.\n"
    text = f"===\n{page}\n===\n{other}===\n\n{page}"
    found = articles(text, layout(REPEATED), monkeypatch)
    assert [a["title"] for a in found] == ["T", "U", "T"]
    for article in (found[0], found[2]):
        assert {name: article[name] for name in expected} == expected


def test_only_a_boundary_parts_articles_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "===\nT\n\nShare\n\nT\n\nOne.\n\nU\n\nShare\n\nU\n\nTwo.\n"
    (article,) = articles(text, layout(REPEATED), monkeypatch)
    assert article["paragraphs"] == ["One.", "U", "Share", "U", "Two."]


BLOCKS = """
title = 'first'
boundary = ['---']
paragraph = 'block'
byline = ['By (.+)']
"""


def test_a_dropped_line_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "T\n\nAD first\nkept one\n\nline a\nAD mid\nline b\n\nline c\nAD last\n"
    (article,) = articles(text, layout(BLOCKS + "drop = ['AD.*']"), monkeypatch)
    assert article["paragraphs"] == ["kept one", "line a line b", "line c"]


def test_a_line_that_drops_its_block_takes_the_rest_of_it_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "T\n\nAD first\ngone\n\nline a\nAD mid\nline b\n\nAD:\nkept\n"
    (article,) = articles(text, layout(BLOCKS + "drop-block = ['AD.*']"), monkeypatch)
    assert article["paragraphs"] == ["line a line b", "kept"]


def test_a_byline_may_stand_directly_below_a_title_that_is_a_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (article,) = articles("Long\ntitle\nBy Ada\n\nOne.\n", layout(BLOCKS), monkeypatch)
    assert [article[name] for name in ("title", "byline", "paragraphs")] == [
        "Long title",
        "Ada",
        ["One."],
    ]
