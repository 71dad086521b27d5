"""`output.atomic` writes files whole or not at all, whatever fails and however it is killed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

import corpuscli
from corpuscli.errors import OutputError
from corpuscli.output import atomic
from corpuscli.output.atomic import open_folder, replace_file

fcntl = pytest.importorskip("fcntl", reason="the promises tested here are those of POSIX systems")

OLD, NEW = b"old\n" * 1000, b"new\n" * 2000
ROOT = os.geteuid() == 0
LINUX = sys.platform == "linux"
PACKAGE_PARENT = str(Path(corpuscli.__file__).parents[1])
needs_root = pytest.mark.skipif(not ROOT, reason="needs root")
needs_linux = pytest.mark.skipif(not LINUX, reason="needs Linux")


@pytest.fixture(params=["nameless", "named", "by path"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ways to a draft: O_TMPFILE; a temporary name; and that without directory descriptors."""
    if request.param == "nameless" and not LINUX:
        pytest.skip("O_TMPFILE is Linux's")
    if request.param != "nameless":
        monkeypatch.setattr(atomic.folder, "_O_TMPFILE", 0)
    if request.param == "by path":
        monkeypatch.setattr(os, "supports_dir_fd", set())
    return str(request.param)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_bytes(OLD)
    return path


def rewrite(path: Path, content: bytes = NEW, backup: str | None = None) -> None:
    """What `--in-place` does."""
    with open(path, "rb") as source:
        with replace_file(str(path), like=os.fstat(source.fileno()), backup=backup) as out:
            source.read()
            out.write(content)


def names(folder: Path) -> set[str]:
    return set(os.listdir(folder))


def identity(path: Path) -> tuple[int, ...]:
    now = path.stat()
    return now.st_ino, now.st_mtime_ns, now.st_ctime_ns, now.st_mode, now.st_size


# One file


def test_a_new_file_appears_with_the_mode_that_the_umask_leaves(tmp_path: Path, way: str) -> None:
    before = os.umask(0o027)
    try:
        with replace_file(str(tmp_path / "new")) as out:
            out.write(NEW)
            assert not (tmp_path / "new").exists()
    finally:
        os.umask(before)
    assert (tmp_path / "new").read_bytes() == NEW
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert names(tmp_path) == {"new"}


def test_the_old_file_stands_until_the_new_one_is_complete(dump: Path, way: str) -> None:
    with replace_file(str(dump)) as out:
        out.write(NEW)
        out.flush()
        assert dump.read_bytes() == OLD
    assert dump.read_bytes() == NEW
    assert names(dump.parent) == {"dump.txt"}


@pytest.mark.parametrize("exception", [ValueError, KeyboardInterrupt, SystemExit, OSError])
def test_an_exception_leaves_everything_as_it_was(
    dump: Path, way: str, exception: type[BaseException]
) -> None:
    before = identity(dump)
    with pytest.raises(exception, match="mine"), replace_file(str(dump)) as out:
        out.write(NEW)
        raise exception("mine")
    assert identity(dump) == before
    assert names(dump.parent) == {"dump.txt"}


def test_an_abandoned_draft_leaves_inode_and_times_alone(dump: Path, way: str) -> None:
    before = identity(dump)
    with open(dump, "rb") as source:
        with replace_file(str(dump), like=os.fstat(source.fileno()), backup=".bak") as out:
            out.write(NEW)
            out.abandon()
    assert identity(dump) == before
    assert names(dump.parent) == {"dump.txt"}


def test_a_draft_that_the_caller_closed_is_complete(dump: Path) -> None:
    with replace_file(str(dump)) as out, out:
        out.write(NEW)
    assert dump.read_bytes() == NEW


def test_the_mode_is_kept(dump: Path, way: str) -> None:
    dump.chmod(0o4751)
    rewrite(dump)
    assert stat.S_IMODE(dump.stat().st_mode) == 0o4751


@needs_root
def test_the_owner_is_kept(dump: Path, way: str) -> None:
    os.chown(dump, 1234, 4321)
    rewrite(dump)
    assert (dump.stat().st_uid, dump.stat().st_gid) == (1234, 4321)


@needs_linux
def test_extended_attributes_are_kept(dump: Path, way: str) -> None:
    try:
        os.setxattr(dump, "user.corpus", b"press")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    rewrite(dump)
    assert os.getxattr(dump, "user.corpus") == b"press"


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """The kernel's form of an ACL: version 2, then tag, permissions and id of each entry."""
    words = [tag.to_bytes(2, "little") + rights.to_bytes(2, "little") for tag, rights, _ in entries]
    ids = [(number & 0xFFFFFFFF).to_bytes(4, "little") for _, _, number in entries]
    return b"\2\0\0\0" + b"".join(a + b for a, b in zip(words, ids, strict=True))


ACL = access_list((1, 6, -1), (2, 4, 1234), (4, 4, -1), (0x10, 6, -1), (0x20, 0, -1))


def set_acl(path: Path, kind: str) -> None:
    try:
        os.setxattr(path, f"system.posix_acl_{kind}", ACL)
    except OSError:
        pytest.skip("this file system has no ACLs")


