"""A stand-in for `cython` where a module runs as plain Python."""

from __future__ import annotations

from typing import TypeVar

_T = TypeVar("_T")

compiled = False
Py_ssize_t = int
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


int = int  # type: ignore[misc]


def declare(kind: type[_T], value: _T) -> _T:
    return value
