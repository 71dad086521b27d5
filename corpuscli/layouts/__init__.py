"""Layouts: what a site's pages look like, as data. The built-in ones are TOML files beside this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BUILT_IN = ("page", "plain")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one site's articles are told apart."""

    name: str
    description: str
    chrome: re.Pattern[str] | None
    """Matches a whole trimmed line of the page's own controls."""
    chrome_tail: re.Pattern[str] | None
    """Matches a line that may follow a line of controls directly."""
    title_repeats: bool
    """True: a header is where a title stands twice. False: an article's first line is its title."""
    gap: int
    """So many blank lines or more part two articles; 0: blank lines never do."""


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    """One pattern that matches what any of `patterns` matches; None if there is none."""
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None


@cache
def load_layout(name: str) -> Layout:
    """The built-in layout of that name."""
    import tomllib

    table = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    return Layout(
        name=table["name"],
        description=table["description"],
        chrome=_either(table.get("chrome", [])),
        chrome_tail=_either(table.get("chrome-tail", [])),
        title_repeats=table["title"] == "repeated",
        gap=table.get("gap", 0),
    )
