"""An interrupt while modules are imported ends the command, whichever module it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from conftest import environment
from trials import attempt

from corpuscli.engine.interrupts import interrupts_leave

DUMP = Path(__file__).parents[2] / "examples" / "harbour-news.txt"

RUN = """
import os, signal, sys
from corpuscli.__main__ import main

wanted = sys.argv.pop(1)

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            os.kill(os.getpid(), signal.SIGINT)
        elif not wanted:
            os.write(2, name.encode() + b" ")

sys.meta_path.insert(0, Finder())
main()
"""
"""The command; an interrupt comes as the wanted module is looked for. With none their names are
written to stderr."""

OF_ORJSON = {"dataclasses", "datetime", "enum", "json", "json.decoder", "uuid"}
"""The modules that orjson imports while it is imported."""


def run(arguments: list[str], folder: Path, wanted: str) -> tuple[int, str]:
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", RUN, wanted, *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [["split"], ["split", "-o", "pieces"], ["split", "-o", "a.parquet"], ["grep", "ferry"]],
    ids=" ".join,
)
def test_an_interrupt_in_an_import_ends_the_command_and_leaves_only_whole_files(
    arguments: list[str], tmp_path: Path
) -> None:
    arguments = [*arguments, str(DUMP)]
    status, said = run(arguments, tmp_path / "whole", "")
    names = list(dict.fromkeys(said.split()))
    assert status == 0
    assert len(names) > 100
    some = sorted({*names[::24], *(OF_ORJSON & set(names))})
    ends = Counter(attempt(partial(run, arguments, tmp_path / name, name) for name in some))
    # Before the program handles an interrupt, the system does: to a shell that is 130, too.
    assert ends[130, ""] + ends[-2, ""] == len(some)
    assert ends[-2, ""] <= 2
    for name in some:
        for left in (tmp_path / name).rglob("*.*"):
            whole = tmp_path / "whole" / left.relative_to(tmp_path / name)
            assert left.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("module", ["_datetime", "json", "re", "typer"])
def test_a_module_of_python_that_cannot_be_read_is_an_error_of_one_line(module: str) -> None:
    program = (
        "import sys\n"
        "from corpuscli.__main__ import main\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: raise ModuleNotFoundError(name)\n"
        f"for name in {module!r}, 'datetime', 'typing': sys.modules.pop(name, None)\n"
        "sys.meta_path.insert(0, Finder())\n"
        f"sys.argv = ['corpuscli', 'split', {str(DUMP)!r}]\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"corpuscli: ") and done.stderr.count(b"\n") == 1


def test_an_interrupt_within_the_block_leaves_at_once() -> None:
    program = (
        "import os, signal\n"
        "from corpuscli.engine.interrupts import interrupts_leave\n"
        "try:\n"
        "    with interrupts_leave(): os.kill(os.getpid(), signal.SIGINT)\n"
        "finally: print('too late')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize("how", ["from interrupt", "", "from None"])
def test_an_interrupt_that_an_import_turns_into_an_error_is_one(how: str) -> None:
    # As Python does if a descriptor has no name; only "from None" hides it from messages.
    program = (
        "import sys, corpuscli.cli.app as app\n"
        "def fail(arguments):\n"
        "    try: raise KeyboardInterrupt\n"
        f"    except KeyboardInterrupt as interrupt: raise RuntimeError('in an import') {how}\n"
        "app._run_command = fail\n"
        "app.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_another_thread_is_left_alone() -> None:
    seen: list[object] = []

    def enter() -> None:
        with interrupts_leave():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]


def test_little_is_imported_before_an_interrupt_is_heeded() -> None:
    program = (
        "import sys; before = set(sys.modules)\n"
        "from corpuscli.engine.interrupts import interrupts_leave\n"
        "print(*set(sys.modules) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert not {"typing", "re", "threading"} & set(done.stdout.split())


def test_an_interrupt_that_is_ignored_or_handled_stays_so() -> None:
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        with interrupts_leave():
            os.kill(os.getpid(), signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert came == [signal.SIGINT]
    with interrupts_leave():
        pass
    assert signal.getsignal(signal.SIGINT) is before
