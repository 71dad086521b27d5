"""Compose dumps from page shapes, with the records that must be read from them.

The expectations come from the shape of a page alone: nothing here reads a dump. The letters in the
docstrings are T title, C caption, D deck, A author, R role, B body paragraph, "" a blank line.
"""

import hashlib
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise
from typing import Literal, TypedDict

from hypothesis import strategies as st

NBSP = "\N{NO-BREAK SPACE}"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

Noise = Literal[
    "title-tail",  # titles end in NBSP and spaces
    "caption-indent",  # the first copy of a caption begins with a space, the next does not
    "double-space",  # later copies have two spaces where the first has one
    "inner-nbsp",  # later copies have an NBSP where the first has a space
    "decomposed",  # later copies are in NFD
    "feff",  # later copies end in U+FEFF
    "padded",  # paragraphs and deck have an NBSP and spaces around them
    "blank-space",  # blank lines contain a space and an NBSP
    "bom",  # the page's first line begins with U+FEFF, as where files are joined
]


class ExpectedCaption(TypedDict):
    text: str
    copies: int


class Expected(TypedDict):
    """The fields of an article record that follow from its page's shape."""

    title: str | None
    deck: str | None
    byline: str | None
    captions: list[ExpectedCaption]
    paragraphs: list[str]
    paragraph_count: int
    caption_count: int
    words: int
    duplicate_captions: int
    line: int
    start: int
    end: int
    id: str
    number: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in the body: its caption on `copies` lines in a row, with a blank line around it."""

    caption: str
    copies: int = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """Exactly this many blank lines between two items of a body, or before the first."""

    blanks: int


Body = tuple[str | Photo | Gap, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a dump. Texts are given trimmed; `noise` adds the white space around them.

    `number` is the line after the chrome, `gap` the number of blank lines before the page (unused
    on the first page), `above` and `below` the copies of each caption above and below the repeated
    title. Raises ValueError for a shape that is not a page in FORMAT.md.
    """

    title: str | None
    body: Body = ()
    deck: str | None = None
    author: str | None = None
    role: str | None = None
    captions: tuple[str, ...] = ()
    above: int = 2
    below: int = 2
    interleaved: bool = False
    chrome: bool = True
    number: str | None = "20"
    tight: bool = False
    third_title: bool = False
    gap: int = 3
    crlf: bool = False
    noise: frozenset[Noise] = frozenset()

    def __post_init__(self) -> None:
        if flaws := list(_flaws(self)):
            raise ValueError("; ".join(flaws))

    @property
    def story(self) -> Body:
        """Return the body, with the title that opens it a third time, if it does."""
        return (self.title, *self.body) if self.title and self.third_title else self.body

    @property
    def paragraphs(self) -> list[str]:
        return [item for item in self.story if isinstance(item, str)]

    @property
    def photos(self) -> list[Photo]:
        return [item for item in self.story if isinstance(item, Photo)]


def _flaws(page: Page) -> Iterator[str]:
    """Yield the reasons why the page would not be read as the page that it claims to be."""
    repeats = bool(page.captions) or page.third_title
    if page.body and isinstance(page.body[-1], Gap):
        yield "blank lines after a body belong to the next page's gap"
    if page.gap < 1 or page.above < 1:
        yield "a page follows a blank line, and captions begin above the repeated title"
    if page.title is None and (page.deck or page.author or repeats):
        yield "a header has a title"
    if page.author and (page.deck or repeats or not page.chrome):
        yield "an opinion page has chrome, its title once, and neither deck nor captions"
    if page.role and page.author in (None, page.role):
        yield "a role is another line than its author"
    if not page.chrome and page.captions and page.below < 1:
        yield "without chrome, captions are copied below the repeated title"
    if not page.chrome and page.deck and not page.captions:
        yield "without chrome, a deck needs captions"
    if any(paragraph == after for paragraph, after in pairwise(page.paragraphs)):
        yield "the same paragraph twice in a row is a header or a caption"


# From pages to bytes


def render(
    pages: Sequence[Page], *, newline: str = "\n", final_newline: bool = True, leading: int = 0
) -> bytes:
    """Return the dump; `leading` blank lines come before the first page."""
    return b"".join(pieces(pages, newline=newline, final_newline=final_newline, leading=leading))


