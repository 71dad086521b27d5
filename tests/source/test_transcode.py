"""Dumps in other encodings: read as UTF-8, without losing one of their own bytes."""

from __future__ import annotations

import codecs
import json
from typing import Any

import laws
import pytest
from compose import Page, pages, render
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import InputError, UsageError
from corpuscli.inspection.dedupe import Entry, duplicates
from corpuscli.reader.reading import Options, Piece, Reading, read_chunks
from corpuscli.records.fields import ARTICLE
from corpuscli.source import transcode
from corpuscli.source.looks import other_encoding
from corpuscli.source.transcode import HEAD, check_encoding, encoding_of, is_clean

FIELDS = {field.name: field.get for field in ARTICLE}

WORDS = {
    "utf-8": "Café ميناء порт 港 🛳",
    "utf-8-sig": "Café ميناء порт 港 🛳",
    "utf-16-le": "Café ميناء порт 港 🛳",
    "utf-16-be": "Café ميناء порт 港 🛳",
    "utf-32-le": "Café ميناء порт 港 🛳",
    "utf-32-be": "Café ميناء порт 港 🛳",
    "windows-1256": "ميناء المدينة café",
    "windows-1251": "порт города",
    "windows-1253": "λιμάνι",
    "latin-1": "Café größer",
    "cp037": "Café größer",
    "shift_jis": "港の船ソ表",
    "euc_jp": "港の船",
    "gbk": "港口的船",
    "gb18030": "港口的船 ميناء 🛳",
    "big5": "港口的船功",
    "euc_kr": "항구의 배",
    "johab": "항구의 배",
}
"""Encodings that a dump may have, and something that can be written in each."""

ENCODINGS = list(WORDS)

INVALID = {
    "utf-8": b"\xff",
    "utf-16-le": b"\x00\xd8",
    "utf-16-be": b"\xdc\x00",
    "utf-32-le": b"\xff\xff\xff\xff",
    "utf-32-be": b"\x00\x00\xd8\x00",
    "windows-1251": b"\x98",
    "windows-1253": b"\xaa",
    "shift_jis": b"\xff",
    "euc_jp": b"\xff",
    "gbk": b"\xff",
    "gb18030": b"\xff",
    "big5": b"\xff",
    "euc_kr": b"\xff",
    "johab": b"\xff",
}
"""Bytes that are not valid. In windows-1256, latin-1 and EBCDIC all are."""


def dump(encoding: str) -> str:
    words = WORDS[encoding]
    return render(
        [
            Page(f"Ferries {words}", (f"One {words}.", "Two."), captions=(f"Quay {words}. (dpa)",)),
            Page("Bread", (f"Three {words}.",), captions=("Loaves.", words), chrome=False),
            Page(f"Rain {words}", ("Four.",), author="Ada Holm", role=words),
        ]
    ).decode()


def encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding)


def begin(data: bytes, encoding: str = "auto", *, chunk: int = 0, **options: Any) -> Reading:
    step = chunk or max(1, len(data))
    chunks = [data[at : at + step] for at in range(0, len(data), step)]
    return read_chunks("dump", chunks, Options(encoding=encoding, **options))


def values(reading: Reading, piece: Piece) -> dict[str, Any]:
    article = reading.parse(piece)
    return {name: json.loads(json.dumps(get(article))) for name, get in FIELDS.items()}


def read(data: bytes, encoding: str = "auto", **options: Any) -> list[dict[str, Any]]:
    reading = begin(data, encoding, **options)
    return [values(reading, piece) for piece in reading.pieces]


def text_of(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in ("start", "end")}


def cleaned(data: bytes, encoding: str) -> bytes:
    reading = begin(data, encoding)
    return laws.cleaned(reading)


# Names


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding_whose_line_end_is_one_code_unit_is_accepted(name: str) -> None:
    assert check_encoding(name) == check_encoding(name.upper().replace("-", "_"))


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "utf_8_sig", "ascii", "us-ascii"])
def test_every_name_of_utf_8_and_ascii_is_utf_8(name: str) -> None:
    assert check_encoding(name) == "utf-8"


