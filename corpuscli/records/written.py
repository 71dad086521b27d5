"""Write values as ready-made JSON: bytes of a dump, escaped but never decoded."""

from __future__ import annotations

import copyreg

# orjson imports these when it is imported, and crashes the process if one of them fails, or if
# datetime does without the part of it that is compiled.
import dataclasses  # noqa: F401
import enum  # noqa: F401
import json  # noqa: F401
import uuid  # noqa: F401
from datetime import datetime_CAPI  # noqa: F401

from orjson import OPT_APPEND_NEWLINE, Fragment, dumps, loads

__all__ = ["OPT_APPEND_NEWLINE", "Fragment", "dumps", "json_strings", "loads"]


# An article that waits in a temporary file until its turn has come is pickled.
copyreg.pickle(Fragment, lambda fragment: (Fragment, (dumps(fragment),)))


def json_strings(texts: list[bytes], *, has_quotes: bool, has_controls: bool) -> Fragment:
    """Return a JSON array of strings; each of `texts` is valid UTF-8.

    Set `has_quotes` if the texts may contain a quotation mark or a backslash, and `has_controls` if
    they may contain any other character that JSON escapes.
    """
    if has_controls:
        return Fragment(dumps([text.decode() for text in texts]))
    if has_quotes:
        texts = [text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') for text in texts]
    return Fragment(b'["' + b'","'.join(texts) + b'"]' if texts else b"[]")
