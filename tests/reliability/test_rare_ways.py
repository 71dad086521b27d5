"""Ways through the readers and standard output that ordinary dumps do not take."""

from __future__ import annotations

import errno
import gzip
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.cli.messages import say
from corpuscli.errors import InputError, OutputError
from corpuscli.output import stdout
from corpuscli.output.stdout import FileOutput, Stdout, die_by, writing_stdout
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.source import open_source, read_blocks, refuse_own_output


@contextmanager
def standard(number: int, path: Path, flags: int) -> Iterator[None]:
    """Let a standard descriptor be another file for a while."""
    before, file = os.dup(number), os.open(path, flags | (os.O_CREAT if flags & os.O_WRONLY else 0))
    os.dup2(file, number)
    os.close(file)
    try:
        yield
    finally:
        os.dup2(before, number)
        os.close(before)


# What is read


def test_standard_input_is_read_from_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"read before\nthe rest\n")
    with standard(0, tmp_path / "dump", os.O_RDONLY):
        os.lseek(0, 12, os.SEEK_SET)
        with open_source("-") as source:
            assert source.start == 12
            assert not source.can_be_cut(100)
            assert b"".join(read_blocks(source)) == b"the rest\n"


@pytest.mark.parametrize(
    ("content", "cut"),
    [(b"text", True), (b" \n\xc2\xa0\n", False), (gzip.compress(b"t", mtime=0), False)],
)
def test_only_a_plain_file_that_begins_with_text_is_cut(
    tmp_path: Path, content: bytes, cut: bool
) -> None:
    (tmp_path / "dump").write_bytes(content)
    with open_source(str(tmp_path / "dump")) as source:
        assert source.can_be_cut(100) is cut


def test_nothing_is_read_from_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "dump").touch()
    with open_source(str(tmp_path / "dump")) as source:
        assert list(read_blocks(source)) == []


def test_a_directory_is_no_input_even_as_standard_input(tmp_path: Path) -> None:
    with standard(0, tmp_path, os.O_DIRECTORY):
        with pytest.raises(InputError, match="-: Is a directory"), open_source("-"):
            raise AssertionError


def test_an_output_that_is_closed_or_another_file_is_not_the_input(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"text")
    closed = os.open(tmp_path / "other", os.O_WRONLY | os.O_CREAT)
    with open_source(str(tmp_path / "dump")) as source:
        refuse_own_output(source.stored, closed)
        os.close(closed)
        refuse_own_output(source.stored, closed)


