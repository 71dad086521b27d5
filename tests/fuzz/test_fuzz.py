"""A fuzzer guided by coverage finds no bytes that break a law; see `fuzz.py`."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import laws
import pytest
from conftest import environment

FUZZ = Path(__file__).parent / "fuzz.py"

TARGETS = ("boundaries", "parse", "captions", "filenames", "sanitiser")

SECONDS = {False: 2, True: 60}
"""For each target, without and with --long."""

needs_atheris = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="atheris is not installed: pip install 'corpuscli[fuzz]'",
)


def escaped(fragment: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in fragment)


@needs_atheris
@pytest.mark.parametrize("target", TARGETS)
def test_the_fuzzer_breaks_no_law(
    target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    words, corpus = tmp_path / "words", tmp_path / "corpus"
    words.write_text("".join(f'"{escaped(f)}"\n' for f in laws.FRAGMENTS if len(f) <= 64))
    corpus.mkdir()
    for number, fragment in enumerate((b"".join(laws.PAGES), *laws.FRAGMENTS)):
        (corpus / str(number)).write_bytes(b"\x40" + fragment)
    seconds = SECONDS[bool(request.config.getoption("--long"))]
    options = (f"-max_total_time={seconds}", "-seed=1", "-max_len=2048", "-timeout=10")
    places = (f"-dict={words}", f"-artifact_prefix={tmp_path}/", "-print_final_stats=1")
    done = subprocess.run(
        [sys.executable, str(FUZZ), target, *options, *places, str(corpus)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=seconds + 120,
    )
    executed = re.search(r"number_of_executed_units: *(\d+)", done.stderr)
    print(f"{target}: {executed and executed[1]} inputs in {seconds} s")
    assert done.returncode == 0, done.stderr[-3000:]
    assert executed and int(executed[1]) > 100