@needs_linux
def test_the_access_list_is_kept(dump: Path, way: str) -> None:
    set_acl(dump, "access")
    mode = dump.stat().st_mode
    rewrite(dump)
    assert os.getxattr(dump, "system.posix_acl_access") == ACL
    assert dump.stat().st_mode == mode


@needs_linux
def test_the_directory_does_not_lend_its_access_list_to_a_file_that_had_none(
    dump: Path, way: str
) -> None:
    set_acl(dump.parent, "default")
    dump.chmod(0o600)
    rewrite(dump)
    assert "system.posix_acl_access" not in os.listxattr(dump)
    assert stat.S_IMODE(dump.stat().st_mode) == 0o600


def test_a_symbolic_link_stays_one_and_its_target_is_replaced(dump: Path, way: str) -> None:
    (dump.parent / "sub").mkdir()
    link = dump.parent / "sub" / "link"
    link.symlink_to("../dump.txt")
    rewrite(link, backup=".bak")
    assert os.readlink(link) == "../dump.txt"
    assert dump.read_bytes() == NEW
    assert (dump.parent / "dump.txt.bak").read_bytes() == OLD
    assert names(dump.parent / "sub") == {"link"}


def test_a_dangling_link_gets_its_target(tmp_path: Path, way: str) -> None:
    (tmp_path / "link").symlink_to("target")
    with replace_file(str(tmp_path / "link")) as out:
        out.write(NEW)
    assert (tmp_path / "target").read_bytes() == NEW
    assert (tmp_path / "link").is_symlink()


def test_without_force_a_file_that_is_there_stays(dump: Path, way: str) -> None:
    with (
        pytest.raises(OutputError, match=r"dump\.txt: File exists"),
        replace_file(str(dump), force=False),
    ):
        raise AssertionError("nothing is to be written")
    assert dump.read_bytes() == OLD


def test_without_force_a_file_that_comes_meanwhile_stays(tmp_path: Path, way: str) -> None:
    with (
        pytest.raises(OutputError, match="new: File exists"),
        replace_file(str(tmp_path / "new"), force=False) as out,
    ):
        out.write(NEW)
        (tmp_path / "new").write_bytes(OLD)
    assert (tmp_path / "new").read_bytes() == OLD
    assert names(tmp_path) == {"new"}


def test_without_force_a_new_file_appears(tmp_path: Path, way: str) -> None:
    with replace_file(str(tmp_path / "new"), force=False) as out:
        out.write(NEW)
    assert (tmp_path / "new").read_bytes() == NEW


@pytest.mark.parametrize("path", ["loop", "", "folder", "folder/", "new/", "absent/new", "f/new"])
def test_a_path_that_cannot_be_a_file_is_refused_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    os.symlink("loop", "loop")
    os.mkdir("folder")
    Path("f").touch()
    before = names(tmp_path)
    with pytest.raises(OutputError) as caught, replace_file(path):
        raise AssertionError
    assert caught.value.path == path
    assert names(tmp_path) == before


def test_a_file_with_another_hard_link_is_not_edited_in_place(dump: Path) -> None:
    os.link(dump, dump.parent / "other")
    with pytest.raises(OutputError, match="2 names"):
        rewrite(dump)
    assert dump.read_bytes() == OLD
    assert names(dump.parent) == {"dump.txt", "other"}


def test_an_output_that_has_another_hard_link_is_not_parted_from_it(dump: Path) -> None:
    os.link(dump, dump.parent / "other")
    with pytest.raises(OutputError, match="2 names"), replace_file(str(dump)):
        raise AssertionError
    assert dump.samefile(dump.parent / "other")


def test_a_second_writer_is_refused_until_the_first_has_finished(dump: Path, way: str) -> None:
    with open(dump, "rb") as source:
        with replace_file(str(dump), like=os.fstat(source.fileno())) as out:
            with pytest.raises(OutputError, match="another process"):
                rewrite(dump, b"second")
            with pytest.raises(OutputError, match="another process"), replace_file(str(dump)):
                raise AssertionError
            out.write(NEW)
    assert dump.read_bytes() == NEW
    rewrite(dump, b"third")
    assert dump.read_bytes() == b"third"


