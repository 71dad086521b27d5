"""From the TOML of a layout to the layout: every fault with its key and its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...config.toml import at_line, parse_toml
from ...errors import InputError, meant
from ...source.text import fold
from .layout import Body, Box, Head, Layout, Page, Start, Title
from .patterns import Compiler, fault_of

VERSION = 2

_LISTS = {
    "start": ("at", "after", "glued"),
    "title": ("line", "after", "before", "form"),
    "head": (
        "date", "byline", "section", "deck", "caption", "credit", "drop",
        "controls", "controls-tail",
    ),
    "body": ("after", "tail", "drop", "caption", "strip"),
    "box": ("from", "to"),
}  # fmt: skip
_NUMBERS = {("start", "gap"): (1, 100), ("title", "lines"): (1, 20), ("box", "lines"): (0, 1000)}
_SWITCHES = {
    ("start", "title-twice"), ("start", "every-line"), ("start", "cover"),
    ("start", "closing"), ("title", "none"), ("body", "copies"), ("box", "to-blank"),
}  # fmt: skip
_CHOICES = {("body", "paragraph"): ("line", "block")}
_TABLES = ("start", "title", "head", "body", "box", "page", "lines")
_OF_A_PAGE = ("when", "title", "head", "body", "box")
_STARTS = ("title-twice", "at", "after", "glued", "gap", "every-line")

_OLD = {
    "chrome": "head.controls",
    "chrome-tail": "head.controls-tail",
    "gap": "start.gap",
    "boundary": "start.at",
    "boundary-opens": "start.cover",
    "byline": "head.byline",
    "drop": "head.drop and body.drop",
    "drop-block": "head.drop, and [[box]] with to-blank = true",
    "paragraph": "body.paragraph",
}
"""What a key of version 1 is called now."""


def parse_layout(name: str, source: str, built_in: bool = False) -> Layout:
    """Return the layout that `source`, the text of the file `name`, describes.

    Raises InputError; its reason names the key and the line.
    """
    table = parse_toml(name, source)
    if not built_in:
        for key, fault, value in _faults(table):
            raise InputError(name, f"{key}: {fault}{at_line(source, key.split('.')[-1], value)}")
    named = {key: _exact_lines(value) for key, value in table.get("lines", {}).items()}
    compiler = Compiler(name, not built_in, named)
    start = _start(compiler, table.get("start", {}))
    pages = tuple(_page(compiler, page) for page in table.get("page", []))
    pages = (*pages, _page(compiler, table))
    stem = re.sub(r"\.toml$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    return Layout(
        name=str(table.get("name", stem)),
        description=str(table.get("description", "")),
        start=start,
        pages=pages,
        parts=tuple(compiler.parts),
    )


def _exact_lines(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(fold, text.split("\n"))))


def _start(compiler: Compiler, table: dict[str, Any]) -> Start:
    return Start(
        twice=table.get("title-twice", False),
        at=compiler.lines("start.at", table.get("at", ())),
        after=compiler.lines("start.after", table.get("after", ())),
        glued=compiler.lines("start.glued", table.get("glued", ())),
        gap=table.get("gap", 0),
        every_line=table.get("every-line", False),
        cover=table.get("cover", False),
        closing=table.get("closing", False),
    )


def _page(compiler: Compiler, table: dict[str, Any]) -> Page:
    def lines(section: str, key: str) -> Any:
        return compiler.lines(f"{section}.{key}", table.get(section, {}).get(key, ()))

    title, body = table.get("title", {}), table.get("body", {})
    bylines = table.get("head", {}).get("byline", ())
    loose = [entry for entry in bylines if compiler.is_loose(entry)]
    return Page(
        when=compiler.lines("page.when", table.get("when", ())),
        title=Title(
            line=lines("title", "line"),
            after=lines("title", "after"),
            before=lines("title", "before"),
            lines=title.get("lines", 1),
            form=lines("title", "form"),
            none=title.get("none", False),
        ),
        head=Head(
            date=lines("head", "date"),
            byline=compiler.lines("head.byline", [one for one in bylines if one not in loose]),
            name=compiler.lines("head.byline", loose),
            section=lines("head", "section"),
            deck=lines("head", "deck"),
            caption=lines("head", "caption"),
            credit=lines("head", "credit"),
            drop=lines("head", "drop"),
            controls=lines("head", "controls"),
            controls_tail=lines("head", "controls-tail"),
        ),
        body=Body(
            after=lines("body", "after"),
            tail=lines("body", "tail"),
            drop=lines("body", "drop"),
            caption=lines("body", "caption"),
            strip=lines("body", "strip"),
            by_blocks=body.get("paragraph", "line") == "block",
            copies=body.get("copies", True),
        ),
        boxes=tuple(_box(compiler, box) for box in table.get("box", ())),
    )


def _box(compiler: Compiler, table: dict[str, Any]) -> Box:
    return Box(
        first=compiler.lines("box.from", table["from"]),
        lines=table.get("lines", 0),
        to=compiler.lines("box.to", table.get("to", ())),
        to_blank=table.get("to-blank", False),
    )


Fault = tuple[str, str, str]
"""A key, what is wrong with it, and the value that is; an empty value is all of it."""


def _faults(table: dict[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with a layout."""
    if table.get("layout") != VERSION:
        yield from _other_version(table)
        return
    known = ("layout", "name", "description", *_TABLES)
    named = table.get("lines", {})
    if not isinstance(named, dict) or not all(isinstance(one, str) for one in named.values()):
        yield "lines", "must be a table of texts, one exact line per line", ""
        return
    for key, value in table.items():
        if key not in known:
            yield key, f"no such key{meant(key, known)}; the keys are {', '.join(known)}", ""
        elif key in ("name", "description") and not isinstance(value, str):
            yield key, "must be a string", ""
    for name in named:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or name == "title":
            yield name, "a list of lines needs a name of small letters, digits and '-'", ""
    yield from _start_faults(table, list(named))
    pages = table.get("page", [])
    if not isinstance(pages, list) or not all(isinstance(page, dict) for page in pages):
        yield "page", "must be written [[page]]", ""
        return
    for page in pages:
        for key in page:
            if key not in _OF_A_PAGE:
                yield key, f"no such key; the keys of a page are {', '.join(_OF_A_PAGE)}", ""
        if not page.get("when"):
            yield "page", "needs 'when': lines that only pages of this kind have", ""
        yield from _list_faults("page.when", page.get("when", []), list(named), False)
        yield from _page_faults(page, list(named))
    yield from _page_faults(table, list(named))
    yield from _contradictions(table)


