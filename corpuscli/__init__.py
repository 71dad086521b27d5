"""Read raw dumps of scraped news pages: where each article starts, what it says, and why.

from corpuscli import read_articles

for article in read_articles("dump.txt"):
    print(article.number, article.title, article.words)
"""

from __future__ import annotations

import os

# Like typing's TYPE_CHECKING: importing typing takes longer than everything else before the command
# line can be interrupted.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .api import Article, Caption, read_articles
    from .errors import CorpusError, InputError, UsageError

if os.environ.get("CORPUSCLI_INTERPRETED"):
    # For tests: the compiled modules must do what their sources do.
    from .interpreted import ignore_compiled

    ignore_compiled(__path__)

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Caption",
    "CorpusError",
    "InputError",
    "UsageError",
    "__version__",
    "read_articles",
]


def __getattr__(name: str) -> object:
    """Import a name when it is first used, so that the command line starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name.endswith("Error"):
        from . import errors as module
    else:
        from . import api as module  # type: ignore[no-redef]
    return getattr(module, name)
