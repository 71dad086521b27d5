"""Part files: which exist, when they are complete, and that they are removed together."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from compose import Page, pages, render
from hypothesis import given
from hypothesis import strategies as st
from trials import contents, dump_of

from corpuscli.errors import InputError, OutputError
from corpuscli.output import targets
from corpuscli.output.part_files import (
    MANIFEST,
    NO_VALUE,
    RUNNING,
    SUCCESS,
    PartWriter,
    finish,
    writing_parts,
)
from corpuscli.output.targets import FolderTarget, Target, target_of
from corpuscli.reader.reading import Options, Piece, Reading, grouped, read_chunks
from corpuscli.records.fields import ARTICLE, Part, pick_fields

FIELDS = pick_fields(ARTICLE, ["number", "photo_date", "title"])


def writer(
    target: Target, size: int, *, by_year: bool = False, several: bool = False
) -> PartWriter:
    return PartWriter(target, "jsonl", FIELDS, by_year, several, size)


def write_group(make: PartWriter, reading: Reading, group: list[Piece]) -> list[Part]:
    """Write one part."""
    at = group[0].span.start
    return make.write(reading.dump, reading.position, at, map(reading.parse, group))


def write(make: PartWriter, dump: bytes) -> list[list[Part]]:
    """Write a dump as parts."""
    reading = read_chunks("dump", [dump], Options(layout="page"))
    make.target.put(RUNNING, make.run)
    return [write_group(make, reading, group) for group in grouped(reading.pieces, make.size)]


def numbers(data: bytes) -> list[int]:
    return [json.loads(line)["number"] for line in data.splitlines()]


@given(pages(largest=12), st.integers(100, 3000), st.booleans())
def test_every_article_is_in_the_part_where_it_starts(
    tmp_path_factory: pytest.TempPathFactory, composed: list[Page], size: int, by_year: bool
) -> None:
    dump = render(composed)
    folder = tmp_path_factory.mktemp("parts")
    written = write(writer(target_of(str(folder)), size, by_year=by_year), dump)
    parts = [part for one in written for part in one]
    starts = {p.span.number: p.span.start for p in read_chunks("", [dump], Options("page")).pieces}
    files = contents(folder)
    assert files.pop(RUNNING) == b""
    assert sorted(files) == sorted(part.file for part in parts)
    for part in parts:
        inside = numbers(files[part.file])
        assert (part.articles, part.first, part.last) == (len(inside), inside[0], inside[-1])
        assert (part.dump, part.size) == ("dump", len(files[part.file]))
        assert inside == sorted(inside)
        which = int(part.file.rpartition("part-")[2].removesuffix(".jsonl"))
        assert {starts[number] // size for number in inside} == {which}
    assert sorted(n for part in parts for n in numbers(files[part.file])) == sorted(starts)


def test_the_years_are_those_of_photo_dates(tmp_path: Path) -> None:
    dump = (
        dump_of(2) + dump_of(3).replace(b"4 May 2023", b"1 June 2019") + b"T\n\nTT\n\nT\n\nNone.\n"
    )
    written = write(writer(target_of(str(tmp_path)), 10**6, by_year=True), dump)
    assert [(part.file, part.first, part.last) for part in written[0]] == [
        ("photo_year=2019/part-000000.jsonl", 3, 5),
        ("photo_year=2023/part-000000.jsonl", 1, 2),
        (f"photo_year={NO_VALUE}/part-000000.jsonl", 6, 6),
    ]


def test_parts_of_several_dumps_have_other_names(tmp_path: Path) -> None:
    target = target_of(str(tmp_path))
    first, second = (
        read_chunks("dump", [dump_of(3)], Options())._replace(position=at) for at in (0, 1_234_567)
    )
    target.put(RUNNING, b"")
    make = writer(target, 10**6, several=True)
    parts = [
        write_group(make, reading, list(reading.pieces))[0].file for reading in (first, second)
    ]
    assert parts == ["part-000000-000000.jsonl", "part-1234567-000000.jsonl"]


def test_a_part_without_articles_is_no_file(tmp_path: Path) -> None:
    assert write(writer(target_of(str(tmp_path)), 1000), b"\n\n \n") == []
    assert contents(tmp_path) == {RUNNING: b""}


def test_who_is_late_writes_nothing(tmp_path: Path) -> None:
    make = writer(target_of(str(tmp_path)), 1000)
    reading = read_chunks("dump", [dump_of(3)], Options())
    with pytest.raises(OutputError, match="was abandoned while parts of it were written"):
        write_group(make, reading, list(reading.pieces))
    assert contents(tmp_path) == {}


# What is around them

STALE = {
    "part-000000.jsonl": b"old\n",
    "part-000007.parquet": b"old",
    "part-000001-000002.jsonl": b"old",
    "part-1234567.jsonl": b"old",
    "part-1234567-1234567.jsonl": b"old",
    "photo_year=2001/part-000000.jsonl": b"old",
    f"photo_year={NO_VALUE}/part-000000.parquet": b"old",
    SUCCESS: b"",
    MANIFEST: b"{}\n",
}

OTHERS = {
    "notes.txt": b"of someone",
    "part-1.jsonl": b"of someone",
    "part-000000.jsonl.bak": b"of someone",
    "photo_year=2001/notes": b"of someone",
    "photo_year=01/part-000000.jsonl": b"of someone",
    "deep/photo_year=2001/part-000000.jsonl": b"of someone",
    "year=2001/part-000000.jsonl": b"of someone",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with parts of an older run, and files of others."""
    for name, content in {**STALE, **OTHERS}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_parts_that_are_there_are_left_alone_without_force(place: Path) -> None:
    target = target_of(str(place))
    with pytest.raises(OutputError, match="holds parts; --force replaces them"):
        with writing_parts(target, force=False):
            raise AssertionError
    assert contents(place) == {**STALE, **OTHERS}
    (place / SUCCESS).unlink()
    with pytest.raises(OutputError, match="holds parts of an unfinished run"):
        with writing_parts(target, force=False):
            raise AssertionError


