"""Make untrusted text harmless: what a terminal would obey is shown instead."""

from __future__ import annotations

import re

_OBEYED = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 with ESC, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2028\u2029"  # line and paragraph separator
    "\ud800-\udfff"  # lone surrogates, from file names that are not UTF-8
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # interlinear annotation, tags
    "]"
)

_NAMES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def visible(text: str) -> str:
    """Return `text` with every control character and bidirectional control as an escape.

    For example `\\x1b` and `\\u202e`; a byte of a file name that is not UTF-8 becomes `\\xff`. The
    rest, `[bold]` and `:smile:` included, is unchanged.
    """
    return _OBEYED.sub(_escape, text) if _OBEYED.search(text) else text


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return _NAMES.get(char, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
