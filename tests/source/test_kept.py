"""Inputs that can be read only once are kept to be read again."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from corpuscli.errors import InputError
from corpuscli.source import read_blocks
from corpuscli.source.kept import keep


def test_a_pipe_can_be_read_as_often_as_needed(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(data,))
    writer.start()
    kept = keep(str(tmp_path / "pipe"))
    writer.join()
    assert kept is not None
    for _ in range(2):
        with kept.open() as source:
            assert (source.name, source.size) == (str(tmp_path / "pipe"), len(data))
            assert source.ranges is not None
            assert source.ranges.read(5, 9) == data[5:9]
            assert b"".join(read_blocks(source)) == data
    kept.close()


def test_a_file_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    assert keep(str(tmp_path / "file")) is None


def test_what_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        keep(str(tmp_path / "gone"))
