"""The files of the lexicon: every line can be read, and every word is in one place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from corpuscli.captions import lexicon

FOLDER = Path(lexicon.__file__).parent / "lexicon"
FILES = sorted(FOLDER.glob("*.txt"))


def rows(path: Path) -> list[tuple[list[str], list[str]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    split = [line.rpartition(" = ") for line in lines if line and not line.startswith("#")]
    return [(words.split("; "), roles.split(" ")) for words, _, roles in split]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_line_has_words_and_known_roles(path: Path) -> None:
    known = {*lexicon.DATE_ROLES, *lexicon.PLACE_ROLES, *lexicon.CREDIT_ROLES}
    known |= {f"month-{n}" for n in range(1, 13)} | {f"weekday-{n}" for n in range(1, 8)}
    for words, roles in rows(path):
        assert all(word and word == word.strip() for word in words), words
        assert set(roles) <= known, roles


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_word_appears_once(path: Path) -> None:
    words = [word for words, _ in rows(path) for word in words]
    assert sorted(words) == sorted(set(words))


def test_no_word_is_two_months_or_two_weekdays() -> None:
    for kind in ("month-", "weekday-"):
        seen: dict[str, str] = {}
        for path in FILES:
            for words, roles in rows(path):
                for role in roles:
                    if role.startswith(kind):
                        for word in words:
                            assert seen.setdefault(word.lower(), role) == role, (path.name, word)


def test_the_readme_explains_every_role() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for role in (*lexicon.DATE_ROLES, *lexicon.PLACE_ROLES, *lexicon.CREDIT_ROLES):
        assert f"`{role}`" in text or role in ("month", "weekday"), role


def test_the_roles_fit_into_a_c_integer() -> None:
    for roles in (lexicon.DATE_ROLES, lexicon.PLACE_ROLES, lexicon.CREDIT_ROLES):
        assert len(roles) == len(set(roles)) < 63


def test_every_language_of_a_file_is_loaded() -> None:
    loaded = {*lexicon._LATIN, *(code for _, _, codes in lexicon._SCRIPTS for code in codes)}
    assert {path.name.partition(".")[0] for path in FILES} == loaded


def test_the_files_from_cldr_are_what_the_tool_writes(tmp_path: Path) -> None:
    pytest.importorskip("babel")
    tool = ROOT / "tools" / "cldr.py"
    subprocess.run([sys.executable, str(tool), str(tmp_path)], check=True)
    for path in FOLDER.glob("*.cldr.txt"):
        written = (tmp_path / path.name).read_text(encoding="utf-8")
        assert written == path.read_text(encoding="utf-8"), path.name
