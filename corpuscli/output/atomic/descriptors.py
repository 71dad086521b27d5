"""Handle files by descriptor: opened above the standard ones, locked, and named in errors."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ...errors import OutputError, reason_of

_O_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_O_BINARY = getattr(os, "O_BINARY", 0)
_NO_LOCKS = {errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}

if sys.platform == "win32":  # pragma: no cover - the tests of this package are for POSIX systems

    def lock(descriptor: int, *, wait: bool = False, shared: bool = False) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    def unlock(descriptor: int) -> None:
        pass

    def _above_standard(descriptor: int) -> int:
        return descriptor

else:
    import fcntl

    def lock(descriptor: int, *, wait: bool = False, shared: bool = False) -> None:
        """Take the lock.

        Without `wait`, raise BlockingIOError if another process (or another open of this one) has
        it. Several can hold it with `shared`, as long as none holds it without.
        """
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind | (0 if wait else fcntl.LOCK_NB))

    def unlock(descriptor: int) -> None:
        """Release the lock.

        Closing is not enough: a forked worker may hold a copy of the descriptor.
        """
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _above_standard(descriptor: int) -> int:
        """Return a descriptor above the standard ones, for the same file.

        If stdout is closed, open() returns 1, and a stray print would end up in the file.
        """
        if descriptor > 2:
            return descriptor
        try:
            return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 3)
        finally:
            os.close(descriptor)


def open_file(path: str, flags: int, mode: int = 0o666, dir_fd: int | None = None) -> int:
    flags |= _O_CLOEXEC | _O_BINARY
    return _above_standard(os.open(path, flags, mode, dir_fd=dir_fd))


def duplicate(descriptor: int) -> int:
    return _above_standard(os.dup(descriptor))


def lock_if_possible(descriptor: int, *, shared: bool = False) -> None:
    """Take the lock as `lock` does, if the file system supports locks at all."""
    try:
        lock(descriptor, shared=shared)
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Turn an OSError, which may name a temporary file or none, into an OutputError for `path`."""
    try:
        yield
    except OSError as error:
        raise OutputError(path, reason_of(error)) from error