def test_with_force_none_of_an_older_run_stays_and_all_else_does(place: Path) -> None:
    target = target_of(str(place))
    with writing_parts(target, force=True):
        assert contents(place) == {RUNNING: b"", **OTHERS}
        target.put("part-000000.jsonl", b"new\n")
        finish(target, [PART], whole=True)
    new = {"part-000000.jsonl": b"new\n", MANIFEST: LINE, SUCCESS: b""}
    assert contents(place) == {**new, **OTHERS}
    assert not (place / f"photo_year={NO_VALUE}").exists()


PART = Part("dump", "part-000000.jsonl", 1, 1, 1, 4)
LINE = b'{"dump":"dump","file":"part-000000.jsonl","articles":1,"first":1,"last":1,"bytes":4}\n'


@pytest.mark.parametrize("failure", [KeyboardInterrupt, InputError("dump", "is damaged"), OSError])
def test_what_fails_leaves_no_part(place: Path, failure: BaseException) -> None:
    target = target_of(str(place))
    with pytest.raises((KeyboardInterrupt, InputError, OSError)):
        with writing_parts(target, force=True):
            target.put("photo_year=2024/part-000000.jsonl", b"new\n")
            target.put(MANIFEST, LINE)
            target.put(SUCCESS, b"")
            raise failure
    assert contents(place) == OTHERS


def test_what_is_not_whole_has_no_mark(tmp_path: Path) -> None:
    target = target_of(str(tmp_path))
    with writing_parts(target, force=False):
        for number in range(3):
            target.put(f"part-00000{number}.jsonl", b"new\n")
        # The others contain what comes after the fault.
        finish(target, [PART], whole=False)
    assert contents(tmp_path) == {MANIFEST: LINE, "part-000000.jsonl": b"new\n"}


