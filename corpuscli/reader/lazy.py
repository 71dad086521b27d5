"""Values that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class lazy(Generic[Owner, Value]):
    """As `functools.cached_property` from Python 3.12 on: before, that takes a lock each time.

    An article has a handful of such values, and a dump a million articles.
    """

    def __init__(self, function: Callable[[Owner], Value]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[Owner]) -> lazy[Owner, Value]: ...
    @overload
    def __get__(self, instance: Owner, owner: type[Owner]) -> Value: ...
    def __get__(self, instance: Owner | None, owner: type[Owner]) -> lazy[Owner, Value] | Value:
        if instance is None:
            return self
        value = self._function(instance)
        # From now on this is found before the descriptor is.
        instance.__dict__[self._name] = value
        return value
