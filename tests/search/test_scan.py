"""The scan of raw bytes: it may say yes too often, and never no wrongly."""

from __future__ import annotations

import pickle
import random
import re
import sys
import threading
from collections import Counter

import pytest
import regex
from compose import BOM, NBSP, random_pages, render
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import UsageError
from corpuscli.reader.layouts import load_layout
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.search.literals import CASED, needed_runs
from corpuscli.search.query import Query, article_texts, compile_patterns
from corpuscli.search.scan import PER_HIT, Scan, new_scan

PLAIN = {"ignore_case": False, "fixed": False, "whole_words": False}

# Dumps with much that a scan could stumble over

WORDS = (
    "ferry Kiel KIEL kiss ſtadt STADT Kelvin 300K \u212aiel İstanbul ıssız ISSIZ Straße STRAẞE "
    "ΣΟΦΟΣ σοφός ς Путин ПУТИН путин قال الوزير ١٢٣ 2024 12 a b s k i the The THE (dpa) a,b x_y "
    "don't “quoted” ﬁsh ǅungla Ångström \u212bngström cafe\u0301 café 東京 🜚 \U00010400\U00010428 "
    "\ufffd ᲀв ß \u0345 µ μ by By and. ,x x,"
).split()
ODD_BYTES = (b"\xff", b"\xe2\x80", b"caf\xc3", b"\xa0", b"\xed\xa0\x80", b"\xf0\x9f\x9c", b"\xc2")
SPACES = (" ",) * 12 + (", ",) * 4 + (NBSP, "  ", "\t", f" {BOM}", BOM, "\r", "\x0b", "\u2028", ",")
ENDS = ("\n",) * 8 + (
    "\r\n",
    " \n",
    f"{NBSP} \n",
    f"{BOM}\n",
    "\u3000\n",
    ",\n",
    "\x85\n",
    "\x1f\n",
)


def phrase(rng: random.Random, longest: int = 6) -> bytes:
    parts = []
    for _ in range(rng.randint(1, longest)):
        word = rng.choice(WORDS).encode()
        parts.append(rng.choice(ODD_BYTES) if rng.random() < 0.05 else word)
        parts.append(rng.choice(SPACES).encode() if rng.random() < 0.95 else b"")
    return b"".join(parts[:-1])


def lines(rng: random.Random, most: int) -> bytes:
    indent = ("", "", "", "", " ", NBSP, BOM)
    return b"".join(
        rng.choice(indent).encode() + phrase(rng) + rng.choice(ENDS).encode()
        for _ in range(rng.randint(1, most))
    )


def page(rng: random.Random) -> bytes:
    title, caption = phrase(rng, 3), phrase(rng)
    body = b"\n".join(lines(rng, 2) for _ in range(rng.randint(0, 3)))
    match rng.randrange(4):
        case 0:
            return b"%s%s\nTT\n\n%s\n\n%s\n" % (lines(rng, 1), phrase(rng, 2), title, body)
        case 1:
            deck = lines(rng, 3)
            return b"%s\n\n%s\n%s\nTT\n20\n\n%s\n\n%s" % (title, deck, caption, title, body)
        case 2:
            return b"%s\n\n%s\n%s\nTT\n\n%s\n\n%s" % (title, caption, caption, title, body)
        case _:
            return b"%s\n\n%s\n%s\n\n%s\n\n%s" % (title, caption, caption, title, body)


def blocks(rng: random.Random) -> bytes:
    return b"\n".join(lines(rng, 3) for _ in range(rng.randint(1, 3)))


def digest(rng: random.Random) -> bytes:
    byline = b"".join(b"By %s\n" % phrase(rng, 3) for _ in range(rng.randrange(3)))
    return b"%s\n%s2024-05-01\n\n%s-----\n" % (phrase(rng, 4), byline, blocks(rng))


def archive(rng: random.Random) -> bytes:
    byline = b"".join(b"BYLINE:%s\n" % phrase(rng, 2) for _ in range(rng.randrange(3)))
    dropped = rng.choice((b"", b"\nSECTION: ferry\n", b"          ferry\n"))
    return b"1 of 9 DOCUMENTS\n\n%s\n%s%s\n%s" % (phrase(rng), byline, dropped, blocks(rng))


def own(rng: random.Random) -> bytes:
    byline = b"".join(b"by%setc\n" % phrase(rng, 2) for _ in range(rng.randint(1, 3)))
    return b"%s\n%s%s\n\n\n" % (phrase(rng, 2), byline, lines(rng, 2))


