"""The class of a line: which lists of a layout it is in, as bits.

Most lines of a frame come back on every page, and are looked up; a line of a body is compared with
a pattern only if it holds the bytes which that pattern cannot do without.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...source.text import fold, is_blank
from .patterns import Part

REMEMBERED = 50_000
"""Lines whose class is remembered, at most."""

RECENT = 16_384
"""Longer lines whose class is remembered for a while: each is asked for at least twice, first when
articles are looked for, then when they are read."""

SHORT = 200
"""Bytes of a line that is worth remembering."""


class LineTable:
    """Tells the class of any line of a dump, given its bytes as UTF-8 without the line end."""

    __slots__ = (
        "_any",
        "_anywhere",
        "_by_first",
        "_exact",
        "_longest",
        "_parts",
        "_recent",
        "known",
    )

    def __init__(self, parts: Sequence[tuple[int, Part]]) -> None:
        self._parts = parts
        self._exact: dict[str, int] = {}
        self._by_first: dict[int, list[tuple[bytes, int, Part]]] = {}
        self._anywhere: list[tuple[bytes, int, Part]] = []
        self.known: dict[bytes, int] = {}
        """Lines that were classified before."""
        self._recent: dict[bytes, int] = {}
        self._any = 0
        for bit, part in parts:
            for line in part.lines:
                self._exact[line] = self._exact.get(line, 0) | bit
            if part.pattern is None:
                continue
            if part.is_any:
                self._any |= bit
            elif part.needle and part.at_start:
                entry = (part.needle, bit, part)
                self._by_first.setdefault(part.needle[0], []).append(entry)
            else:
                self._anywhere.append((part.needle, bit, part))
        self._longest = max((len(line.encode()) for line in self._exact), default=0)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it without what it remembers."""
        return LineTable, (self._parts,)

    def classify(self, line: bytes) -> int:
        """Return the bits of the lists that the line is in."""
        if len(line) >= SHORT:
            return self._find_long(line)
        known = self.known.get(line)
        if known is not None:
            return known
        found = self._find(line)
        # A blank line must not be known: a line that is remembered counts as text.
        if len(self.known) < REMEMBERED and not is_blank(line):
            self.known[line] = found
        return found

    def _find_long(self, line: bytes) -> int:
        found = self._recent.get(line)
        if found is None:
            if len(self._recent) >= RECENT:
                self._recent.clear()
            found = self._recent[line] = self._find(line)
        return found

    def _find(self, line: bytes) -> int:
        text = ""
        found = 0 if self._any and is_blank(line) else self._any
        clean = line.strip()
        if clean[:2] == b"\xc2\xa0" or clean[:1] in (b"\xe2", b"\xe1", b"\xe3", b"\xef"):
            # White space that is not ASCII may stand before the text.
            text = line.decode("utf-8", "replace")
            clean = fold(text).encode()
        if len(line) <= 4 * self._longest + 16:
            text = text or line.decode("utf-8", "replace")
            found |= self._exact.get(fold(text), 0)
        for needle, bit, part in self._by_first.get(clean[0], ()) if clean else ():
            if clean.startswith(needle) and not found & bit:
                text = text or line.decode("utf-8", "replace")
                if part.match(text) is not None:
                    found |= bit
        for needle, bit, part in self._anywhere:
            if not found & bit and needle in line:
                text = text or line.decode("utf-8", "replace")
                if part.match(text) is not None:
                    found |= bit
        return found
