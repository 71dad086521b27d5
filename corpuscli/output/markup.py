"""Escape untrusted text for HTML and SVG: no markup, and no control of the reader's screen."""

from __future__ import annotations

import html
import re

from .visible import visible

_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""XML allows neither of these, and `visible` lets both through."""


def escaped(text: str) -> str:
    """Return `text` escaped for use between tags, or in a quoted attribute."""
    shown = _NO_CHARACTERS.sub(lambda match: f"\\u{ord(match.group()):04x}", visible(text))
    return html.escape(shown)
