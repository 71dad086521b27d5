"""How far the reader looks: what a header may contain, and how much context can affect it."""

from __future__ import annotations

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

COMPILED: bool = cython.compiled
"""True if the reader runs compiled; the build compiles all modules or none. It is set here because
here it is cheapest to read."""

REACH = 256 * 1024
"""The most bytes from the start of a header to the end of its title's second copy."""

LOOK_BEHIND = 1024
"""How many bytes of a neighbouring line are examined to see if it is blank; a longer line is not.
"""

MARGIN = REACH + 4 * LOOK_BEHIND
"""How many bytes before and after a place can affect whether a header starts there."""

MAX_BLOCKS = 12
"""The most blocks between a title's two copies: a deck, and captions separated by blank lines."""

MAX_BYLINE = 120
"""The most characters in a line of a byline. The longest seen were half as long."""

NEAR = 3
"""The most blocks from a title's first copy to its second; a deck and captions may come between."""

OPENING = 16
"""How many bytes of a folded line `Lines.opening` distinguishes."""
