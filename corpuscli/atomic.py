"""The one writer of files: what it writes stands whole under its name, or not at all.

`replace_file` writes one file (`-o FILE`, `--in-place`), `open_folder` many new ones (`split -o`).
Where Linux has them, both write to files without a name (O_TMPFILE), which vanish with the process
however it ends; elsewhere to `.corpuscli-*.tmp` beside the target. Such a name also exists for a
few microseconds between link and rename. One left by a kill in that moment is known by its missing
lock (flock) and removed by the next writer in that directory; not on Windows, which has no flock.

Whatever fails here is an `OutputError` that names the file as the caller did. Exceptions of the
caller's own block pass through as they are, after the roll-back.
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import signal
import stat
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

from corpuscli.errors import OutputError, reason_of

_PREFIX = ".corpuscli-"
_BUFFER = 1 << 20
_O_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_O_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_O_BINARY = getattr(os, "O_BINARY", 0)
_O_TMPFILE: int = getattr(os, "O_TMPFILE", 0)
_NO_TMPFILE = {errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL}
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
_NO_LOCKS = {errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
_NO_ATTRIBUTE = {errno.EOPNOTSUPP, errno.ENODATA, errno.EPERM, errno.EACCES, errno.EINVAL}
_ATTRIBUTES = ("user.", "system.", "security.selinux")  # the rest is a hash or a right of the bytes
_STATE = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")

if sys.platform == "win32":

    def _lock(descriptor: int, *, wait: bool = False) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    def _unlock(descriptor: int) -> None:
        pass

    def _above_standard(descriptor: int) -> int:
        return descriptor

else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool = False) -> None:
        """Raise BlockingIOError if another process (or another open of this one) has the lock."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

    def _unlock(descriptor: int) -> None:
        """Needed besides closing: a forked worker may hold a copy of the descriptor."""
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _above_standard(descriptor: int) -> int:
        """With stdout closed, open() returns 1, and a stray print would land in the file."""
        if descriptor > 2:
            return descriptor
        try:
            return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 3)
        finally:
            os.close(descriptor)


def _open(path: str, flags: int, mode: int = 0o666, dir_fd: int | None = None) -> int:
    flags |= _O_CLOEXEC | _O_BINARY
    return _above_standard(os.open(path, flags, mode, dir_fd=dir_fd))


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Turn an OSError, which may name a temporary file or none, into an OutputError for `path`."""
    try:
        yield
    except OSError as error:
        raise OutputError(path, reason_of(error)) from error


class Terminated(SystemExit):
    """SIGTERM or SIGHUP arrived. A SystemExit, so that even at the top it shows no traceback."""

    def __init__(self, signum: int) -> None:
        super().__init__(128 + signum)
        self.signum = signum


class _Signals:
    """What has arrived, in the process that `signals_roll_back` watches over."""

    owner = 0
    received = 0
    raised = False
    held = False

    @classmethod
    def arrive(cls, signum: int, frame: FrameType | None) -> None:
        if os.getpid() != cls.owner:
            _die(signum)
        cls.received = cls.received or signum
        cls.raise_unless_held()

    @classmethod
    def raise_unless_held(cls) -> None:
        if cls.received and not cls.held and not cls.raised:
            cls.raised = True
            raise KeyboardInterrupt if cls.received == signal.SIGINT else Terminated(cls.received)


def _die(signum: int) -> NoReturn:
    signal.signal(signum, signal.SIG_DFL)
    os.kill(os.getpid(), signum)
    raise Terminated(signum)


@contextmanager
def signals_roll_back() -> Iterator[None]:
    """Let SIGTERM, SIGHUP and SIGINT raise inside the block, so that it can undo its work.

    After the block TERM and HUP end the process as they would have without it: its parent sees a
    death by that signal. INT is a KeyboardInterrupt, and the caller's to handle. Only the first
    counts: systemd sends TERM and HUP together, and the second must not cut the clean-up short.
    A signal that is ignored (nohup) or handled already is left alone, as is every thread but the
    main one; so blocks nest. A worker forked inside the block dies of the signal at once.
    """
    previous: dict[signal.Signals, signal._HANDLER] = {}
    try:
        with _signals_held():
            try:
                _take_signals(previous)
                with _signals_held(False):
                    yield
            finally:
                for signum, handler in previous.items():
                    signal.signal(signum, handler)
    finally:
        if previous and _Signals.received not in (0, signal.SIGINT):
            _die(_Signals.received)


def _take_signals(previous: dict[signal.Signals, signal._HANDLER]) -> None:
    """Handle the signals whose effect is the default one, and note in `previous` what that was."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        signum = getattr(signal, name, None)
        handler = signum and signal.getsignal(signum)
        if signum and handler in (signal.SIG_DFL, signal.default_int_handler):
            if not previous:
                _Signals.owner, _Signals.received, _Signals.raised = os.getpid(), 0, False
            previous[signum] = handler
            signal.signal(signum, _Signals.arrive)


