"""Make names for the files of `split -o` from titles, which cannot be trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter
from unicodedata import normalize

from ..errors import UsageError, meant

LONGEST = 200
"""The most bytes in a name, its extension included."""

LONGEST_SLUG = 80

DEFAULT = "{number:09}-{slug}"

FIELDS = ("number", "id", "slug", "photo_date", "line", "start")
"""The fields that a template may contain."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)", re.IGNORECASE)
"""Names that Windows reserves for devices, whatever their extension."""


def slug(text: str) -> str:
    """Return the ASCII letters and digits of `text`, words joined by hyphens; perhaps nothing."""
    plain = normalize("NFKD", text[:1000]).encode("ascii", "ignore").decode().lower()
    # An apostrophe does not end a word: "harbour's" is one.
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    short = "-".join(words)[: LONGEST_SLUG + 1]
    return short if len(short) <= LONGEST_SLUG else short.rpartition("-")[0] or short[:-1]


def check_template(template: str) -> None:
    """Raise UsageError unless `template` is valid for file names."""
    if not template.strip():
        raise UsageError("", "--name is empty: every file needs a name")
    try:
        parts = list(Formatter().parse(template))
        for _, field, spec, conversion in parts:
            if field is None:
                continue
            if field not in FIELDS or conversion or "{" in (spec or ""):
                valid = ", ".join(f"{{{name}}}" for name in FIELDS)
                near = meant(field, FIELDS)
                raise UsageError("", f"--name: {{{field}}} is none of {valid}{near}")
            if len(re.sub("[^0-9]", "", spec or "")) > 3:
                raise UsageError("", f"--name: {spec!r} is too wide")
        template.format(**_EXAMPLE)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise UsageError("", f"--name {template!r}: {error}") from error
    if "/" in template or "\\" in template or "\0" in template:
        raise UsageError("", "--name names files, not directories")


_EXAMPLE: dict[str, str | int] = {
    "number": 1, "id": "0" * 12, "slug": "a", "photo_date": "", "line": 1, "start": 0,
}  # fmt: skip


class Names:
    """Gives out names that differ from one another, even where case does not count.

    Names that begin with the article's number cannot clash and are not remembered; others use about
    150 bytes of memory each.
    """

    def __init__(self, template: str, ending: str, dumps: Sequence[str]) -> None:
        check_template(template)
        self._template = template
        self._ending = ending
        self._prefixes = _prefixes(dumps) if len(dumps) > 1 else [""]
        self._numbered = re.match(r"\{number(?::0[0-9]+)?\}(?:-|$)", template) is not None
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}
        """How many names are equal except for a number at the end, if more than one."""

    def name(self, dump: int, values: dict[str, str | int]) -> str:
        """Return the name of a file, from the index of its dump and the values for the template."""
        stem = self._prefixes[dump] + _safe(self._template.format(**values))
        name = self._shortened(stem)
        if self._numbered:
            return name
        plain = name.lower()
        # Counting from 1 each time would take as many steps as there are equal names.
        count = self._counts.get(plain, 1)
        while name.lower() in self._taken:
            count += 1
            name = self._shortened(stem, f"-{count}")
        if count > 1:
            self._counts[plain] = count
        self._taken.add(name.lower())
        return name

    def _shortened(self, stem: str, suffix: str = "") -> str:
        return stem[: LONGEST - len(suffix) - len(self._ending)] + suffix + self._ending


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


def _safe(stem: str) -> str:
    """Return a stem that is an ordinary file name everywhere.

    It is ASCII, not hidden, not an option, and not the name of a device.
    """
    stem = re.sub(r"[^A-Za-z0-9._+=@,-]+", "_", stem).lstrip("-.").rstrip(". ")
    return f"_{stem}" if not stem or _RESERVED.match(stem) else stem
