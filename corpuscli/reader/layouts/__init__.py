"""Layouts: what a site's pages look like, as data. The built-in ones are TOML files beside this.

The language is described in docs/layouts.md. A file says where an article starts (`[start]`), where
its title is (`[title]`), what the lines of its head are (`[head]`), where its body begins and ends
and what in it is no text (`[body]`, `[[box]]`); `[[page]]` says it of one kind of page, and
`[lines]` holds lists of exact lines.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ...config.toml import toml_source
from ...errors import UsageError, meant
from .layout import Body, Box, Head, Layout, Page, Start, Title
from .patterns import LinePattern, Lines
from .statements import parse_layout

BUILT_IN = (
    "page", "plain", "archive", "digest", "nexis-uni", "lexis-advance", "proquest", "factiva",
    "wet", "labelled", "ruled", "numbered", "headings", "records",
)  # fmt: skip

__all__ = [
    "BUILT_IN", "Body", "Box", "Head", "Layout", "LinePattern", "Lines", "Page", "Start", "Title",
    "layout_source", "load_layout", "parse_layout",
]  # fmt: skip


@cache
def load_layout(name: str) -> Layout:
    """Return the built-in layout of that name, or the one in the file `name`, a `.toml`.

    Raises UsageError for an unknown name, InputError for a file that is not a layout; its reason
    names the key and the line.
    """
    return parse_layout(name, layout_source(name), name in BUILT_IN)


def layout_source(name: str) -> str:
    """Return the TOML of a layout, as it is written; raises as `load_layout` does."""
    if name in BUILT_IN:
        return Path(__file__).with_name(f"{name}.toml").read_text("utf-8")
    if not name.endswith(".toml"):
        known = ("auto", *BUILT_IN)
        reason = f"unknown layout {name!r}{meant(name, known)}"
        raise UsageError("", f"{reason}; use {', '.join(known)}, or FILE.toml")
    return toml_source(name, "layout")
