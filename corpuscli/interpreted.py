"""A stand-in for `cython` where a module runs as plain Python."""

from __future__ import annotations

from typing import Any, TypeVar

_T = TypeVar("_T")

compiled = False
Py_ssize_t = int
int = int  # noqa: PLW0127
longlong = int
bint = bool
Py_UCS4 = str
uchar = int


def cfunc(function: _T) -> _T:
    return function


def inline(function: _T) -> _T:
    return function


def cclass(cls: _T) -> _T:
    return cls


def final(cls: _T) -> _T:
    return cls


def declare(kind: Any, value: Any = None) -> Any:
    return value
