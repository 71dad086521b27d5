"""The figures: times, memory, growth, profiles."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any

from works import MEMORY_GOAL, Work

Json = dict[str, Any]


@dataclass
class Timing:
    """The runs of one command."""

    command: str
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def json(self) -> Json:
        return {
            "command": self.command,
            "min": min(self.seconds),
            "median": self.median,
            "max": max(self.seconds),
            "seconds": self.seconds,
        }


@dataclass
class Line:
    """The runs of a work: `ours`, `peer`, and ours in one process, `-j1`."""

    work: Work
    size: int
    """Bytes of the dump."""
    timings: dict[str, Timing] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """The commands without a figure, and the reasons."""

    def ratio(self, one: str = "ours", other: str = "peer") -> float | None:
        """Return the ratio of the medians."""
        if one not in self.timings or other not in self.timings:
            return None
        return self.timings[one].median / self.timings[other].median

    def rounds(self) -> list[float]:
        """Return the ratio in each round of runs."""
        if self.ratio() is None:
            return []
        pairs = zip(self.timings["ours"].seconds, self.timings["peer"].seconds, strict=True)
        return [ours / peer for ours, peer in pairs]

    def failures(self) -> list[str]:
        """Return the commands without a figure, grouped by their reason."""
        reasons = dict.fromkeys(self.missing.values())
        arms = {why: [arm for arm in self.missing if self.missing[arm] == why] for why in reasons}
        return [f"{self.work.name}, {', '.join(which)}: {why}" for why, which in arms.items()]

    @property
    def met(self) -> bool | None:
        """Return whether the goal is met; None without a goal or a ratio."""
        ratio = self.ratio()
        return None if ratio is None or self.work.goal is None else ratio <= self.work.goal

    def json(self) -> Json:
        return {
            "name": self.work.name,
            "size": self.size,
            "ratio": self.ratio(),
            "goal": self.work.goal,
            "met": self.met,
            "rounds": self.rounds(),
            "all_cores": self.ratio("-j1", "ours"),
            "timings": {arm: timing.json() for arm, timing in self.timings.items()},
            "missing": self.missing,
        }


@dataclass
class Peak:
    """The memory of one command that gets its dump in one way."""

    name: str
    command: str
    way: str
    """file or pipe."""
    size: int
    """Bytes of the dump."""
    bytes: int | None = None
    missing: str | None = None

    @property
    def met(self) -> bool | None:
        return None if self.bytes is None else self.bytes <= MEMORY_GOAL * 10**6

    def json(self) -> Json:
        return {**vars(self), "goal": MEMORY_GOAL * 10**6, "met": self.met}


@dataclass
class Growth:
    """How the time grows with the dump."""

    name: str
    command: str
    sizes: tuple[int, int]
    seconds: tuple[float, float]

    @property
    def per_gigabyte(self) -> float:
        return (self.seconds[1] - self.seconds[0]) / ((self.sizes[1] - self.sizes[0]) / 10**9)

    def json(self) -> Json:
        return {**vars(self), "seconds_per_gigabyte": self.per_gigabyte}


@dataclass
class Step:
    """A function in a profile."""

    name: str
    calls: int
    seconds: float
    """The time in the function itself, without the functions it calls."""


@dataclass
class Profile:
    """Where one command spends its time."""

    name: str
    command: str
    size: int
    """Bytes of the dump."""
    seconds: float = 0.0
    """The time of all functions, under the profiler."""
    steps: list[Step] = field(default_factory=list)

    def json(self) -> Json:
        return {**vars(self), "steps": [vars(step) for step in self.steps]}


@dataclass
class Results:
    """All figures, and where they were measured."""

    machine: dict[str, str]
    versions: dict[str, str]
    runs: int
    composition: str
    """What the dump is made of."""
    lines: list[Line] = field(default_factory=list)
    peaks: list[Peak] = field(default_factory=list)
    growth: list[Growth] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """What else failed, and why."""
    notes: list[str] = field(default_factory=list)
    """What else a reader should know."""

    def missing(self) -> list[str]:
        """Return what has no figure, and why."""
        return [
            *(failure for line in self.lines for failure in line.failures()),
            *(f"{one.name}, memory, {one.way}: {one.missing}" for one in self.peaks if one.missing),
            *self.failures,
        ]

    def json(self) -> Json:
        return {
            "machine": self.machine,
            "versions": self.versions,
            "runs": self.runs,
            "dump": self.composition,
            "works": [line.json() for line in self.lines],
            "memory": [peak.json() for peak in self.peaks],
            "growth": [growth.json() for growth in self.growth],
            "profiles": [profile.json() for profile in self.profiles],
            "not_measured": self.missing(),
            "notes": self.notes,
        }
