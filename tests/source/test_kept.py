"""Inputs that can be read only once are kept to be read again."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpuscli.errors import InputError
from corpuscli.source import read_blocks
from corpuscli.source.kept import keep


@contextmanager
def standard_input(file: int) -> Iterator[None]:
    """Let standard input be another file for a while."""
    before = os.dup(0)
    os.dup2(file, 0)
    try:
        yield
    finally:
        os.dup2(before, 0)
        os.close(before)


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


def test_a_file_at_standard_input_is_read_again_from_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"read before\nthe rest\n")
    with (tmp_path / "file").open("rb", buffering=0) as file, standard_input(file.fileno()):
        file.seek(12)
        kept = keep("-")
    assert kept is not None
    for _ in range(2):
        with kept.open() as source:
            assert (source.name, source.size) == ("-", 9)
            assert b"".join(read_blocks(source)) == b"the rest\n"
    kept.close()


def test_a_copy_that_does_not_fit_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(bytes(9_000),))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    writer.start()
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
    try:
        with pytest.raises(InputError, match="pipe: File too large"):
            keep(str(tmp_path / "pipe"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        writer.join()


def test_input_that_cannot_be_read_to_its_end_is_an_error() -> None:
    terminal, end = os.openpty()
    os.close(end)
    with standard_input(terminal), pytest.raises(InputError, match="-: Input/output error"):
        keep("-")
    os.close(terminal)
