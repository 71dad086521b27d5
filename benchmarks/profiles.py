"""Find the functions in which a command spends its time, with Python's profiler."""

from __future__ import annotations

import os
import pstats
from dataclasses import replace
from pathlib import Path

from measure import NotMeasured, seconds
from prepare import Place
from results import Profile, Results, Step
from works import Work, shown, with_jobs

TOP = 15
"""How many functions a report shows."""


def profile(work: Work, place: Place, results: Results) -> Profile:
    """Return the profile of one run of a work in one process.

    The profiler slows Python functions down more than compiled ones, so the shares are not those of
    a plain run.
    """
    command = with_jobs(work.ours, "-j1") if work.has_jobs else work.ours
    found = Profile(work.name, shown(command), place.path(work.dump).stat().st_size)
    output = place.scratch / f"{work.name}.profile"
    try:
        call = place.call(work, command)
        seconds(replace(call, command=under_profiler(call.command, place, output)))
        if not output.exists():
            raise NotMeasured("the profiler wrote nothing")
        found.seconds, found.steps = steps(output)
    except NotMeasured as error:
        results.failures.append(f"{work.name}, profile: {error}")
    return found


def under_profiler(command: list[str], place: Place, output: Path) -> list[str]:
    """Return the command as Python runs it under its profiler."""
    at = command.index(place.corpuscli)
    python = [place.python, "-m", "cProfile", "-o", str(output), "-m", "corpuscli"]
    return [*command[:at], *python, *command[at + 1 :]]


def steps(path: Path) -> tuple[float, list[Step]]:
    """Return all seconds, and the functions that take most of them themselves."""
    functions = vars(pstats.Stats(str(path)))["stats"].items()
    found = [
        Step(f"{os.path.basename(file)}:{line} {name}" if line else name, calls, own)
        for (file, line, name), (_, calls, own, _, _) in functions
    ]
    found.sort(key=lambda step: -step.seconds)
    return sum(step.seconds for step in found), found[:TOP]