def pieces(
    pages: Sequence[Page], *, newline: str = "\n", final_newline: bool = True, leading: int = 0
) -> list[bytes]:
    """Return the bytes of each article: its page and the blank lines up to the next one."""
    if any(page.title is None for page in pages[1:]):
        raise ValueError("text without a title is an article at the top of a dump only")
    parts = []
    for number, page in enumerate(pages):
        end = "\r\n" if page.crlf else newline
        lines = page_lines(page)
        if number == 0:
            lines = [""] * leading + lines
        if number + 1 < len(pages):
            lines += [_blank(page)] * pages[number + 1].gap
        text = "".join(line + end for line in lines)
        if number + 1 == len(pages) and not final_newline:
            text = text.removesuffix(end)
        parts.append(text.encode())
    return parts


def page_lines(page: Page) -> list[str]:
    """Return the lines of the page as they are in the dump, without line ends."""
    lines = [*_header_lines(page), *_body_lines(page)]
    if "bom" in page.noise:
        lines[0] = BOM + lines[0]
    return lines


def _header_lines(page: Page) -> list[str]:
    if page.title is None:
        return []
    blank = _blank(page)
    chrome = ["TT", *([page.number] if page.number else [])] if page.chrome else []
    if page.author:
        byline = [page.author, page.role] if page.role else [page.author]
        return [*byline, *chrome, blank, _title(page, 0)]
    captions_above = _caption_lines(page, 0, page.above)
    captions_below = _caption_lines(page, page.above, page.below)
    return [
        *[_title(page, 0), blank],
        *([_padded(page, page.deck), blank] if page.deck else []),
        *captions_above,
        *chrome,
        *([blank] if captions_above or chrome else []),
        _title(page, 1),
        *([blank, *captions_below] if captions_below else []),
    ]


def _body_lines(page: Page) -> list[str]:
    lines: list[str] = []
    blanks = 0 if page.title is None else 1
    for item in page.story:
        if isinstance(item, Gap):
            blanks = item.blanks
            continue
        if isinstance(item, Photo):
            lines += [_blank(page)] * (blanks or min(len(lines), 1))
            lines += [_copy(page, item.caption, nth) for nth in range(item.copies)]
            blanks = 1
        else:
            lines += [_blank(page)] * blanks + [_padded(page, item)]
            blanks = 0 if page.tight else 1
    return lines


def _caption_lines(page: Page, first: int, copies: int) -> list[str]:
    nths = range(first, first + copies)
    if page.interleaved:
        return [_copy(page, caption, nth) for nth in nths for caption in page.captions]
    return [_copy(page, caption, nth) for caption in page.captions for nth in nths]


def _title(page: Page, nth: int) -> str:
    tail = f"{NBSP} " if "title-tail" in page.noise else ""
    return _varied(page, page.title or "", nth) + tail


def _copy(page: Page, caption: str, nth: int) -> str:
    indent = " " if "caption-indent" in page.noise and nth % 2 == 0 else ""
    return indent + _varied(page, caption, nth)


def _varied(page: Page, text: str, nth: int) -> str:
    """Return copy `nth`, from 0, of a title or caption: the same text in other characters."""
    if nth == 0:
        return text
    if "double-space" in page.noise:
        text = text.replace(" ", "  ", 1)
    if "inner-nbsp" in page.noise:
        text = NBSP.join(text.rsplit(" ", 1))
    if "decomposed" in page.noise:
        text = unicodedata.normalize("NFD", text)
    return text + BOM if "feff" in page.noise else text


def _padded(page: Page, text: str) -> str:
    return f"{NBSP}{text} {NBSP}" if "padded" in page.noise else text


def _blank(page: Page) -> str:
    return f" {NBSP}" if "blank-space" in page.noise else ""


# From pages to records


def expect(
    pages: Sequence[Page], *, newline: str = "\n", final_newline: bool = True, leading: int = 0
) -> list[Expected]:
    """Return what must be read from `render` with the same arguments."""
    records = []
    start, lines_before = 0, 0
    parts = pieces(pages, newline=newline, final_newline=final_newline, leading=leading)
    for number, (page, part) in enumerate(zip(pages, parts, strict=True), start=1):
        line = 1 + lines_before + (leading if number == 1 else 0) + _landmark(page)
        captions = _expected_captions(page)
        records.append(
            Expected(
                title=page.title,
                deck=page.deck,
                byline=", ".join(filter(None, (page.author, page.role))) or None,
                captions=captions,
                paragraphs=page.paragraphs,
                paragraph_count=len(page.paragraphs),
                caption_count=len(captions),
                words=sum(len(paragraph.split()) for paragraph in page.paragraphs),
                duplicate_captions=_duplicates(page),
                line=line,
                start=start,
                end=start + len(part),
                id=article_id(page),
                number=number,
            )
        )
        start += len(part)
        lines_before += part.count(b"\n")
    return records


