"""What a file looks like by its first bytes, and what no dump looks like."""

from __future__ import annotations

import csv
import gzip
import io
import json
import mailbox
import random
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.source.looks import HEAD, Kind, looks_like


def mbox(tmp_path: Path) -> bytes:
    box = mailbox.mbox(tmp_path / "box")
    for number in range(3):
        message = EmailMessage()
        message["Subject"] = f"Letter {number}"
        message["From"] = "harbour@example.org"
        message.set_content("Dear reader,\n\nthe ferry sails.\n")
        box.add(message)
    box.flush()
    return (tmp_path / "box").read_bytes()


def table(delimiter: str) -> bytes:
    text = io.StringIO()
    rows = [["number", "title", "body"]]
    rows += [[str(n), "A title", "Text; with, all | of\tthem\n\nand lines"] for n in range(9)]
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("dump.txt", "text")
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        entry = tarfile.TarInfo("dump.txt")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"text"))
    return file.getvalue()


MAIL = b"Received: from a by b\n\tfor c\nSubject: Ferry\nFrom: a@example.org\n\nIt sails.\n"
RECORDS = [{"title": "Ferry", "text": "It sails."}] * 3

OTHER = {
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "zip": zipped(),
    "tar": tarred(),
    "gzip": gzip.compress(b"text"),
    "PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "WebP": b"RIFF\x24\0\0\0WEBPVP8 ",
    "MP4": b"\0\0\0\x18ftypmp42\0\0\0\0",
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "binary": random.Random(1).randbytes(4000),
    "WARC": b"WARC/1.1\r\nWARC-Type: warcinfo\r\n",
    "mbox": None,
    "e-mail": MAIL,
    "TSV": table("\t"),
    "comma": table(","),
    "semicolon": table(";"),
    "HTML": b"\xef\xbb\xbf <!-- page -->\n<!DOCTYPE html>\n<html><body>\n<p>Ferry</p>\n",
    "RSS": b'<?xml version="1.0"?>\n<rss version="2.0"><channel>\n',
    "XML": b'<?xml version="1.0"?>\n<articles>\n',
    "JSON": json.dumps(RECORDS, indent=2).encode(),
    "JSON Lines": "".join(json.dumps(record) + "\n" for record in RECORDS).encode(),
}


@pytest.mark.parametrize("name", OTHER)
def test_a_file_of_another_kind_is_named(name: str, tmp_path: Path) -> None:
    data = OTHER[name] or mbox(tmp_path)
    look = looks_like(data)
    assert look is not None
    assert look.kind in (Kind.SIGNATURE, Kind.CONTENT)
    assert name in look.name


@pytest.mark.parametrize(
    "text",
    [
        "One, two\n\nthree, four\n\nfive, six\n",
        "He came, saw, and won.\n\n\n\nShe sat, lay, and ate.\n\n\n\nThey met, spoke, and left.\n",
        "From here to Orsund it is a day.\n\nThe road: bad.\n",
        "[1] A note\n\n{2} Another\n",
        "<3 said the sign.\n\nNobody knew why.\n",
        '"Never," said the baker.\n"Never," said the smith.\n"Never," said all.\n',
        "Subject: the roof\n\nDate: a fruit\n",
        "PKW-Maut\n\nRIFF raff\n",
        "\ufeffText\n\nmore text\n",
        "Caf\xe9 " * 30,
        "خبز وسمك وملح وماء\n" * 9,
        "",
        "\x1b[1mOne\x1b[0m\n\ntwo\n",
    ],
)
def test_prose_looks_like_nothing_else(text: str) -> None:
    assert looks_like(text.encode()) is None


def test_an_e_mail_message_may_have_many_fields() -> None:
    look = looks_like(b"Received: from a by b\n" * 60 + b"\nIt sails.\n")
    assert look is not None
    assert look.name == "an e-mail message"


@pytest.mark.parametrize("rows", [9, 4000], ids=["all", "the first"])
def test_a_table_is_known_by_its_rows_or_the_first_of_them(rows: int) -> None:
    # The blank lines at the end are no rows, and the row in which the head ends is not whole.
    data = b"number,title,the body of an item\n" + b"7,Ferry,It sails.\n" * rows + b"\n\n"
    assert len(data) < HEAD or data[:HEAD].endswith(b"\n7")
    look = looks_like(data)
    assert look is not None
    assert "comma" in look.name
    assert looks_like(data.replace(b",Ferry", b"", 1)) is None


def test_what_a_program_lets_csv_read_is_no_fault_of_a_text() -> None:
    text = b"One, two, three, and more than a cell may hold.\n" * 3
    before = csv.field_size_limit(4)
    try:
        assert looks_like(text) is None
    finally:
        csv.field_size_limit(before)


TEXTS = {
    "windows-1256": "انتقل سوق المدينة القديمة إلى تحت سقف جديد من الخشب.\n" * 4,
    "windows-1251": "Рынок старого города переехал под новую деревянную крышу.\n" * 4,
    "windows-1252": "Le marché couvert a été rénové; les boulangers où l’on s’arrête…\n" * 4,
    "utf-32-le": "Ferries sail again.\nسفن\n" * 4,
    "utf-32-be": "Ferries sail again.\nسفن\n" * 4,
    "utf-16-le": "Ferries sail again.\n\nسفن\n" * 4,
    "utf-16-be": "انتقل سوق المدينة القديمة إلى تحت سقف جديد من الخشب.\n" * 4,
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_text_in_another_encoding_comes_with_the_option_that_helps(encoding: str) -> None:
    look = looks_like(TEXTS[encoding].encode(encoding))
    assert look is not None
    assert (look.kind, look.encoding) == (Kind.ENCODING, encoding)


@pytest.mark.parametrize("encoding", ["shift_jis", "gbk", "koi8-r", "euc-kr"])
def test_an_encoding_that_nothing_tells_is_not_guessed(encoding: str) -> None:
    text = "Рынок переехал. 市场搬了家。 市場。 시장 이전" * 9
    look = looks_like(text.encode(encoding, "ignore"))
    assert look is not None
    assert (look.kind, look.advice) == (Kind.ENCODING, "name its --encoding")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_settles_the_encoding(encoding: str) -> None:
    assert looks_like(TEXTS["windows-1256"].encode(encoding)) is None


def test_a_few_damaged_bytes_are_no_other_encoding() -> None:
    text = TEXTS["windows-1256"].encode() + b"\xe4\xf6\xfc\xdf\xe9\xe8\xe0\xf1"
    assert looks_like(text) is None


@given(st.binary(max_size=200))
def test_any_bytes_look_like_something_or_nothing(data: bytes) -> None:
    looks_like(data)
    looks_like(data * 500)


@given(st.integers(0, 5))
def test_a_head_may_end_inside_a_character(cut: int) -> None:
    text = ("خ" * HEAD).encode()
    assert looks_like(b"x" * cut + text) is None
