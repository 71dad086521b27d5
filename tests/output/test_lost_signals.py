"""A signal that is raised where Python ignores exceptions comes again: none is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import environment

from corpuscli.output.atomic import replace_file, signals

ROLLS_BACK = """
import os, signal, sys, time
from corpuscli.engine.interrupts import leave_at_interrupts
from corpuscli.output.atomic import replace_file

class Ignores:
    def __del__(self):
        os.kill(os.getpid(), number)
        time.sleep(0)

number = int(sys.argv[2])
times = int(sys.argv[3])
leave_at_interrupts()
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with replace_file(sys.argv[1]) as out:
        out.write(b"new")
        for _ in range(times):
            Ignores()
        time.sleep(20)
        print("went on")
except KeyboardInterrupt:
    sys.exit(130)
"""
"""A writer whose signal comes while an object is deleted."""


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("number", "status"), [("INT", 130), ("TERM", -15), ("HUP", -1)])
def test_a_signal_while_an_object_is_deleted_rolls_back(
    number: str, status: int, times: int, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    call = [ROLLS_BACK, str(path), str(int(getattr(signal, f"SIG{number}"))), str(times)]
    done = subprocess.run(
        [sys.executable, "-c", *call], env=environment(), capture_output=True, timeout=15
    )
    assert (done.returncode, done.stdout, done.stderr) == (status, b"", b"")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


class Ignores:
    """What is raised while it is deleted is ignored by Python."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def __del__(self) -> None:
        if self._error is not None:
            raise self._error
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0)


def test_an_interrupt_comes_again_in_this_process(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), replace_file(str(tmp_path / "file")) as out:
        out.write(b"new")
        Ignores()
        time.sleep(20)
    assert os.listdir(tmp_path) == []


def test_a_lost_signal_is_sent_again_a_little_later(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: done.append(seconds))
    before = signal.signal(signal.SIGUSR1, lambda number, frame: done.append(number))
    try:
        # Otherwise this runs in a thread that coverage does not follow.
        signals._send_again(signal.SIGUSR1)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert done == [signals.AGAIN, signal.SIGUSR1]


def test_what_is_no_signal_goes_to_who_was_told_of_it_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: told.append(lost.exc_type))
    with replace_file(str(tmp_path / "file")) as out:
        out.write(b"new")
        Ignores(ValueError())
    assert told == [ValueError]
    Ignores(KeyError())
    assert told == [ValueError, KeyError]


@pytest.mark.parametrize("nth", [0, 1, 20])
def test_an_interrupt_while_the_program_imports_its_modules_shows_no_traceback(nth: int) -> None:
    program = (
        "import os, signal, sys, time\n"
        "from corpuscli.__main__ import main\n"
        "class Interrupts:\n"
        "    seen = []\n"
        "    def find_spec(self, *names):\n"
        "        self.seen.append(names)\n"
        f"        if len(self.seen) == {nth + 1}:\n"
        "            os.kill(os.getpid(), signal.SIGINT); time.sleep(0)\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        "sys.argv = ['corpuscli', 'list', os.devnull]\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=15)
    assert (done.returncode, done.stdout, done.stderr) in ((-2, b"", b""), (130, b"", b""))


def test_an_interrupt_while_an_object_is_deleted_leaves_where_nothing_is_to_be_undone() -> None:
    program = (
        "import os, signal, time\n"
        "from corpuscli.engine.interrupts import interrupts_raise, leave_at_interrupts\n"
        "class Ignores:\n"
        "    def __del__(self): os.kill(os.getpid(), signal.SIGINT); time.sleep(0)\n"
        "leave_at_interrupts()\n"
        "with interrupts_raise():\n"
        "    Ignores()\n"
        "    print('went on')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=15)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_what_libraries_raise_where_python_ignores_it_shows_no_traceback() -> None:
    program = (
        "from corpuscli.engine.interrupts import leave_at_interrupts\n"
        "class Fails:\n"
        "    def __del__(self): raise AttributeError('sock')\n"
        "leave_at_interrupts()\n"
        "Fails()\n"
    )
    for options, shown in (((), False), (("-X", "dev"), True)):
        done = subprocess.run(
            [sys.executable, *options, "-c", program], capture_output=True, timeout=15
        )
        assert done.returncode == 0
        assert (b"AttributeError" in done.stderr) is shown
