"""A directory in which files appear complete or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from ...errors import OutputError
from .descriptors import lock, naming, open_file
from .signals import signals_held, signals_roll_back

_PREFIX = ".corpuscli-"
_TEMPORARY = re.compile(re.escape(_PREFIX) + r"[0-9a-f]{16}(?:-kept|-former)?\.tmp")
_O_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_O_TMPFILE: int = getattr(os, "O_TMPFILE", 0)
_NO_TMPFILE = {errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL}
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}


class Folder:
    """A directory held open, in which files appear complete or not at all; see `open_folder`.

    Only one process and one thread at a time may write through a Folder: it has one temporary name.
    """

    def __init__(self, path: str, inputs: Iterable[os.stat_result] = ()) -> None:
        self.path = path
        self._fd: int | None = None
        if os.open in os.supports_dir_fd:
            self._fd = open_file(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        self._inputs = {(one.st_dev, one.st_ino) for one in inputs}
        self._nameless = bool(_O_TMPFILE) and os.path.isdir("/proc/self/fd")
        self._temporary = _PREFIX + secrets.token_hex(8)
        self._named = False  # whether something may exist under the temporary name

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._fd is not None:
            with suppress(OSError):
                os.close(self._fd)

    def temporary(self, role: str = "") -> str:
        return self._temporary + role + ".tmp"

    def at(self, name: str) -> str:
        """Return what to pass to an os function with `dir_fd`, which Windows lacks."""
        return name if self._fd is not None else os.path.join(self.path, name)

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        return open_file(self.at(name), flags | _O_NOFOLLOW, mode, self._fd)

    def stat(self, name: str, *, follow: bool = False) -> os.stat_result | None:
        try:
            return os.stat(self.at(name), dir_fd=self._fd, follow_symlinks=follow)
        except FileNotFoundError:
            return None

    def link(self, source: str, name: str) -> None:
        # Without src_dir_fd CPython calls link(), which does not follow /proc/self/fd/N: EXDEV.
        os.link(self.at(source), self.at(name), src_dir_fd=self._fd, dst_dir_fd=self._fd)

    def rename(self, source: str, name: str) -> None:
        os.replace(self.at(source), self.at(name), src_dir_fd=self._fd, dst_dir_fd=self._fd)

    def remove(self, name: str) -> None:
        """Remove a temporary name; if that fails, the next sweep will do it."""
        with suppress(OSError):
            os.unlink(self.at(name), dir_fd=self._fd)

    @contextmanager
    def draft(self, mode: int) -> Iterator[int]:
        """Yield a descriptor to write to; it becomes a file only if `place` is called."""
        descriptor = None
        self._named = False
        try:
            descriptor = self._open_draft(mode)
            yield descriptor
        finally:
            if self._named:
                self.remove(self.temporary())
            if descriptor is not None:
                with suppress(OSError):
                    os.close(descriptor)

    def _open_draft(self, mode: int) -> int:
        if self._nameless:
            try:
                return self.open(".", os.O_RDWR | _O_TMPFILE, mode)
            except OSError as error:
                if error.errno not in _NO_TMPFILE:
                    raise
                self._nameless = False
        self._named = True
        while True:
            descriptor = self.open(self.temporary(), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
            with suppress(OSError):
                lock(descriptor, wait=True)
                if os.fstat(descriptor).st_nlink == 0:  # swept away before it was locked
                    os.close(descriptor)
                    continue
            return descriptor

    def place(self, descriptor: int, name: str, *, force: bool) -> None:
        """Give the draft its name.

        Without `force`, raise FileExistsError if the name exists; with it, replace what is there: a
        symbolic link itself, never its target.
        """
        source = f"/proc/self/fd/{descriptor}" if self._nameless else self.temporary()
        if not force:
            try:
                return self.link(source, name)
            except OSError as error:
                if self._nameless or error.errno not in _NO_LINKS:
                    raise
                if self.stat(name) is not None:
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        if self._nameless:
            self._named = True
            with suppress(OSError):
                lock(descriptor)
            self.link(source, self.temporary())
        if os.name == "nt":  # pragma: no cover - Windows renames no open file
            os.close(descriptor)
        self.rename(self.temporary(), name)

    def create(self, name: str, data: bytes | memoryview, *, force: bool = False) -> None:
        """Write a new file, which becomes durable only when `open_folder` ends.

        A name that is taken, even by a dangling link, is refused; `force` replaces it unless it is
        an input. Raises OutputError, and ValueError if `name` is a path.
        """
        if name in ("", ".", "..") or os.path.basename(name) != name:
            raise ValueError(f"not the name of a file: {name!r}")
        path = os.path.join(self.path, name)
        with naming(path), signals_held():
            there = self.stat(name, follow=True) if force else None
            if there is not None and (there.st_dev, there.st_ino) in self._inputs:
                raise OutputError(path, "is one of the inputs")
            with self.draft(0o666) as descriptor:
                view = memoryview(data)
                while view:
                    view = view[os.write(descriptor, view) :]
                # Network file systems report a full disk on closing: find out before the file gets
                # its name.
                os.close(os.dup(descriptor))
                self.place(descriptor, name, force=force)

    def sweep(self) -> None:
        """Remove what a killed writer left: temporary names that nobody has locked."""
        with os.scandir(self.path if self._fd is None else self._fd) as entries:
            names = [entry.name for entry in entries if _TEMPORARY.fullmatch(entry.name)]
        for name in names:
            with suppress(OSError):
                # For writing, because NFS locks nothing else; without blocking, because it may be a
                # FIFO.
                descriptor = self.open(name, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
                try:
                    lock(descriptor)
                    if stat.S_ISREG(os.fstat(descriptor).st_mode):
                        self.remove(name)
                finally:
                    os.close(descriptor)

    def sync(self) -> None:
        """Make the names durable."""
        if self._fd is not None:
            try:
                os.fsync(self._fd)
            except OSError as error:
                if error.errno != errno.EINVAL:  # some file systems cannot sync a directory
                    raise

    def sync_all(self) -> None:
        """Make every file durable by one sync of the file system rather than one per file.

        syncfs(2) reports writes that failed since the directory was opened (Linux 5.8). Elsewhere
        sync(2) has to do, and it reports nothing; Windows has neither.
        """
        self.sync()
        try:
            with signals_held():  # what a signal raises inside an import can get lost there
                import ctypes

                syncfs = ctypes.CDLL(None, use_errno=True).syncfs
        except (ImportError, AttributeError, OSError, TypeError):
            getattr(os, "sync", lambda: None)()
        else:
            if self._fd is not None and syncfs(self._fd) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@contextmanager
def open_folder(path: str, *, inputs: Iterable[os.stat_result] = ()) -> Iterator[Folder]:
    """Open or create the directory for many new files, all of them durable on a clean exit.

    On an exception, the files created so far stay, each complete. Raises OutputError.
    """
    with signals_roll_back(), ExitStack() as stack:
        with naming(path):
            with suppress(FileExistsError):  # if it is not a directory, opening it says so better
                os.makedirs(path)
            folder = stack.enter_context(Folder(path, inputs))
            folder.sweep()
        yield folder
        with naming(path):
            folder.sync_all()
