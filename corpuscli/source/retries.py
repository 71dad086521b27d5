"""Web servers that are busy, or cut connections: they are asked again, as stores' clients do.

The clients of S3 and Google's store do this by themselves; for the web nobody does it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

Told = TypeVar("Told")

ATTEMPTS = 5
"""How often one asks, at most."""

PAUSE = 1.0
"""Seconds before one asks again, at least half of them; twice as many before each further time."""

LONGEST = 60.0
"""Seconds that a server may ask one to wait; if it asks for more, that is an error at once."""

PATIENCE = 120.0
"""Seconds after which one does not ask again, however often one has."""

BUSY = {408, 425, 429, 500, 502, 503, 504}
"""What servers answer that may well answer otherwise a little later."""

_CUT = {
    "ClientPayloadError",
    "ClientOSError",
    "ServerDisconnectedError",
    "ConnectionTimeoutError",
    "ServerTimeoutError",
    "SocketTimeoutError",
    "FSTimeoutError",
}
"""Exceptions of aiohttp and fsspec, which are not imported for that. One that never connected is
none of them: there the address is wrong, or nobody at home."""

Report = Callable[[str, str], None]


class _Listener:
    report: Report | None = None
    """Is told of what is asked again, and why."""


def report_to(report: Report | None) -> None:
    """Tell whoever wants to know about a URL that is asked for again, and why."""
    _Listener.report = report


def retrying(url: str, ask: Callable[[], Told], words: Callable[[Exception], str]) -> Told:
    """Return what `ask` gives, which is tried again where it fails as servers do that are busy.

    `words` says in a line what went wrong. Raises what `ask` raises that is not tried again.
    """
    begin = time.monotonic()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return ask()
        except Exception as error:
            pause = _pause_after(error, attempt)
            late = time.monotonic() - begin + (pause or 0) > PATIENCE
            if pause is None or late or attempt == ATTEMPTS:
                raise
            if _Listener.report is not None:
                _Listener.report(url, f"{words(error)}; asking again in {pause:.1f} s")
        time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def cause_of(error: Exception) -> Exception:
    """Return what became of asking a web server, where fsspec calls it a missing file."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and isinstance(cause, Exception):
        if isinstance(cause, TimeoutError) or type(cause).__module__.startswith("aiohttp."):
            return cause
    return error


def _pause_after(error: Exception, attempt: int) -> float | None:
    """Return the seconds to wait before one asks again; None if that would not help."""
    error = cause_of(error)
    status = getattr(error, "status", None)
    if status is not None:
        if status not in BUSY:
            return None
        asked = _seconds(getattr(error, "headers", None) or {})
        if asked is not None:
            return asked if asked <= LONGEST else None
    elif not isinstance(error, (TimeoutError, ConnectionResetError, BrokenPipeError)):
        if type(error).__name__ not in _CUT:
            return None
    from random import uniform

    # Several that were refused together should not come back together.
    return uniform(0.5, 1) * PAUSE * float(2 ** (attempt - 1))


def _seconds(headers: Mapping[str, str]) -> float | None:
    """Return how long the server asks one to wait: `Retry-After`, in seconds or as a date."""
    wanted = headers.get("Retry-After", "").strip()
    if wanted.isdecimal():
        return float(wanted[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(wanted).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