def article_id(page: Page) -> str:
    """Return the first 12 hex digits of SHA-256 over the title, if any, and each paragraph."""
    texts = [*([page.title] if page.title else []), *page.paragraphs]
    return hashlib.sha256("\n\n".join(texts).encode()).hexdigest()[:12]


def _landmark(page: Page) -> int:
    """Return how many lines of the page come before its title.

    Without a title, return how many come before its first paragraph.
    """
    if page.title is None:
        texts = [line.strip(f" {NBSP}{BOM}") for line in page_lines(page)]
        return texts.index(page.paragraphs[0])
    return len(_header_lines(page)) - 1 if page.author else 0


def _expected_captions(page: Page) -> list[ExpectedCaption]:
    header = [ExpectedCaption(text=text, copies=page.above + page.below) for text in page.captions]
    body = [ExpectedCaption(text=photo.caption, copies=photo.copies) for photo in page.photos]
    return header + body


def _duplicates(page: Page) -> int:
    """Return the number of redundant caption lines in the header.

    They are all but one per caption; without chrome, one above and one below stay.
    """
    kept = 1 if page.chrome else 2
    return len(page.captions) * (page.above + page.below - kept)


# Pseudo-random pages


@dataclass(frozen=True, slots=True)
class Language:
    words: str
    months: tuple[str, ...]
    comma: str = ","


ENGLISH = Language(
    "harbour ferry council bridge winter budget [sic] 20% the of and a school's “quiet” tide under "
    "lantern 1962 storm-water vote mayor café naïve pilot grain market over",
    ("March", "October"),
)
ARABIC = Language(
    "الميناء المدينة أعلن المجلس عن خطة جديدة في إلى من السفينة الشتاء «السوق» القديم "
    "الجسر مدرسة العاصفة ١٢ بعد قبل الصيادون وقالت",
    ("مارس", "أكتوبر"),
    "،",
)
GERMAN = Language(
    "Über Straße der die Fähre Hafen größer Brücke nach „Wetter“ für Rat am Öl",
    ("März", "Oktober"),
)
RUSSIAN = Language(
    "порт город новый совет ёлка мост через зима «паром» и сказал рыбаки после",
    ("марта", "октября"),
)
LANGUAGES = (ENGLISH, ENGLISH, ENGLISH, ARABIC, ARABIC, GERMAN, RUSSIAN)

CREDITS = ("(dpa)", "(Reuters)", "Photo: Ada Lindvane/dpa", "(AP Photo/Ivo Marvane)", "")
NOISES: tuple[Noise, ...] = (
    *("title-tail", "caption-indent", "double-space", "inner-nbsp"),
    *("decomposed", "feff", "padded", "blank-space"),
)


