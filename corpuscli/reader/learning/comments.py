"""Comments below an article: text that is not the article's.

They are on some pages and not on others, so no anchor is above them. But each comment has lines of
its own frame (`Reply`, `3 hours ago`), and all of these are below one line (`5 comments`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .keys import LABEL, Key, Line
from .rhythm import is_free, is_text

SOME = 0.1
"""The least share of the pages that have comments, if the line above says what they are."""

MANY = 0.3
"""The same for another line."""

AGAIN = 1.3
"""How often a line of a comment's frame comes on a page with comments, at least, on average."""

NAMES = (
    "comment", "kommentar", "comentari", "comentário", "commenti", "commentaire", "reactie",
    "komment", "yorum", "коммент", "комент", "تعليق", "نظرات", "评论", "評論", "コメント", "댓글",
    "opinion", "komentar", "bình luận", "टिप्पणि", "תגוב", "discussion", "replies",
)  # fmt: skip
"""How a line begins to say that comments are below, in lower case."""

Region = tuple[int, int]


def find_comments(
    lines: Sequence[Line], positions: dict[Key, list[int]], regions: Sequence[Region]
) -> tuple[Key, dict[int, int]] | None:
    """Return the key of the line above the comments, and where it is on the pages that have it."""
    found: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for page, (start, end) in enumerate(regions):
        for at in range(start, end):
            line = lines[at]
            for key in (line.exact, line.template, line.label):
                if key is not None and key in positions:
                    found[key].append((page, at))
    often = {
        key: places
        for key, places in found.items()
        if key[0] != LABEL and len(places) >= max(5, AGAIN * len({page for page, _ in places}))
    }
    above: list[tuple[Key, dict[int, int]]] = []
    for key, places in found.items():
        at_page = dict(places)
        says = any(name in key[1].lower() for name in NAMES)
        fewest = max(5, (SOME if says else MANY) * len(regions))
        if len(at_page) < fewest or len(places) > 1.05 * len(at_page):
            continue
        if key[0] == LABEL and not says:
            continue
        frame = sum(_is_below(at_page, others) for others in often.values())
        if frame < (1 if says else 2) or not _is_below_texts(lines, positions, regions, at_page):
            continue
        above.append((key, at_page))
    # Of several such lines the first, if it is on as many pages.
    most = max((len(at_page) for _, at_page in above), default=0)
    return min(
        (one for one in above if len(one[1]) >= 0.9 * most),
        key=lambda one: sum(at - regions[page][0] for page, at in one[1].items()) / len(one[1]),
        default=None,
    )


def _is_below(at_page: dict[int, int], places: Sequence[tuple[int, int]]) -> bool:
    """Return True if nearly all of these places are below those lines, on many of the pages."""
    below = [page for page, at in places if at > at_page.get(page, at)]
    return len(below) >= 0.97 * len(places) and len(set(below)) >= 0.3 * len(at_page)


def _is_below_texts(
    lines: Sequence[Line],
    positions: dict[Key, list[int]],
    regions: Sequence[Region],
    at_page: dict[int, int],
) -> bool:
    """Return True if on most of the pages there are paragraphs above those lines."""
    above = sum(
        any(is_text(lines[at]) and is_free(lines[at], positions) for at in range(start, end))
        for start, end in ((regions[page][0], at) for page, at in at_page.items())
    )
    return above >= 0.8 * len(at_page)
