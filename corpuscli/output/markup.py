"""Text of others in HTML and SVG: neither a mark-up nor a control of the reader's screen."""

from __future__ import annotations

import html
import re

from .visible import visible

_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""Neither may stand in XML, and `visible` lets both through."""


def escaped(text: str) -> str:
    """`text` as it may stand between two tags, or in the quotes of an attribute."""
    shown = _NO_CHARACTERS.sub(lambda match: f"\\u{ord(match.group()):04x}", visible(text))
    return html.escape(shown)