def dump(rng: random.Random, own_layout: str) -> tuple[str, bytes]:
    """A layout and a dump of a few articles."""
    some = range(rng.randint(1, 4))
    match rng.randrange(7):
        case 0:
            return "auto", render(random_pages(rng, len(some), noisy=True))
        case 1:
            return "plain", b"\n\n\n".join(lines(rng, 4) for _ in some)
        case 2:
            return "digest", b"".join(digest(rng) for _ in some)
        case 3:
            return "archive", b"".join(archive(rng) for _ in some)
        case 4:
            return own_layout, b"".join(own(rng) for _ in some)
        case _:
            return "page", rng.choice((b"\n\n", b"", BOM.encode())).join(page(rng) for _ in some)


# Patterns, most of them grown from what they should find


def grown(rng: random.Random, text: str) -> str:
    """A pattern that finds a piece of the text, unless it was spoilt."""
    piece = cut_out(rng, text, 12)
    atoms = [atom(rng, letter) for letter in piece]
    if rng.random() < 0.3:
        at = rng.randrange(len(atoms))
        end = rng.randint(at, len(atoms))
        atoms[at:end] = [repeated(rng, piece[at:end])] if at < end else []
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(atoms) + 1)
        end = rng.randint(at, len(atoms))
        atoms[at:end] = [wrapped(rng, "".join(atoms[at:end]))]
    pattern = "".join(atoms)
    if rng.random() < 0.2:
        pattern = rng.choice((r"\b{}", r"{}\b", "^{}", "{}$", r"(?<!\w){}", "(?i){}", "(?=.){}"))\
            .replace("{}", pattern)  # fmt: skip
    if rng.random() < 0.1:
        pattern = rng.choice(("nowhere|{}", "{}|no", "(?s){}", "(?x) {} ", "{}(?i)", r"(?:{})\b"))\
            .replace("{}", pattern)  # fmt: skip
    return pattern


def cut_out(rng: random.Random, text: str, longest: int) -> str:
    """A piece of the text, perhaps of whole words."""
    words = list(re.finditer(r"[^ ]+", text))
    if words and rng.random() < 0.4:
        first = rng.randrange(len(words))
        last = rng.randrange(first, min(len(words), first + 3))
        return text[words[first].start() : words[last].end()]
    start = rng.randrange(len(text))
    return text[start : start + rng.randint(1, longest)]


def repeated(rng: random.Random, piece: str) -> str:
    """A part of a pattern that finds the piece by repeating something."""
    each = [regex.escape(letter) for letter in dict.fromkeys(piece)]
    some = rng.choice(("(?:" + "|".join(each) + ")", "[" + "".join(each) + "]", ".", r"(?:\w|\W)"))
    count = len(piece)
    least = rng.randint(0, count)
    return some + rng.choice(
        ("+", "*", "+?", f"{{{count}}}", f"{{{least},}}", f"{{{least},{count}}}", f"{{,{count}}}")
    )


def atom(rng: random.Random, letter: str) -> str:
    own = regex.escape(letter)
    inside = re.sub(r"([\\\]\[^-])", r"\\\1", letter)
    codes = rf"\u{ord(letter):04x}" if ord(letter) < 0x10000 else rf"\U{ord(letter):08x}"
    kinds = [r for r in (r"\w", r"\d", r"\s", r"\W", r"\S", r"\p{L}", r"\P{Lu}", "[[:alpha:]]")
             if regex.match(r, letter)]  # fmt: skip
    rare = [
        letter.swapcase(), f"[{inside}q]", f"[^{inside}]?{own}", "[^q]", ".", f"{own}+", f"{own}?",
        f"{own}{{1,3}}", f"{own}{{1}}", f"(?:{own}|q)", f"({own})", f"[{inside}-{inside}]", codes,
        f"{own}{{e<=1}}", f"(?P<n{rng.randrange(10**6)}>{own})", f"(?i:{own.swapcase()})",
        f"{own}*", f"{own}{{,2}}", f"(?:{own}|)", f"(?>{own}|qq)", "[ ,]", r"[\s,;]", r"[\d\w]",
        f"(?:{own}{{e<=1}})", f"[{inside}&&{inside}]", r"\X", f"[ {inside}]", f"[,{inside}]",
        f"(?#x){own}", f"[{codes}]", f"(?-i:{own})",
        "[[:alnum:]_]", rf"\K{own}", f"(?={own}){own}",
    ]  # fmt: skip
    chance = rng.random()
    if letter in " ," and chance < 0.4:
        return rng.choice(("[ ,]", "[, x]", r"[\s,]", "(?: |,)", ",? ?", r"[ -.]"))
    return own if chance < 0.7 else rng.choice(kinds or rare) if chance < 0.8 else rng.choice(rare)


