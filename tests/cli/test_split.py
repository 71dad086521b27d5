"""`split`: give me the articles one by one, as JSON Lines or as files."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from compose import Page, expect, pages, pieces, render
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from hypothesis import Phase, given, settings

FIXTURES = [*sorted(DATA.glob("*.txt")), EXAMPLES / "harbour-news.txt"]
FIELDS = (
    "dump number id title deck byline date section photo_date words paragraph_count caption_count "
    "duplicate_captions line start end problems captions paragraphs"
).split()
HOSTILE = [
    *("../x", "../../../../tmp/x", "/etc/passwd", "..", ".", "...", "a/b", "a\\b", "~", "-rf"),
    *("--force", "CON", "nul.txt", "COM1", "\0", "a\0b", "\a", "\x1b[31mred", "a\rb", "LPT1."),
    *("x" * 400, "ä" * 200, "م" * 128, "\U0001f6a2" * 90, "%s{}{number}$HOME`id`", "*?[a]", "?"),
    *("Straße", "STRASSE", "straße", "caf\u00e9", "cafe\u0301", "CAFÉ", "ﬁn", "fin", "- .", "📰"),
    *("same", "Same", "SAME", "\u202egnp.exe", "a:b", "a|b<c>", '"', "'", "I", "ı", "İ", "K"),
]


def rows(stdout: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def newspaper(titles: list[str]) -> bytes:
    """An article for each title; the body tells which."""
    return render([Page(title, (f"Body {n}.",)) for n, title in enumerate(titles, start=1)])


@pytest.fixture(scope="module")
def split() -> dict[str, list[dict[str, Any]]]:
    """What `split` says of every fixture, by dump."""
    result = subprocess.run(
        [COMMAND, "split", *FIXTURES], capture_output=True, env=environment(), check=True
    )
    assert result.stderr == b""
    records: dict[str, list[dict[str, Any]]] = {str(dump): [] for dump in FIXTURES}
    for record in rows(result.stdout):
        records[record["dump"]].append(record)
    return records


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The raw pieces of every fixture, in order, all from one folder, by dump."""
    folder = tmp_path_factory.mktemp("raw") / "new" / "folder"
    folder.parent.mkdir()
    command = [
        COMMAND,
        "split",
        "--as=raw",
        "-o",
        str(folder),
        "--format=jsonl",
        *map(str, FIXTURES),
    ]
    result = subprocess.run(command, capture_output=True, env=environment(), check=True)
    files: dict[str, list[Path]] = {str(dump): [] for dump in FIXTURES}
    for record in rows(result.stdout):
        files[record["dump"]].append(folder / record["file"])
    return files


@pytest.mark.parametrize("dump", FIXTURES, ids=lambda dump: dump.stem)
def test_a_fixture_is_split_into_the_records_beside_it(
    dump: Path, split: dict[str, list[dict[str, Any]]]
) -> None:
    lines = dump.with_suffix(".jsonl").read_text("utf-8").splitlines()
    for record, line in zip(split[str(dump)], lines, strict=True):
        right = json.loads(line)
        assert list(record) == FIELDS
        assert {name: record[name] for name in right} == right


@pytest.mark.parametrize("dump", FIXTURES, ids=lambda dump: dump.stem)
def test_the_raw_pieces_of_a_fixture_are_the_fixture(
    dump: Path, raw: dict[str, list[Path]]
) -> None:
    assert b"".join(piece.read_bytes() for piece in raw[str(dump)]) == dump.read_bytes()


def test_pieces_of_several_dumps_do_not_clash(raw: dict[str, list[Path]]) -> None:
    files = [piece for pieces in raw.values() for piece in pieces]
    assert len({piece.name.casefold() for piece in files}) == len(files)


def test_the_real_dump_is_split_in_two(corpuscli: Run, seed: Path, tmp_path: Path) -> None:
    first, second = rows(corpuscli("split", seed).stdout)
    assert (first["id"], second["id"]) == ("0e45ee82ae07", "70d194476f79")
    assert (len(first["paragraphs"]), len(second["paragraphs"])) == (16, 10)
    assert (first["words"], second["words"]) == (551, 273)
    corpuscli("split", "--as=raw", "-o", "out", "--name={number}", seed)
    parts = [(tmp_path / "out" / name).read_bytes() for name in ("1.txt", "2.txt")]
    assert b"".join(parts) == seed.read_bytes()


