"""The one writer of files: what it writes stands whole under its name, or not at all.

`replace_file` writes one file (`-o FILE`, `--in-place`), `open_folder` many new ones (`split -o`).
Where Linux has them, both write to files without a name (O_TMPFILE), which vanish with the process
however it ends; elsewhere to `.corpuscli-*.tmp` beside the target. Such a name also exists for a
few microseconds between link and rename. One left by a kill in that moment is known by its missing
lock (flock) and removed by the next writer in that directory; not on Windows, which has no flock.

Whatever fails here is an `OutputError` that names the file as the caller did. Exceptions of the
caller's own block pass through as they are, after the roll-back.
"""

from __future__ import annotations

from .draft import Draft
from .folder import Folder, open_folder
from .replacing import replace_file
from .signals import Terminated, signals_roll_back

__all__ = ["Draft", "Folder", "Terminated", "open_folder", "replace_file", "signals_roll_back"]