class Writer:
    """Writes lines of a language; a serial number in each keeps all lines different."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.language = ENGLISH
        self._serials = count(1)

    def phrase(self, shortest: int, longest: int) -> str:
        number = self.rng.randint(shortest, longest)
        words = [self.rng.choice(self.language.words.split()) for _ in range(number)]
        return f"{' '.join(words)} {next(self._serials)}"

    def title(self) -> str:
        text = self.phrase(2, 6)
        return text[:1].upper() + text[1:]

    def paragraph(self) -> str:
        """Return a paragraph, sometimes with a character inside that ends no line or paragraph."""
        joint = " "
        if self.rng.random() < 0.1:
            joint = self.rng.choice(("\u2028", "\u0085", "\v", "\f", NBSP, "  ", BOM, "\t"))
        return f"{self.phrase(1, 8)}{joint}{self.phrase(1, 8)}."

    def caption(self) -> str:
        day, month = self.rng.randint(1, 28), self.rng.choice(self.language.months)
        comma, credit = self.language.comma, self.rng.choice(CREDITS)
        dateline = f"{day} {month} 2024{comma} Nordmark{comma} Vik"
        return f"{dateline}: {self.phrase(2, 6)}. {credit}".strip()

    def name(self) -> str:
        return f"Name {self.phrase(1, 1)}"


def random_pages(rng: random.Random, n: int, *, noisy: bool = False) -> list[Page]:
    """Return n pages, mixing all shapes; at least one has a header.

    No two lines are the same by accident. `noisy` adds text that looks like evidence but is not:
    see `disturb`.
    """
    write = Writer(rng)
    pages: list[Page] = []
    while len(pages) < n:
        write.language = rng.choice(LANGUAGES)
        if not pages and n > 1 and rng.random() < (0.4 if noisy else 0.1):
            pages.append(_random_headless(rng, write))
        elif (models := _copyable(pages)) and _odds(rng, 0.1):
            pages.append(replace(rng.choice(models), gap=_random_gap(rng)))
        else:
            pages.append(_random_page(rng, write, pages[-1] if pages else None))
    pages = list(map(_with_company, pages))
    return disturb(rng, write, pages) if noisy else pages


def _is_bare(page: Page) -> bool:
    """Return whether the page's title, twice with nothing between, is all there is of its header."""
    return page.title is not None and not page.chrome and not page.captions


def _with_company(page: Page) -> Page:
    """Return the page with two blank lines before it, if its title is bare: it needs them."""
    return replace(page, gap=max(2, page.gap)) if _is_bare(page) else page


@st.composite
def pages(draw: st.DrawFn, largest: int = 5, *, noisy: bool = False) -> list[Page]:
    """Draw the pages of a dump, 1 to `largest` of them, as `random_pages` makes them.

    A hypothesis strategy.
    """
    rng = draw(st.randoms(use_true_random=False))
    return random_pages(rng, draw(st.integers(1, largest)), noisy=noisy)


def _odds(rng: random.Random, chance: float) -> bool:
    return rng.random() < chance


def _copyable(pages: Sequence[Page]) -> list[Page]:
    """Return the pages that may appear here again, word for word."""
    return [
        page
        for page in pages
        if page.title and page.body and (pages[-1].body or not page.author)
        # Lines that are doubled more than once with nothing between are furniture.
        if not _is_bare(page)
    ]


def _random_gap(rng: random.Random) -> int:
    return rng.choice((1, 1, 2, 3, 3, 3, 4, 5, 6, 7))


def _random_headless(rng: random.Random, write: Writer) -> Page:
    return Page(None, _random_body(rng, write, shortest=2), tight=_odds(rng, 0.2))


def _random_page(rng: random.Random, write: Writer, before: Page | None) -> Page:
    page = Page(
        write.title(),
        number=rng.choice(("20", "16", None, None)),
        gap=_random_gap(rng),
        crlf=_odds(rng, 0.05),
        noise=frozenset(noise for noise in NOISES if _odds(rng, 0.1)),
    )
    follows_a_body = before is None or bool(before.body)
    if follows_a_body and _odds(rng, 0.15):
        return _as_opinion(rng, write, page)
    page = _with_header(rng, write, page)
    if _odds(rng, 0.04):
        return page
    third_title = _odds(rng, 0.1)
    body = _random_body(rng, write, shortest=2 if third_title else 1)
    if not page.captions and _odds(rng, 0.1):
        body = (Photo(write.caption()), *body)
    if page.captions and not page.below and _odds(rng, 0.5):
        body = (Gap(2), *body)
    if third_title:
        body = tuple(item for item in body if isinstance(item, str))
    return replace(page, body=body, third_title=third_title, tight=_odds(rng, 0.2))


def _as_opinion(rng: random.Random, write: Writer, page: Page) -> Page:
    role = write.phrase(2, 4) if _odds(rng, 0.7) else None
    body = (write.paragraph(), *_random_body(rng, write, shortest=2))
    return replace(page, author=write.name(), role=role, body=body)


def _with_header(rng: random.Random, write: Writer, page: Page) -> Page:
    """Return the page with or without chrome, and with captions and deck that suit its header."""
    chrome = _odds(rng, 0.7)
    captions = tuple(write.caption() for _ in range(rng.choice((0, 1, 1, 1, 2, 3))))
    copies = [(2, 2), (2, 2), (2, 2), (1, 1), (1, 2), (3, 1)]
    above, below = rng.choice([*copies, (1, 0), (2, 0)] if chrome else copies)
    return replace(
        page,
        chrome=chrome,
        captions=captions,
        above=above,
        below=below,
        interleaved=_odds(rng, 0.3),
        deck=write.phrase(3, 8) if (chrome or captions) and _odds(rng, 0.2) else None,
    )