def test_files_hold_the_text_that_show_pipes(corpuscli: Run, tmp_path: Path) -> None:
    dump = DATA / "mixed.txt"
    result = corpuscli("split", "-o", "out", "--json", dump)
    assert (result.returncode, result.stderr) == (0, b"")
    manifest = json.loads(result.stdout)
    assert list(manifest[0]) == [*FIELDS[:-2], "file"]
    assert sorted(record["file"] for record in manifest) == sorted(os.listdir(tmp_path / "out"))
    assert manifest[1]["file"] == "000000002-ferries-return-to-vikhaven-after-the-storm.txt"
    text = b"\n".join((tmp_path / "out" / record["file"]).read_bytes() for record in manifest[1:4])
    assert text == corpuscli("show", "2-4", dump).stdout


def test_files_can_hold_the_record(corpuscli: Run, tmp_path: Path) -> None:
    dump = DATA / "opinion.txt"
    result = corpuscli("split", "-o", "out", "--as=json", "--format=jsonl", dump)
    files = [tmp_path / "out" / record["file"] for record in rows(result.stdout)]
    assert [json.loads(file.read_bytes()) for file in files] == rows(
        corpuscli("split", dump).stdout
    )


def test_the_manifest_is_tsv_in_a_pipe(corpuscli: Run, tmp_path: Path) -> None:
    result = corpuscli("split", "-o", ".", DATA / "seed.txt")
    columns = [line.split("\t") for line in result.stdout.decode().splitlines()]
    assert [(row[0], row[1]) for row in columns] == [("1", "2024-03-03"), ("2", "2024-01-20")]
    assert all((tmp_path / row[-1]).is_file() for row in columns)


def test_the_name_of_a_file_follows_a_template(corpuscli: Run, tmp_path: Path) -> None:
    template = "{photo_date}_{id}_{line:03}_{start}.text"
    result = corpuscli("split", "-o", "o", "--name", template, DATA / "deck.txt")
    assert result.returncode == 0
    names = sorted(os.listdir(tmp_path / "o"))
    assert len(names) == 3
    assert any(name.startswith("2024-03-03_6be3106fa0cd_001_0.text") for name in names)


def test_one_name_for_all_still_gives_a_file_each(corpuscli: Run, tmp_path: Path) -> None:
    result = corpuscli("split", "-o", "o", "--name", "x", "--fields=file", DATA / "mixed.txt")
    assert result.returncode == 0
    names = result.stdout.decode().splitlines()
    assert len({name.casefold() for name in names}) == len(names) > 2
    assert sorted(names) == sorted(os.listdir(tmp_path / "o"))


