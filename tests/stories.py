"""Stories, and editions of them whose changes are known: which of two pages tell the same story.

Words are made of syllables, so a text is nobody's, and two stories share no more than they are
given to share.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from compose import Page

SYLLABLES = {
    "latin": "ba be bo da de do fa ga ka la lo ma mi mo na ne no pa ra re ri ro sa se ta".split(),
    "cyrillic": "ба бе во га да ду ем жи за ка ки ла ло ма ми на но пе ра ро са се та ти".split(),
    "arabic": "با بو تا جا دا دي را رو سا سي شا عا فا في قا كا لا ما مي نا نو ها وا يا".split(),
    "accented": "bé bè çà dé ëm fü gä hö ín jó kà lê mö nà ös pé qu rî sô tü úr vé xà zé".split(),
}
HAN = [chr(0x4E00 + 7 * n) for n in range(900)]

FURNITURE = (
    "Share this page with your friends, print it, or send it to somebody who would like to know.",
    "Read on any device with a subscription to our paper: the first four weeks cost nothing.",
    "More from this desk: weather, tides, timetables of all ferries, and the crossword of the day.",
    "Copyright of the publisher; reprints of any kind, also of parts, need our written permission.",
    "Our newsroom can be reached by post, by telephone by day, and by mail around the clock.",
)
TAIL = "(Reporting by Mira Holm in Vikhaven and Ivo Marin in Grimholm; Editing by Signa Arnvold)"

Change = Callable[["Writer", Page], Page]


@dataclass
class Writer:
    """Writes texts in one script, the same ones for the same seed."""

    rng: random.Random
    script: str

    def __post_init__(self) -> None:
        if self.script == "han":
            self._words = HAN
        else:
            syllables = SYLLABLES[self.script]
            self._words = [
                "".join(self.rng.choices(syllables, k=self.rng.randint(1, 4))) for _ in range(4000)
            ]
        self._weights = [1 / (rank + 5) for rank in range(len(self._words))]

    def words(self, count: int) -> list[str]:
        return self.rng.choices(self._words, self._weights, k=count)

    def text(self, count: int) -> str:
        between = "" if self.script == "han" else " "
        return between.join(self.words(count)).capitalize() + ("。" if between == "" else ".")

    def paragraph(self) -> str:
        return self.text(self.rng.randint(20, 45))

    def story(self) -> Page:
        paragraphs = tuple(self.paragraph() for _ in range(self.rng.randint(9, 22)))
        return Page(self.text(9), paragraphs, captions=(f"1 March 2024: {self.text(8)} (dpa)",))


def _paragraphs(page: Page) -> list[str]:
    return page.paragraphs


def paragraph_added(writer: Writer, page: Page) -> Page:
    body = _paragraphs(page)
    body.insert(writer.rng.randint(0, len(body)), writer.paragraph())
    return Page(page.title, tuple(body), captions=page.captions)


def paragraph_cut(writer: Writer, page: Page) -> Page:
    body = _paragraphs(page)
    body.pop(writer.rng.randrange(len(body)))
    return Page(page.title, tuple(body), captions=page.captions)


def paragraph_moved(writer: Writer, page: Page) -> Page:
    body = _paragraphs(page)
    body.insert(0, body.pop(writer.rng.randrange(1, len(body))))
    return Page(page.title, tuple(body), captions=page.captions)


def headline_changed(writer: Writer, page: Page) -> Page:
    return Page(writer.text(9), page.body, captions=page.captions)


def photos_changed(writer: Writer, page: Page) -> Page:
    return Page(page.title, page.body, captions=(f"2 March 2024: {writer.text(30)} (AFP)",))


def typos(writer: Writer, page: Page) -> Page:
    body = _paragraphs(page)
    for _ in range(3):
        at = writer.rng.randrange(len(body))
        place = writer.rng.randrange(len(body[at]) - 1)
        body[at] = body[at][:place] + "x" + body[at][place + 1 :]
    return Page(page.title, tuple(body), captions=page.captions)


def agency_tail(writer: Writer, page: Page) -> Page:
    return Page(page.title, (*page.body, TAIL), captions=page.captions)


def other_case_and_accents(writer: Writer, page: Page) -> Page:
    body = tuple(unicodedata.normalize("NFD", text.upper()) for text in page.paragraphs)
    return Page(page.title, body, captions=page.captions)


def other_lines(writer: Writer, page: Page) -> Page:
    """The same text scraped with other line ends: two paragraphs run together."""
    body = _paragraphs(page)
    body[1:3] = [" ".join(body[1:3])] if writer.script != "han" else ["".join(body[1:3])]
    return Page(page.title, tuple(body), captions=page.captions)


def twice(writer: Writer, page: Page) -> Page:
    return page


SAME: tuple[Change, ...] = (
    paragraph_added, paragraph_cut, paragraph_moved, headline_changed, photos_changed, typos,
    agency_tail, other_case_and_accents, other_lines, twice,
)  # fmt: skip
"""They leave a story the same, or nearly."""


def of_one_event(writer: Writer, page: Page) -> Page:
    """Another story of the same event: the same names and one quotation, in other words."""
    body = [writer.paragraph() for _ in page.paragraphs]
    body[2] = page.paragraphs[2]
    return Page(page.title, tuple(body), captions=page.captions)


def follow_up(writer: Writer, page: Page) -> Page:
    """The next day's story: new paragraphs first, then a third of the old ones as background."""
    old = page.paragraphs
    body = [writer.paragraph() for _ in old[len(old) // 3 :]] + old[: len(old) // 3]
    return Page(writer.text(9), tuple(body), captions=page.captions)


OTHER: tuple[Change, ...] = (of_one_event, follow_up)
"""These changes make a different story, which is not a duplicate."""


def translated(page: Page, script: str, rng: random.Random) -> Page:
    """Return the same story in another language, with its paragraphs, names and figures."""
    writer = Writer(rng, script)
    body = tuple(f"{writer.text(30)} {text.split()[0]}" for text in page.paragraphs)
    return Page(writer.text(9), body, captions=page.captions)


def composed(
    seed: int, stories: int, scripts: tuple[str, ...] = (*SYLLABLES, "han")
) -> tuple[list[Page], set[tuple[int, int]]]:
    """Pages in any order, and which two of them are the same, by their places from 0, ascending.

    Every change to a story is made on its first page, so two changed ones may differ by both
    changes; whether those are still the same is not said: such pairs are in neither set.
    """
    rng = random.Random(seed)
    pages: list[tuple[Page, int]] = []
    """Each with its story; what is another story has a number of its own."""
    number = 0
    for n in range(stories):
        writer = Writer(rng, scripts[n % len(scripts)])
        story = writer.story()
        pages.append((story, number))
        change = SAME[(n // len(scripts)) % len(SAME)]
        pages.append((change(writer, story), number))
        other = OTHER[n % len(OTHER)]
        pages.append((other(writer, story), number + 1))
        pages.append((translated(story, "cyrillic" if n % 2 else "latin", rng), number + 2))
        number += 3
    pages += ((page, number + n) for n, page in enumerate(short_pages(rng)))
    rng.shuffle(pages)
    same = {
        (one, other)
        for (one, (_, story)), (other, (_, second)) in combinations(enumerate(pages), 2)
        if story == second
    }
    return [page for page, _ in pages], same


def short_pages(rng: random.Random) -> Iterator[Page]:
    """Briefs that have only furniture, captions and an agency's last line in common."""
    writer = Writer(rng, "latin")
    for _ in range(30):
        yield Page(
            writer.text(5),
            (writer.text(8), *FURNITURE, TAIL),
            captions=("1 March 2024: A boat in the harbour of Vikhaven, Velmark. (dpa)",),
        )