def test_a_read_error_is_an_input_error(tmp_path: Path) -> None:
    with open_source("/proc/self/mem") as source:
        with pytest.raises(InputError, match="/proc/self/mem: Input/output error"):
            list(read_blocks(source))


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=4), st.integers(1, 40))
def test_members_and_padding_may_be_cut_anywhere(
    tmp_path_factory: pytest.TempPathFactory, members: list[bytes], size: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "dump.gz"
    path.write_bytes(b"".join(gzip.compress(member) + bytes(3) for member in members))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpuscli.source.BLOCK", size)
        with open_source(str(path)) as source:
            assert b"".join(read_blocks(source)) == b"".join(members)


def test_a_character_that_is_not_whole_takes_no_line_end_with_it() -> None:
    # In EUC-KR these two bytes begin a syllable of eight.
    data = b"T\n\nTT\n\nT\n\nOne.\xa4\xd4\nB.\n"
    reading = read_chunks("dump", [data], Options("page", "euc_kr"))
    pieces = list(reading.pieces)
    assert b"".join(piece.raw for piece in pieces) == data
    assert [len(reading.parse(piece).paragraphs) for piece in pieces] == [2]


def test_a_dump_may_be_joined_inside_a_line_of_two_byte_units() -> None:
    one = "T\n\nTT\n\nT\n\nOne."
    two = "\ufeffU\n\nTT\n\nU\n\nTwo.\n"
    reading = read_chunks("dump", [(one + two).encode("utf-16-le")], Options("page", "utf-16-le"))
    assert [piece.raw.decode("utf-16-le") for piece in reading.pieces] == [one, two]


# What is odd about an article


def faults(data: bytes, encoding: str) -> list[str]:
    reading = read_chunks("dump", [data], Options("page", encoding))
    (piece,) = reading.pieces
    return [fault.message for fault in reading.parse(piece).find_faults()]


def test_a_title_that_appears_once_beside_doubled_captions_is_said() -> None:
    (message,) = faults(b"T\n\nC.\nC.\nTT\n20\n\nB.\n\nB.\n", "utf-8")
    assert message.startswith("the title appears only once")


def test_bytes_that_another_encoding_lacks_are_said() -> None:
    page = b"T\n\nTT\n\nT\n\nOne %s place.\n"
    assert faults(page % b"\x98", "windows-1251") == [
        "bytes in 1 place are not valid in the encoding of the dump"
    ]


def test_controls_of_another_encoding_are_found_and_its_letters_are_none() -> None:
    page = b"T\n\nTT\n\nT\n\nCaf%s\n"
    assert faults(page % b"\xe9", "latin-1") == []
    assert faults(page % b"\x85 \x86", "latin-1") == ["2 control characters, the first is U+0085"]


# Standard output


def test_a_write_that_fails_is_an_output_error() -> None:
    out = Stdout()
    with standard(1, Path("/dev/full"), os.O_WRONLY):
        out.write(b"kept")
        with pytest.raises(OutputError, match="standard output: No space left"):
            out.close()


def test_much_is_written_before_the_end(tmp_path: Path) -> None:
    with standard(1, tmp_path / "out", os.O_WRONLY):
        out = Stdout()
        out.write(b"x" * stdout.BUFFER)
        assert (tmp_path / "out").stat().st_size == stdout.BUFFER
        out.write(b"end")
        out.close()
    assert (tmp_path / "out").read_bytes().endswith(b"xend")


def test_a_file_in_place_of_standard_output_gets_every_byte_at_once() -> None:
    written: list[bytes] = []
    out = FileOutput(written.append)
    assert not out.is_terminal
    out.write(b"one")
    assert written == [b"one"]
    out.write(b"two")
    out.flush()
    # Who opened the file closes it.
    out.close()
    out.write(b"three")
    assert written == [b"one", b"two", b"three"]


def test_the_file_of_this_process_is_not_the_one_of_another() -> None:
    written: list[bytes] = []
    sent = pickle.loads(pickle.dumps(FileOutput(written.append)))
    assert type(sent) is Stdout


def test_a_reader_that_left_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    deaths: list[int] = []
    monkeypatch.setattr(stdout, "die_by", deaths.append)
    with pytest.raises(OutputError), writing_stdout():
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")
    assert deaths == [signal.SIGPIPE]


def test_one_that_has_more_to_do_than_to_print_does_it_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deaths: list[int] = []
    monkeypatch.setattr(stdout, "die_by", deaths.append)
    reader, writer = os.pipe()
    os.close(reader)
    with standard(1, Path(f"/dev/fd/{writer}"), os.O_WRONLY):
        for goes_on in (True, False):
            out = Stdout(goes_on=goes_on)
            out.write(b"one")
            if goes_on:
                out.flush()
                assert deaths == []
                out.write(b"other")
                out.close()
            else:
                with pytest.raises(OutputError):
                    out.flush()
            assert deaths.pop() == signal.SIGPIPE
    os.close(writer)


def test_a_terminal_gets_everything_at_once() -> None:
    master, slave = os.openpty()
    with standard(1, Path(os.ttyname(slave)), os.O_WRONLY | os.O_NOCTTY):
        out = Stdout()
        out.write(b"now")
        assert os.read(master, 10) == b"now"
    os.close(slave)
    os.close(master)


def test_death_by_a_signal_does_not_ask_what_was_done_about_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *what: sent.append(what))
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        die_by(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL
        assert signal.SIGHUP not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    finally:
        signal.signal(signal.SIGHUP, before)
    assert sent == [(os.getpid(), signal.SIGHUP)]


def test_that_a_module_cannot_be_read_can_still_be_said(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "corpuscli.output.visible", None)
    say("dump\x1b[2J", "no module")
    assert capfd.readouterr().err == "corpuscli: dump\\x1b[2J: no module\n"
