"""A draft as a layout file: each statement with how many pages bear it out, and an example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..layouts.statements import VERSION
from .entries import FEW, Draft, Entry

MOST_EXAMPLE = 60


Other = tuple[Draft, Entry, Entry | None]
"""Pages of another kind, a line that tells them, and the line with which they end if they begin
with that; None if they begin as the others do."""


def write_layout(
    draft: Draft, name: str, pages: int, notes: Sequence[str] = (), others: Sequence[Other] = ()
) -> str:
    """Return the TOML of a draft; `notes` are the lines of comment at its top."""
    return "\n".join(_lines(draft, name, pages, notes, others)) + "\n"


def _lines(
    draft: Draft, name: str, pages: int, notes: Sequence[str], others: Sequence[Other]
) -> Iterator[str]:
    named: dict[str, list[str]] = {}
    yield from (f"# {note}".rstrip() for note in notes)
    yield f"layout = {VERSION}"
    yield f"name = {_string(name)}"
    yield f"description = {_string(f'learnt from {pages} pages')}"
    yield ""
    yield "[start]"
    if draft.gap:
        yield f"gap = {draft.gap}"
    else:
        yield from _starts(draft, others, named)
    if draft.cover and not draft.begin_is_after and not draft.gap:
        yield "cover = true"
    if draft.closing:
        yield "closing = true"
    yield from _page(draft, "", "", named)
    for number, (other, when, _) in enumerate(others, 2):
        yield ""
        yield "[[page]]"
        yield from _list("when", [when], other, named)
        yield from _page(other, "page.", f"page-{number}-", named)
    if named:
        yield ""
        yield "# Exact lines, looked up and not matched."
        yield "[lines]"
        for list_name, lines_ in named.items():
            yield f"{list_name} = '''"
            yield from lines_
            yield "'''"


def _starts(draft: Draft, others: Sequence[Other], named: dict[str, list[str]]) -> Iterator[str]:
    """Where an article starts, by its first line or below the last one of the article before."""
    after = draft.begin if draft.begin_is_after else []
    at = [] if draft.begin_is_after else draft.begin
    if after:
        after = [*after, *(end for _, _, end in others if end is not None)]
        yield from _list("after", after, draft, named)
    if at := [*at, *(begin for _, begin, end in others if end is not None)]:
        yield from _list("at", at, draft, named)


def _page(draft: Draft, of: str, kind: str, named: dict[str, list[str]]) -> Iterator[str]:
    """The statements of one kind of page.

    `of` comes before the names of their tables, `kind` before those of their lists of lines.
    """
    yield from _title(draft, of, named)
    if draft.head:
        yield ""
        yield f"[{of}head]"
        for key in ("date", "byline", "section", "deck", "caption", "credit", "drop"):
            if draft.head.get(key):
                yield from _list(key, draft.head[key], draft, named, f"{kind}head-{key}")
    yield ""
    yield f"[{of}body]"
    for key in ("after", "tail", "drop", "strip"):
        entries: list[Entry] = getattr(draft, key)
        if entries:
            own = [
                one._replace(pattern=one.pattern.replace("{body-tail}", f"{{{kind}body-tail}}"))
                for one in entries
            ]
            yield from _list(key, own, draft, named, f"{kind}body-{key}")
    yield f"copies = {str(draft.copies).lower()}"
    for entry, lines in draft.boxes:
        yield ""
        yield f"[[{of}box]]"
        yield from _list("from", [entry], draft, named)
        yield f"lines = {lines}"


def _title(draft: Draft, of: str, named: dict[str, list[str]]) -> Iterator[str]:
    slot = draft.slot
    yield ""
    yield f"[{of}title]"
    if slot.kind == "label":
        entry = draft.title[0]
        pattern = entry.pattern.removesuffix(".*").rstrip() + " ?(.*)"
        yield from _list("line", [entry._replace(pattern=pattern)], draft, named)
    elif slot.kind in ("after", "before"):
        yield from _list(slot.kind, draft.title, draft, named)
        if slot.lines != 1:
            yield f"lines = {slot.lines}"
    elif slot.kind == "start" and slot.lines > (1 if draft.begin_is_after or draft.gap else 2):
        yield "# The title is on this line of each article, blank ones not counted."
        yield f"lines = {slot.lines - (0 if draft.begin_is_after or draft.gap else 1)}"
    else:
        yield "# The first line that no statement of [head] claims."
    if draft.form:
        yield from _list("form", draft.form, draft, named)


def _list(
    key: str,
    entries: Sequence[Entry],
    draft: Draft,
    named: dict[str, list[str]],
    list_name: str = "",
) -> Iterator[str]:
    exact = [entry for entry in entries if entry.exact and "'''" not in entry.exact]
    if not list_name or len(exact) <= FEW:
        exact = []
    rest = [entry for entry in entries if entry not in exact]
    if len(rest) == 1 and not exact:
        yield f"# {_evidence(rest[0], draft)}"
        yield f"{key} = [{_string(rest[0].pattern)}]"
        return
    yield f"{key} = ["
    if exact:
        named[list_name] = [entry.exact for entry in exact]
        most = max(entry.pages for entry in exact)
        yield f"    # {len(exact)} exact lines, on up to {most} of {draft.pages} pages"
        yield f"    '{{{list_name}}}',"
    for entry in rest:
        yield f"    # {_evidence(entry, draft)}"
        yield f"    {_string(entry.pattern)},"
    yield "]"


def _evidence(entry: Entry, draft: Draft) -> str:
    pages = min(entry.pages, draft.pages)
    text = "".join(one if one.isprintable() else " " for one in entry.example)
    example = text if len(text) <= MOST_EXAMPLE else f"{text[:MOST_EXAMPLE]}…"
    return f"{pages} of {draft.pages} pages: {example}"


def _string(text: str) -> str:
    """A TOML string."""
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in escaped)
    return f'"{escaped}"'
