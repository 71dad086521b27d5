"""Ask web servers again that are busy or cut connections.

The clients of S3 and Google's store do this by themselves; for the web, this module does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

Told = TypeVar("Told")

ATTEMPTS = 5
"""The most attempts."""

PAUSE = 1.0
"""Seconds before the second attempt, or down to half as many; twice as many before each further
one."""

LONGEST = 60.0
"""The longest wait, in seconds, that a server may ask for; a longer one is an error immediately."""

PATIENCE = 120.0
"""Seconds after which there are no further attempts, however many there have been."""

BUSY = {408, 425, 429, 500, 502, 503, 504}
"""Answers after which a server may well answer differently a little later."""

_CUT = {
    "ClientPayloadError",
    "ClientOSError",
    "ServerDisconnectedError",
    "ConnectionTimeoutError",
    "ServerTimeoutError",
    "SocketTimeoutError",
    "FSTimeoutError",
}
"""Exceptions of aiohttp and fsspec, by name, so that neither has to be imported. Failures to
connect are not among them: then the address is wrong, or no server is running."""

Report = Callable[[str, str], None]


class _Listener:
    report: Report | None = None
    """Gets each URL that is asked for again, and the reason."""


def report_to(report: Report | None) -> None:
    """Set the function that gets each URL that is asked for again, and the reason."""
    _Listener.report = report


def retrying(url: str, ask: Callable[[], Told], words: Callable[[Exception], str]) -> Told:
    """Return what `ask` returns; try again if it fails as busy servers do.

    `words` says in one line what went wrong. Raises any exception of `ask` that is not worth
    another attempt.
    """
    begin = time.monotonic()
    attempt = 1
    while True:
        try:
            return ask()
        except Exception as error:
            pause = _pause_after(error, attempt)
            late = time.monotonic() - begin + (pause or 0) > PATIENCE
            if pause is None or late or attempt == ATTEMPTS:
                raise
            if _Listener.report is not None:
                _Listener.report(url, f"{words(error)}; trying again in {pause:.1f} s")
        time.sleep(pause)
        attempt += 1


def cause_of(error: Exception) -> Exception:
    """Return the actual error of a request that fsspec reports as a missing file."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and isinstance(cause, Exception):
        if isinstance(cause, TimeoutError) or type(cause).__module__.startswith("aiohttp."):
            return cause
    return error


def _pause_after(error: Exception, attempt: int) -> float | None:
    """Return the seconds to wait before the next attempt; None if another would not help."""
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

    # Requests that were refused together should not come back together.
    return uniform(0.5, 1) * PAUSE * float(2 ** (attempt - 1))


def _seconds(headers: Mapping[str, str]) -> float | None:
    """Return how long the server asks to wait: `Retry-After`, in seconds or as a date."""
    wanted = headers.get("Retry-After", "").strip()
    if wanted.isdecimal():
        return float(wanted[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(wanted).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
