"""Write what CLDR knows about months, weekdays and countries into the lexicon of captions.

    python tools/cldr.py [FOLDER]

needs Babel, and writes one file per language: `corpuscli/captions/lexicon/en.cldr.txt`. Words that
CLDR lacks, or that captions spell differently, belong in `en.txt` beside it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

LEXICON = Path(__file__).parent.parent / "corpuscli" / "captions" / "lexicon"

LANGUAGES = {
    "ar": ("ar", "ar_DZ", "ar_MA", "ar_LB"),
    **{
        code: (code,)
        for code in "de en es fa fr he hi id it ja ko nl pl pt ru tr uk ur vi zh".split()
    },
}
"""A file, and the locales whose names it contains: Arabic has one calendar per region."""

SKIPPED = frozenset("out set sie des gen mag ara lis mar. مالي".split())
"""Short forms that are common words in another language: `15 out of 2023` is not in October."""

NO_COUNTRY = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))


def main(folder: Path) -> None:
    for code, locales in LANGUAGES.items():
        rows: dict[str, list[str]] = {}
        seen: set[str] = set()
        for locale in map(Locale.parse, locales):
            for role, name in (*_months(locale), *_weekdays(locale), *_countries(locale)):
                key = name if role == "country" else name.lower()
                if key not in seen and key.lower() not in SKIPPED:
                    seen.add(key)
                    rows.setdefault(role, []).append(key)
        lines = [f"# {Locale.parse('en').languages[code]}, from CLDR: written by tools/cldr.py."]
        for role, names in rows.items():
            lines += _wrapped(names, role)
        (folder / f"{code}.cldr.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _months(locale: Locale) -> Iterator[tuple[str, str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in sorted(locale.months[context][width].items()):
                if _is_word(bare := name.rstrip(".").strip("\u200e\u200f")):
                    yield f"month-{number}", bare
                    if locale.language == "he":
                        yield f"month-{number}", f"ב{bare}"


def _weekdays(locale: Locale) -> Iterator[tuple[str, str]]:
    for number, name in sorted(locale.days["format"]["wide"].items()):
        if _is_word(name):
            yield f"weekday-{number + 1}", name


def _countries(locale: Locale) -> Iterator[tuple[str, str]]:
    for code, name in sorted(locale.territories.items()):
        if len(code) == 2 and code not in NO_COUNTRY and ";" not in name and "=" not in name:
            for part in re.split(r" ?[()（）] ?", name):
                if len(part) > 3 and " - " not in part and not part.islower():
                    yield "country", part


def _is_word(name: str) -> bool:
    return len(name) > 1 and " " not in name and not any(map(str.isdigit, name))


def _wrapped(names: list[str], role: str) -> Iterator[str]:
    row = names[0]
    for name in names[1:]:
        if len(row) + len(name) + len(role) > 96:
            yield f"{row} = {role}"
            row = name
        else:
            row = f"{row}; {name}"
    yield f"{row} = {role}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LEXICON)