@needs_linux
def test_a_file_system_without_locks_is_written_all_the_same(
    dump: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    rewrite(dump)
    assert dump.read_bytes() == NEW


def grow(path: Path) -> None:
    with open(path, "ab") as file:
        file.write(b"more")


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(OLD)
    shutil.copystat(path, other)
    os.replace(other, path)


def rewrite_with_the_same_times(path: Path) -> None:
    before = path.stat()
    time.sleep(0.02)  # the clock of the file system ticks every 4 to 10 ms
    path.write_bytes(OLD[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("change", [grow, replace, rewrite_with_the_same_times, os.unlink])
def test_a_file_that_changed_while_it_was_read_is_left_alone(
    dump: Path, way: str, change: Callable[[Path], None]
) -> None:
    with open(dump, "rb") as source:
        with pytest.raises(OutputError, match="changed while it was read"):
            with replace_file(str(dump), like=os.fstat(source.fileno()), backup=".bak") as out:
                out.write(NEW)
                change(dump)
                after = dump.read_bytes() if dump.exists() else None
    assert (dump.read_bytes() if dump.exists() else None) == after
    assert names(dump.parent) <= {"dump.txt"}


@pytest.mark.parametrize("change", [grow, replace])
def test_a_file_that_changed_before_the_lock_is_left_alone(
    dump: Path, change: Callable[[Path], None]
) -> None:
    with open(dump, "rb") as source:
        like = os.fstat(source.fileno())
        change(dump)
        with pytest.raises(OutputError, match="changed"), replace_file(str(dump), like=like):
            raise AssertionError


def test_a_backup_keeps_the_very_file_that_was_there(dump: Path, way: str) -> None:
    inode = dump.stat().st_ino
    (dump.parent / "dump.txt.bak").write_bytes(b"an older backup")
    rewrite(dump, backup=".bak")
    backup = dump.parent / "dump.txt.bak"
    assert (dump.read_bytes(), backup.read_bytes()) == (NEW, OLD)
    assert backup.stat().st_ino == inode
    assert names(dump.parent) == {"dump.txt", "dump.txt.bak"}


def test_a_backup_cut_short_by_a_kill_does_not_count_as_a_hard_link(dump: Path, way: str) -> None:
    os.link(dump, dump.parent / "dump.txt.bak")
    rewrite(dump, backup=".bak")
    assert dump.read_bytes() == NEW
    assert (dump.parent / "dump.txt.bak").read_bytes() == OLD


@pytest.mark.parametrize("suffix", ["", "/x", "../x"])
def test_a_backup_suffix_is_a_part_of_a_name(dump: Path, suffix: str) -> None:
    with pytest.raises(ValueError, match="suffix"):
        rewrite(dump, backup=suffix)


def test_a_backup_name_that_is_a_directory_leaves_the_file_alone(dump: Path, way: str) -> None:
    (dump.parent / "dump.txt.bak").mkdir()
    with pytest.raises(OutputError) as caught:
        rewrite(dump, backup=".bak")
    assert caught.value.path == str(dump)
    assert dump.read_bytes() == OLD
    assert names(dump.parent) == {"dump.txt", "dump.txt.bak"}


def test_a_pipe_is_not_edited_in_place(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(OutputError, match="not a regular file"):
        like = os.stat(tmp_path / "fifo")
        with replace_file(str(tmp_path / "fifo"), like=like):
            raise AssertionError


def test_a_device_is_written_straight_through() -> None:
    with replace_file("/dev/null") as out:
        out.write(NEW)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@needs_linux
@pytest.mark.parametrize("size", [1, 3 << 20])
def test_a_full_device_is_an_error_that_names_it(size: int) -> None:
    with (
        pytest.raises(OutputError, match="/dev/full: No space left"),
        replace_file("/dev/full") as out,
    ):
        out.write(b"x" * size)


def test_a_named_pipe_is_written_straight_through(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    with replace_file(str(fifo)) as out:
        out.write(b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert names(tmp_path) == {"fifo"}


def test_dev_stdout_is_standard_output_even_in_the_middle_of_a_file(tmp_path: Path) -> None:
    script = "out.write(b'second\\n')"
    command = f"exec 1>>'{tmp_path}/log'; echo first; '{sys.executable}' -c \"$0\"; echo third"
    subprocess.run(
        ["sh", "-c", command, writing("/dev/stdout", script)], env=child_env(), check=True
    )
    assert (tmp_path / "log").read_text() == "first\nsecond\nthird\n"


def test_with_standard_output_closed_no_print_ends_up_in_the_file(tmp_path: Path) -> None:
    script = "import os; [os.system('echo stray') for _ in '12']; out.write(b'mine')"
    target = tmp_path / "out"
    subprocess.run(
        [
            "sh",
            "-c",
            f"exec '{sys.executable}' -c \"$0\" >&- 2>&- <&-",
            writing(str(target), script),
        ],
        env=child_env(),
        check=True,
    )
    assert target.read_bytes() == b"mine"


# Faults


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder of root's, in a forked child that is nobody; assertions there fail the test here."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def run_as_nobody(action: Callable[[], None]) -> str:
    """The message of the OutputError that `action` raises, or an empty string."""
    reading, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        message = "no result"
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            action()
            message = ""
        except OutputError as error:
            message = str(error)
        finally:
            os.write(writing_end, message.encode())
            os._exit(0)
    os.close(writing_end)
    os.waitpid(child, 0)
    with open(reading) as pipe:
        return pipe.read()


@needs_root
@pytest.mark.parametrize("in_place", [True, False])
def test_in_a_read_only_directory_a_file_is_left_alone(in_place: bool) -> None:
    with as_nobody() as folder:
        path = folder / "dump.txt"
        path.write_bytes(OLD)
        path.chmod(0o666)

        def write() -> None:
            if in_place:
                rewrite(path)
            else:
                with replace_file(str(path)) as out:
                    out.write(NEW)

        assert run_as_nobody(write) == f"{path}: Permission denied"
        assert path.read_bytes() == OLD
        assert names(folder) == {"dump.txt"}


@needs_root
@pytest.mark.parametrize(
    ("mode", "reason"),
    [(0o444, "Permission denied"), (0o666, "its owner and group could not be kept")],
)
def test_a_file_that_is_write_protected_or_would_change_hands_is_left_alone(
    mode: int, reason: str
) -> None:
    with as_nobody() as folder:
        folder.chmod(0o777)
        path = folder / "dump.txt"
        path.write_bytes(OLD)
        path.chmod(mode)
        assert run_as_nobody(lambda: rewrite(path)) == f"{path}: {reason}"
        assert path.read_bytes() == OLD
        assert names(folder) == {"dump.txt"}


@needs_root
def test_an_output_need_not_be_readable() -> None:
    with as_nobody() as folder:
        folder.chmod(0o777)
        path = folder / "clean.txt"
        path.write_bytes(OLD)
        os.chown(path, 65534, 65534)
        path.chmod(0o200)
        assert run_as_nobody(lambda: new_content(path)) == ""
        assert path.read_bytes() == NEW
        assert stat.S_IMODE(path.stat().st_mode) == 0o200


def new_content(path: Path) -> None:
    """What `-o FILE` does."""
    with replace_file(str(path)) as out:
        out.write(NEW)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one MiB."""
    mount = tmp_path / "disk"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(mount)]
    if not (ROOT and LINUX and shutil.which("mount")):
        pytest.skip("needs root on Linux")
    if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("may not mount here")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_full_disk_leaves_the_old_file(small_disk: Path, way: str) -> None:
    path = small_disk / "dump.txt"
    path.write_bytes(OLD)
    with pytest.raises(OutputError, match=r"dump\.txt: No space left"):
        rewrite(path, b"x" * (2 << 20), backup=".bak")
    assert path.read_bytes() == OLD
    assert names(small_disk) == {"dump.txt"}


def test_a_full_disk_leaves_the_earlier_pieces_whole_and_the_next_absent(
    small_disk: Path, way: str
) -> None:
    written = 0
    with (
        pytest.raises(OutputError, match=r"\d: No space left"),
        open_folder(str(small_disk)) as folder,
    ):
        while True:
            folder.create(str(written), b"x" * 100_000)
            written += 1
    assert written
    assert names(small_disk) == {str(number) for number in range(written)}
    assert {path.stat().st_size for path in small_disk.iterdir()} == {100_000}


def test_a_file_size_limit_leaves_the_old_file(dump: Path, way: str) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OutputError, match="too large"):
            rewrite(dump, b"x" * (2 << 20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert dump.read_bytes() == OLD
    assert names(dump.parent) == {"dump.txt"}


class Counted:
    """A function that fails once, when its family has been called `fail_at` times."""

    def __init__(self, family: Failing, name: str, function: Callable[..., Any]) -> None:
        self.family, self.name, self.function = family, name, function

    def __call__(self, *args: Any, **options: Any) -> Any:
        self.family.calls += 1
        if self.family.calls == self.family.fail_at:
            self.family.failed = self.name
            if self.name == "close":
                self.function(*args)  # a failed close has closed
            raise OSError(self.family.number, os.strerror(self.family.number))
        return self.function(*args, **options)

    def __hash__(self) -> int:
        return hash(self.function)

    def __eq__(self, other: object) -> bool:
        return self.function == other


class Failing:
    """Stands in for modules (`os`, `fcntl`) and a method; their nth call, all told, raises."""

    def __init__(self, fail_at: int, number: int) -> None:
        self.fail_at, self.number, self.calls, self.failed = fail_at, number, 0, ""

    def module(self, real: Any) -> Any:
        family = self

        class Module:
            def __getattr__(self, name: str) -> Any:
                value = getattr(real, name)
                innocent = name in ("strerror", "getpid", "kill") or isinstance(value, type)
                return Counted(family, name, value) if callable(value) and not innocent else value

        return Module()

    def write(self) -> Callable[[FileIO, bytes], int]:
        counted = Counted(self, "FileIO.write", FileIO.write)
        return lambda file, data: int(counted(file, data))


def new_file(folder: Path) -> None:
    with replace_file(str(folder / "new")) as out:
        out.write(NEW)


def existing_file(folder: Path) -> None:
    with replace_file(str(folder / "dump.txt")) as out:
        out.write(NEW)


def in_place(folder: Path) -> None:
    rewrite(folder / "dump.txt")


def in_place_with_new_backup(folder: Path) -> None:
    rewrite(folder / "dump.txt", backup=".new")


def in_place_with_backup(folder: Path) -> None:
    rewrite(folder / "dump.txt", backup=".bak")


def pieces(folder: Path) -> None:
    with open_folder(str(folder / "sub" / "pieces")) as target:
        target.create("a", NEW)
        target.create("b", NEW)


def forced_piece(folder: Path) -> None:
    with open_folder(str(folder)) as target:
        target.create("dump.txt", NEW, force=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


ROOMS = (atomic.attributes, atomic.descriptors, atomic.draft, atomic.folder, atomic.replacing)
START = {"dump.txt": OLD, "dump.txt.bak": b"an older backup"}
WRITERS: dict[Callable[[Path], None], dict[str, bytes]] = {
    new_file: START | {"new": NEW},
    existing_file: START | {"dump.txt": NEW},
    in_place: START | {"dump.txt": NEW},
    in_place_with_new_backup: START | {"dump.txt": NEW, "dump.txt.new": OLD},
    in_place_with_backup: {"dump.txt": NEW, "dump.txt.bak": OLD},
    pieces: START | {"sub/pieces/a": NEW, "sub/pieces/b": NEW},
    forced_piece: START | {"dump.txt": NEW},
}


@needs_linux
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EINTR, errno.EACCES])
@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_whichever_call_fails_the_files_are_the_old_or_the_new_and_nothing_is_left_over(
    tmp_path: Path, way: str, writer: Callable[[Path], None], number: int
) -> None:
    end, fail_at, faults = WRITERS[writer], 0, 0
    half = START | {"sub/pieces/a": NEW} if writer is pieces else START
    while True:
        fail_at += 1
        folder = tmp_path / str(fail_at)
        folder.mkdir()
        for name, content in START.items():
            (folder / name).write_bytes(content)
        with suppress(OSError):
            os.setxattr(folder / "dump.txt", "user.corpus", b"press")
        descriptors = names(Path("/proc/self/fd"))
        faulty = Failing(fail_at, number)
        raised = None
        with pytest.MonkeyPatch.context() as patch:
            for room in ROOMS:
                patch.setattr(room, "os", faulty.module(os))
            patch.setattr(atomic.descriptors, "fcntl", faulty.module(fcntl))
            patch.setattr(atomic.draft._NamedFile, "write", faulty.write())
            try:
                writer(folder)
            except (OutputError, OSError) as error:
                raised = error
        if not faulty.failed:
            break
        faults += 1
        where = f"call {fail_at}, {faulty.failed}, {raised!r}"
        if faulty.failed == "unlink":
            with open_folder(str(folder / "sub/pieces" if writer is pieces else folder)):
                pass  # what could not be removed goes with the next writer
        after = contents(folder)
        if raised is None:
            assert after == end, where
        elif faulty.failed == "fsync" and after == end:
            pass  # that of the directory, too late to go back
        else:
            assert after in (START, half), where
            assert faulty.failed == "FileIO.write" or isinstance(raised, OutputError), where
        if faulty.failed != "close":
            assert names(Path("/proc/self/fd")) == descriptors, where
    assert faults > 10
    assert contents(folder) == end


# Many files


def test_a_piece_appears_with_the_mode_that_the_umask_leaves(tmp_path: Path, way: str) -> None:
    before = os.umask(0o022)
    try:
        with open_folder(str(tmp_path / "a" / "b")) as folder:
            folder.create("000000001-title.txt", NEW)
            folder.create("empty", b"")
    finally:
        os.umask(before)
    piece = tmp_path / "a" / "b" / "000000001-title.txt"
    assert piece.read_bytes() == NEW
    assert stat.S_IMODE(piece.stat().st_mode) == 0o644
    assert names(piece.parent) == {"000000001-title.txt", "empty"}


@pytest.mark.parametrize("kind", ["file", "link", "dangling", "folder", "fifo"])
def test_a_name_that_is_taken_is_refused_and_with_force_replaced_but_never_followed(
    tmp_path: Path, way: str, kind: str
) -> None:
    outside, taken = tmp_path / "outside", tmp_path / "pieces" / "taken"
    outside.write_bytes(OLD)
    taken.parent.mkdir()
    if kind == "file":
        taken.write_bytes(OLD)
    elif kind in ("link", "dangling"):
        taken.symlink_to(outside if kind == "link" else tmp_path / "absent")
    elif kind == "folder":
        taken.mkdir()
    else:
        os.mkfifo(taken)
    with open_folder(str(taken.parent)) as folder:
        with pytest.raises(OutputError, match="taken: File exists"):
            folder.create("taken", NEW)
        if kind == "folder":
            with pytest.raises(OutputError, match="taken: Is a directory"):
                folder.create("taken", NEW, force=True)
        else:
            folder.create("taken", NEW, force=True)
            assert stat.S_ISREG(taken.lstat().st_mode)
            assert taken.read_bytes() == NEW
    assert outside.read_bytes() == OLD
    assert names(tmp_path) == {"outside", "pieces"}
    assert names(taken.parent) == {"taken"}


def test_an_input_is_not_replaced_even_by_force(dump: Path, way: str) -> None:
    (dump.parent / "link").symlink_to("dump.txt")
    with open_folder(str(dump.parent), inputs=[dump.stat()]) as folder:
        for name in ("dump.txt", "link"):
            with pytest.raises(OutputError, match="one of the inputs"):
                folder.create(name, NEW, force=True)
    assert dump.read_bytes() == OLD


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc/passwd", "a/b"])
def test_a_piece_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    with open_folder(str(tmp_path)) as folder, pytest.raises(ValueError, match="not the name"):
        folder.create(name, NEW, force=True)


def test_a_folder_that_is_a_file_is_refused(dump: Path) -> None:
    with pytest.raises(OutputError, match=r"dump\.txt: Not a directory"), open_folder(str(dump)):
        raise AssertionError


def test_a_folder_that_is_moved_away_still_gets_its_pieces(tmp_path: Path, way: str) -> None:
    if way == "by path":
        pytest.skip("needs directory descriptors")
    with open_folder(str(tmp_path / "before")) as folder:
        (tmp_path / "before").rename(tmp_path / "after")
        folder.create("piece", NEW)
    assert names(tmp_path / "after") == {"piece"}


def test_without_hard_links_a_taken_name_is_refused_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(atomic.folder, "_O_TMPFILE", 0)
    monkeypatch.setattr(os, "link", refuse)
    with open_folder(str(tmp_path)) as folder:
        folder.create("piece", OLD)
        with pytest.raises(OutputError, match="File exists"):
            folder.create("piece", NEW)
    assert contents(tmp_path) == {"piece": OLD}


def test_what_a_killed_writer_left_is_swept_and_what_a_living_one_needs_is_not(
    tmp_path: Path,
) -> None:
    left, held, linked = (tmp_path / f".corpuscli-{digit * 16}.tmp" for digit in "123")
    theirs = {tmp_path / name for name in ("x.tmp", ".corpuscli-notes.tmp", ".corpuscli-1")}
    for path in (left, held, *theirs):
        path.write_bytes(OLD)
    linked.symlink_to(tmp_path / "x.tmp")
    with open(held) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        new_file(tmp_path)
    assert set(tmp_path.iterdir()) == {held, linked, tmp_path / "new", *theirs}


# What only some systems do


@needs_linux
def test_where_a_file_system_has_no_nameless_files_there_are_temporary_names(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = atomic.Folder.open

    def refuse(folder: atomic.Folder, name: str, flags: int, mode: int = 0o666) -> int:
        if name == ".":
            raise OSError(errno.EOPNOTSUPP, "Operation not supported")
        return real(folder, name, flags, mode)

    monkeypatch.setattr(atomic.Folder, "open", refuse)
    rewrite(dump)
    assert dump.read_bytes() == NEW
    assert names(dump.parent) == {"dump.txt"}


def test_a_draft_that_was_swept_before_it_was_locked_is_begun_again(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []

    def lock_late(descriptor: int, *, wait: bool = False) -> None:
        if not taken:
            taken.extend(dump.parent.glob(".corpuscli-*"))
            taken[0].unlink()
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    monkeypatch.setattr(atomic.folder, "_O_TMPFILE", 0)
    monkeypatch.setattr(atomic.folder, "lock", lock_late)
    with replace_file(str(dump.parent / "new")) as out:
        out.write(NEW)
    assert len(taken) == 1
    assert contents(dump.parent) == {"dump.txt": OLD, "new": NEW}


def test_a_pipe_called_like_a_leftover_is_nobody_s_and_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / f".corpuscli-{'0' * 16}.tmp")
    new_file(tmp_path)
    assert len(names(tmp_path)) == 2


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_directory_that_cannot_be_synced_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_folder(str(tmp_path)) as folder:
        folder.create("piece", NEW)
        monkeypatch.setattr(os, "fsync", failing(errno.EINVAL))
    assert contents(tmp_path) == {"piece": NEW}


def test_without_syncfs_there_is_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    synced: list[bool] = []
    monkeypatch.setattr(ctypes, "CDLL", failing(errno.ENOENT))
    monkeypatch.setattr(os, "sync", lambda: synced.append(True))
    with open_folder(str(tmp_path)) as folder:
        folder.create("piece", NEW)
    assert synced == [True]


def test_a_sync_that_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    class Library:
        def syncfs(self, descriptor: int) -> int:
            ctypes.set_errno(errno.EIO)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library())
    with pytest.raises(OutputError, match="Input/output error"), open_folder(str(tmp_path)):
        pass


def test_a_file_that_may_not_be_written_to_is_left_alone(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="Permission denied"), replace_file(str(dump)):
        raise AssertionError


@needs_root
def test_an_owner_that_cannot_be_given_is_an_error(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(dump, 1234, 4321)
    monkeypatch.setattr(os, "fchown", failing(errno.EPERM))
    with pytest.raises(OutputError, match="owner and group could not be kept"):
        rewrite(dump)
    assert dump.read_bytes() == OLD


@needs_linux
def test_attributes_of_the_bytes_are_not_taken_over(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "listxattr", lambda _: ["security.ima"])
    monkeypatch.setattr(os, "getxattr", failing(errno.EIO))
    rewrite(dump)
    assert dump.read_bytes() == NEW


def test_a_rename_that_was_done_though_it_says_otherwise_keeps_the_backup(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = atomic.Folder.place

    def place(folder: atomic.Folder, descriptor: int, name: str, *, force: bool) -> None:
        real(folder, descriptor, name, force=force)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(atomic.Folder, "place", place)
    with pytest.raises(OutputError, match="Input/output error"):
        rewrite(dump, backup=".bak")
    assert contents(dump.parent) == {"dump.txt": NEW, "dump.txt.bak": OLD}


def test_no_file_gets_the_number_of_a_standard_stream_that_is_closed(dump: Path) -> None:
    before = os.dup(0)
    os.close(0)
    try:
        with replace_file(str(dump)) as out:
            with pytest.raises(OSError):
                os.fstat(0)
            out.write(NEW)
    finally:
        os.dup2(before, 0)
        os.close(before)
    assert dump.read_bytes() == NEW


@needs_linux
def test_a_standard_stream_is_written_to_by_its_number(dump: Path) -> None:
    with open(dump, "ab") as file:
        file.seek(0, os.SEEK_END)
        with replace_file(f"/dev/fd/{file.fileno()}") as out:
            out.write(NEW)
    assert dump.read_bytes() == OLD + NEW


# Signals, where this process survives them


@pytest.fixture
def deaths(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The signals that this process would have died by."""
    found: list[int] = []
    monkeypatch.setattr(atomic.signals, "_die", found.append)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_an_exception_first_and_a_death_afterwards(
    dump: Path, deaths: list[int], number: signal.Signals
) -> None:
    with pytest.raises(atomic.Terminated) as caught, replace_file(str(dump)) as out:
        out.write(NEW)
        os.kill(os.getpid(), number)
    assert (caught.value.signum, caught.value.code) == (number, 128 + number)
    assert deaths == [number]
    assert contents(dump.parent) == {"dump.txt": OLD}


def test_an_interrupt_is_the_caller_s_to_handle(dump: Path, deaths: list[int]) -> None:
    with pytest.raises(KeyboardInterrupt), replace_file(str(dump)) as out:
        out.write(NEW)
        os.kill(os.getpid(), signal.SIGINT)
    assert deaths == []
    assert contents(dump.parent) == {"dump.txt": OLD}


def test_a_worker_dies_of_its_signal_at_once(
    deaths: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = atomic.signals._Signals
    monkeypatch.setattr(state, "owner", os.getpid() + 1)
    monkeypatch.setattr(state, "received", 0)
    state.arrive(signal.SIGTERM, None)
    assert deaths == [signal.SIGTERM]


def test_death_by_a_signal_is_by_its_default_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *what: sent.append(what))
    before = signal.signal(signal.SIGHUP, lambda *_: None)
    try:
        with pytest.raises(atomic.Terminated):
            atomic.signals._die(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
    assert sent == [(os.getpid(), signal.SIGHUP)]


def test_a_thread_writes_without_touching_signals(dump: Path) -> None:
    import threading

    thread = threading.Thread(target=rewrite, args=[dump])
    thread.start()
    thread.join()
    assert dump.read_bytes() == NEW


# Death at any moment


def child_env(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": PACKAGE_PARENT, **more}


def writing(path: str, body: str) -> str:
    lines = [
        "from corpuscli.output.atomic import replace_file",
        f"with replace_file({path!r}) as out:",
        f"    {body}",
    ]
    return "\n".join(lines)


FOREVER = """
import os, sys
from corpuscli.output import atomic
folder, way, backup, seed = sys.argv[1:]
if way != "nameless":
    atomic.folder._O_TMPFILE = 0
if way == "by path":
    os.supports_dir_fd = set()
path = os.path.join(folder, "dump.txt")
turn = int(seed)
print("ready", flush=True)
try:
    while True:
        turn += 1
        with open(path, "rb") as source:
            like = os.fstat(source.fileno())
            with atomic.replace_file(path, like=like, backup=backup or None) as out:
                for _ in range(turn % 7 + 1):
                    out.write(b"%08d\\n" % (turn % 1000) * (turn % 40_000 + 1))
        with atomic.open_folder(os.path.join(folder, "pieces")) as pieces:
            pieces.create("same", b"%08d\\n" % (turn % 1000) * 100, force=True)
            pieces.create(f"{os.getpid()}-{turn}", b"%08d\\n" % (turn % 1000) * 100)
except KeyboardInterrupt:
    sys.exit(130)
"""


def whole(content: bytes) -> bool:
    """One of the contents that FOREVER writes: a single line, again and again."""
    return bool(content) and len(content) % 9 == 0 and content == content[:9] * (len(content) // 9)


def strike(folder: Path, number: int, way: str, backup: str, seed: int) -> int:
    """Send a signal at a random moment of a writer's life; returns its exit status."""
    command = [sys.executable, "-c", FOREVER, str(folder), way, backup, str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=child_env()) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.04))
        child.send_signal(number)
        return child.wait()


def assert_whole(folder: Path) -> int:
    """Check every file that has a proper name; returns how many have another."""
    left = 0
    for path in folder.rglob("*"):
        if path.name.startswith(".corpuscli-"):
            left += 1
        elif path.is_file():
            assert whole(path.read_bytes()), path
            if path.parent.name == "pieces":
                assert path.stat().st_size == 900
    return left


def moments(request: pytest.FixtureRequest, few: int, many: int) -> range:
    return range(many if request.config.getoption("--long", default=False) else few)


@pytest.mark.parametrize("backup", ["", ".bak"])
def test_a_kill_at_any_moment_leaves_whole_files_and_nothing_for_long(
    request: pytest.FixtureRequest, tmp_path: Path, way: str, backup: str
) -> None:
    (tmp_path / "dump.txt").write_bytes(b"00000000\n" * 1000)
    for seed in moments(request, 10, 2000):
        assert strike(tmp_path, signal.SIGKILL, way, backup, seed) == -signal.SIGKILL
        assert_whole(tmp_path)
    rewrite(tmp_path / "dump.txt", b"00000000\n", backup or None)
    with open_folder(str(tmp_path / "pieces")):
        pass
    assert assert_whole(tmp_path) == 0


@pytest.mark.parametrize(
    ("number", "status"), [("SIGTERM", -15), ("SIGHUP", -1), ("SIGINT", 130)], ids=lambda v: str(v)
)
def test_a_signal_at_any_moment_rolls_back_and_ends_the_process_as_it_would_have(
    request: pytest.FixtureRequest, tmp_path: Path, way: str, number: str, status: int
) -> None:
    (tmp_path / "dump.txt").write_bytes(b"00000000\n" * 1000)
    for seed in moments(request, 5, 500):
        assert strike(tmp_path, getattr(signal, number), way, ".bak", seed) == status
        assert assert_whole(tmp_path) == 0


def test_a_signal_that_the_parent_ignored_stays_ignored(tmp_path: Path) -> None:
    body = "import os, signal; os.kill(os.getpid(), signal.SIGHUP); out.write(b'done')"
    command = f"trap '' HUP; exec '{sys.executable}' -c \"$0\""
    script = writing(str(tmp_path / "out"), body)
    subprocess.run(["sh", "-c", command, script], env=child_env(), check=True)
    assert (tmp_path / "out").read_bytes() == b"done"


def test_the_second_of_two_signals_does_not_interrupt_the_rolling_back(tmp_path: Path) -> None:
    body = """import os, signal
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGINT)
        print('cleaned up', flush=True)"""
    script = writing(str(tmp_path / "out"), body)
    result = subprocess.run(
        [sys.executable, "-c", script], env=child_env(), capture_output=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (-15, b"cleaned up\n", b"")
    assert names(tmp_path) == set()


def test_signal_handlers_are_as_before_afterwards(dump: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    rewrite(dump)
    after = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    assert after == before


# The system's own faults, by strace


ONCE = """
import os, sys
from corpuscli.output import atomic
from corpuscli.errors import OutputError
folder, way = sys.argv[1:]
if way != "nameless":
    atomic.folder._O_TMPFILE = 0
if way == "by path":
    os.supports_dir_fd = set()
path = os.path.join(folder, "dump.txt")
try:
    with open(path, "rb") as source:
        like = os.fstat(source.fileno())
        with atomic.replace_file(path, like=like, backup=".bak") as out:
            out.write(b"new\\n" * 2000)
    with atomic.open_folder(folder) as pieces:
        pieces.create("piece", b"new\\n" * 2000)
except OutputError as error:
    sys.exit(str(error))
"""


@pytest.fixture(scope="session")
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed")
    trial = [found, "-e", "inject=fsync:error=EIO", "true"]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    return found


@needs_linux
@pytest.mark.parametrize("effect", ["error=EIO", "error=ENOSPC", "signal=KILL", "signal=TERM"])
@pytest.mark.parametrize(
    "call",
    [
        *("fsync:1", "fsync:2", "fsync:3", "flock:1", "flock:2", "fchmod:1", "syncfs:1", "close"),
        *("linkat:1", "linkat:2", "linkat:3", "linkat:4", "renameat:1", "renameat:2", "unlinkat:1"),
    ],
)
def test_an_injected_fault_leaves_the_old_file_or_the_new(
    strace: str, tmp_path: Path, way: str, call: str, effect: str
) -> None:
    path = tmp_path / "dump.txt"
    path.write_bytes(OLD)
    path.chmod(0o640)
    (tmp_path / "dump.txt.bak").write_bytes(b"an older backup")
    name, _, turn = call.partition(":")
    if name == "close" and effect.startswith("signal"):
        pytest.skip("too early: the interpreter itself has not started")
    inject = f"inject={name}:{effect}" + (f":when={turn}" if turn else "")
    log = tmp_path.parent / (tmp_path.name + ".log")
    command = [strace, "-qq", "-o", str(log), "-e", f"trace={name}", "-e", inject]
    result = subprocess.run(
        [*command, sys.executable, "-c", ONCE, str(tmp_path), way],
        env=child_env(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in result.stderr
    after = contents(tmp_path)
    left = [n for n in after if n.startswith(".corpuscli-")]
    assert after["dump.txt"] in (OLD, NEW)
    assert after.get("piece", NEW) == NEW
    assert OLD in (after["dump.txt"], after["dump.txt.bak"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    if "KILL" in effect or name.startswith("unlink"):
        rewrite(path, backup=".bak")
    else:
        assert not left
    assert names(tmp_path) <= {"dump.txt", "dump.txt.bak", "piece"}