def _other_version(table: dict[str, Any]) -> Iterator[Fault]:
    old = [key for key in _OLD if key in table]
    if "layout" not in table and ("title" in table or old):
        changes = [f"{key} is now {_OLD[key]}" for key in old]
        if table.get("title") == "repeated":
            changes.insert(0, "title = 'repeated' is now start.title-twice = true")
        elif table.get("title") == "first":
            changes.insert(0, "title = 'first' goes without saying")
        way = "; ".join(changes)
        yield "layout", f"this is a layout of version 1; write layout = 2: {way}", ""
    else:
        yield "layout", "is missing: write layout = 2 on the first line", ""


def _start_faults(table: dict[str, Any], named: list[str]) -> Iterator[Fault]:
    start = table.get("start", {})
    if not isinstance(start, dict):
        yield "start", "must be a table: [start]", ""
        return
    yield from _table_faults("start", start, named)
    chosen = [key for key in _STARTS if start.get(key)]
    if not chosen:
        yield "start", f"says not where an article starts: use one of {', '.join(_STARTS)}", ""
    elif len(chosen) > 1 and set(chosen) - {"at", "after", "glued"}:
        yield chosen[1], f"goes not with {chosen[0]}: only at, after and glued go together", ""
    if start.get("cover") and not (start.get("at") or start.get("glued")):
        yield "cover", "means nothing without at or glued", ""
    titles = [page.get("title") for page in (table, *_dicts(table.get("page")))]
    if start.get("closing") and not any(
        title.get(key) for title in _dicts(titles) for key in ("line", "after", "before")
    ):
        yield "closing", "means nothing without title.line, title.after or title.before", ""


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    """Yield those tables of a list that are tables; a fault of their own is found for the rest."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _page_faults(table: dict[str, Any], named: list[str]) -> Iterator[Fault]:
    for section in ("title", "head", "body"):
        value = table.get(section, {})
        if not isinstance(value, dict):
            yield section, f"must be a table: [{section}]", ""
            return
        yield from _table_faults(section, value, named)
    boxes = table.get("box", [])
    if not isinstance(boxes, list) or not all(isinstance(box, dict) for box in boxes):
        yield "box", "must be written [[box]]", ""
        return
    for box in boxes:
        yield from _table_faults("box", box, named)
        if not box.get("from"):
            yield "box", "needs 'from': the line that it begins with", ""
        if sum(key in box for key in ("lines", "to", "to-blank")) != 1:
            yield "box", "needs one of lines, to and to-blank: where it ends", ""
    title = table.get("title", {})
    places = [key for key in ("line", "after", "before", "none") if title.get(key)]
    if len(places) > 1 and ("none" in places or "line" in places):
        yield places[1], f"goes not with {places[0]}", ""
    if "lines" in title and (title.get("line") or title.get("none")):
        yield "lines", "says where the title is among lines: it goes not with line or none", ""


def _table_faults(section: str, table: dict[str, Any], named: list[str]) -> Iterator[Fault]:
    """Yield what is wrong with one table of statements."""
    keys = [*_LISTS[section]]
    keys += [key for table_, key in (*_NUMBERS, *_SWITCHES, *_CHOICES) if table_ == section]
    for key, value in table.items():
        path = f"{section}.{key}"
        if key not in keys:
            known = ", ".join(sorted(keys))
            yield path, f"no such key{meant(key, keys)}; the keys of {section} are {known}", ""
        elif key in _LISTS[section]:
            yield from _list_faults(path, value, named, path == "body.after")
        elif (section, key) in _SWITCHES and not isinstance(value, bool):
            yield path, "must be true or false", ""
        elif limits := _NUMBERS.get((section, key)):
            low, high = limits
            if not (type(value) is int and low <= value <= high):
                yield path, f"must be a number from {low} to {high}", ""
        elif (choices := _CHOICES.get((section, key))) and value not in choices:
            yield path, f"must be {' or '.join(map(repr, choices))}", ""


def _list_faults(
    path: str, value: object, named: list[str], may_use_title: bool
) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        yield path, "must be a list of patterns", ""
        return
    for entry in value:
        if fault := fault_of(entry, named, may_use_title):
            yield path, fault, entry


def _contradictions(table: dict[str, Any]) -> Iterator[Fault]:
    """Yield statements that are sound by themselves and do not go together."""
    start, head = table.get("start", {}), table.get("head", {})
    twice = start.get("title-twice")
    for key in ("controls", "controls-tail"):
        if head.get(key) and not twice:
            yield f"head.{key}", "means something only where start.title-twice = true", ""
    if head.get("controls-tail") and not head.get("controls"):
        yield "head.controls-tail", "means nothing without head.controls", ""
    if twice:
        others = [f"head.{key}" for key in head if key not in ("controls", "controls-tail")]
        others += [f"title.{key}" for key in table.get("title", {})]
        body = table.get("body", {})
        others += [f"body.{key}" for key in body if key not in ("drop", "paragraph")]
        others += [key for key in ("page", "box") if table.get(key)]
        for key in others[:1]:
            yield key, "goes not with start.title-twice, which finds the head by its evidence", ""
