"""The one writer of files: a file appears complete under its name, or not at all.

`replace_file` writes one file (`-o FILE`, `--in-place`), `open_folder` many new ones (`split -o`).
Where Linux has them, both write to files without a name (O_TMPFILE), which vanish with the process
however it ends; elsewhere, to `.corpuscli-*.tmp` beside the target. Such a name also exists for a
few microseconds between link and rename. If a process is killed in that moment, the file that it
leaves has no lock (flock), and the next writer in that directory removes it; not on Windows, which
has no flock.

Any failure here is an `OutputError` that names the file as the caller did. Exceptions of the
caller's own block pass through unchanged, after the roll-back.
"""

from __future__ import annotations

from .draft import Draft
from .folder import Folder, open_folder
from .replacing import replace_file
from .signals import Terminated, signals_roll_back

__all__ = ["Draft", "Folder", "Terminated", "open_folder", "replace_file", "signals_roll_back"]
