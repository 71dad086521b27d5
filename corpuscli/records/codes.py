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
        "No layout fits the dump, so it was read by its blank lines, or as one article.",
        "Articles are joined that belong apart, or the other way round.",
        "If blank lines do separate its articles, say so with --layout plain. Otherwise try "
        "'corpuscli layouts learn DUMP -o FILE.toml', then --layout FILE.toml. docs/layouts.md "
        "says what to do when it refuses.",
    ),
    Code(
        "learnt-layout",
        False,
        "The dump was read with a layout that was learnt from its own pages.",
        "It may be wrong about lines that few pages have, and another dump of the site would teach "
        "another one.",
        "Look at some articles. Keep the layout with 'corpuscli layouts learn DUMP -o FILE.toml', "
        "mend it, and name it: --layout FILE.toml.",
    ),
    Code(
        "unmatched-pattern",
        False,
        "A statement of the layout matches no line, or far fewer than it should.",
        "The layout is that of another dump, or a pattern has a fault: articles are joined, or "
        "furniture is read as text.",
        "Compare the pattern with the dump: 'corpuscli show --raw 1'. Any white space in a dump is "
        "a space to a pattern.",
    ),
    Code(
        "repeated-title",
        False,
        "Many articles have the same title.",
        "What was taken for the title is a line of the frame.",
        "Say where the title is: [title] in the layout (docs/layouts.md).",
    ),
    Code(
        "long-article",
        False,
        "One article is many times as long as the others.",
        "Its end was missed, and other articles are in it.",
        "Look at it with 'corpuscli show N', and see what starts the articles inside.",
    ),
    Code(
        "boundary-in-body",
        False,
        "A paragraph looks like the line that starts an article.",
        "Another article may begin there that was read as text of this one.",
        "Look at the line. If an article begins there, add its form to start.at.",
    ),
    Code(
        "counter-broken",
        False,
        "The number in a boundary does not go on from the one before.",
        "A line of a body was taken for a boundary, or articles are missing.",
        "Look at the line. Where it is text, make the pattern of start.at narrower.",
    ),
    Code(
        "furniture-in-body",
        False,
        "Many bodies begin or end with the same text.",
        "Furniture of the page was left in: counts and searches find it everywhere.",
        "Add the line to body.after or head.drop where bodies begin with it, to body.tail where "
        "they end.",
    ),
    Code(
        "text-dropped",
        False,
        "Lines that read like paragraphs are dropped from many bodies.",
        "A pattern of body.drop, or a box of the layout, reaches further than the furniture.",
        "Make the pattern narrower, or the box shorter, and compare with 'corpuscli show --raw'.",
    ),
    Code(
        "other-count",
        False,
        "The dump says how many articles it has, and another number was read.",
        "A start was missed, or a line of a body was taken for one.",
        "The other problems often say where. Look at the first and the last article.",
    ),
    Code(
        "weak-evidence",
        False,
        "An article starts at a line that is there twice, with nothing else to speak for it.",
        "Boxes and buttons are doubled, too: this may be the middle of the article before.",
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
        "Text stands before the first header.",
        "It is the end of a page whose beginning is missing, or a page without any header.",
        "Look at it with 'corpuscli show 1'. A dump cut in the middle of a page begins so.",
    ),
    Code(
        "title-not-repeated",
        True,
        "The title stands once, though the page is no opinion page.",
        "The page was known by its doubled captions and its controls alone; the title may be "
        "another line.",
        "Look at the line. Where the title is right, nothing is lost.",
    ),
    Code(
        "no-body",
        True,
        "The article has no paragraph.",
        "A page that was a video or a gallery, or one whose text the scraper missed.",
        "List them with 'corpuscli list --fields number,title,problems' and fetch them again.",
    ),
    Code(
        "captions-differ",
        True,
        "The captions below the repeated title are not those above it.",
        "The two copies of a header should agree; perhaps two pages were mixed up.",
        "Look at the line. Both captions are kept, none is lost.",
    ),
    Code(
        "unexplained-gap",
        True,
        "Three or more blank lines stand inside a body.",
        "An embedded box was dropped there, or another article begins whose header is missing.",
        "Look at the line: if a new article begins there, the dump lost its header, and no "
        "reading can be sure of it.",
    ),
    Code(
        "undecodable-bytes",
        True,
        "Bytes are not valid in the encoding of the dump.",
        "They are read as U+FFFD, so words are damaged; the dump itself is not changed.",
        "If most articles have it, the encoding is another: try --encoding windows-1252 or what "
        "the site used. If few have it, the dump was damaged, or joined from several.",
    ),
    Code(
        "control-characters",
        True,
        "Control characters other than tab and line ends stand in the text.",
        "Terminals obey them, and other programs choke on them; here they are kept and, on a "
        "terminal, shown. A carriage return alone ends no line.",
        "If they are many, the file is no text or in another encoding. Else take them out "
        "where the dump is made.",
    ),
    Code(
        "duplicate-article",
        False,
        "An article has the title and the paragraphs of an earlier one of the same dump.",
        "Counts and searches find it twice.",
        "--unique takes only the first: 'corpuscli split --unique'.",
    ),
    Code(
        "unexpected-count",
        False,
        "The dump has not as many articles as --expect says.",
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
    raise UsageError(
        "", f"no problem has the code {name!r}{near}; the codes are {', '.join(NAMES)}"
    )
