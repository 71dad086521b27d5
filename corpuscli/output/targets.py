"""Where many files are written, each whole or not at all: a directory, or a place behind a URL.

A target can be pickled: the processes of a machine, or of a cluster, each write some of the files.
"""

from __future__ import annotations

import os
import posixpath
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any, NamedTuple, Protocol

from ..errors import CorpusError, OutputError, reason_of
from ..source import is_url, path_of
from .atomic import Folder, open_folder
from .atomic.descriptors import lock_if_possible, open_file

_NOT_ATOMIC = {"ftp", "sftp", "ssh", "smb", "hdfs", "webhdfs", "arrow_hdfs"}
"""Schemes under which a file is visible while it is written; an object in a store is visible only
when complete."""


PATIENCE = 10.0
"""Seconds within which a process that holds a place must release it."""

PERIOD = 0.01
"""Seconds between two checks whether it has."""


class Target(Protocol):
    """A place for files. Their names may contain directories, separated by `/`."""

    @property
    def name(self) -> str:
        """Return the name as the user wrote it."""

    def put(self, name: str, data: bytes) -> None:
        """Write a file, replacing any file with that name; raise OutputError if that fails."""

    def get(self, name: str) -> bytes | None:
        """Return the contents of a small file; None if it does not exist."""

    def names(self) -> list[str]:
        """Return all the files there, sorted; an empty list if the place does not exist yet."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; missing ones are ignored, and none is removed if one is an input."""

    def settle(self) -> None:
        """Make what was written survive a power cut, where that is up to this program."""

    def held(self, *, shared: bool = False) -> AbstractContextManager[None]:
        """Keep others from holding the place inside the block.

        With `shared`, keep them only from holding it alone. Raises OutputError if another process
        holds it and does not release it in time. A place that cannot be locked, such as one in a
        store, is not held.
        """


def target_of(name: str, inputs: Iterable[os.stat_result] = (), urls: Iterable[str] = ()) -> Target:
    """Return the target called `name`, which does not replace `inputs` or files behind `urls`."""
    path = path_of(name) if is_url(name) else name
    if path is None:
        return UrlTarget(name, tuple(urls))
    return FolderTarget(path, os.path.abspath(path), tuple(inputs))


class FolderTarget(NamedTuple):
    """A directory, as every process that writes sees it."""

    name: str
    path: str
    """Absolute."""
    inputs: tuple[os.stat_result, ...] = ()

    def put(self, name: str, data: bytes) -> None:
        directory, base = posixpath.split(name)
        path = self.path
        with _naming(os.path.join(self.name, name)):
            for part in ["", *directory.split("/")] if directory else [""]:
                path = os.path.join(path, part) if part else path
                os.makedirs(path, exist_ok=True)
                if part and os.path.islink(path):
                    raise OutputError(os.path.join(self.name, part), "is a symbolic link")
            try:
                with Folder(path, self.inputs) as folder:
                    folder.create(base, data, force=True)
            except OutputError as error:
                # The error names the absolute path of the directory, not what the user calls it.
                shown = self.name if name.startswith("_") else os.path.join(self.name, name)
                raise OutputError(shown, error.reason) from error

    def get(self, name: str) -> bytes | None:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
        with _naming(os.path.join(self.name, name)):
            try:
                with open(os.open(os.path.join(self.path, name), flags), "rb") as file:
                    return file.read()
            except FileNotFoundError:
                return None

    def names(self) -> list[str]:
        found = []
        for directory, inner, files in os.walk(self.path):
            inside = os.path.relpath(directory, self.path)
            found += [os.path.normpath(os.path.join(inside, file)) for file in files]
            if inside != os.curdir:
                inner.clear()
        return sorted(found)

    def remove(self, names: Iterable[str]) -> None:
        names = list(names)
        for name in names:
            self._refuse_input(name)
        directories = set()
        for name in names:
            path = os.path.join(self.path, name)
            directories.add(os.path.dirname(path))
            with _naming(os.path.join(self.name, name)):
                try:
                    os.unlink(path)
                except FileNotFoundError:
                    continue
        for directory in directories | self._directories():
            # A worker that was killed may have left a temporary name there.
            with suppress(OSError, OutputError), Folder(directory) as folder:
                folder.sweep()
        for directory in directories - {self.path}:
            try:
                os.rmdir(directory)
            except OSError:
                continue  # It contains something else.

    def _directories(self) -> set[str]:
        """Return the directories that files are written to, whatever the files' names."""
        with suppress(OSError), os.scandir(self.path) as entries:
            inner = {one.path for one in entries if one.is_dir(follow_symlinks=False)}
            return {self.path} | {path for path in inner if "=" in os.path.basename(path)}
        return set()

    def settle(self) -> None:
        with open_folder(self.path):
            pass

    @contextmanager
    def held(self, *, shared: bool = False) -> Iterator[None]:
        with _naming(self.name):
            os.makedirs(self.path, exist_ok=True)
            directory = open_file(self.path, os.O_RDONLY)
        try:
            with _naming(self.name):
                self._lock(directory, shared=shared)
            yield
        finally:
            os.close(directory)

    def _lock(self, directory: int, *, shared: bool) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return lock_if_possible(directory, shared=shared)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    reason = "is being written by another process, which makes no progress"
                    raise OutputError(self.name, f"{reason}; is it stopped?") from None
            time.sleep(PERIOD)

    def _refuse_input(self, name: str) -> None:
        try:
            status = os.lstat(os.path.join(self.path, name))
        except OSError:
            return
        if any(os.path.samestat(status, one) for one in self.inputs):
            raise OutputError(os.path.join(self.name, name), "is one of the inputs")