@pytest.mark.parametrize(
    ("name", "iconv"),
    [
        ("utf-7", "UTF-7"),
        ("iso2022_jp", "ISO-2022-JP"),
        ("hz", "HZ"),
        ("ISO-2022-KR", "ISO-2022-KR"),
    ],
)
def test_a_stateful_encoding_is_refused_with_the_command_that_helps(name: str, iconv: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_encoding(name)
    reason = f"{name} is stateful: convert the dump first, iconv -f {iconv} -t UTF-8"
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "name",
    ["base64", "rot13", "hex", "zlib", "bz2", "uu", "quopri", "idna", "punycode", "charmap",
     "unicode_escape", "raw_unicode_escape", "undefined"],
)  # fmt: skip
def test_a_codec_that_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is not a text encoding"):
        check_encoding(name)


@pytest.mark.parametrize(
    "name", ["", "klingon", "utf-8\0", "../os", "aliases", "\udcff", "é", "a" * 10_000]
)
def test_a_name_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="unknown encoding"):
        check_encoding(name)


@given(st.text(max_size=20))
def test_any_name_is_an_encoding_or_a_usage_error(name: str) -> None:
    try:
        codecs.lookup(check_encoding(name)) if check_encoding(name) != "auto" else None
    except UsageError as error:
        assert error.reason


# Byte order marks


MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("chunk", [0, 1, 3])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(encoding: str, chunk: int) -> None:
    text = dump(encoding)
    data = MARKS[encoding] + text.encode(encoding)
    reading = begin(data, chunk=chunk)
    assert reading.encoding == encoding
    found = [values(reading, piece) for piece in reading.pieces]
    assert [text_of(record) for record in found] == [
        text_of(record) for record in read(text.encode())
    ]
    assert found[0]["start"] == 0
    assert found[-1]["end"] == len(data)


def test_a_mark_of_utf_16_is_not_taken_for_one_of_utf_32() -> None:
    assert encoding_of(codecs.BOM_UTF16_LE + b"T\0") == "utf-16-le"
    assert encoding_of(codecs.BOM_UTF32_LE + b"T\0\0\0") == "utf-32-le"
    assert encoding_of(b"\xff") == encoding_of(b"") == encoding_of(b"\xef\xbb\xbf") == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("order", ["le", "be"])
def test_of_utf_16_and_utf_32_the_mark_tells_the_byte_order(encoding: str, order: str) -> None:
    exact = f"{encoding}-{order}"
    text = dump(exact)
    marked = begin(MARKS[exact] + text.encode(exact), encoding)
    assert marked.encoding == exact
    assert next(marked.pieces).span.number == 1
    assert begin(text.encode(f"{encoding}-le"), encoding).encoding == f"{encoding}-le"


def test_an_encoding_that_is_named_is_used_whatever_the_mark_says() -> None:
    assert begin(codecs.BOM_UTF16_LE + b"T\0", "windows-1256").encoding == "cp1256"
    assert begin(codecs.BOM_UTF16_LE + b"T\0", "utf-8").encoding == "utf-8"


# Reading


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("chunk", [0, 1, 7])
def test_a_dump_reads_the_same_in_every_encoding(encoding: str, chunk: int) -> None:
    text = dump(encoding)
    data = encoded(text, encoding)
    right = read(text.encode())
    found = read(data, encoding, chunk=chunk)
    assert [text_of(record) for record in found] == [text_of(record) for record in right]
    assert [record["title"] for record in found] == [
        f"Ferries {WORDS[encoding]}",
        "Bread",
        f"Rain {WORDS[encoding]}",
    ]
    edges = [record["start"] for record in found] + [len(data)]
    assert edges == [0] + [record["end"] for record in found]
    for record, whole in zip(found, right, strict=True):
        part = text.encode()[whole["start"] : whole["end"]].decode()
        raw = data[record["start"] : record["end"]]
        assert raw.decode(check_encoding(encoding)).removeprefix("\ufeff") == part


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_captions_are_deleted_alike_in_every_encoding(encoding: str) -> None:
    text = dump(encoding)
    data = encoded(text, encoding)
    once = cleaned(data, encoding)
    assert once == encoded(cleaned(text.encode(), "utf-8").decode(), encoding)
    assert len(once) < len(data)
    assert cleaned(once, encoding) == once


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16-le", "gbk"])
def test_what_a_report_says_was_saved_is_bytes_of_the_dump(encoding: str) -> None:
    data = encoded(dump(encoding), encoding)
    reading = begin(data, encoding)
    saved = sum(
        record.bytes_saved
        for piece in reading.pieces
        for record in duplicates(reading, Entry(piece, False))
    )
    assert saved == len(data) - len(cleaned(data, encoding))


