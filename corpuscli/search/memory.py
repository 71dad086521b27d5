"""Limit the memory of one step, so that a hostile one fails by itself and spares the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def memory_limit(size: int) -> Iterator[None]:
    """Raise MemoryError inside the block when the process needs `size` bytes more than it has now.

    Where the system cannot tell how much memory a process has, there is no limit. The limit holds
    for the whole process, other threads included.
    """
    try:
        import resource

        with open("/proc/self/statm", "rb") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([used + size, *limits]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
