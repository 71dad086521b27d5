"""Every command says so if a file is of another kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

PAGE = "Title\n\nTT\n20\n\nTitle\n\nBody.\n"
FOREIGN = {
    "a table of comma-separated values (CSV)": b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n",
    "a mailbox (mbox)": b"From a@example.org Mon Jan  1 00:00:00 2024\nSubject: x\n\nText.\n",
    "an HTML file": b"<!DOCTYPE html>\n<html><body><p>Text.</p></body></html>\n",
    "a PNG image": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "binary data": bytes(range(256)) * 4,
}
COMMANDS = (
    ("list",),
    ("show", "1"),
    ("grep", "Text"),
    ("split",),
    ("dedupe-captions", "--report"),
    ("stats",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_of_another_kind_is_said_to_be_one(
    kind: str, command: tuple[str, ...], corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(FOREIGN[kind])
    said = f"corpuscli: file: looks like {kind}, not like a dump of pages\n".encode()
    assert corpuscli(*command, "file").stderr == said
    assert corpuscli(*command, "--quiet", "file").stderr == b""


def test_headers_in_a_text_prove_that_it_is_a_dump(corpuscli: Run) -> None:
    table = FOREIGN["a table of comma-separated values (CSV)"].decode()
    assert corpuscli("list", stdin=(table + "\n" + PAGE).encode()).stderr == b""


def test_a_layout_that_was_asked_for_is_believed_of_a_text(corpuscli: Run) -> None:
    table = FOREIGN["a table of comma-separated values (CSV)"]
    assert corpuscli("list", "--layout", "plain", stdin=table).stderr == b""


def test_an_ordinary_text_without_headers_is_said_to_fit_no_layout(corpuscli: Run) -> None:
    said = corpuscli("list", stdin=b"One.\n\nTwo.\n\n\n\nThree.\n").stderr
    assert said.startswith(b"corpuscli: -: no layout fits")
    assert said.count(b"\n") == 1