@pytest.mark.parametrize(
    "template",
    [
        *("{nope}", "{number", "{number.__class__}", "{}"),
        *("{number:999999999999}", "{number[0]}"),
    ],
)
def test_a_bad_template_is_a_usage_error_that_writes_nothing(
    corpuscli: Run, tmp_path: Path, template: str
) -> None:
    result = corpuscli("split", "-o", "o", "--name", template, DATA / "seed.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1
    assert not list(tmp_path.glob("**/*.txt"))


@pytest.mark.parametrize(
    "template", ["../{number}", "ABSOLUTE/{number}", "a/../../{slug}", "..", "."]
)
def test_no_template_leads_out_of_the_folder(corpuscli: Run, tmp_path: Path, template: str) -> None:
    (tmp_path / "o").mkdir()
    template = template.replace("ABSOLUTE", str(tmp_path))
    result = corpuscli("split", "-o", "o", "--name", template, DATA / "seed.txt")
    assert result.returncode in (0, 2)
    assert result.stderr.count(b"\n") == (1 if result.returncode else 0)
    assert os.listdir(tmp_path) == ["o"]


def test_hostile_titles_make_harmless_names(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/dump").write_bytes(newspaper(HOSTILE))
    right = [record["title"] for record in rows(corpuscli("split", "in/dump").stdout)]
    assert right == HOSTILE
    for template in ("{number:09}-{slug}", "{slug}", "{slug}{slug}{slug}{slug}"):
        result = corpuscli(
            *("split", "-o", "out", "--force", "--format=jsonl", "--name", template, "in/dump")
        )
        assert (result.returncode, result.stderr) == (0, b"")
        names = [record["file"] for record in rows(result.stdout)]
        assert len({name.casefold() for name in names}) == len(HOSTILE)
        for name, number in zip(names, range(1, len(names) + 1), strict=True):
            assert name.isascii() and name.isprintable()
            assert len(name) <= 200
            assert "/" not in name and "\\" not in name and ":" not in name
            assert not name.startswith(("-", "."))
            assert name.split(".")[0].upper() not in ("CON", "NUL", "COM1", "LPT1")
            text = (tmp_path / "out" / name).read_text("utf-8")
            assert text.rstrip("\n").endswith(f"\n\nBody {number}.")
    assert sorted(os.listdir(tmp_path)) == ["in", "out"]
    assert os.listdir(tmp_path / "in") == ["dump"]


def test_a_thousand_equal_titles_make_a_thousand_files(corpuscli: Run, tmp_path: Path) -> None:
    dump = newspaper(["Same", "same", "SAME", "Sa\u0301me"] * 250)
    result = corpuscli("split", "-o", "out", "--name={slug}", "--fields=file", stdin=dump)
    names = result.stdout.decode().splitlines()
    assert result.returncode == 0
    assert len({name.casefold() for name in names}) == 1000
    assert sorted(names) == sorted(os.listdir(tmp_path / "out"))


def test_what_exists_is_left_alone_without_force(corpuscli: Run, tmp_path: Path) -> None:
    name = "000000001-ferries-return-to-vikhaven-after-the-storm.txt"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine")
    result = corpuscli("split", "-o", "out", DATA / "seed.txt")
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 1 and name.encode() in result.stderr
    assert (tmp_path / "out" / name).read_text() == "mine"
    forced = corpuscli("split", "-o", "out", "--force", DATA / "seed.txt")
    assert (forced.returncode, forced.stderr) == (0, b"")
    assert (tmp_path / "out" / name).read_text("utf-8").startswith("Ferries Return")
    assert len(os.listdir(tmp_path / "out")) == 2


@pytest.mark.parametrize("options", [(), ("--force",)])
@pytest.mark.parametrize("target", ["victim", "absent"])
def test_nothing_is_written_through_a_symbolic_link(
    corpuscli: Run, tmp_path: Path, options: tuple[str, ...], target: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "out/1.txt").symlink_to(tmp_path / target)
    result = corpuscli("split", "-o", "out", "--name={number}", *options, DATA / "seed.txt")
    assert result.stderr.count(b"\n") == (1 if result.returncode else 0)
    assert (tmp_path / "victim").read_text() == "mine"
    assert not (tmp_path / "absent").exists()
    if not options:
        assert result.returncode == 2
        assert (tmp_path / "out/1.txt").is_symlink()


def test_an_input_is_never_overwritten(corpuscli: Run, tmp_path: Path) -> None:
    dump = (DATA / "seed.txt").read_bytes()
    (tmp_path / "1.txt").write_bytes(dump)
    os.link(tmp_path / "1.txt", tmp_path / "2.txt")
    for name in ("1.txt", "2.txt"):
        result = corpuscli("split", "-o", ".", "--force", "--as=raw", "--name={number}", name)
        assert result.returncode in (0, 2)
        assert result.stderr.count(b"\n") == (1 if result.returncode else 0)
        assert (tmp_path / name).read_bytes() == dump


def test_a_folder_that_cannot_be_is_an_error(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in ("file", "file/below", "/dev/null", "/proc/nope", ""):
        result = corpuscli("split", "-o", folder, DATA / "seed.txt")
        assert (result.returncode, result.stdout) == (2, b""), folder
        assert result.stderr.startswith(b"corpuscli: ") and result.stderr.count(b"\n") == 1
    assert (tmp_path / "file").read_text() == "mine"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("form", ["raw", "text"])
def test_raw_and_text_need_a_folder(corpuscli: Run, form: str) -> None:
    result = corpuscli("split", f"--as={form}", DATA / "seed.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"-o" in result.stderr and result.stderr.count(b"\n") == 1


def test_json_needs_no_folder_and_formats_are_kept(corpuscli: Run) -> None:
    dump = DATA / "seed.txt"
    lines = corpuscli("split", dump).stdout
    assert corpuscli("split", "--as=json", dump).stdout == lines
    assert json.loads(corpuscli("split", "--json", dump).stdout) == rows(lines)
    csv = corpuscli("split", "--format=csv", "--fields=number,title", dump).stdout
    assert csv == (
        b"number,title\r\n1,Ferries Return to Vikhaven After the Storm\r\n"
        b"2,Price of Bread Falls for the First Time in Two Years\r\n"
    )


def test_every_byte_that_is_no_text_is_in_a_raw_piece(corpuscli: Run, tmp_path: Path) -> None:
    noise = bytes(range(256)) * 3
    dump = (
        b"\xff\xfe\x00\r\n\r\n"
        + newspaper(["One"])
        + b"\n\n\n"
        + noise
        + newspaper(["Two"])
        + noise
    )
    result = corpuscli("split", "-o", "o", "--as=raw", "--fields=file", "-", stdin=dump)
    files = [tmp_path / "o" / name for name in result.stdout.decode().splitlines()]
    assert b"".join(file.read_bytes() for file in files) == dump


def test_a_piece_without_its_number_keeps_its_number(corpuscli: Run, tmp_path: Path) -> None:
    result = corpuscli(
        *("split", "-o", "o", "--name={number:02}", "--title=Bread", DATA / "mixed.txt")
    )
    assert result.returncode == 0
    (name,) = os.listdir(tmp_path / "o")
    record = json.loads(corpuscli("list", "--json", "--title=Bread", DATA / "mixed.txt").stdout)[0]
    assert name.startswith(f"{record['number']:02}")


@given(pages(3, noisy=True))
@settings(max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_composed_dumps_are_split_as_composed(dump: list[Page]) -> None:
    result = subprocess.run(
        [COMMAND, "split", "-"], input=render(dump), capture_output=True, env=environment()
    )
    assert (result.returncode, result.stderr) == (0, b"")
    right: list[Any] = list(expect(dump))
    for record, page in zip(rows(result.stdout), right, strict=True):
        captions = [
            {"text": caption["text"], "copies": caption["copies"]} for caption in record["captions"]
        ]
        assert {name: record[name] for name in page} | {"captions": captions} == page


@given(pages(3))
@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_composed_dumps_are_split_into_their_pieces(
    tmp_path_factory: pytest.TempPathFactory, dump: list[Page]
) -> None:
    folder = tmp_path_factory.mktemp("pieces")
    command = [COMMAND, "split", "--as=raw", "-o", str(folder), "--fields=file", "-"]
    result = subprocess.run(command, input=render(dump), capture_output=True, env=environment())
    names = result.stdout.decode().splitlines()
    assert [(folder / name).read_bytes() for name in names] == pieces(dump)


def test_no_line_of_a_dump_is_lost_from_the_records(corpuscli: Run, tmp_path: Path) -> None:
    rng = random.Random(7)
    alphabet = ["", "", "", "", "X", "X", "A", "R", "c\nc", "d", "TT", "20"]
    dumps = [
        "X\n\nlost\n\nTT\n\nh\n\nc\nc\n\nX\n\nbody",
        "X\n\nA\nR\nTT\n\nT\n\nb\n\nTT\n\nh\n\nc\nc\n\nX\n",
        "X\n\n\nc\nc\nTT\n\nTT\n\nX\n\nX",
        "X\n\nR\n\nA\n\n20\nd\n\nTT\n\nX\n\n20\nd",
        "A\n\nTT\nc\nc\nX\n20\n\nTT\nTT\n\nA\n\nR\n",
        "X\nA\n\nR\nR\n\nd\n\nTT\n\nc\nc\n20\n\nX\nR\nX\nTT\n\nd\n",
        *("\n".join(rng.choices(alphabet, k=rng.randint(6, 20))) for _ in range(600)),
    ]
    names = [f"{number:03}" for number in range(len(dumps))]
    for name, dump in zip(names, dumps, strict=True):
        (tmp_path / name).write_text(dump)
    result = corpuscli("split", "--layout=page", *names)
    assert (result.returncode, result.stderr) == (0, b"")
    seen = {name: {"", "TT", "20"} for name in names}
    for record in rows(result.stdout):
        texts = seen[record["dump"]]
        texts.update(record["paragraphs"], (caption["text"] for caption in record["captions"]))
        texts.update([record["title"]], (record["byline"] or "").split(", "))
        texts.update((record["deck"] or "").split())
    lost = {
        dump: set(dump.split("\n")) - seen[name] for name, dump in zip(names, dumps, strict=True)
    }
    assert {dump: lines for dump, lines in lost.items() if lines} == {}


def test_all_files_are_written_though_the_reader_of_the_manifest_leaves(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(newspaper([f"Title {n}" for n in range(3000)]))
    run = "$CORPUSCLI split -o out dump | head -1; echo ${PIPESTATUS[0]}"
    done = subprocess.run(
        ["bash", "-c", run], cwd=tmp_path, env=environment(CORPUSCLI=COMMAND), capture_output=True
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == (b"141", b"")
    assert len(os.listdir(tmp_path / "out")) == 3000


@pytest.mark.parametrize("name", ["all.txt", "clean.json.gz", "one.MD", "all.ndjson"])
def test_the_name_of_a_file_is_no_directory(name: str, corpuscli: Run, tmp_path: Path) -> None:
    result = corpuscli("split", "-o", name, EXAMPLES / "harbour-news.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert f"write {name}/ for a directory of that name" in result.stderr.decode()
    assert not (tmp_path / name).exists()
    assert corpuscli("split", "-o", f"{name}/", EXAMPLES / "harbour-news.txt").returncode == 0
    assert (tmp_path / name).is_dir()
    assert corpuscli("split", "-o", name, "--force", EXAMPLES / "harbour-news.txt").returncode == 0