def wrapped(rng: random.Random, some: str) -> str:
    form = rng.choice(
        ("(?:{})", "({})", "(?:{}|q)", "(?:q|{})", "(?:{})+", "(?:{}){1,2}", "(?:{})?", "(?=.){}",
         "(?:{}|x y)", "(?={}){}", r"\b(?:{})", r"{}\B", "{}.*", "(?<=q|){}", "(?>{})", "(?:{})*?",
         "{}.?", "(?!q){}", "(?i:{})", "(?|{}|q)", "(?:{})++", "(?:ferry|{}|Kiel)",
         "(?:{}){e<=1}", "(?:{}){e<=2}", "(?:{}){1i+1d<=2}", "(?={}).*", ".*(?<={})", "(?a){}")
    )  # fmt: skip
    return form.replace("{}", some)


SIGNS = ["a", "s", "ſ", "k", "i", "İ", " ", ",", "б", "(", ")", "|", "*", "+", "?", "[", "]", "^",
         "$", ".", "\\", "{", "}", "1", "2", "-", "b", "w", "d", "s", "(?:", "(?i)", r"\d", r"\w",
         "(?=", "(?<!", "e<=1", ":", "P", "x", "#", "\ufffd", "&&", "[:alpha:]"]  # fmt: skip


def some_pattern(rng: random.Random, texts: list[str], fixed: bool) -> str:
    text = rng.choice(texts)
    if fixed:
        piece = cut_out(rng, text, 40)
        return piece.swapcase() if rng.random() < 0.3 else piece
    if rng.random() < 0.15:
        return "".join(rng.choice(SIGNS) for _ in range(rng.randint(1, 8)))
    pattern = grown(rng, text)
    return pattern.swapcase() if rng.random() < 0.05 else pattern


# The law


