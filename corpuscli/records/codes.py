"""Define the problem codes once: what each one means, why it matters, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import UsageError, meant


class Code(NamedTuple):
    """A kind of problem and its explanation."""

    name: str
    of_article: bool
    """True if a single article can show it; such codes appear in its field `problems`."""
    meaning: str
    """What the dump contains, short enough for a table. All three texts are sentences."""
    why: str
    way_out: str


CODES = (
    Code(
        "not-a-dump",
        False,
        "The file is of another kind (PDF, e-mail, table, HTML, JSON, ...) and was not read.",
        "Articles found in it would be nonsense that looks like data.",
        "Extract its text first. If it is a dump all the same, name its layout "
        "(--layout plain), or read it with --ignore not-a-dump.",
    ),
    Code(
        "other-encoding",
        False,
        "The bytes look like text, but not in UTF-8.",
        "Titles, captions and dates are read wrong, and searches miss what they look for.",
        "Name the encoding: the message says which --encoding is likely. Look at a page or two "
        "before you trust it.",
    ),
    Code(
        "no-layout",
        False,
        "No layout fits the dump, so it was split at blank lines, or read as one article.",
        "Articles may be joined or split in the wrong places.",
        "If blank lines do separate its articles, say so with --layout plain. Otherwise try "
        "'corpuscli layouts learn DUMP -o FILE.toml', then --layout FILE.toml. docs/layouts.md "
        "says what to do if it refuses.",
    ),
    Code(
        "learnt-layout",
        False,
        "The dump was read with a layout that was learnt from its own pages.",
        "It may be wrong about lines that few pages have, and another dump of the site may teach "
        "a different one.",
        "Look at some articles. Keep the layout with 'corpuscli layouts learn DUMP -o FILE.toml', "
        "correct it, and use it: --layout FILE.toml.",
    ),
    Code(
        "unmatched-pattern",
        False,
        "A statement of the layout matches no line, or far fewer than it should.",
        "The layout belongs to another dump, or a pattern is wrong: articles are joined, or page "
        "furniture is read as text.",
        "Compare the pattern with the dump: 'corpuscli show --raw 1'. To a pattern, any "
        "white space in a dump is a space.",
    ),
    Code(
        "repeated-title",
        False,
        "Many articles have the same title.",
        "The line taken for the title is part of the page's frame.",
        "Say where the title is: [title] in the layout (docs/layouts.md).",
    ),
    Code(
        "long-article",
        False,
        "One article is many times as long as the others.",
        "Its end was missed, and it contains other articles.",
        "Look at it with 'corpuscli show N', and see what starts the articles inside.",
    ),
    Code(
        "boundary-in-body",
        False,
        "A paragraph looks like the line that starts an article.",
        "Another article may begin there, but was read as part of this one.",
        "Look at the line. If an article begins there, add its form to start.at.",
    ),
    Code(
        "counter-broken",
        False,
        "The number in a boundary does not follow the one before.",
        "A line of a body was taken for a boundary, or articles are missing.",
        "Look at the line. If it is text, make the pattern of start.at narrower.",
    ),
    Code(
        "furniture-in-body",
        False,
        "Many bodies begin or end with the same text.",
        "Furniture of the page was left in: counts and searches find it everywhere.",
        "Add the line to body.after or head.drop if bodies begin with it, to body.tail if they end "
        "with it.",
    ),
    Code(
        "text-dropped",
        False,
        "Lines that read like paragraphs are dropped from many bodies.",
        "A pattern of body.drop, or a box of the layout, matches more than the furniture.",
        "Make the pattern narrower, or the box shorter, and compare with 'corpuscli show --raw'.",
    ),
    Code(
        "other-count",
        False,
        "The dump states how many articles it has, and a different number was read.",
        "A start was missed, or a line of a body was taken for one.",
        "The other problems often say where. Look at the first and the last article.",
    ),
    Code(
        "weak-evidence",
        False,
        "An article starts at a line that appears twice, with no other evidence.",
        "Boxes and buttons appear twice as well: this may be the middle of the article before.",
        "Look at the line.",
    ),
    Code(
        "no-articles",
        False,
        "The dump has no articles: it is empty or blank.",
        "A scraper that fails often leaves an empty file.",
        "Look at how the dump was made, and fetch its pages again.",
    ),
    Code(
        "no-title",
        True,
        "There is text before the first header.",
        "It is the end of a page whose beginning is missing, or a page without any header.",
        "Look at it with 'corpuscli show 1'. A dump cut in the middle of a page begins like this.",
    ),
    Code(
        "title-not-repeated",
        True,
        "The title appears once, though this is not an opinion page.",
        "The page was recognised only by its doubled captions and its controls; the title may be "
        "another line.",
        "Look at the line. If the title is right, nothing is lost.",
    ),
    Code(
        "no-body",
        True,
        "The article has no paragraphs.",
        "The page was a video or a gallery, or the scraper missed its text.",
        "List them with 'corpuscli list --fields number,title,problems' and fetch them again.",
    ),
    Code(
        "captions-differ",
        True,
        "The captions below the repeated title differ from those above it.",
        "The two copies of a header should agree; perhaps two pages were mixed up.",
        "Look at the line. Both captions are kept.",
    ),
    Code(
        "unexplained-gap",
        True,
        "There are three or more blank lines inside a body.",
        "An embedded box was dropped there, or another article begins and its header is missing.",
        "Look at the line: if a new article begins there, the dump lost its header, and no "
        "reading can be sure where it begins.",
    ),
    Code(
        "undecodable-bytes",
        True,
        "Some bytes are not valid in the encoding of the dump.",
        "They are read as U+FFFD, so words are damaged; the dump itself is not changed.",
        "If most articles have it, the dump has another encoding: try --encoding windows-1252 or "
        "what the site used. If few do, the dump was damaged, or joined from several.",
    ),
    Code(
        "control-characters",
        True,
        "The text contains control characters other than tabs and line ends.",
        "Terminals obey them, and other programs choke on them; here they are kept and, on a "
        "terminal, made visible. A carriage return alone does not end a line.",
        "If there are many, the file is not text, or has another encoding. Otherwise remove them "
        "where the dump is made.",
    ),
    Code(
        "duplicate-article",
        False,
        "An article has the same title and paragraphs as an earlier one in the same dump.",
        "Counts and searches find it twice.",
        "--unique keeps only the first: 'corpuscli split --unique'.",
    ),
    Code(
        "unexpected-count",
        False,
        "The dump does not have the number of articles that --expect says.",
        "A header was missed, a page was lost, or a body was taken for a page.",
        "The other problems often say where: look at gaps and missing titles first.",
    ),
)

NAMES = tuple(code.name for code in CODES)

OF_ARTICLE = frozenset(code.name for code in CODES if code.of_article)
"""The codes that count an article among those with problems, wherever such articles are counted.
Only the whole dump shows whether an article appears twice, so that is not one of them."""


FORMER = {"no-headers": "no-layout"}
"""Codes of earlier versions, which scripts may still ignore, and those that say the same now."""


def find_code(name: str) -> Code:
    """Return the code called `name`; raise UsageError, listing all codes, if it does not exist."""
    for code in CODES:
        if code.name == FORMER.get(name, name):
            return code
    near = meant(name, NAMES)
    raise UsageError("", f"unknown code {name!r}{near}; the codes are {', '.join(NAMES)}")
