"""Make names for the files of `split -o` from titles, which cannot be trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter
from unicodedata import category, normalize

from ..errors import UsageError, meant

LONGEST = 200
"""The most bytes in a name, its extension included."""

LONGEST_SLUG = 80

DEFAULT = "{number:09}-{slug}"

FIELDS = ("number", "id", "slug", "title", "photo_date", "line", "start")
"""The fields that a template may contain."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)", re.IGNORECASE)
"""Names that Windows reserves for devices, whatever their extension."""


_IDEOGRAPHS = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

_ARABIC = str.maketrans("اأإآةىع", "aaiaaaa")
"""Letters to write as vowels here; the general table drops them."""

PUNCTUATION = frozenset(" ._+=@,'()&!-\u2013\u2014\u2018\u2019\u201c\u201d\u00ab\u00bb")
"""What a name made from a title keeps besides letters and digits: characters without a meaning in
any file system."""


def slug(text: str) -> str:
    """Return the words of `text` in ASCII letters and digits, joined by hyphens.

    Other scripts are written as they sound. The result is empty if `text` has no letters or digits.
    """
    text = text[:1000]
    if not text.isascii():
        from anyascii import anyascii

        # An ideograph is a word or a part of one; its reading begins with a capital.
        text = _IDEOGRAPHS.sub(
            lambda found: " " + re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(found[0])) + " ", text
        )
        text = anyascii(normalize("NFC", text).translate(_ARABIC))
    # An apostrophe does not separate words: "harbour's" is one.
    words = re.findall(r"[a-z0-9]+", re.sub("['`]", "", text.lower()))
    short = "-".join(words)[: LONGEST_SLUG + 1]
    return short if len(short) <= LONGEST_SLUG else short.rpartition("-")[0] or short[:-1]


def readable(text: str) -> str:
    """Return a title as it can appear in a file name, with its letters unchanged."""
    kept = (
        char if char.isalnum() or category(char)[0] == "M" or char in PUNCTUATION else " "
        for char in normalize("NFC", text[:1000])
    )
    return " ".join("".join(kept).split())


def check_template(template: str) -> None:
    """Raise UsageError unless `template` is valid for file names."""
    if not template.strip():
        raise UsageError("", "--name is empty: every file needs a name")
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        reason = "a { or } has no partner; write {{ or }} for one in the name"
        raise UsageError("", f"--name {template!r}: {reason}") from error
    for _, field, spec, conversion in parts:
        if field is not None:
            _check_field(field, spec or "", conversion)
    if "/" in template or "\\" in template or "\0" in template:
        raise UsageError("", "--name names files, not directories")


def _check_field(field: str, spec: str, conversion: str | None) -> None:
    """Raise UsageError unless a field of a template has a value, in a form that it can take."""
    if field not in FIELDS:
        valid = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise UsageError("", f"--name: {{{field}}} is not one of {valid}{meant(field, FIELDS)}")
    written = f"{{{field}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}}}"
    if conversion or "{" in spec:
        raise UsageError("", f"--name: {written} has too much in it; write {{{field}}}")
    if len(re.sub("[^0-9]", "", spec)) > 3:
        raise UsageError("", f"--name: {spec!r} is too wide")
    try:
        format(_EXAMPLE[field], spec)
    except (ValueError, OverflowError) as error:
        example = f"{{{field}:{'05' if isinstance(_EXAMPLE[field], int) else '.20'}}}"
        reason = f"{spec!r} is not a format of {field}; write {{{field}}} or {example}"
        raise UsageError("", f"--name: {reason}") from error


_EXAMPLE: dict[str, str | int] = {
    "number": 10**9, "id": "0" * 12, "slug": "a", "title": "A", "photo_date": "", "line": 10**9,
    "start": 10**9,
}  # fmt: skip


class Names:
    """Gives out names that differ from one another, even where case does not count.

    Names that begin with the article's number cannot clash and are not remembered; others use about
    150 bytes of memory each.
    """

    def __init__(self, template: str, ending: str, dumps: Sequence[str]) -> None:
        check_template(template)
        self._template = template
        self._is_readable = any(field == "title" for _, field, _, _ in Formatter().parse(template))
        self._ending = ending
        self._prefixes = _prefixes(dumps) if len(dumps) > 1 else [""]
        self._numbered = re.match(r"\{number(?::0[0-9]+)?\}(?:-|$)", template) is not None
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}
        """How many names are equal except for a number at the end, if more than one."""

    def name(self, dump: int, values: dict[str, str | int]) -> str:
        """Return the name of a file, from the index of its dump and the values for the template."""
        stem = self._template.format(**values)
        stem = self._prefixes[dump] + _safe(readable(stem) if self._is_readable else _ascii(stem))
        name = self._shortened(stem)
        if self._numbered:
            return name
        plain = _folded(name)
        # Counting from 1 each time would take as many steps as there are equal names.
        count = self._counts.get(plain, 1)
        while _folded(name) in self._taken:
            count += 1
            name = self._shortened(stem, f"-{count}")
        if count > 1:
            self._counts[plain] = count
        self._taken.add(_folded(name))
        return name

    def _shortened(self, stem: str, suffix: str = "") -> str:
        room = LONGEST - len(suffix) - len(self._ending)
        # Cut by bytes; a letter that the cut would split is dropped.
        short = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore").rstrip(". ")
        return short + suffix + self._ending


def _prefixes(dumps: Sequence[str]) -> list[str]:
    """Return a short name for each dump, all different, to begin the names of its files."""
    prefixes: list[str] = []
    for dump in dumps:
        stem = slug(dump.rsplit("/", 1)[-1].split(".", 1)[0])[:40] or "dump"
        prefix, count = f"{stem}-", 1
        while prefix in prefixes:
            count += 1
            prefix = f"{stem}.{count}-"
        prefixes.append(prefix)
    return prefixes


def _ascii(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9._+=@,-]+", "_", stem)


def _safe(stem: str) -> str:
    """Return a stem that is an ordinary file name everywhere.

    It is not hidden, not an option, and not the name of a device.
    """
    stem = stem.lstrip("-. ").rstrip(". ")
    return f"_{stem}" if not stem or _RESERVED.match(stem) else stem


def _folded(name: str) -> str:
    """Return a form that is equal for names that some file systems treat as the same."""
    return name.lower() if name.isascii() else normalize("NFKC", normalize("NFKD", name).casefold())