@pytest.fixture(scope="module")
def own_layout(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A layout whose byline is a part of its line."""
    path = tmp_path_factory.mktemp("layouts") / "own.toml"
    path.write_text('layout = 2\n[start]\ngap = 3\n[head]\nbyline = ["by(.+)etc"]\n')
    return str(path)


def check(rng: random.Random, own_layout: str, patterns_each: int = 12) -> Counter[str]:
    """Puts patterns to a dump; how many articles matched, and how many were candidates."""
    seen: Counter[str] = Counter()
    layout, data = dump(rng, own_layout)
    reading = read_chunks("dump", [data], Options(layout=layout))
    articles = [(piece.span, reading.parse(piece)) for piece in reading.pieces]
    texts = [text.text for _, article in articles for text in article_texts(article)]
    whole_lines = not reading.layout.is_framed
    for _ in range(patterns_each if texts else 0):
        flags = {name: rng.random() < 0.35 for name in PLAIN}
        patterns = [
            some_pattern(rng, texts, flags["fixed"]) for _ in range(1 + (rng.random() < 0.2))
        ]
        try:
            query = Query(compile_patterns(patterns, **flags))
            found = [bool(query.find(article)) for _, article in articles]
        except UsageError:
            continue
        for lines_are_whole in {False, whole_lines}:
            scan = new_scan(patterns, whole_lines=lines_are_whole, **flags)
            hits = scan(data) if scan else None
            if hits is None:
                continue
            for (span, _), is_found in zip(articles, found, strict=True):
                is_candidate = any(span.start <= hit < span.end for hit in hits)
                assert is_candidate or not is_found, (patterns, flags, span, layout, data)
                seen.update(found=is_found, candidates=is_candidate, articles=1)
    return seen


@given(seed=st.integers(0, 2**64))
def test_where_a_pattern_matches_an_article_the_scan_has_a_place_in_it(
    own_layout: str, seed: int
) -> None:
    check(random.Random(seed), own_layout)


def test_that_law_is_put_to_the_test(own_layout: str) -> None:
    seen = sum((check(random.Random(seed), own_layout) for seed in range(40)), Counter[str]())
    assert seen["candidates"] >= seen["found"] > 100
    assert seen["candidates"] < 0.8 * seen["articles"]


def test_letters_are_the_same_to_the_scan_as_to_the_search() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    cased = [letter for letter in every if letter.lower() != letter or letter.upper() != letter]
    assert max(cased) < "\U00020000"
    assert regex.search(r"[\d\s]", every[0x20000:]) is None
    caseless = "".join(char for char in every if not any(a <= ord(char) < b for a, b in CASED))
    changing = r"[\p{Cased_Letter}\p{Changes_When_Casefolded}\p{Changes_When_Casemapped}]"
    assert regex.findall(changing, caseless) == []
    assert set(cased).isdisjoint(caseless)
    for letter in cased:
        kin = {letter.lower(), letter.upper(), letter.title(), letter.casefold(), letter}
        kin |= {other for one in kin for other in (one.lower(), one.upper())}
        runs = needed_runs(letter, ignore_case=True, fixed=True, whole_words=False)
        listed = {char for run in runs or () for unit in run for char in unit.chars}
        for other in (other for other in kin if len(other) == 1):
            for around in ("{}", "a{}", "{}a", "ab{}cd", "abcdefgh{}"):
                pattern = regex.compile(around.format(letter), regex.VERSION0 | regex.IGNORECASE)
                if pattern.search("xx " + around.format(other)):
                    assert runs is None or other in listed, (letter, other, around)


# What it is good for

DUMP = b"".join(
    b"Title %(n)d\n\nTT\n\nTitle %(n)d\n\nThe %(word)s said: foreign %(end)s\n\n\n" % values
    for values in (
        {b"n": 1, b"word": b"ferry", b"end": b"minister, Berlin"},
        {b"n": 2, b"word": b"FERRY", b"end": "ministers in Kiel, Путин 2024-05-06".encode()},
        {b"n": 3, b"word": b"ferries", b"end": b"affairs"},
    )
)
STARTS = [at.start() for at in re.finditer(rb"Title (\d)\n\nTT", DUMP)]


def places(*patterns: str, whole_lines: bool = False, **flags: bool) -> list[int] | None:
    """The numbers of the articles that are candidates."""
    scan = new_scan(patterns, whole_lines=whole_lines, **(PLAIN | flags))
    hits = scan(DUMP) if scan else None
    return None if hits is None else sorted({sum(at <= hit for at in STARTS) for hit in hits})


def test_only_the_articles_that_may_match_are_candidates() -> None:
    assert places("ferry") == [1]
    assert places("ferry", ignore_case=True) == [1, 2]
    assert places("(?i)FERR(y|ies)") == [1, 2, 3]
    assert places("nowhere") == []
    assert places("foreign minister") == [1, 2]
    assert places("foreign minister", "affairs", fixed=True) == [1, 2, 3]
    assert places(r"[a-z]+ister\w* in (Kiel|Rome)") == [2]
    assert places("ПУТИН", ignore_case=True) == [2]
    assert places(r"\d{4}-\d\d") == [2]
    assert places(r"fe.*rr(?=ies)") == [3]
    assert places(r"(?:fer){2}|(affairs)+") == [3]


def test_a_class_that_leaves_letters_out_has_more_where_case_counts() -> None:
    assert places("F[^e\ufffd ,]RRY(?i:)") == [2]


def test_a_byline_may_be_a_part_of_its_line(own_layout: str) -> None:
    data = b"Title\nbyAda Minoetc\nbyIvo Mariketc\n\nThey left.\n"
    reading = read_chunks("dump", [data], Options(layout=own_layout))
    (article,) = map(reading.parse, reading.pieces)
    assert article.byline and article.byline.text == "Ada Mino, Ivo Marik"
    words = ("Ada", "Mino", "Mino, Ivo", "Ada Mino, Ivo Marik", "Mino[ ,] Ivo", "Mino,[ ,]Ivo")
    pieces = ("o[ ,] Ivo Mar", "no,[, ]Ivo M", "o[,;][ x]Ivo Mar", r"o,\sIvo Mar", r"\bIvo Mar")
    for pattern in words + pieces:
        flags = PLAIN | {"whole_words": pattern in words}
        query = Query(compile_patterns([pattern], **flags))
        scan = new_scan([pattern], **flags)
        assert query.find(article) and scan and scan(data) != [], pattern


def test_whole_lines_make_words_and_commas_tell_more() -> None:
    assert places("minister", whole_words=True) == [1, 2]
    assert places("minister", whole_words=True, whole_lines=True) == [1]
    assert places(r"\bminister\b", whole_lines=True) == [1]
    assert places("ferries, Berlin") == [1]
    assert places("ferries, Berlin", whole_lines=True) == []


@pytest.mark.parametrize(
    "pattern",
    ["", "a*", "(?:foo){e<=1}", r"\w+", ".", "^$", "foo|", "(?x) f o o", "(?V1)[a--b]c",
     "(?R)?foo", r"(?<a>foo)\g<a>", r"(?(1)foo|bar)", "\ufffd", "(?r)foo", "[^a]",
     "(?b)foo", "(?f)foo", r"\L<foo>", "(" * 50 + "foo" + ")" * 50]
)  # fmt: skip
def test_what_is_not_surely_understood_is_not_scanned_for(pattern: str) -> None:
    assert new_scan([pattern], **PLAIN) is None
    assert new_scan(["foo", pattern], **PLAIN) is None


@pytest.mark.parametrize(
    "pattern",
    [r"Putin\w+", r"\w+ Merkel", r"(?i)стрельба \w+", r"[Ss]er(pent|ic)[a-z]+ite", "^Merkel$",
     r"\bfoo\b.*\bbar\b", r"(?:alpha|beta)\s+\w+", r"[а-я]+ский", r"[äöü]ber\w", r"foo\Kbar",
     r"\u041f\u0443\u0442", r"P\.M\.", r"\d{4}-\d\d", "[[:alpha:]]+foo", "(?:lighthouse){e<=2}",
     "Vik(?:haven){e<=1}", r"\p{Lu}\w+ Merkel", r"(?P<a>foo)(?P=a)bar", r"(?<=loaf of )\w+",
     r"\w+(?= Merkel)", "(?=.*Merkel)(?=.*Putin)", r"(?a)\w+ Merkel", r"(?|foo|bar)zz",
     r"(?>Mer|k)el\R", "Ang(?:ela)? M(?:erkel)?"]
)  # fmt: skip
def test_the_selective_part_of_a_pattern_is_scanned_for(pattern: str) -> None:
    scan = new_scan([pattern], **PLAIN)
    assert scan is not None
    assert not scan.finds(b"the of and to in a is that for it was on with as his he by at be\n" * 9)


@given(st.text("абвгдсто Москваkisſẞß.,", min_size=4, max_size=12), st.booleans())
def test_what_a_pattern_matches_the_scan_finds_in_its_bytes(text: str, ignore_case: bool) -> None:
    pattern = regex.escape(text) + r"\w*"
    flags = PLAIN | {"ignore_case": ignore_case}
    for form in (text, text.upper(), text.lower(), text.swapcase()):
        (compiled,) = compile_patterns([pattern], **flags)
        if compiled.search(form) and (scan := new_scan([pattern], **flags)):
            assert scan.finds(f"one\n{form}\ntwo\n".encode())
            assert scan(f"one\n{form}\ntwo\n".encode()) != []


def test_of_patterns_that_must_all_match_one_is_scanned_for() -> None:
    assert new_scan(["ferry", r"\w+"], **PLAIN) is None
    scan = new_scan(["the", r"\w+", "Kiel"], needs_all=True, **PLAIN)
    assert scan is not None
    assert not scan.finds(b"the ferry\n")
    assert scan.finds(b"Kiel\n")
    assert new_scan([r"\w+", "a*"], needs_all=True, **PLAIN) is None


def test_hits_everywhere_are_none() -> None:
    scan = new_scan(["ferry"], **PLAIN)
    assert scan is not None
    assert scan(b"ferry\n" * PER_HIT) is None
    assert scan(b"ferry\n" + b"x\n" * 100) == [4]
    assert scan(b"") == []


def test_without_the_engine_there_is_no_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    assert new_scan(["ferry"], **PLAIN) is None


def test_many_patterns_are_one_scan() -> None:
    words = [f"word{number}x" for number in range(500)]
    scan = new_scan(words, **PLAIN | {"ignore_case": True})
    assert scan is not None
    assert scan(b"...\nWORD499X\n") == [11]


def test_a_scan_goes_to_other_processes_and_threads() -> None:
    scan = new_scan(["ferry"], **PLAIN)
    copy = pickle.loads(pickle.dumps(scan))
    assert isinstance(copy, Scan)
    found: list[list[int] | None] = []
    data = b"x\n" * 100_000 + b"ferry\n"
    threads = [threading.Thread(target=lambda: found.append(copy(data))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[200_004]] * 4


def test_pages_have_whole_lines() -> None:
    assert not load_layout("page").is_framed