class UrlTarget(NamedTuple):
    """A place in an object store, or anywhere else that fsspec can write."""

    name: str
    inputs: tuple[str, ...] = ()
    """URLs."""

    def put(self, name: str, data: bytes) -> None:
        self._refuse_input(name)
        with _naming(self.name if name.startswith("_") else self._url(name)):
            fs, path = self._open()
            there = f"{path}/{name}"
            if not _NOT_ATOMIC.isdisjoint(_schemes(fs)):
                fs.makedirs(posixpath.dirname(there), exist_ok=True)
                hidden = posixpath.join(posixpath.dirname(there), "." + posixpath.basename(there))
                fs.pipe_file(hidden, data)
                fs.mv(hidden, there)
            else:
                fs.pipe_file(there, data)

    def get(self, name: str) -> bytes | None:
        with _naming(self._url(name)):
            fs, path = self._open()
            try:
                data: bytes = fs.cat_file(f"{path}/{name}")
            except FileNotFoundError:
                return None
            return data

    def names(self) -> list[str]:
        with _naming(self.name):
            fs, path = self._open()
            if fs.isfile(path):
                raise OutputError(self.name, "is a single object: name a place for many")
            found = fs.find(path)
        return sorted(posixpath.relpath(name, path) for name in found)

    def remove(self, names: Iterable[str]) -> None:
        names = list(names)
        for name in names:
            self._refuse_input(name)
        with _naming(self.name):
            fs, path = self._open()
            for name in names:
                try:
                    fs.rm_file(f"{path}/{name}")
                except FileNotFoundError:
                    continue

    def settle(self) -> None:
        return None

    def held(self, *, shared: bool = False) -> AbstractContextManager[None]:
        return nullcontext()

    def _refuse_input(self, name: str) -> None:
        if self._url(name) in self.inputs:
            raise OutputError(self._url(name), "is one of the inputs")

    def _url(self, name: str) -> str:
        return f"{self.name.rstrip('/')}/{name}"

    def _open(self) -> tuple[Any, str]:
        from ..source.remote import new_filesystem

        fs, path = new_filesystem(self.name)
        return fs, path.rstrip("/")


def _schemes(fs: Any) -> set[str]:
    return {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Turn any exception of a file system or a store's library into an OutputError for `name`."""
    try:
        yield
    except OutputError:
        raise
    except CorpusError as error:
        raise OutputError(error.path, error.reason) from error
    except OSError as error:
        raise OutputError(name, reason_of(error)) from error
    except Exception as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise OutputError(name, words) from error