@given(pages(largest=3, noisy=True), st.sampled_from(["utf-16-le", "utf-32-be", "gb18030"]))
def test_composed_pages_read_the_same_in_every_encoding(pages_: list[Page], encoding: str) -> None:
    text = render(pages_)
    data = text.decode().encode(encoding)
    found, right = read(data, encoding, layout="page"), read(text, layout="page")
    assert [text_of(record) for record in found] == [text_of(record) for record in right]
    assert cleaned(data, encoding) == cleaned(text, "utf-8").decode().encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "pair"), [("utf-16-le", "\u0a05\u0100"), ("utf-16-be", "\u0100\u0a05")]
)
def test_what_looks_like_a_line_end_across_two_characters_is_none(encoding: str, pair: str) -> None:
    assert "\n".encode(encoding) in pair.encode(encoding)
    text = f"T\n\nTT\n\nT\n\nOne {pair} and {pair}.\n\nTwo {pair}.\n"
    for chunk in range(1, 40):
        (record,) = read(text.encode(encoding), encoding, chunk=chunk)
        assert record["paragraphs"] == [f"One {pair} and {pair}.", f"Two {pair}."]


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcode, "LONGEST_LINE", 1000)
    with pytest.raises(InputError, match="a line is longer than"):
        read(b"x" * 5000, "utf-16-le", chunk=64)
    with pytest.raises(InputError, match="a line is longer than"):
        read(b"T\n" + b"x" * 5000 + b"\n", "latin-1", chunk=64)


# Bytes that are not valid


@pytest.mark.parametrize("encoding", INVALID)
@pytest.mark.parametrize("place", ["alone", "inside", "before the line end"])
def test_bytes_that_are_not_valid_become_one_replacement_and_a_problem(
    encoding: str, place: str
) -> None:
    before, after = {"alone": ("", ""), "inside": ("a", "b"), "before the line end": ("a", "")}[
        place
    ]
    data = (
        dump(encoding).encode(encoding)
        + before.encode(encoding)
        + INVALID[encoding]
        + f"{after}\n\nThe end.\n".encode(encoding)
    )
    found = read(data, encoding)
    assert [record["problems"] for record in found] == [[], [], ["undecodable-bytes"]]
    assert found[-1]["paragraphs"][-2:] == [f"{before}\ufffd{after}", "The end."]
    assert found[-1]["end"] == len(data)


@pytest.mark.parametrize("encoding", ["shift_jis", "gbk", "gb18030", "big5", "euc_kr", "utf-8"])
@pytest.mark.parametrize("lead", [b"\x81", b"\xe4", b"\xc3", b"\xfe"])
def test_half_a_character_takes_no_line_end_with_it(encoding: str, lead: bytes) -> None:
    data = b"T\n\nTT\n\nT\n\nOne." + lead + b"\nTwo.\n\nThree.\n"
    (record,) = read(data, encoding)
    assert len(record["paragraphs"]) == 3
    assert record["paragraphs"][1:] == ["Two.", "Three."]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_dump_may_end_inside_a_code_unit(encoding: str) -> None:
    data = "T\n\nTT\n\nT\n\nOne.\n".encode(encoding) + b"\0"
    (record,) = read(data, encoding)
    assert record["end"] == len(data)
    assert record["paragraphs"] == ["One.", "\ufffd"]
    assert cleaned(data, encoding) == data


