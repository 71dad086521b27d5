"""What a person sees on a terminal, and what is left out if nobody looks."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from compose import Page, render
from conftest import COMMAND, EXAMPLES, Run, environment
from rich.cells import cell_len
from screen import ERASE, last_seen, on_terminal

from corpuscli.output import progress
from corpuscli.output.progress import Progress
from corpuscli.source import Counted

HARBOUR = EXAMPLES / "harbour-news.txt"
PLAIN = {"NO_COLOR": "1"}
WORLD = [
    "العبّارات تعود إلى الميناء بعد العاصفة التي ضربت الساحل الشرقي ليلة السبت",
    "מעבורות חוזרות לנמל לאחר הסערה הגדולה שפקדה את החוף בלילה",
    "台风过后渡轮恢复通航港口清点损失共有三艘小船沉没一名渔民失踪搜救仍在继续进行当中",
    "Паромы возвращаются в порт после шторма, который длился три дня и три ночи",
    "E\u0301te\u0301 a\u0300 la cre\u0300me bru\u0302le\u0301e, or: what the bakers of Lundsey ate",
    "Averylongwordwithoutaspace" * 8,
    "A tab\there, an escape \x1b[31mhere, [bold]and[/bold] \\ more than fits on any line of these",
]


@pytest.fixture
def world(tmp_path: Path) -> str:
    path = tmp_path / "world.txt"
    path.write_bytes(render([Page(t, (f"{t}. " * 4,), captions=(f"{t}!",)) for t in WORLD]))
    return path.name


# list


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 120, 200])
def test_a_row_is_a_line_of_the_screen(tmp_path: Path, world: str, columns: int) -> None:
    code, seen = on_terminal("list", world, folder=tmp_path, columns=columns, changes=PLAIN)
    heading, *rows, _, summary = seen.splitlines()
    assert (code, len(rows)) == (0, len(WORLD))
    assert all(cell_len(line) <= columns for line in [heading, *rows])
    assert [row.split()[0].rstrip("!") for row in rows] == [str(n) for n in range(1, 8)]
    starts = {cell_len(row[: row.index(row.split(maxsplit=3)[-1])]) for row in rows[:4]}
    assert len(starts) == 1
    assert sum("…" in row for row in rows) == sum(
        cell_len(title) > columns - starts.copy().pop() for title in [*WORLD[:6], WORLD[6] + "____"]
    )
    assert summary.startswith("7 articles, ")


def test_numbers_are_right_aligned_and_names_stay_whole_where_there_is_room(tmp_path: Path) -> None:
    _, seen = on_terminal("list", HARBOUR, folder=tmp_path, columns=80, changes=PLAIN)
    heading, *rows = seen.splitlines()[:-2]
    assert heading == "   no.  photo date   words  photos  title"
    assert rows[0] == (
        "     1!                 55       0  (no title) … and by evening the last of the…"
    )
    assert rows[9] == "    10                 149       0  In Praise of the Slow Boat"


def test_articles_with_problems_are_marked_and_summed_up(tmp_path: Path, corpuscli: Run) -> None:
    records = corpuscli("list", "--fields=number,problems", HARBOUR).stdout.decode().splitlines()
    odd = [line.split("\t")[0] for line in records if not line.endswith("[]")]
    _, seen = on_terminal("list", HARBOUR, folder=tmp_path, changes=PLAIN)
    marked = re.findall(r"^ *(\d+)! ", seen, re.M)
    assert marked == odd == ["1", "12"]
    assert seen.endswith(
        "\n18 articles, 2,335 words, 2 with problems (!); 'corpuscli check' lists them\n"
    )


def test_of_several_dumps_a_row_names_its_own(tmp_path: Path, world: str) -> None:
    _, seen = on_terminal("list", world, HARBOUR, folder=tmp_path, changes=PLAIN)
    lines = seen.splitlines()
    assert lines[0].startswith("dump ")
    assert lines[1].startswith("world.txt ") and "harbour-news.txt  " in lines[-3]
    shown = on_terminal("grep", "-l", "north quay", world, HARBOUR, folder=tmp_path, changes=PLAIN)[
        1
    ]
    assert shown.startswith("dump ") and shown.endswith("1 article, 207 words\n")


def test_a_summary_is_for_people_only(tmp_path: Path, world: str) -> None:
    for words in ("list -q", "list --format=table", "list --fields=number"):
        _, seen = on_terminal(*words.split(), world, folder=tmp_path)
        assert "articles, " not in seen
    on_terminal(shell=f"$CORPUSCLI list {world} 2>log", folder=tmp_path)
    on_terminal(shell=f"$CORPUSCLI grep quay {world} 2>>log", folder=tmp_path)
    assert (tmp_path / "log").read_bytes() == b""


# grep


def test_matches_stand_under_their_article_and_context_apart(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_bytes(HARBOUR.read_bytes())
    arguments = ("grep", "-C1", "ferry", "harbour.txt")
    _, seen = on_terminal(*arguments, folder=tmp_path, changes=PLAIN, columns=80)
    blocks = seen.split("\n\n")
    lines = blocks[0].splitlines()
    assert lines[0] == "harbour.txt #2  Ferries Sail Again as Vikhaven Counts the Cost of the Storm"
    assert lines[1].startswith(" 9: caption 1    4 March 2024, Velmark, Vikhaven: Passengers board")
    assert lines[2].startswith(" " * 17 + "ferry to leave the north quay")
    assert lines[3].startswith("19: paragraph 1  The first ferry")
    assert lines[6].startswith("21- paragraph 2  The storm reached")
    assert all(cell_len(line) <= 80 for line in lines[1:])
    assert blocks[-1] == "2 matches in 1 article\n"
    _, narrow = on_terminal(*arguments, folder=tmp_path, changes=PLAIN, columns=36)
    assert "\n 9: caption 1\n  4 March 2024, Velmark, Vikhaven:\n" in narrow


def test_what_matches_is_highlighted_and_context_is_dim(tmp_path: Path) -> None:
    _, seen = on_terminal("grep", "-C1", "[fF]erry", HARBOUR, folder=tmp_path)
    assert "The first \x1b[1;31mferry\x1b[0m in three days" in seen
    assert "\x1b[2m21- paragraph 2  \x1b[0m\x1b[2mThe storm reached" in seen


def test_paragraphs_left_out_between_context_are_seen(tmp_path: Path) -> None:
    page = Page("Title", tuple(f"Paragraph {word}." for word in "one two six ten own two".split()))
    (tmp_path / "dump").write_bytes(render([page]))
    seen = on_terminal("grep", "-C1", "one|own", "dump", folder=tmp_path, changes=PLAIN)[1]
    marks = [line.split()[0].lstrip("0123456789") for line in seen.splitlines()[1:-2]]
    assert marks == [":", "-", "⋮", "-", ":", "-"]


# show


def test_a_page_is_as_wide_as_is_good_to_read(tmp_path: Path, world: str) -> None:
    for columns in (40, 80, 200):
        arguments = ("show", "--no-pager", "1-", world)
        _, seen = on_terminal(*arguments, folder=tmp_path, columns=columns, changes=PLAIN)
        assert max(map(cell_len, seen.splitlines())) == min(columns, 72)


def test_captions_stand_apart_with_what_they_tell(tmp_path: Path) -> None:
    _, seen = on_terminal("show", "6", HARBOUR, folder=tmp_path, rows=99, changes=PLAIN)
    assert re.search(
        r" #6  163 words ─+\n\nTen Thousand Lanterns for the Longest Night\n\n│ ", seen
    )
    assert "\n│ 2023-12-21 · Vikhaven, Velmark · AP Photo/Jonno Wreed\n\n│ 21 Dec" in seen
    _, odd = on_terminal("show", "1", HARBOUR, folder=tmp_path, rows=99, changes=PLAIN)
    assert re.search(r" #1  55 words  ! no-title ─*\n\n\(no title\)\n\n…", odd)


@pytest.mark.parametrize("pager", ["no-such-pager", "", " ", "/dev/null"])
def test_without_a_pager_the_page_is_printed(tmp_path: Path, pager: str) -> None:
    show = ("show", "2", HARBOUR)
    code, seen = on_terminal(*show, folder=tmp_path, rows=9, changes={"PAGER": pager})
    assert code == 0 and "Tickets bought for the lost days" in seen


def test_a_pager_is_a_command_of_the_shell(tmp_path: Path) -> None:
    show = ("show", "2", HARBOUR)
    for pager in ("sed 's/^/paged: /' | cat", "X=y sed 's/^/paged: /'"):
        seen = on_terminal(*show, folder=tmp_path, rows=9, changes={"PAGER": pager})[1]
        assert all(line.startswith("paged: ") for line in seen.splitlines())
    seen = on_terminal(*show, folder=tmp_path, rows=9, changes={"PAGER": "echo $LESS; cat"})[1]
    assert seen.startswith("FRX\n")
    code, seen = on_terminal(*show, folder=tmp_path, rows=9, changes={"PAGER": "less '"})
    assert code == 0 and "Traceback" not in seen and "internal error" not in seen


def test_a_pager_may_be_left_before_the_end(tmp_path: Path) -> None:
    text = HARBOUR.read_bytes()
    (tmp_path / "long.txt").write_bytes((text + b"\n\n") * 100)
    quits = {"PAGER": "head -n 1", "NO_COLOR": "1"}
    code, seen = on_terminal("show", "1-", "long.txt", folder=tmp_path, rows=9, changes=quits)
    assert code == 0 and seen.count("\n") == 1 and seen.startswith("long.txt #1 ")


def test_what_is_missing_is_said_when_the_pager_has_ended(tmp_path: Path) -> None:
    pager = {"PAGER": "cat; sleep 0.2; echo the end"}
    code, seen = on_terminal("show", "2,99", HARBOUR, folder=tmp_path, rows=9, changes=pager)
    assert code == 1 and re.search(r"the end\ncorpuscli: .*: no article 99 .*\n$", seen)


def test_a_dumb_terminal_gets_no_pager(tmp_path: Path) -> None:
    dumb = {"PAGER": "sed 's/^/paged: /'", "TERM": "dumb"}
    assert (
        "paged: " not in on_terminal("show", "2", HARBOUR, folder=tmp_path, rows=9, changes=dumb)[1]
    )


@pytest.mark.skipif(shutil.which("less") is None, reason="there is no less here")
def test_less_ends_by_itself_where_a_page_fits(tmp_path: Path) -> None:
    less = {"PAGER": "less", "LINES": "5"}
    code, seen = on_terminal("show", "17", HARBOUR, folder=tmp_path, rows=60, changes=less)
    assert code == 0 and "A Town Needs Its Bench" in seen and "\x1b[1mA Town" in seen


# check


def test_a_screen_of_one_column_still_gets_its_explanation(tmp_path: Path) -> None:
    narrow = {**PLAIN, "COLUMNS": "1", "PAGER": "cat"}
    code, seen = on_terminal("check", "--explain", "all", folder=tmp_path, changes=narrow)
    assert code == 0 and "internal error" not in seen


def test_where_no_dump_could_be_opened_nothing_is_summed_up(tmp_path: Path) -> None:
    code, seen = on_terminal("list", "missing", folder=tmp_path, changes=PLAIN)
    assert (code, seen) == (2, "corpuscli: missing: No such file or directory\n")
    code, seen = on_terminal("list", "missing", HARBOUR, folder=tmp_path, changes=PLAIN)
    assert code == 2 and " articles, " in seen.splitlines()[-1]


def test_a_problem_is_shown_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_bytes(HARBOUR.read_bytes())
    code, seen = on_terminal("check", "harbour.txt", folder=tmp_path, columns=88, changes=PLAIN)
    findings = seen.split("\n\n")
    assert (code, len(findings)) == (1, 5)
    assert findings[1].splitlines() == [
        "harbour.txt:258: unexplained-gap in article 12: 4 blank lines inside the body",
        "  257 │ Temperatures will stay just above freezing by day. Ice may form in the inner ha…",
        "> 258 │ ",
        "  259 │ ",
        "  260 │ ",
        "  261 │ ",
        "  262 │ TIDES AT VIKHAVEN",
    ]
    assert "> 320 │ Cod Prices Climb as the Fleet Stays in Port\n" in findings[3]
    assert findings[4].startswith("18 articles, 2 with problems: 2 unexplained-gap, 1 no-title, ")


def test_a_problem_far_in_a_line_is_seen_and_not_obeyed(tmp_path: Path) -> None:
    bodies = ("word " * 300 + "bell \a" + " word" * 300, "a \ufffd b", "c \x9b31m d")
    text = render([Page(f"Title {n}", (body,)) for n, body in enumerate(bodies)])
    (tmp_path / "dump").write_bytes(text.replace("\ufffd".encode(), b"\xff"))
    for columns in (40, 200):
        _, seen = on_terminal("check", "dump", folder=tmp_path, columns=columns, changes=PLAIN)
        shown = [line for line in seen.splitlines() if line.startswith("> ")]
        assert [
            mark in line for mark, line in zip((r"\x07", "\ufffd", r"\x9b"), shown, strict=True)
        ]
        assert r"bell \x07 word" in shown[0] and r"c \x9b31m d" in shown[2]
        assert all(cell_len(line) <= columns for line in shown)
        assert {letter for letter in seen if unicodedata.category(letter) == "Cc"} == {"\n"}


def test_pieces_of_a_dump_give_the_same_findings(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes((HARBOUR.read_bytes() + b"\n\n") * 20)
    whole = on_terminal("check", "-j1", "long", folder=tmp_path, changes=PLAIN)
    cut = on_terminal("check", "-j2", "--shard-size=16384", "long", folder=tmp_path, changes=PLAIN)
    assert whole == cut and whole[1].count("> ") > 30


def test_a_sound_dump_is_summed_up_and_records_are_a_table(tmp_path: Path, world: str) -> None:
    sound = ("check", "--ignore=control-characters", world)
    assert on_terminal(*sound, folder=tmp_path) == (0, "\n7 articles, no problems\n")
    assert on_terminal(*sound, "-q", folder=tmp_path) == (0, "")
    _, seen = on_terminal("check", "--format=table", world, folder=tmp_path, changes=PLAIN)
    assert seen.splitlines()[0].split() == "no. line code message".split()


@pytest.mark.parametrize("columns", [40, 90, 200])
def test_totals_fit_any_screen(tmp_path: Path, columns: int) -> None:
    (tmp_path / "harbour.txt").write_bytes(HARBOUR.read_bytes())
    arguments = ("check", "--totals", "harbour.txt")
    _, seen = on_terminal(*arguments, folder=tmp_path, columns=columns, changes=PLAIN)
    assert all(cell_len(line) <= columns for line in seen.splitlines())
    text = " ".join(seen.split())
    assert text.startswith("harbour.txt 18 articles, 22,788 bytes layout page, encoding utf-8 ")
    assert "9,420 bytes in headers 41 %" in text and "12 recognised by the page's controls" in text
    assert "…" not in seen


# Colours


COMMANDS = [
    ("list",),
    ("grep", "-C1", "ferry"),
    ("show", "--no-pager", "6"),
    ("check",),
    ("check", "--totals"),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_colours_are_seen_on_any_background_and_only_where_wanted(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    _, seen = on_terminal(*arguments, HARBOUR, folder=tmp_path)
    used = set(re.findall(r"\d+", " ".join(re.findall(r"\x1b\[([\d;]*)m", seen))))
    assert used and used <= {"0", "1", "2", "3", "31", "32", "35"}
    plain = re.sub(r"\x1b\[[\d;]*m", "", seen)
    for changes in (PLAIN, {"CLICOLOR": "0"}, {"TERM": "dumb"}):
        assert on_terminal(*arguments, HARBOUR, folder=tmp_path, changes=changes)[1] == plain


def test_colour_in_a_pipe_is_for_tables_that_are_told_so(corpuscli: Run) -> None:
    for changes in ({"CLICOLOR_FORCE": "1"}, {"FORCE_COLOR": "1"}):
        table = corpuscli("list", "--format=table", HARBOUR, **changes).stdout
        assert table.startswith(b"\x1b[1m   no.")
        assert b"\x1b" not in corpuscli("list", HARBOUR, **changes).stdout
        never = corpuscli("list", "--format=table", HARBOUR, NO_COLOR="1", **changes)
        assert b"\x1b" not in never.stdout
    always = corpuscli("list", "--format=table", "--color=always", HARBOUR, TERM="dumb")
    assert always.stdout.startswith(b"\x1b[1m   no.")


# Progress


@pytest.fixture
def slowly(tmp_path: Path) -> str:
    """A command that takes some time to print a dump."""
    (tmp_path / "dump").write_bytes(HARBOUR.read_bytes())
    return "(cat dump; sleep 2; cat dump)"


def test_long_work_shows_how_far_it_is_and_leaves_nothing(tmp_path: Path, slowly: str) -> None:
    for command in ("split -o articles", "list > out", "dedupe-captions -o clean"):
        run = f"{slowly} | $CORPUSCLI {command.replace(' -o', ' - -o')}"
        code, seen = on_terminal(shell=f"{run} >manifest", folder=tmp_path, raw=True)
        assert code == 0
        assert re.search(re.escape(ERASE) + r"22\.8 kB  \d+\.\d kB/s", seen), command
        assert last_seen(seen) == "" and seen.endswith(ERASE)
    assert len(os.listdir(tmp_path / "articles")) == 35


@pytest.mark.parametrize(
    "command",
    ["list -q - > out", "list - | cat > out", "list - 2>&1 >out | cat", "grep -q nothing -"],
)
def test_no_progress_where_it_is_not_wanted(tmp_path: Path, slowly: str, command: str) -> None:
    assert on_terminal(shell=f"{slowly} | $CORPUSCLI {command}", folder=tmp_path, raw=True)[1] == ""


def test_a_dumb_terminal_and_short_work_show_no_progress(tmp_path: Path, slowly: str) -> None:
    run = f"{slowly} | $CORPUSCLI list >out"
    assert on_terminal(shell=run, folder=tmp_path, raw=True, changes={"TERM": "dumb"})[1] == ""
    assert on_terminal(shell=f"$CORPUSCLI list {HARBOUR} >out", folder=tmp_path, raw=True)[1] == ""


def test_progress_gives_way_to_rows_and_to_messages(tmp_path: Path, slowly: str) -> None:
    run = f"{slowly} | $CORPUSCLI list - missing"
    code, seen = on_terminal(shell=run, folder=tmp_path, raw=True, changes=PLAIN)
    assert code == 2 and ERASE in seen
    left = last_seen(seen).splitlines()
    assert left[0] == "corpuscli: missing: No such file or directory"
    assert left[1].startswith("dump") and len(left) == 2 + 35 + 2
    assert "kB" not in "".join(left)


def test_ctrl_c_leaves_no_progress_behind(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    run = (
        f"(cat {HARBOUR}; sleep 3) > fifo & (sleep 2.5; kill -INT $$) & "
        "exec $CORPUSCLI list fifo > out"
    )
    code, seen = on_terminal(shell=run, folder=tmp_path, raw=True)
    assert code == 130 and "kB/s" in seen and last_seen(seen) == ""


def test_the_line_fits_and_tells_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    shown = Progress([4_000_000, 6_000_000])
    now[0] += 10
    shown.reach(5_000_000)
    for columns in range(20, 120):
        line = re.sub(r"\x1b\[[\d;]*m", "", shown.drawn(columns))
        assert cell_len(line) <= columns
        assert line.startswith(" 50 %")
        if columns >= 47:
            assert line.endswith("5.0 MB of 10.0 MB  500.0 kB/s  0:10 left")
        assert ("━" in line) == (columns >= 57)
    endless = Progress([4_000_000, None])
    now[0] += 4000
    endless.reach(5_000_000)
    assert endless.drawn(99) == "5.0 MB  1.2 kB/s"


def test_progress_of_packed_and_of_searched_dumps() -> None:
    shown = Progress([1000])
    look = shown.watching(lambda data: b"x" in data, 100)
    nothing, something = b"a" * 120, b"x" * 120
    assert not look(nothing) and not look(nothing)
    assert shown.drawn(99).startswith(" 20 %")
    assert look(something) and not look(nothing)
    assert shown.drawn(99).startswith(" 20 %")
    shown.reach(300)
    assert shown.drawn(99).startswith(" 30 %")
    assert not look(nothing)
    assert shown.drawn(99).startswith(" 50 %")
    # What is at a URL has a size only when it is opened.
    packed, counted = Progress([None]), Counted(io.BytesIO(bytes(1000)))
    with packed.of_dump(0, 1000, counted):
        counted.read(700)
        packed.reach(9000)
        assert packed.drawn(99).startswith(" 70 %")


def test_results_do_not_depend_on_progress(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes((HARBOUR.read_bytes() + b"\n\n") * 60)
    cut = "--jobs 2 --shard-size 16384"
    for words in (f"check {cut}", f"grep {cut} ferry", "list --sort words"):
        command = f"{COMMAND} {words} long"
        piped = subprocess.run(
            command.split(), cwd=tmp_path, capture_output=True, env=environment()
        )
        on_terminal(shell=f"$CORPUSCLI {words} long >out", folder=tmp_path)
        assert (tmp_path / "out").read_bytes() == piped.stdout
