"""What is learnt from dumps whose pages have more than a frame: comments, copies, decks, tags."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

import pytest
from conftest import Run
from sites import ARTICLE, WORDS, other_pages, sentence

HEAD = "Home\nNews\nHarbour\n{title}\n"
FOOT = "Topics\nAbout us\n© Grimholm Post\n"


def records_of(corpuscli: Run, dump: str) -> list[dict[str, object]]:
    done = corpuscli("split", stdin=dump.encode())
    assert b"read with a layout learnt from" in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def bodies_of(corpuscli: Run, dump: str) -> list[object]:
    return [record["paragraphs"] for record in records_of(corpuscli, dump)]


Comment = Callable[[Random, int, str], str]

COMMENTS: dict[str, tuple[str, Comment]] = {
    "name first": (
        "{count} comments\n",
        lambda rng, n, name: f"{name}\n{rng.randint(1, 20)} hours ago\n{sentence(n)}\nReply\n",
    ),
    "text first": (
        "Opinions ({count})\n",
        lambda rng, n, name: f"{sentence(n)}\n#{n % 7}\n{name}\n{rng.randint(1, 20)} h ago\n",
    ),
    "a heading of the site's own": (
        "The floor is yours\n",
        lambda rng, n, name: f"{name}\n{sentence(n)}\nLike ({rng.randint(0, 9)})\nReport\n",
    ),
}


@pytest.mark.parametrize("kind", COMMENTS)
def test_comments_that_some_pages_have_are_no_text(kind: str, corpuscli: Run) -> None:
    rng = Random(kind)
    heading, comment = COMMENTS[kind]
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD + "{text}\n{more}\n", 80)):
        dump += text.rstrip("\n") + "\n"
        if n % 4:
            count = rng.randint(2, 6)
            dump += heading.format(count=count)
            for m in range(count):
                name = f"{rng.choice(WORDS)}{rng.randint(1, 99)}"
                dump += comment(rng, 5000 + 10 * n + m, name)
        dump += FOOT
    wanted = [[sentence(n), sentence(n + 1000)] for n in range(80)]
    assert bodies_of(corpuscli, dump) == wanted


def test_a_live_report_is_text_although_its_entries_have_lines_of_their_own(
    corpuscli: Run,
) -> None:
    rng = Random(5)
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD, 60)):
        dump += text.rstrip("\n") + "\n"
        if n % 2:
            dump += f"{sentence(n)}\n{sentence(n + 1000)}\n"
        else:
            dump += "Live\n"
            for m in range(4):
                dump += f"{rng.randint(10, 23)}:{rng.randint(10, 59)}\n{sentence(100 * n + m)}\n"
        dump += FOOT
    bodies = bodies_of(corpuscli, dump)
    live = [body for n, body in enumerate(bodies) if n % 2 == 0]
    assert live == [[sentence(100 * n + m) for m in range(4)] for n in range(0, 60, 2)]


def test_the_paragraphs_of_a_story_that_was_scraped_several_times_are_text(
    corpuscli: Run,
) -> None:
    pages = other_pages(ARTICLE, 60)
    again = [page for page in pages[:5] for _ in range(4)]
    every = [*pages, *again]
    Random(4).shuffle(every)
    bodies = bodies_of(corpuscli, "".join(text for text, _, _ in every))
    assert bodies == [body for _, _, body in every]


def test_a_paragraph_in_a_few_stories_makes_no_pages(corpuscli: Run) -> None:
    note = "To reach the author, write to the desk of the paper, and name the page and the day."
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(ARTICLE, 120)):
        dump += text.replace("Share\n", f"{note}\nShare\n") if n % 12 == 0 else text
    assert len(records_of(corpuscli, dump)) == 120


def test_buttons_below_a_deck_are_no_text(corpuscli: Run) -> None:
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD, 60)):
        deck = sentence(n + 7000) + "\n" if n % 3 == 0 else ""
        text = text.rstrip() + f"\n{deck}Full screen\nLeave full screen\n"
        dump += f"{text}{sentence(n)}\n{sentence(n + 1000)}\n{FOOT}"
    for n, body in enumerate(bodies_of(corpuscli, dump)):
        assert isinstance(body, list)
        assert body[-2:] == [sentence(n), sentence(n + 1000)]
        assert not {"Full screen", "Leave full screen"} & {*body}


def test_a_list_of_contents_is_no_text(corpuscli: Run) -> None:
    rng = Random(6)
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD + "By Ada Lindvane\nContents\n", 60)):
        dump += text.rstrip("\n") + "\n"
        dump += "".join(
            f"The {rng.choice(WORDS)} and the {rng.choice(WORDS)} {n}\n" for _ in range(3)
        )
        dump += f"{sentence(n)}\n{sentence(n + 1000)}\n{FOOT}"
    assert bodies_of(corpuscli, dump) == [[sentence(n), sentence(n + 1000)] for n in range(60)]


def test_tags_below_the_text_are_no_text(corpuscli: Run) -> None:
    rng = Random(8)
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD + "{text}\n{more}\n", 60)):
        tags = "".join(f"#{rng.choice(WORDS)}{n}{m}\n" for m in range(rng.randint(1, 4)))
        dump += text.rstrip("\n") + "\n" + tags + FOOT
    assert bodies_of(corpuscli, dump) == [[sentence(n), sentence(n + 1000)] for n in range(60)]


def test_numbers_that_begin_anew_on_every_page_count_no_articles(corpuscli: Run) -> None:
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD + "{text}\n{more}\n", 60)):
        dump += text.rstrip("\n") + "\nOpinions\n"
        for m in range(4 + n % 3):
            dump += f"{sentence(5000 + 10 * n + m)}\n#{m + 1}\n{WORDS[m]} {n}{m}\n"
        dump += FOOT
    records = records_of(corpuscli, dump)
    titles = [title for _, title, _ in other_pages(HEAD, 60)]
    assert [record["title"] for record in records] == titles


SHAPES = {
    "a counter between signs": "=== {n} ===\n{title}\n{text}\n{more}\n\n",
    "a counter in words": "Article {n} of 60\n\n{title}\n\n{text}\n\n{more}\n\n",
    "a file's name between arrows": "==> 2024/{n}.txt <==\n{title}\n\n{text}\n\n{more}\n\n",
    "an address behind hashes": "####### https://grimholm.example/{n}\n{title}\n{text}\n{more}\n",
    "a date": "{day} March 2024\n{title}\n{text}\n{more}\n\n",
    "stars below": "{title}\nThe Post | {day} March 2024\n{text}\n{more}\n***\n",
    "capitals below a gap": "{capitals}\n\n{text}\n\n{more}\n\n\n",
    "elements": "<item>\n<title>{title}</title>\n<p>{text}</p>\n<p>{more}</p>\n</item>\n",
    "labels below a rule": "العنوان: {title}\nالنص:\n{text}\n{more}\n#####\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_home_made_dumps_are_read(shape: str, corpuscli: Run) -> None:
    titles = [title for _, title, _ in other_pages(HEAD, 60)]
    dump = "".join(
        SHAPES[shape].format(
            n=n + 1,
            title=title,
            capitals=title.upper(),
            day=n % 28 + 1,
            text=sentence(n),
            more=sentence(n + 1000),
        )
        for n, title in enumerate(titles)
    )
    records = records_of(corpuscli, dump)
    found = [str(record["title"]) for record in records]
    assert found == ([title.upper() for title in titles] if shape.startswith("cap") else titles)
    bodies = [record["paragraphs"] for record in records]
    assert bodies == [[sentence(n), sentence(n + 1000)] for n in range(60)]


@pytest.mark.parametrize("mark", ["Chapter {n}", "{n}.", "***", "Глава {n}", "第{n}章"])
def test_a_novel_is_not_cut(mark: str, corpuscli: Run) -> None:
    rng = Random(mark)
    novel = ""
    for n in range(1, 41):
        novel += mark.format(n=n) + "\n\n"
        for _ in range(rng.randint(5, 12)):
            seed = rng.randrange(10**6)
            said = f"“The {rng.choice(WORDS)} of {rng.choice(WORDS)},” said the old man {seed}."
            novel += f"{rng.choice([sentence(seed), said])}\n\n"
    done = corpuscli("list", stdin=novel.encode())
    assert done.stdout.count(b"\n") == 1
    assert b"no layout fits" in done.stderr


def test_a_table_of_two_quoted_columns_is_no_dump(corpuscli: Run) -> None:
    rows = [f'"{WORDS[n % 17]} {n}","{sentence(n)} {sentence(n + 50)}"\n' for n in range(40)]
    done = corpuscli("list", stdin="".join(rows).encode())
    assert b"looks like a table of comma-separated values (CSV)" in done.stderr


def cut_at_links(rng: Random, title: str) -> list[str]:
    """Return a paragraph in three lines, as where a link is an element of its own."""
    about = title.split()
    words = ["".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in "123")]
    words += [rng.choice(("of", "the", "to", rng.choice(about), f"{words[0]}s")) for _ in range(24)]
    first = rng.randint(8, 16)
    last = first + rng.randint(1, 2)
    cut = " ".join(words[:first]), " ".join(words[first:last]), " ".join(words[last:])
    return [cut[0].capitalize(), cut[1], f"{cut[2]}."]


def test_words_of_a_paragraph_that_is_cut_at_links_are_text(corpuscli: Run) -> None:
    rng = Random(11)
    dump, wanted = "", []
    for text, title, _ in other_pages(HEAD + "By Ada Lindvane\nThe Post\n", 120):
        body = [line for _ in range(4) for line in cut_at_links(rng, title)]
        dump += "\n".join([text.rstrip(), *body, ""]) + FOOT
        wanted.append(body)
    records = records_of(corpuscli, dump)
    assert [record["title"] for record in records] == [
        title for _, title, _ in other_pages(HEAD, 120)
    ]
    assert [record["paragraphs"] for record in records] == wanted


def test_the_open_tab_of_a_menu_may_be_another_on_every_page(corpuscli: Run) -> None:
    rng = Random(12)
    menu = [f"{word} news" for word in WORDS[:12]]
    dump = ""
    titles = [title for _, title, _ in other_pages(HEAD, 80)]
    for n, title in enumerate(titles):
        tabs = list(menu)
        tabs[n % 12] += " (open)"
        lines = [*tabs, "Popular", *rng.sample(WORDS, 4), title, sentence(n), sentence(n + 1000)]
        dump += "\n".join(lines) + "\n" + FOOT
    records = records_of(corpuscli, dump)
    assert [record["title"] for record in records] == titles
    assert [record["paragraphs"] for record in records] == [
        [sentence(n), sentence(n + 1000)] for n in range(80)
    ]


def test_a_title_may_come_back(corpuscli: Run) -> None:
    series = ("Letters to the editor", "The week in pictures", "The morning at a glance")
    titles = [
        series[n // 7 % 3] if n % 7 == 0 else title
        for n, (_, title, _) in enumerate(other_pages(HEAD, 90))
    ]
    dump = "".join(
        HEAD.format(title=title)
        + f"By Ada Lindvane\n{n % 28 + 1} March 2024\n{sentence(n)}\n{sentence(n + 1000)}\n{FOOT}"
        for n, title in enumerate(titles)
    )
    done = corpuscli("list", "--fields=title", stdin=dump.encode())
    assert done.stdout.decode().splitlines() == titles
    # That they come back is what makes it less sure.
    assert b"(100% sure)" not in done.stderr


def test_a_date_behind_a_town_is_no_text_and_the_articles_own(corpuscli: Run) -> None:
    rng = Random(13)
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD, 60)):
        town = f"{rng.choice(WORDS)}{rng.choice(WORDS)}".title()
        dump += f"{text.rstrip()}\n{town} - {n % 28 + 1} March 2024 - 10:{n % 50 + 10} CET\n"
        dump += f"{sentence(n)}\n{sentence(n + 1000)}\n{FOOT}"
    records = records_of(corpuscli, dump)
    assert [record["date"] for record in records] == [f"2024-03-{n % 28 + 1:02}" for n in range(60)]
    assert [record["paragraphs"] for record in records] == [
        [sentence(n), sentence(n + 1000)] for n in range(60)
    ]


def test_headlines_in_a_numbered_box_are_no_text(corpuscli: Run) -> None:
    rng = Random(14)
    heads = [f"The {rng.choice(WORDS)} and the {rng.choice(WORDS)} of {n}" for n in range(40)]
    dump = ""
    for n, (text, _, _) in enumerate(other_pages(HEAD, 80)):
        count = rng.randint(2, 4)
        box = "".join(f"item {m + 1} of {count}\n{rng.choice(heads)}\n" for m in range(count))
        dump += f"{text.rstrip()}\n{sentence(n)}\nRecommended\n{box}{sentence(n + 1000)}\n{FOOT}"
    assert bodies_of(corpuscli, dump) == [[sentence(n), sentence(n + 1000)] for n in range(80)]


def test_the_footer_of_the_last_page_is_no_article(corpuscli: Run) -> None:
    rng = Random(15)
    dump = ""
    for n, (_, title, _) in enumerate(other_pages(HEAD, 60)):
        links = "\n".join(rng.sample(WORDS, rng.randint(3, 5)))
        dump += (
            f"{title}\nShare\n{sentence(n)}\n{sentence(n + 1000)}\nContact\nFollow us\n{links}\n"
        )
    assert bodies_of(corpuscli, dump) == [[sentence(n), sentence(n + 1000)] for n in range(60)]


@pytest.mark.parametrize("menu", ["Port\nTown\nSea", "Port\nTown\nSea\nOpinion"])
def test_the_title_of_opinion_pages_may_be_below_the_author(menu: str, corpuscli: Run) -> None:
    rng = Random(16)
    authors = ("Ada Lindvane", "Ivo Marvane", "Tilde Marn", "Oda Kjeld", "Peer Aldous")
    dump, wanted = "", []
    for n, (_, title, _) in enumerate(other_pages(HEAD, 100)):
        author, day = rng.choice(authors), f"{n % 28 + 1} March 2024"
        is_opinion = n % 4 == 1
        section = "Opinion" if is_opinion else ("Port", "Town", "Sea")[n % 3]
        head = [author, title, day] if is_opinion else [title, f"By {author}", day]
        lines = ["The Post", menu, "Home", section, *head, sentence(n), sentence(n + 1000)]
        dump += "\n".join(lines) + "\nShare\nAbout us\n"
        wanted.append((title, [sentence(n), sentence(n + 1000)], f"2024-03-{n % 28 + 1:02}"))
    records = records_of(corpuscli, dump)
    assert [(one["title"], one["paragraphs"], one["date"]) for one in records] == wanted


def test_a_time_before_noon_and_one_after_it_are_alike(corpuscli: Run) -> None:
    rng = Random(17)
    dump, wanted = "", []
    for n, (_, title, _) in enumerate(other_pages(HEAD, 60)):
        time = f"{rng.randint(1, 12)}:15 {rng.choice(['AM', 'PM'])}"
        lines = [title, f"March {n % 28 + 1}, 2024 {time} UTC", sentence(n), sentence(n + 1000)]
        dump += "\n\n".join([*lines, "How we work."]) + "\n\n"
        wanted.append((title, f"2024-03-{n % 28 + 1:02}", [sentence(n), sentence(n + 1000)]))
    records = records_of(corpuscli, dump)
    assert [(one["title"], one["date"], one["paragraphs"]) for one in records] == wanted


def test_a_line_that_all_pages_have_is_not_known_by_its_first_word(corpuscli: Run) -> None:
    dump, wanted = "", []
    for n, (_, title, _) in enumerate(other_pages(HEAD, 60)):
        head = f"Most {WORDS[n % 17]} fans agree"
        body = [sentence(n), *([head] if n % 20 == 7 else []), sentence(n + 1000)]
        lines = [
            "The Post",
            "Log in",
            title,
            "Share",
            *body,
            "Most read",
            WORDS[n % 17],
            "About us",
        ]
        dump += "\n".join(lines) + "\n"
        wanted.append(body)
    assert bodies_of(corpuscli, dump) == wanted
