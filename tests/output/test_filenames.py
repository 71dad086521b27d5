"""File names made from titles that cannot be trusted."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import UsageError
from corpuscli.output.filenames import DEFAULT, LONGEST, Names, check_template, readable, slug


def name(template: str, text: str, number: int = 1) -> str:
    return Names(template, ".txt", ["dump"]).name(0, values(text, number))


def values(text: str, number: int = 1) -> dict[str, str | int]:
    return {
        "number": number,
        "id": "0123456789ab",
        "slug": text,
        "title": text,
        "photo_date": "2024-03-03",
        "line": 1,
        "start": 0,
    }


def test_a_slug_is_ascii_words() -> None:
    assert slug("The Harbour's “Café” — re-opened!") == "the-harbours-cafe-re-opened"
    assert slug("E\u0301te\u0301 in der Straße") == "ete-in-der-strasse"
    assert slug("…") == ""
    assert len(slug("long " * 100)) <= 80
    assert len(slug("x" * 400)) <= 80


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Паромы возвращаются в порт", "paromy-vozvrashchayutsya-v-port"),
        ("台风过后渡轮恢复通航", "tai-feng-guo-hou-du-lun-hui-fu-tong-hang"),
        ("한국 뉴스", "hangug-nyuseu"),
    ],
)
def test_a_slug_of_another_script_can_be_read_aloud(title: str, spoken: str) -> None:
    assert slug(title) == spoken


def test_a_slug_in_arabic_says_something() -> None:
    assert slug("العبّارات تعود إلى الميناء") == "alabarat-tawd-ila-almyna"


def test_a_name_from_a_title_keeps_its_letters() -> None:
    assert name("{title}", "العبّارات تعود") == "العبّارات تعود.txt"
    assert name("{number:03}. {title}", "Паромы: порт/море?", 7) == "007. Паромы порт море.txt"
    assert name("{title}", "台风 “过后”") == "台风 “过后”.txt"


@given(st.lists(st.text(max_size=300), max_size=8))
def test_names_from_titles_are_safe_and_unique(titles: list[str]) -> None:
    names = Names("{title}", ".txt", ["dump"])
    made = [names.name(0, values(readable(title) or "0123")) for title in titles]
    for one in made:
        assert len(one.encode()) <= LONGEST
        assert os.path.basename(one) == one and one[0] not in "-. "
        assert not set(one) & set('<>:"/\\|?*') and one.isprintable()
    assert len({one.casefold() for one in made}) == len(made)


def test_the_default_name() -> None:
    assert name(DEFAULT, "ferries-return", 7) == "000000007-ferries-return.txt"


@given(st.text(max_size=500), st.sampled_from([DEFAULT, "{slug}", "{slug}.{id}", "-{slug}"]))
def test_a_name_is_a_plain_file_everywhere(text: str, template: str) -> None:
    for title in (text, slug(text)):
        made = name(template, title)
        assert made.isascii()
        assert len(made) <= LONGEST
        assert os.path.basename(made) == made
        assert made not in ("", ".", "..", ".txt")
        assert made[0] not in "-."
        assert made.isprintable()


@pytest.mark.parametrize("title", ["con", "NUL", "com1", "aux.x", "lpt9", "..", "", "-rf", "../x"])
def test_names_that_mean_something_else_are_changed(title: str) -> None:
    made = name("{slug}", title)
    assert made.split(".")[0].lower() not in ("con", "nul", "com1", "aux", "lpt9", "", "-rf")


def test_names_differ_also_where_case_does_not_count() -> None:
    names = Names("{slug}", ".txt", ["dump"])
    made = [
        names.name(0, values(title)).lower() for title in ("A", "a", "A", "a-2", "x" * 400) * 20
    ]
    assert len(set(made)) == 100


def test_names_of_several_dumps_do_not_clash() -> None:
    names = Names(DEFAULT, ".txt", ["x/news.txt", "y/news.txt.gz", "-"])
    made = [names.name(dump, values("a")) for dump in range(3)]
    assert made == ["news-000000001-a.txt", "news.2-000000001-a.txt", "dump-000000001-a.txt"]


@pytest.mark.parametrize(
    "template",
    ["{", "{}", "{titel}", "{number.real}", "{slug[0]}", "a/{slug}", "{slug!r}", "{number:{line}}",
     "{number:099999999}", "{slug:d}"],
)  # fmt: skip
def test_a_template_that_names_no_file_is_refused(template: str) -> None:
    with pytest.raises(UsageError, match="--name"):
        check_template(template)
