"""A place for many files, each whole or not at all: a directory or a URL."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Store
from trials import contents

from corpuscli.errors import OutputError
from corpuscli.output.targets import FolderTarget, Target, UrlTarget, target_of

NAMES = ["a.txt", "photo_year=2024/b.txt", "photo_year=2024/c.txt"]


@pytest.fixture(params=["directory", "memory", "s3"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The name of a place that is not there yet."""
    if request.param == "directory":
        yield str(tmp_path / "new" / "place")
        return
    fsspec = pytest.importorskip("fsspec")
    if request.param == "memory":
        yield "memory://targets/place/"
        fsspec.filesystem("memory").rm("/targets", recursive=True)
        return
    store: Store = request.getfixturevalue("store")
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    fsspec.filesystem("s3").clear_instance_cache()
    yield store.url(f"targets/{tmp_path.name}")
    fsspec.filesystem("s3").clear_instance_cache()


def test_files_are_put_found_and_removed(place: str) -> None:
    target: Target = pickle.loads(pickle.dumps(target_of(place)))
    assert target.names() == []
    target.remove(NAMES)
    for name in NAMES:
        target.put(name, name.encode())
    assert target.names() == NAMES
    assert target.get(NAMES[1]) == NAMES[1].encode()
    assert target.get("photo_year=2024/a.txt") is None
    target.put(NAMES[0], b"another")
    target.remove([NAMES[1], "missing"])
    assert target.names() == [NAMES[0], NAMES[2]]
    target.settle()


def test_a_directory_that_is_empty_then_is_removed_and_no_other(tmp_path: Path) -> None:
    target = target_of(str(tmp_path))
    target.put("photo_year=2023/a.txt", b"")
    target.put("photo_year=2024/a.txt", b"")
    (tmp_path / "photo_year=2024" / "notes").write_bytes(b"of someone")
    target.remove(target.names()[:1])
    target.remove(["photo_year=2024/a.txt"])
    assert os.listdir(tmp_path) == ["photo_year=2024"]
    target.remove(target.names())
    assert tmp_path.is_dir()


@pytest.mark.parametrize("scheme", ["file://", "local://", "FILE://"])
def test_a_url_of_this_machine_is_a_directory(tmp_path: Path, scheme: str) -> None:
    target = target_of(f"{scheme}{tmp_path}/there")
    assert isinstance(target, FolderTarget)
    target.put("a", b"A")
    assert contents(tmp_path) == {"there/a": b"A"}


@pytest.mark.parametrize("name", ["a", "photo_year=2024/a"])
def test_an_input_is_neither_replaced_nor_removed(tmp_path: Path, name: str) -> None:
    dump = tmp_path / name
    dump.parent.mkdir(exist_ok=True)
    dump.write_bytes(b"a dump")
    (tmp_path / "b").write_bytes(b"")
    target = target_of(str(tmp_path), [os.stat(dump)])
    with pytest.raises(OutputError, match="is one of the inputs"):
        target.put(name, b"A")
    with pytest.raises(OutputError, match="is one of the inputs"):
        target.remove(["b", name])
    assert contents(tmp_path) == {name: b"a dump", "b": b""}


def test_an_input_behind_a_url_is_neither_replaced_nor_removed() -> None:
    pytest.importorskip("fsspec")
    target_of("memory://inputs").put("a", b"a dump")
    target_of("memory://inputs").put("b", b"")
    target = target_of("memory://inputs/", urls=["memory://inputs/a"])
    with pytest.raises(OutputError, match="memory://inputs/a: is one of the inputs"):
        target.put("a", b"A")
    with pytest.raises(OutputError, match="is one of the inputs"):
        target.remove(["b", "a"])
    assert target.names() == ["a", "b"]


def test_a_link_to_a_directory_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "photo_year=2024").symlink_to(tmp_path / "elsewhere")
    target = target_of(str(tmp_path / "place"))
    with pytest.raises(OutputError, match="photo_year=2024: is a symbolic link"):
        target.put("photo_year=2024/a", b"A")
    assert os.listdir(tmp_path / "elsewhere") == []


def test_a_link_to_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"of someone")
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "a").symlink_to(tmp_path / "file")
    (tmp_path / "place" / "b").symlink_to(tmp_path / "file")
    target = target_of(str(tmp_path / "place"))
    target.remove(["b"])
    target.put("a", b"A")
    assert contents(tmp_path) == {"file": b"of someone", "place/a": b"A"}


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_file_is_no_place(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"of someone")
    with pytest.raises(OutputError):
        target_of(str(tmp_path / name)).put("a", b"A")
    assert contents(tmp_path) == {"file": b"of someone"}


def test_an_object_is_no_place() -> None:
    pytest.importorskip("fsspec")
    target_of("memory://objects").put("one", b"")
    with pytest.raises(OutputError, match="is a single object: name a place for many"):
        target_of("memory://objects/one").names()


@pytest.mark.parametrize("name", ["nonsense://place", "https://127.0.0.1:1/place"])
def test_what_nothing_can_be_written_to_is_an_error_that_says_so(name: str) -> None:
    pytest.importorskip("fsspec")
    target = target_of(name)
    assert isinstance(target, UrlTarget)
    with pytest.raises(OutputError) as error:
        target.put("a", b"A")
    assert error.value.reason and "\n" not in str(error.value)


def test_where_files_are_seen_while_they_are_written_they_get_their_names_last() -> None:
    fsspec = pytest.importorskip("fsspec")
    from fsspec.implementations.memory import MemoryFileSystem

    moved = []

    class Ftp(MemoryFileSystem):  # type: ignore[misc]
        protocol = "ftp"
        cachable = False

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return str(MemoryFileSystem._strip_protocol(path.replace("ftp://", "memory://")))

        def mv(self, path1: str, path2: str, **options: object) -> None:
            moved.append((path1, path2))
            super().mv(path1, path2)

    before = fsspec.get_filesystem_class("ftp")
    fsspec.register_implementation("ftp", Ftp, clobber=True)
    try:
        target = target_of("ftp://seen")
        target.put("photo_year=2024/a", b"A")
        assert moved == [("/seen/photo_year=2024/.a", "/seen/photo_year=2024/a")]
        assert target.names() == ["photo_year=2024/a"]
    finally:
        fsspec.register_implementation("ftp", before, clobber=True)
