"""A coverage-guided fuzzer for what meets the bytes of others first: `fuzz.py TARGET [-libfuzzer]`.

python tests/fuzz/fuzz.py boundaries -max_total_time=600 a-folder-for-its-corpus
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["corpuscli", "laws"]):
    import laws


def boundaries(data: bytes) -> None:
    """The first byte chooses a layout and the size of blocks."""
    choice, data = (data or b"\0")[0], data[1:]
    layout = ("page", "plain", "archive", "digest")[choice % 4]
    laws.reading_loses_nothing(data, layout)
    laws.blocks_do_not_matter(data, choice // 4 + 1, layout)


def parse(data: bytes) -> None:
    """The first byte chooses an encoding."""
    choice, data = (data or b"\0")[0], data[1:]
    encoding = ("auto", "auto", "windows-1256", "utf-16-le", "euc_kr", "shift_jis")[choice % 6]
    laws.reading_loses_nothing(data, "auto", encoding)
    laws.every_article_is_read(data, "auto", encoding)
    laws.deduping_only_deletes_lines(data, bool(choice & 64), encoding)


def captions(data: bytes) -> None:
    laws.captions_are_read(data.decode("utf-8", "replace"))


def filenames(data: bytes) -> None:
    laws.names_are_of_plain_files(data.decode("utf-8", "replace").split("\n")[:20])


def sanitiser(data: bytes) -> None:
    laws.nothing_is_obeyed(data.decode("utf-8", "surrogateescape"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (boundaries, parse, captions, filenames, sanitiser)
}


def main() -> None:
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
