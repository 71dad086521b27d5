"""Replace one file: with its complete new content, or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from ...errors import OutputError
from .attributes import attributes_of, keep_attributes
from .descriptors import lock_if_possible, naming, unlock
from .draft import Draft, drafting, is_stream, writing_through
from .folder import Folder
from .signals import signals_held, signals_roll_back

_STATE = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")


@contextmanager
def replace_file(
    path: str,
    *,
    like: os.stat_result | None = None,
    backup: str | None = None,
    force: bool = True,
) -> Iterator[Draft]:
    """Write `path` anew: completely and durably on a clean exit, otherwise not at all.

    On any exception, SIGINT, SIGTERM or SIGHUP included, or after `abandon()`, nothing has changed.

    A file that already exists is locked against a second writer (advisory, flock), and refused if
    it has further hard links; the new file gets its mode, owner, ACL and extended attributes.

    `like` is the fstat of the descriptor from which the caller reads this very file (`--in-place`).
    With it, the file is also refused if it is not a regular file, or has changed by the time the
    new content is complete (inode, size, modification and change time). With `backup` the old file
    is kept under its name plus that suffix (`sed -i.bak`), replacing any file with that name.
    Without `like` (`-o FILE`) the file may be missing; a pipe, a device and /dev/fd/N are written
    straight through, without any of these promises. Without `force` nothing is replaced: a name
    that is taken, even meanwhile, is refused.

    A symbolic link stays a link, and its target is replaced. A file without write permission, or
    whose owner cannot be given to the new one, is refused. Raises OutputError.
    """
    if backup is not None and (not backup or os.path.basename(backup) != backup):
        raise ValueError(f"not a suffix: {backup!r}")
    with signals_roll_back():
        if like is None and is_stream(path):
            with writing_through(path) as draft:
                yield draft
            return
        # Held here and not inside: a signal at the start of the writer's own exit would skip it.
        with signals_held(), _replacing(path, like, backup, force) as draft, signals_held(False):
            yield draft


@contextmanager
def _replacing(
    path: str, like: os.stat_result | None, backup: str | None, force: bool
) -> Iterator[Draft]:
    with ExitStack() as stack:
        with naming(path):
            if not os.path.basename(path):  # "", or a slash at the end
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            target = os.path.realpath(path)
            name = os.path.basename(target)
            folder = stack.enter_context(Folder(os.path.dirname(target)))
            folder.sweep()
            original = folder.stat(name, follow=True)
            if original is not None and not force:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            if original is not None and not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if original is not None or like is not None:
                original = stack.enter_context(_claimed(folder, name, path, like, backup))
            attributes = attributes_of(target) if original is not None else {}
            # Until the owner is right, nobody else may read it.
            descriptor = stack.enter_context(folder.draft(0o600 if original else 0o666))
        with drafting(descriptor, path) as draft:
            yield draft
        if draft.abandoned:
            return
        with naming(path), signals_held(False):
            if original is not None:
                keep_attributes(descriptor, original, attributes, path)
            os.fsync(descriptor)
        with naming(path):
            if like is not None and _state(folder.stat(name)) != _state(original):
                raise OutputError(path, "changed while it was read")
            with ExitStack() as keeping:
                if backup is not None and original is not None:
                    keeping.enter_context(_kept(folder, name, name + backup, original))
                folder.place(descriptor, name, force=force)
            folder.sync()


def _state(status: os.stat_result | None) -> list[int]:
    return [getattr(status, field, -1) for field in _STATE]


@contextmanager
def _claimed(
    folder: Folder, name: str, path: str, like: os.stat_result | None, backup: str | None
) -> Iterator[os.stat_result]:
    """Hold the lock of the file to be replaced; yield its status under the lock."""
    if like is not None and not stat.S_ISREG(like.st_mode):
        raise OutputError(path, "is not a regular file")
    # A file that is only written to need not be readable.
    descriptor = folder.open(name, os.O_WRONLY if like is None else os.O_RDONLY)
    try:
        try:
            lock_if_possible(descriptor)
        except BlockingIOError:
            raise OutputError(path, "is being written by another process") from None
        now = os.fstat(descriptor)
        # The change time is left out: the sweep may have removed a link that a killed writer left.
        if like is not None and _state(now)[:-1] != _state(like)[:-1]:
            raise OutputError(path, "changed while it was read")
        kept = None if backup is None else folder.stat(name + backup)
        own_names = 2 if kept is not None and os.path.samestat(kept, now) else 1
        if now.st_nlink > own_names:
            reason = f"has {now.st_nlink} names (hard links), and only this one would change"
            raise OutputError(path, reason)
        yield now
    finally:
        unlock(descriptor)
        with suppress(OSError):
            os.close(descriptor)


@contextmanager
def _kept(folder: Folder, name: str, backup: str, original: os.stat_result) -> Iterator[None]:
    """Keep the file under `backup` too; an exception before it is replaced undoes that."""
    kept, former = folder.temporary("-kept"), folder.temporary("-former")
    try:
        folder.link(name, kept)
        with suppress(FileNotFoundError):
            folder.link(backup, former)
        folder.rename(kept, backup)
        yield
    except BaseException:
        there = folder.stat(name)
        if there is not None and os.path.samestat(there, original):
            if folder.stat(former) is not None:
                folder.rename(former, backup)
            elif (now := folder.stat(backup)) is not None and os.path.samestat(now, original):
                folder.remove(backup)
        raise
    finally:
        folder.remove(kept)
        folder.remove(former)