def test_the_mark_is_put_when_all_else_is_safe(tmp_path: Path) -> None:
    done: list[str] = []

    class Watched:
        name = "watched"

        def put(self, name: str, data: bytes) -> None:
            done.append(f"put {name}")

        def get(self, name: str) -> bytes:
            return b""

        def names(self) -> list[str]:
            return [SUCCESS, "part-000000.jsonl", "other"]

        def remove(self, names: list[str]) -> None:
            done.extend(f"remove {name}" for name in names)

        def settle(self) -> None:
            done.append("settle")

        def held(self, *, shared: bool = False) -> AbstractContextManager[None]:
            return nullcontext()

    target: Target = Watched()  # type: ignore[assignment]
    with writing_parts(target, force=True):
        done.append("")
        finish(target, [PART], whole=True)
    begun, ended = done[: done.index("")], done[done.index("") + 1 :]
    assert begun == [f"remove {SUCCESS}", "remove part-000000.jsonl", f"put {RUNNING}"]
    assert ended[-5:] == [
        *(f"put {MANIFEST}", "settle", f"put {SUCCESS}", "settle", f"remove {RUNNING}"),
    ]


def test_a_run_that_fails_leaves_alone_what_another_has_written_there(tmp_path: Path) -> None:
    target = target_of(str(tmp_path))
    with pytest.raises(KeyboardInterrupt), writing_parts(target, force=False, run=b"one"):
        target.put("part-000000.jsonl", b"one\n")
        with writing_parts(target, force=True, run=b"two"):
            target.put("part-000000.jsonl", b"two\n")
            finish(target, [PART], whole=True, run=b"two")
        raise KeyboardInterrupt
    assert contents(tmp_path) == {"part-000000.jsonl": b"two\n", MANIFEST: LINE, SUCCESS: b""}


def test_a_run_whose_place_was_taken_over_does_not_end_well(tmp_path: Path) -> None:
    target = target_of(str(tmp_path))
    with writing_parts(target, force=False, run=b"two"):
        with pytest.raises(OutputError, match="taken over by another run"):
            finish(target, [PART], whole=True, run=b"one")
        assert contents(tmp_path) == {RUNNING: b"two"}


def test_where_nothing_could_be_read_nothing_stays(tmp_path: Path) -> None:
    target = target_of(str(tmp_path))
    with writing_parts(target, force=False):
        finish(target, [], whole=False)
    assert contents(tmp_path) == {}


# Two runs at one place


def test_nobody_takes_a_place_over_while_a_part_is_written_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "PATIENCE", 0.1)
    target = target_of(str(tmp_path))
    put = FolderTarget.put
    refused: list[str] = []

    def put_slowly(self: FolderTarget, name: str, data: bytes) -> None:
        if name.startswith("part-") and not refused:
            # As if this process had been stopped here, for as long as another process needs.
            with pytest.raises(OutputError) as caught, writing_parts(target, force=True, run=b"2"):
                raise AssertionError
            refused.append(caught.value.reason)
        put(self, name, data)

    monkeypatch.setattr(FolderTarget, "put", put_slowly)
    with writing_parts(target, force=False, run=b"1"):
        make = replace(writer(target, 1000), run=b"1")
        parts = [part for some in write(make, dump_of(9)) for part in some]
        finish(target, parts, whole=True, run=b"1")
    assert refused == [
        "is being written by another process, which makes no progress; is it stopped?"
    ]
    assert {SUCCESS, MANIFEST, *(part.file for part in parts)} == set(contents(tmp_path))


def test_parts_are_written_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "PATIENCE", 0.1)
    target = target_of(str(tmp_path))
    with target.held(shared=True), target.held(shared=True):
        pass
    with target.held(), pytest.raises(OutputError, match="makes no progress"):
        with target.held(shared=True):
            raise AssertionError


def test_what_a_killed_worker_left_goes_with_its_parts(tmp_path: Path) -> None:
    target = target_of(str(tmp_path))
    left = ".corpuscli-0123456789abcdef.tmp"
    with pytest.raises(KeyboardInterrupt), writing_parts(target, force=False):
        for name in (left, f"photo_year=2024/{left}", f"photo_year=2024/{left[:-4]}.txt"):
            target.put(name, b"")
        raise KeyboardInterrupt
    assert contents(tmp_path) == {f"photo_year=2024/{left[:-4]}.txt": b""}
