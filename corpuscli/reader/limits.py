"""How far the reader looks: what a header may have, and how much around a place has a say in it."""

from __future__ import annotations

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

COMPILED: bool = cython.compiled
"""True if the reader runs compiled; the build compiles all modules or none. It is told here,
where a look costs least."""

REACH = 256 * 1024
"""Bytes, from the start of a header to the end of its title's second copy, at most."""

LOOK_BEHIND = 1024
"""Bytes of a neighbouring line that are looked at to see whether it is blank; a longer one is not.
"""

MARGIN = REACH + 4 * LOOK_BEHIND
"""Bytes before and after a place that can have a say in whether a header starts there."""

MAX_BLOCKS = 12
"""Blocks between a title's two copies, at most: a deck, and captions separated by blank lines."""

MAX_BYLINE = 120
"""Characters in a line of a byline, at most. The longest seen were half as long."""

NEAR = 3
"""Blocks from a title's first copy to its second, at most: a deck and captions may be between."""

OPENING = 16
"""Bytes of a folded line that `Lines.opening` tells apart."""