@pytest.mark.parametrize("encoding", ["windows-1256", "latin-1", "cp037"])
def test_where_every_byte_is_valid_no_byte_is_a_problem(encoding: str) -> None:
    line = bytes(byte for byte in range(256) if bytes([byte]).decode(encoding).isprintable())
    data = "T\n\nTT\n\nT\n\nOne.\n\n".encode(encoding) + line
    (record,) = read(data, encoding)
    assert record["problems"] == []
    assert "\ufffd" not in record["paragraphs"][1]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-8"])
def test_a_dump_may_be_joined_inside_a_line_that_is_damaged(encoding: str) -> None:
    bad = INVALID[encoding]
    one = "T\n\nTT\n\nT\n\n港 ".encode(encoding) + bad + " end.".encode(encoding)
    two = "\ufeffU\n\nTT\n\nU\n\n港.\n".encode(encoding)
    found = read(one + two, encoding)
    assert [record["title"] for record in found] == ["T", "U"]
    assert found[0]["paragraphs"] == ["港 \ufffd end."]
    assert (found[0]["end"], found[1]["end"]) == (len(one), len(one + two))


LINES = st.sampled_from(
    ["T", "U", "C.", "港", "TT", "20", "", "", "", "\xa0", "\ufeffT", "B.\ufeffT", "\u2028", "\r"]
)
HARM = st.sampled_from([b"", b"\xff", b"\x81", b"\x00", b"\x00\xd8", b"\n", b"\x84\x31"])


@given(
    st.sampled_from(ENCODINGS),
    st.lists(st.tuples(LINES, HARM), max_size=30),
    st.integers(1, 50),
    st.integers(1, 60),
    st.sampled_from(["auto", "page", "plain", "digest"]),
)
def test_damaged_pages_lose_no_byte(
    encoding: str, lines: list[tuple[str, bytes]], chunk: int, size: int, layout: str
) -> None:
    name = check_encoding(encoding)
    end = "\n".encode(name)
    data = b"".join(line.encode(name, "ignore") + harm + end for line, harm in lines)
    check_whole(data, encoding, chunk=chunk, shard_size=size, layout=layout)


@given(
    st.sampled_from([*ENCODINGS, "auto", "utf-16", "utf-32"]),
    st.binary(max_size=300),
    st.integers(1, 50),
)
def test_any_bytes_in_any_encoding_are_read_and_none_is_lost(
    encoding: str, data: bytes, chunk: int
) -> None:
    check_whole(data, encoding, chunk=chunk)
    check_whole(data.replace(b"\x00", b"\n"), encoding, chunk=chunk, layout="page")


def check_whole(data: bytes, encoding: str, **options: Any) -> None:
    """The tiles join to the bytes, and all that is made of them can be made."""
    reading = begin(data, encoding, **options)
    tiles = list(reading.tiles)
    assert b"".join(tile.raw for tile in tiles) == data
    at = 0
    for tile in tiles:
        assert (tile.span.start, tile.span.end) == (at, at + len(tile.raw))
        at = tile.span.end
        record = values(reading, tile)
        if tile.span.number:
            assert json.dumps(record).encode()
        assert len(Entry(tile, True).raw) <= len(tile.raw)
    other_encoding(reading.head, reading.encoding)


# Lines


NO_LINE_ENDS = {
    "CR": "\r",
    "NUL": "\0",
    "VT": "\v",
    "FF": "\f",
    "FS": "\x1c",
    "GS": "\x1d",
    "RS": "\x1e",
    "US": "\x1f",
    "NEL": "\x85",
    "LS": "\u2028",
    "PS": "\u2029",
}