def _random_body(rng: random.Random, write: Writer, shortest: int) -> Body:
    """Return paragraphs, sometimes with a photo or a gap between them, or a photo at the end."""
    body: list[str | Photo | Gap] = []
    for nth in range(rng.randint(shortest, 6)):
        if nth and _odds(rng, 0.08):
            body.append(Photo(write.caption(), copies=rng.choice((2, 2, 2, 3, 4))))
        if nth and _odds(rng, 0.08):
            body.append(Gap(rng.choice((2, 3, 3, 4, 7))))
        body.append(write.paragraph())
    return (*body, Photo(write.caption())) if _odds(rng, 0.05) else tuple(body)


# Noise: text that looks like evidence and is none


def disturb(rng: random.Random, write: Writer, pages: Sequence[Page]) -> list[Page]:
    """Return the pages with noise.

    Noise is embedded boxes, number lines, `TT` in the body, phrases that are repeated, related
    links and teasers, and a BOM where files were joined.

    A phrase is never repeated directly, nor around a photo or a `TT`, so none of this makes a
    header, with one exception: if a teaser is the next page's title, a reader that pairs titles
    from the top takes the two for a page. There the stronger evidence, captions or chrome, must
    win.
    """
    noisy = []
    for number, page in enumerate(pages):
        write.language = rng.choice(LANGUAGES)
        if page.body and not page.third_title:
            page = replace(page, body=_disturbed(rng, write, page))
        if page.body and _odds(rng, 0.2):
            page = replace(page, body=page.body + _teasers(rng, pages, number))
        if number and _odds(rng, 0.1):
            page = replace(page, noise=page.noise | {"bom"})
        noisy.append(page)
    return noisy


def _disturbed(rng: random.Random, write: Writer, page: Page) -> Body:
    body = list(page.body)
    if _odds(rng, 0.2):
        box = [write.phrase(1, 3) for _ in range(rng.randint(1, 3))]
        _insert(rng, body, [Gap(rng.randint(3, 6)), *box, Gap(rng.randint(1, 4))])
    if _odds(rng, 0.2):
        _insert(rng, body, [f"RELATED: {write.title()}"])
    if _odds(rng, 0.2):
        _insert(rng, body, [str(rng.randint(2, 19))])
    if _odds(rng, 0.2):
        chrome = rng.choice((["TT"], ["TT", "20"], ["TT", Gap(0), "20"]))
        _insert(rng, body, [Gap(1), *chrome, Gap(1)])
    elif _odds(rng, 0.3) and not page.photos:
        subhead = write.phrase(1, 3)
        for _ in range(rng.randint(2, 3)):
            body += [subhead, *(write.paragraph() for _ in range(rng.randint(1, 2)))]
    return tuple(body)


def _insert(
    rng: random.Random, body: list[str | Photo | Gap], items: Sequence[str | Photo | Gap]
) -> None:
    """Insert the items before a paragraph that is not the first item, if there is one."""
    places = [
        place
        for place in range(1, len(body))
        if isinstance(body[place], str) and isinstance(body[place - 1], str)
    ]
    if places:
        place = rng.choice(places)
        body[place:place] = items


def _teasers(rng: random.Random, pages: Sequence[Page], number: int) -> Body:
    """Return titles of other pages in a row, possibly with the next page's as the last."""
    own, following = pages[number], pages[number + 1 : number + 2]
    reserved = {own.title, *(page.title for page in following)}
    titles = sorted({page.title for page in pages if page.title} - reserved)
    teasers: list[str | Gap] = []
    joint = Gap(rng.choice((0, 1)))
    for title in rng.sample(titles, min(len(titles), rng.randint(1, 4))):
        teasers += [joint if teasers else Gap(1), title]
    for page in following:
        if page.title and page.title != own.title and _stands_apart(page) and _odds(rng, 0.4):
            teasers += [Gap(1), page.title]
    return tuple(teasers)


def _stands_apart(page: Page) -> bool:
    """Return whether the header is recognised even below a line that is the same as its title."""
    return not page.author and (page.chrome or bool(page.captions))
