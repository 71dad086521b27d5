"""The names of the `cython` module that this package uses, for where Cython is not installed.

A module that is compiled is ordinary Python with C types in its annotations. Interpreted, the same
source still says `cython.cfunc` or `cython.Py_ssize_t`, so each such module begins with

    try:
        import cython
    except ImportError:
        from corpuscli import interpreted as cython  # type: ignore[no-redef]

Cython removes both imports when it compiles the module, and makes `cython.compiled` true. An
interpreter takes Cython's own module if it is installed, and this one otherwise. mypy takes this
one always (`stubs/cython`), and sees `Py_ssize_t` as `int`.

Nothing here changes a value: integers do not wrap around and a cast does not cut bits off. Code
that must be the same in both modes keeps its integers within 63 bits.
"""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar, overload

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Decorator: TypeAlias = Callable[[T], T]

compiled: builtins.bool = False


# Types: what an annotation means to an interpreter and to mypy.

bint = builtins.bool

char = builtins.int
schar = builtins.int
uchar = builtins.int
short = builtins.int
ushort = builtins.int
int = builtins.int
uint = builtins.int
long = builtins.int
ulong = builtins.int
longlong = builtins.int
ulonglong = builtins.int
size_t = builtins.int
Py_ssize_t = builtins.int
Py_hash_t = builtins.int
ptrdiff_t = builtins.int

float = builtins.float
double = builtins.float

Py_UCS4 = builtins.str
"""One character."""

void: TypeAlias = None

p_const_char = bytes
p_const_uchar = bytes
"""The bytes behind a pointer; a `bytes` object becomes one when it is assigned."""

p_char = bytearray
p_uchar = bytearray
"""Bytes that can be written; a `bytearray` becomes such a pointer."""

p_void: TypeAlias = Any
p_int = list[builtins.int]
p_uint = list[builtins.int]
p_long = list[builtins.int]
p_longlong = list[builtins.int]
p_ulonglong = list[builtins.int]
p_size_t = list[builtins.int]
p_Py_ssize_t = list[builtins.int]
p_double = list[builtins.float]

NULL: Any = None

if TYPE_CHECKING:
    const: TypeAlias = Annotated[T, "const"]

    class pointer(Generic[T]):
        """`pointer[uchar]` or `pointer(uchar)`."""

        def __init__(self, kind: object) -> None: ...
        def __getitem__(self, index: builtins.int) -> T: ...
        def __setitem__(self, index: builtins.int, value: T) -> None: ...

else:

    class _Maker:
        """What makes a type from another: `pointer[uchar]` or `pointer(uchar)`."""

        def __init__(self, name):
            self.name = name

        def __call__(self, kind):
            return f"{self.name}[{kind}]"

        __getitem__ = __call__

    const, pointer = _Maker("const"), _Maker("pointer")


# Values.


@overload
def declare(kind: type[T], value: T) -> T: ...
@overload
def declare(kind: object = None, value: object = None, **kinds: object) -> Any: ...
def declare(kind: object = None, value: object = None, **kinds: object) -> Any:
    """Return `value`: a variable of an interpreter has no type."""
    return value


@overload
def cast(kind: type[T], value: object, *, typecheck: builtins.bool = False) -> T: ...
@overload
def cast(kind: object, value: object, *, typecheck: builtins.bool = False) -> Any: ...
def cast(kind: Any, value: Any, *, typecheck: builtins.bool = False) -> Any:
    """Return `value`, converted where `kind` is a type of numbers."""
    if kind in (builtins.int, builtins.float, builtins.bool):
        return kind(value)
    return value


def address(value: T) -> list[T]:
    """Return something whose item 0 is `value`."""
    return [value]


def likely(condition: T) -> T:
    """Return `condition`: a hint for the compiler."""
    return condition


unlikely = likely


# Decorators and context managers.


def _unchanged(thing: T) -> T:
    return thing


cfunc = ccall = cclass = inline = final = internal = no_gc = no_gc_clear = with_gil = _unchanged


class _Setting:
    """A directive: it decorates a function or a class, or holds for a `with` statement."""

    def __call__(self, thing: T) -> T:
        return thing

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        pass


nogil = gil = _Setting()


def _directive(value: object) -> _Setting:
    return nogil


boundscheck = wraparound = cdivision = initializedcheck = nonecheck = overflowcheck = _directive
profile = linetrace = binding = infer_types = annotation_typing = auto_pickle = _directive
freelist = returns = _directive


def exceptval(value: object = None, *, check: builtins.bool = True) -> _Setting:
    """Return a decorator: what a C function returns when it raises an exception."""
    return nogil


def locals(**kinds: object) -> _Setting:
    """Return a decorator: the types of a function's variables."""
    return nogil


def ignore_compiled(folders: Iterable[str]) -> None:
    """Make Python import the sources in `folders` and below, even beside compiled modules.

    Modules of `folders` that are already imported stay as they are.
    """
    import os
    from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader

    roots = tuple(os.path.join(folder, "") for folder in folders)

    def inside(path: str) -> builtins.bool:
        return os.path.join(path, "").startswith(roots)

    def sources_only(path: str) -> FileFinder:
        if not inside(path):
            raise ImportError(path)
        return FileFinder(path, (SourceFileLoader, SOURCE_SUFFIXES))

    sys.path_hooks.insert(0, sources_only)
    for path in list(filter(inside, sys.path_importer_cache)):
        del sys.path_importer_cache[path]