@contextmanager
def _signals_held(held: bool = True) -> Iterator[None]:
    """Let signals wait for the end of the block, which is short and must not stop half-way.

    With `held=False` let them in again. Only for the main thread: the state is the process's.
    """
    before, _Signals.held = _Signals.held, held
    try:
        _Signals.raise_unless_held()
        yield
    finally:
        _Signals.held = before
    _Signals.raise_unless_held()


class Draft(io.BufferedWriter):
    """Where the new content goes; `abandon()` leaves the file as it is, untouched."""

    abandoned = False

    def abandon(self) -> None:
        self.abandoned = True


class _NamedFile(io.FileIO):
    """A borrowed descriptor whose failed writes name the file."""

    def __init__(self, descriptor: int, path: str) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._path = path

    def write(self, data: ReadableBuffer, /) -> int:
        with _naming(self._path):
            return super().write(data)


@contextmanager
def _drafting(descriptor: int, path: str) -> Iterator[Draft]:
    raw = _NamedFile(descriptor, path)
    draft = Draft(raw, _BUFFER)
    try:
        yield draft
        if not (draft.abandoned or draft.closed):
            draft.flush()
    finally:
        raw.close()  # first, or what is still buffered would be written when the draft is collected


class Folder:
    """A directory held open, in which files appear whole or not at all; see `open_folder`.

    One process and one thread at a time may write through one Folder: it has one temporary name.
    """

    def __init__(self, path: str, inputs: Iterable[os.stat_result] = ()) -> None:
        self.path = path
        self._fd: int | None = None
        if os.open in os.supports_dir_fd:
            self._fd = _open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        self._inputs = {(one.st_dev, one.st_ino) for one in inputs}
        self._nameless = bool(_O_TMPFILE) and os.path.isdir("/proc/self/fd")
        self._temporary = _PREFIX + secrets.token_hex(8)
        self._named = False  # whether something may stand under the temporary name

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._fd is not None:
            with suppress(OSError):
                os.close(self._fd)

    def temporary(self, role: str = "") -> str:
        return self._temporary + role + ".tmp"

    def at(self, name: str) -> str:
        """What to pass to an os function beside `dir_fd`, which Windows lacks."""
        return name if self._fd is not None else os.path.join(self.path, name)

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        return _open(self.at(name), flags | _O_NOFOLLOW, mode, self._fd)

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
        """Remove a temporary name; one that resists is the next sweep's business."""
        with suppress(OSError):
            os.unlink(self.at(name), dir_fd=self._fd)

    @contextmanager
    def draft(self, mode: int) -> Iterator[int]:
        """A descriptor to write to; after `place` a file, without it nothing."""
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
                _lock(descriptor, wait=True)
                if os.fstat(descriptor).st_nlink == 0:  # swept away before it was locked
                    os.close(descriptor)
                    continue
            return descriptor

    def place(self, descriptor: int, name: str, *, force: bool) -> None:
        """Give the draft its name. Without `force`, raise FileExistsError if there is such a name;
        with it, replace what is there, a symbolic link itself and never its target."""
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
                _lock(descriptor)
            self.link(source, self.temporary())
        if os.name == "nt":
            os.close(descriptor)  # an open file cannot be renamed there
        self.rename(self.temporary(), name)

    def create(self, name: str, data: bytes | memoryview, *, force: bool = False) -> None:
        """Write a new file. A name that is taken, be it by a dangling link, is refused; `force`
        replaces it unless it is an input. Durable only when `open_folder` ends.

        Raises OutputError, and ValueError if `name` is a path.
        """
        if name in ("", ".", "..") or os.path.basename(name) != name:
            raise ValueError(f"not the name of a file: {name!r}")
        path = os.path.join(self.path, name)
        with _naming(path), _signals_held():
            there = self.stat(name, follow=True) if force else None
            if there is not None and (there.st_dev, there.st_ino) in self._inputs:
                raise OutputError(path, "is one of the inputs")
            with self.draft(0o666) as descriptor:
                view = memoryview(data)
                while view:
                    view = view[os.write(descriptor, view) :]
                # Network file systems report a full disk on closing: ask before the name is given.
                os.close(os.dup(descriptor))
                self.place(descriptor, name, force=force)

    def sweep(self) -> None:
        """Remove what a killed writer left: temporary names that nobody holds locked."""
        with os.scandir(self.path if self._fd is None else self._fd) as entries:
            names = [entry.name for entry in entries if entry.name.startswith(_PREFIX)]
        for name in names:
            with suppress(OSError):
                # For writing, since NFS locks nothing else; without blocking, for it may be a FIFO.
                descriptor = self.open(name, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
                try:
                    _lock(descriptor)
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
        """Make every file durable by one sync of the file system instead of one a file.

        syncfs(2) reports writes that failed since the directory was opened (Linux 5.8). Elsewhere
        sync(2) has to do, which reports nothing; Windows has neither.
        """
        self.sync()
        try:
            with _signals_held():  # what a signal raises inside an import can get lost there
                import ctypes

                syncfs = ctypes.CDLL(None, use_errno=True).syncfs
        except (ImportError, AttributeError, OSError, TypeError):
            getattr(os, "sync", lambda: None)()
        else:
            if self._fd is not None and syncfs(self._fd) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@contextmanager
def open_folder(path: str, *, inputs: Iterable[os.stat_result] = ()) -> Iterator[Folder]:
    """Open, or make, the directory for many new files, all of them durable on a clean exit.

    On an exception the files created so far stay, each whole. Raises OutputError.
    """
    with signals_roll_back(), ExitStack() as stack:
        with _naming(path):
            with suppress(FileExistsError):  # if not a directory, opening it says so better
                os.makedirs(path)
            folder = stack.enter_context(Folder(path, inputs))
            folder.sweep()
        yield folder
        with _naming(path):
            folder.sync_all()


@contextmanager
def replace_file(
    path: str, *, like: os.stat_result | None = None, backup: str | None = None
) -> Iterator[Draft]:
    """Write `path` anew: on a clean exit the new content is durable and stands there whole; on any
    exception, SIGINT, SIGTERM or SIGHUP included, or after `abandon()`, nothing has changed.

    Without `like` (`-o FILE`) the file may be missing. If it is there, the new one has its mode,
    owner, ACL and extended attributes; another hard link of it keeps the old content. A pipe, a
    device and /dev/fd/N are written straight through, without any of these promises.

    With `like` (`--in-place`), the fstat of the descriptor from which the caller reads the old
    content, the file is locked against a second writer (advisory, flock) and refused if it is no
    regular file, has further hard links, or has changed by the time the new content is complete
    (inode, size, modification and change time). With `backup` the old file is kept under its name
    plus that suffix (`sed -i.bak`), in the place of any file so named.

    A symbolic link stays one, its target is replaced. A file without write permission, or whose
    owner cannot be given to the new one, is refused. Raises OutputError.
    """
    if backup is not None and (not backup or os.path.basename(backup) != backup):
        raise ValueError(f"not a suffix: {backup!r}")
    with signals_roll_back():
        if like is None and _is_stream(path):
            with _writing_through(path) as draft:
                yield draft
            return
        # Held here and not inside: a signal while the writer's own exit begins would skip it.
        with _signals_held(), _replacing(path, like, backup) as draft, _signals_held(False):
            yield draft


def _standard_descriptor(path: str) -> int | None:
    """The N of /dev/fd/N and its aliases. Opened by name, a file would be written from its
    beginning, and a socket not at all."""
    path = {"/dev/stdout": "/dev/fd/1", "/dev/stderr": "/dev/fd/2"}.get(path, path)
    match = re.fullmatch(r"/(?:dev|proc/self)/fd/(\d+)", path)
    return int(match[1]) if match else None


def _is_stream(path: str) -> bool:
    try:
        return _standard_descriptor(path) is not None or not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


@contextmanager
def _writing_through(path: str) -> Iterator[Draft]:
    with _naming(path):
        number = _standard_descriptor(path)
        if number is None:
            descriptor = _open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
        else:
            descriptor = _above_standard(os.dup(number))
    try:
        with _drafting(descriptor, path) as draft:
            yield draft
    except BaseException:
        os.close(descriptor)
        raise
    with _naming(path):
        os.close(descriptor)


@contextmanager
def _replacing(path: str, like: os.stat_result | None, backup: str | None) -> Iterator[Draft]:
    with ExitStack() as stack:
        with _naming(path):
            if not os.path.basename(path):  # "", or a slash at the end
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            target = os.path.realpath(path)
            name = os.path.basename(target)
            folder = stack.enter_context(Folder(os.path.dirname(target)))
            folder.sweep()
            original = folder.stat(name, follow=True)
            if original is not None and not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if like is not None:
                original = stack.enter_context(_claimed(folder, name, path, like, backup))
            attributes = _attributes(target) if original is not None else {}
            # Until the owner is right, nobody else may read it.
            descriptor = stack.enter_context(folder.draft(0o600 if original else 0o666))
        with _drafting(descriptor, path) as draft:
            yield draft
        if draft.abandoned:
            return
        with _naming(path), _signals_held(False):
            if original is not None:
                _keep_attributes(descriptor, original, attributes, path)
            os.fsync(descriptor)
        with _naming(path):
            if like is not None and _state(folder.stat(name)) != _state(original):
                raise OutputError(path, "changed while it was read")
            with ExitStack() as keeping:
                if backup is not None and original is not None:
                    keeping.enter_context(_kept(folder, name, name + backup, original))
                folder.place(descriptor, name, force=True)
            folder.sync()


def _state(status: os.stat_result | None) -> list[int]:
    return [getattr(status, field, -1) for field in _STATE]


@contextmanager
def _claimed(
    folder: Folder, name: str, path: str, like: os.stat_result, backup: str | None
) -> Iterator[os.stat_result]:
    """Hold the lock of the file that the caller reads; yields its status under the lock."""
    if not stat.S_ISREG(like.st_mode):
        raise OutputError(path, "is not a regular file")
    descriptor = folder.open(name, os.O_RDONLY)
    try:
        try:
            _lock(descriptor)
        except BlockingIOError:
            raise OutputError(path, "is being written by another process") from None
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        now = os.fstat(descriptor)
        # Without the change time: the sweep may have removed a link that a killed writer left.
        if _state(now)[:-1] != _state(like)[:-1]:
            raise OutputError(path, "changed while it was read")
        kept = None if backup is None else folder.stat(name + backup)
        own_names = 2 if kept is not None and os.path.samestat(kept, now) else 1
        if now.st_nlink > own_names:
            reason = f"has {now.st_nlink} names (hard links), and only this one would change"
            raise OutputError(path, reason)
        yield now
    finally:
        _unlock(descriptor)
        with suppress(OSError):
            os.close(descriptor)


@contextmanager
def _kept(folder: Folder, name: str, backup: str, original: os.stat_result) -> Iterator[None]:
    """Let the file stand under `backup` too; an exception before it is replaced undoes that."""
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


def _keep_attributes(
    descriptor: int, original: os.stat_result, attributes: dict[str, bytes], path: str
) -> None:
    """Owner, then ACL, then mode: changing the owner clears mode bits, an ACL changes them."""
    if sys.platform == "win32":
        return
    draft = os.fstat(descriptor)
    owner = original.st_uid, original.st_gid
    if (draft.st_uid, draft.st_gid) != owner:
        try:
            os.fchown(descriptor, *owner)
        except PermissionError:
            raise OutputError(path, "its owner and group could not be kept") from None
    if sys.platform == "linux":
        present = _attributes(descriptor)
        with _attributes_are_optional():
            for name in present.keys() - attributes.keys():  # inherited from the directory
                os.removexattr(descriptor, name)
        for name, value in attributes.items() - present.items():
            with _attributes_are_optional():
                os.setxattr(descriptor, name, value)
    mode = stat.S_IMODE(original.st_mode)
    if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
        os.fchmod(descriptor, mode)


def _attributes(where: str | int) -> dict[str, bytes]:
    """ACL and extended attributes, as far as there are any and they may be read."""
    found: dict[str, bytes] = {}
    if sys.platform == "linux":
        with _attributes_are_optional():
            for name in os.listxattr(where):
                if name.startswith(_ATTRIBUTES):
                    found[name] = os.getxattr(where, name)
    return found


@contextmanager
def _attributes_are_optional() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ATTRIBUTE:
            raise