@pytest.mark.parametrize("name", NO_LINE_ENDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be", "latin-1", "cp037"])
def test_only_a_newline_ends_a_line(name: str, encoding: str) -> None:
    character = NO_LINE_ENDS[name]
    if character.encode(encoding, "ignore") == b"":
        pytest.skip("the encoding has no such character")
    text = f"T\n\nTT\n\nT\n\nOne{character}more.\n\nTwo.\n\n\nU\n\nTT\n\nU\n\nB.\n"
    first, second = read(text.encode(encoding), encoding)
    assert first["paragraphs"] == [f"One{character}more.", "Two."]
    assert second["line"] == 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "windows-1256", "cp037"])
def test_crlf_ends_a_line_and_is_no_text(encoding: str) -> None:
    text = "T\r\n\r\nTT\r\n\r\nT\r\n\r\nOne.\r\nTwo.\r\n"
    data = text.encode(encoding)
    (record,) = read(data, encoding)
    assert (record["paragraphs"], record["problems"]) == (["One.", "Two."], [])
    assert record["end"] == len(data)


def test_code_units_that_hold_the_byte_of_a_newline_end_no_line() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        text = "T\n\nTT\n\nT\n\nਅ\u0a00\u000b\u0a0aĊ.\nTwo.\n"
        (record,) = read(text.encode(encoding), encoding)
        assert len(record["paragraphs"]) == 2


# What an encoding looks like


ARABIC = "انتقل سوق المدينة القديمة إلى تحت سقف جديد من الخشب.\n" * 4
RUSSIAN = "Рынок старого города переехал под новую деревянную крышу.\n" * 4
FRENCH = "Le marché couvert a été rénové; les boulangers où l’on s’arrête…\n" * 4


@pytest.mark.parametrize(
    ("text", "encoding", "read_as"),
    [
        (ARABIC, "windows-1256", "utf-8"),
        (RUSSIAN, "windows-1251", "utf-8"),
        (FRENCH, "windows-1252", "utf-8"),
        (FRENCH, "utf-16-le", "utf-8"),
        (ARABIC, "utf-16-be", "utf-8"),
        (FRENCH, "utf-32-le", "utf-8"),
        (ARABIC, "utf-16-be", "utf-16-le"),
        (ARABIC, "utf-8", "cp1256"),
        (FRENCH, "utf-8", "utf-16-le"),
        ("Plain old text of a harbour town.\n", "utf-8", "cp037"),
        ("Plain old text of a harbour town.\n", "utf-8", "utf-16-be"),
    ],
)
def test_an_encoding_that_does_not_fit_is_seen(text: str, encoding: str, read_as: str) -> None:
    look = other_encoding(text.encode(encoding), read_as)
    assert look is not None
    assert look.encoding == encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "cp1256"),
        (RUSSIAN, "cp1251"),
        (FRENCH, "cp1252"),
        (ARABIC, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (RUSSIAN, "utf-32-be"),
        ("港口的船\n" * 20, "gbk"),
        ("港の船\n" * 20, "shift-jis"),
        ("Café in a harbour town.\n" * 9, "cp037"),
        ("Plain old text of a harbour town.\n", "cp1256"),
        ("", "utf-16-le"),
    ],
)
def test_an_encoding_that_fits_is_left_alone(text: str, encoding: str) -> None:
    assert other_encoding(text.encode(encoding), encoding) is None


def test_a_mark_is_seen_whatever_encoding_was_asked_for() -> None:
    look = other_encoding(codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be"), "cp1256")
    assert look is not None
    assert look.encoding == "utf-16-be"


def test_clean_utf_8_needs_no_closer_look() -> None:
    for text in ("", "Plain.\n", ARABIC, "\ufeff" + RUSSIAN):
        assert is_clean(text.encode())
    assert is_clean(("خ" * HEAD).encode()[: HEAD - 1])
    for data in (b"caf\xe9 ", b"a\0b", FRENCH.encode("utf-16")):
        assert not is_clean(data)


def test_no_more_than_the_first_bytes_are_looked_at() -> None:
    data = b"text\n" * HEAD + ARABIC.encode("cp1256")
    assert begin(data).head == data[:HEAD]
    assert begin(data, chunk=100).head == data[:HEAD]
