"""The defaults that a user may set, and what each may be."""

from __future__ import annotations

from ..config.settings import Checks, Value
from ..errors import meant

COLORS = ("auto", "always", "never")


def _layout(value: object) -> str:
    from ..reader.layouts import BUILT_IN

    known = ("auto", *BUILT_IN)
    if not isinstance(value, str) or not (value in known or value.endswith(".toml")):
        raise ValueError(f"must be {', '.join(known)} or FILE.toml{_meant(value, known)}")
    return value


def _encoding(value: object) -> str:
    from ..source.transcode import check_encoding

    if not isinstance(value, str):
        raise ValueError("must be auto or the name of an encoding")
    check_encoding(value)
    return value


def _jobs(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])
    if type(value) is not int or value < 1:
        raise ValueError("must be a number of processes, at least 1")
    return value


def _color(value: object) -> str:
    if not isinstance(value, str) or value not in COLORS:
        raise ValueError(f"must be {', '.join(COLORS)}{_meant(value, COLORS)}")
    return value


def _columns(value: object) -> list[str]:
    if isinstance(value, str):
        value = [name.strip() for name in value.split(",") if name.strip()]
    if not isinstance(value, list) or not value or not all(isinstance(n, str) for n in value):
        raise ValueError("must be a list of fields")
    from ..records.fields import ARTICLE, pick_fields

    pick_fields(ARTICLE, value)
    return value


def _meant(value: object, known: tuple[str, ...]) -> str:
    return meant(value, known) if isinstance(value, str) else ""


CHECKS: Checks = {
    "layout": _layout,
    "encoding": _encoding,
    "jobs": _jobs,
    "color": _color,
    "columns": _columns,
}


def defaults() -> dict[str, Value]:
    """Return what each is where the user sets nothing."""
    from ..records.fields import LIST_COLUMNS

    return {
        "layout": "auto",
        "encoding": "auto",
        "jobs": None,
        "color": "auto",
        "columns": list(LIST_COLUMNS),
    }
