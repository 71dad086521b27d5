"""`dedupe-captions`: the same dump without the repeated captions."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from compose import Page, Photo, pages, render
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from hypothesis import Phase, given, settings

FIXTURES = [*sorted(DATA.glob("*.txt")), EXAMPLES / "harbour-news.txt"]
MAY_DIFFER = {"copies", "duplicate_captions", "line", "start", "end"}
FERRIES = Page(
    "Ferries Sail Again",
    ("One.", Photo("A photo in the body."), "Two."),
    captions=("First caption.", "Second caption."),
)
BREAD = Page("Bread Is Cheap", ("Three.", "Four."), captions=("Loaves.",), chrome=False)
DUMP = render([FERRIES, BREAD])


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, *arguments], input=stdin, capture_output=True, env=environment()
    )


def as_read(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what deleting lines may change."""
    captions = [
        {name: value for name, value in caption.items() if name not in MAY_DIFFER}
        for caption in record["captions"]
    ]
    kept = {name: value for name, value in record.items() if name not in MAY_DIFFER}
    return kept | {"captions": captions}


def by_dump(stdout: bytes) -> dict[str, list[dict[str, Any]]]:
    records: dict[str, list[dict[str, Any]]] = {}
    for line in stdout.splitlines():
        record = json.loads(line)
        records.setdefault(record["dump"], []).append(record)
    return records


class Cleaned:
    """Every fixture cleaned in place once, and then once more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        copies = [shutil.copy(dump, folder) for dump in FIXTURES]
        self.before = by_dump(run("split", *copies).stdout)
        self.report = by_dump(run("dedupe-captions", "--report", "--format=jsonl", *copies).stdout)
        self.first = run("dedupe-captions", "--in-place", "--quiet", *copies)
        self.once = {path: Path(path).read_bytes() for path in map(str, copies)}
        self.stat = {path: os.stat(path) for path in copies}
        self.after = by_dump(run("split", *copies).stdout)
        self.second = run("dedupe-captions", "--in-place", "--quiet", *copies)


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> Cleaned:
    cleaned = Cleaned(tmp_path_factory.mktemp("cleaned"))
    for result in (cleaned.first, cleaned.second):
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    return cleaned


@pytest.mark.parametrize("dump", FIXTURES, ids=lambda dump: dump.stem)
def test_a_fixture_reads_the_same_before_and_after(dump: Path, cleaned: Cleaned) -> None:
    path = str(cleaned.folder / dump.name)
    before, after = cleaned.before[path], cleaned.after[path]
    assert [as_read(record) for record in after] == [as_read(record) for record in before]
    assert [record["duplicate_captions"] for record in after] == [0] * len(after)


@pytest.mark.parametrize("dump", FIXTURES, ids=lambda dump: dump.stem)
def test_a_fixture_cleaned_twice_is_cleaned_once(dump: Path, cleaned: Cleaned) -> None:
    path = str(cleaned.folder / dump.name)
    assert Path(path).read_bytes() == cleaned.once[path]
    now, then = os.stat(path), cleaned.stat[path]
    assert (now.st_ino, now.st_mtime_ns) == (then.st_ino, then.st_mtime_ns)


@pytest.mark.parametrize("dump", FIXTURES, ids=lambda dump: dump.stem)
def test_a_fixture_loses_the_lines_reported_and_no_other_byte(dump: Path, cleaned: Cleaned) -> None:
    path = str(cleaned.folder / dump.name)
    lines = dump.read_bytes().split(b"\n")
    report = cleaned.report.get(path, [])
    gone = {line for record in report for line in record["removed_lines"]}
    kept = [line for number, line in enumerate(lines, start=1) if number not in gone]
    assert cleaned.once[path] == b"\n".join(kept)
    saved = sum(record["bytes_saved"] for record in report)
    assert len(cleaned.once[path]) == dump.stat().st_size - saved
    duplicates = {record["number"]: record["duplicate_captions"] for record in cleaned.before[path]}
    for record in report:
        assert list(record) == (
            "dump number id caption kept_line removed_lines bytes_saved left_because".split()
        )
        duplicates[record["number"]] -= len(record["removed_lines"])
    assert set(duplicates.values()) <= {0}


def test_the_real_dump_loses_six_lines(corpuscli: Run, seed: Path) -> None:
    before = seed.read_bytes()
    result = corpuscli("dedupe-captions", seed)
    assert result.returncode == 0
    after = result.stdout
    assert before.count(b"\n") - after.count(b"\n") == 6
    assert after.count(b"\n18 August 2018, ") == after.count(b"\n11 June 2025, ") == 1
    assert corpuscli("dedupe-captions", "-", stdin=after).stdout == after
    records = [
        json.loads(line) for line in corpuscli("split", "-", stdin=before).stdout.split(b"\n")[:-1]
    ]
    clean = [
        json.loads(line) for line in corpuscli("split", "-", stdin=after).stdout.split(b"\n")[:-1]
    ]
    assert [as_read(record) for record in clean] == [as_read(record) for record in records]
    assert [record["captions"][0]["copies"] for record in clean] == [1, 1]


def test_the_first_copy_of_each_caption_stays(corpuscli: Run) -> None:
    result = corpuscli("dedupe-captions", stdin=DUMP)
    assert result.stdout.decode() == (
        "Ferries Sail Again\n\nFirst caption.\nSecond caption.\nTT\n20\n\nFerries Sail Again\n\n\n"
        "One.\n\nA photo in the body.\nA photo in the body.\n\nTwo.\n\n\n\n"
        "Bread Is Cheap\n\nLoaves.\n\nBread Is Cheap\n\nLoaves.\n\nThree.\n\nFour.\n"
    )


def test_the_twin_in_the_body_goes_when_asked(corpuscli: Run) -> None:
    default = corpuscli("dedupe-captions", stdin=DUMP).stdout
    result = corpuscli("dedupe-captions", "--body", stdin=DUMP)
    twins = b"A photo in the body.\nA photo in the body.\n"
    assert default.count(twins) == 1
    assert result.stdout == default.replace(twins, b"A photo in the body.\n")


def test_lines_that_are_no_header_captions_stay(corpuscli: Run) -> None:
    for dump in (
        b"",
        b"\n\n\n",
        b"one\none\n",
        b"T\n\nT\n\nB\nB\nC",
        b"T\n\nTT\n\nT\n\nB\n\nA\n\nB\n\xff\xff\n\r\n\0",
        (DATA / "no-photo.txt").read_bytes(),
        (DATA / "deduped.txt").read_bytes(),
        (DATA / "no-chrome-deduped.txt").read_bytes(),
    ):
        assert corpuscli("dedupe-captions", "-", stdin=dump).stdout == dump


def test_bytes_that_are_no_text_pass_through(corpuscli: Run) -> None:
    caption = b"Caf\xe9 in \xff\xfe Vik.\r\n"
    page = b"T\xe9\r\n\r\n" + caption * 2 + b"TT\r\n\r\nT\xe9\r\n\r\n" + caption * 2 + b"\r\n\x80\0"
    clean = b"T\xe9\r\n\r\n" + caption + b"TT\r\n\r\nT\xe9\r\n\r\n\r\n\x80\0"
    assert corpuscli("dedupe-captions", stdin=page).stdout == clean


def test_output_goes_to_a_file_whole(corpuscli: Run, tmp_path: Path) -> None:
    clean = corpuscli("dedupe-captions", stdin=DUMP).stdout
    result = corpuscli("dedupe-captions", "-o", "clean", stdin=DUMP)
    assert (result.returncode, result.stdout) == (0, b"")
    assert (tmp_path / "clean").read_bytes() == clean
    assert os.listdir(tmp_path) == ["clean"]
    (tmp_path / "link").symlink_to("clean")
    (tmp_path / "clean").write_bytes(b"old")
    assert corpuscli("dedupe-captions", "-o", "link", stdin=DUMP).returncode == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "clean").read_bytes() == clean


def test_output_to_a_device_writes_straight_through(corpuscli: Run) -> None:
    result = corpuscli("dedupe-captions", "-o", "/dev/stdout", stdin=DUMP)
    assert result.stdout == corpuscli("dedupe-captions", stdin=DUMP).stdout
    assert corpuscli("dedupe-captions", "-o", "/dev/null", stdin=DUMP).returncode == 0
    full = corpuscli("dedupe-captions", "-o", "/dev/full", stdin=DUMP)
    assert full.returncode == 2
    assert full.stderr.count(b"\n") == 1 and full.stderr.startswith(b"corpuscli: /dev/full: ")


def test_writing_to_the_dump_being_read_is_refused(corpuscli: Run, tmp_path: Path) -> None:
    dump = tmp_path / "d"
    dump.write_bytes(DUMP)
    os.link(dump, tmp_path / "hard")
    (tmp_path / "soft").symlink_to("d")
    script = f"{COMMAND} dedupe-captions"
    for command in (
        f"{script} d >> d",
        f"{script} d >> hard",
        f"{script} - < d >> soft",
        f"{COMMAND} split soft >> d",
        f"{COMMAND} show 1 d >> d",
        f"{COMMAND} grep One d >> d",
        f"{script} d 1<> d",
    ):
        result = subprocess.run(
            ["sh", "-c", command], capture_output=True, cwd=tmp_path, env=environment()
        )
        assert result.returncode == 2, command
        assert result.stderr.count(b"\n") == 1, command
        assert dump.read_bytes() == DUMP, command


def test_in_place_keeps_mode_and_link_and_makes_a_backup(corpuscli: Run, tmp_path: Path) -> None:
    dump = tmp_path / "d"
    dump.write_bytes(DUMP)
    dump.chmod(0o640)
    (tmp_path / "link").symlink_to("d")
    result = corpuscli("dedupe-captions", "-i", "--backup", ".orig", "link")
    assert (result.returncode, result.stdout) == (0, b"")
    assert (tmp_path / "link").is_symlink() and not dump.is_symlink()
    assert dump.read_bytes() == corpuscli("dedupe-captions", stdin=DUMP).stdout
    assert stat.S_IMODE(dump.stat().st_mode) == 0o640
    backups = [name for name in os.listdir(tmp_path) if name.endswith(".orig")]
    assert len(backups) == 1
    assert (tmp_path / backups[0]).read_bytes() == DUMP
    assert len(os.listdir(tmp_path)) == 3


def test_in_place_cleans_every_dump_that_can_be(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(DUMP)
    (tmp_path / "b").write_bytes(DUMP)
    result = corpuscli("dedupe-captions", "--in-place", "a", "missing", "b")
    assert (result.returncode, result.stdout) == (2, b"")
    errors = [line for line in result.stderr.splitlines() if b"missing" in line]
    assert len(errors) == 1
    clean = corpuscli("dedupe-captions", stdin=DUMP).stdout
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == clean


@pytest.mark.parametrize(
    "arguments",
    [
        ("-i",),
        ("-i", "-"),
        ("--in-place", "-o", "x", "d"),
        ("d", "d"),
        ("-o", "x", "d", "d"),
        ("--report", "-i", "d"),
        ("--backup", ".orig", "d"),
        ("-i", "--backup", "", "d"),
        ("-i", "--backup", "/../../x", "d"),
        ("-o", "", "d"),
        ("-o", ".", "d"),
        ("-o", "nope/x", "d"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_nothing_is_written(
    corpuscli: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "d").write_bytes(DUMP)
    result = corpuscli("dedupe-captions", *arguments, stdin=DUMP)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: ") and result.stderr.count(b"\n") == 1
    assert os.listdir(tmp_path) == ["d"]
    assert (tmp_path / "d").read_bytes() == DUMP


def test_output_onto_the_dump_itself_is_clean_or_refused(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "d").write_bytes(DUMP)
    result = corpuscli("dedupe-captions", "-o", "d", "d")
    clean = corpuscli("dedupe-captions", stdin=DUMP).stdout
    assert (tmp_path / "d").read_bytes() == (DUMP if result.returncode else clean)
    assert result.returncode in (0, 2)


def test_a_compressed_dump_cannot_be_edited_in_place(corpuscli: Run, tmp_path: Path) -> None:
    subprocess.run(["gzip", "-c"], input=DUMP, stdout=(tmp_path / "d").open("wb"), check=True)
    before = (tmp_path / "d").read_bytes()
    result = corpuscli("dedupe-captions", "-i", "d")
    assert result.returncode == 2
    assert result.stderr.startswith(b"corpuscli: d: ") and result.stderr.count(b"\n") == 1
    assert (tmp_path / "d").read_bytes() == before
    assert corpuscli("dedupe-captions", "d").stdout == (
        corpuscli("dedupe-captions", stdin=DUMP).stdout
    )
    (tmp_path / "cut").write_bytes(before[:-9])
    cut = corpuscli("dedupe-captions", "-o", "new", "cut")
    assert cut.returncode == 2 and cut.stderr.count(b"\n") == 1
    assert not (tmp_path / "new").exists()


def test_the_report_is_a_row_a_caption_and_writes_nothing(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "d").write_bytes(DUMP)
    lines = corpuscli("dedupe-captions", "--report", "d").stdout.decode().splitlines()
    rows = [line.split("\t") for line in lines]
    assert [[row[1], *row[3:]] for row in rows] == [
        ["1", "First caption.", "3", "[4,12,13]", "45", ""],
        ["1", "Second caption.", "5", "[6,14,15]", "48", ""],
        ["2", "Loaves.", "28", "[29,34]", "16", ""],
    ]
    (first, *_) = json.loads(corpuscli("dedupe-captions", "--report", "--json", "d").stdout)
    assert first["removed_lines"] == [4, 12, 13]
    fields = corpuscli("dedupe-captions", "--report", "--fields=caption,kept_line", "d").stdout
    assert fields.startswith(b"First caption.\t3\n")
    both = corpuscli("dedupe-captions", "--report", "d", "d").stdout
    assert both.count(b"\n") == 6
    assert (tmp_path / "d").read_bytes() == DUMP


@given(pages(4))
@settings(max_examples=3, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_composed_dumps_read_the_same_before_and_after(dump: list[Page]) -> None:
    before = render(dump)
    after = run("dedupe-captions", "-", stdin=before).stdout
    assert run("dedupe-captions", "-", stdin=after).stdout == after
    old = by_dump(run("split", "-", stdin=before).stdout)["-"]
    new = by_dump(run("split", "-", stdin=after).stdout)["-"]
    assert [as_read(record) for record in new] == [as_read(record) for record in old]
    lost = sum(record["duplicate_captions"] for record in old)
    assert before.count(b"\n") - after.count(b"\n") == lost


def test_a_compressed_dump_is_not_replaced_by_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "dump.gz"
    path.write_bytes(before := gzip.compress(DUMP))
    result = run("dedupe-captions", "-o", path, path)
    said = f"corpuscli: {path}: is compressed: -o must be another file\n".encode()
    assert (result.returncode, result.stderr) == (2, said)
    assert path.read_bytes() == before


def test_what_is_deleted_is_what_list_counts_in_a_dump_without_controls(tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    dump.write_text("Title\n\n" + "Four times.\n" * 4 + "\nBody.\n\n\n\nOther\n\nBody.\n")
    counted = run("list", "--fields", "duplicate_captions", str(dump)).stdout.split()
    assert (counted, run("dedupe-captions", str(dump)).stdout) == ([b"0", b"0"], dump.read_bytes())


ODD = b"B\nTT\nC\nC\nB\nB\nTT\nT\nC\n\n\n\n"
"""Without the copies of its captions this would be read as other articles."""


@pytest.fixture(scope="module")
def entangled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump that is read in shards, in which some articles must be left alone."""
    pages = [DUMP + b"\n\n\n"] * 60
    path = tmp_path_factory.mktemp("entangled") / "dump"
    path.write_bytes(b"".join([*pages, ODD] * 50))
    return path


def test_every_way_leaves_the_same_articles_alone(entangled: Path) -> None:
    data = entangled.read_bytes()
    clean = run("dedupe-captions", "-j1", entangled).stdout
    assert data.count(b"\n") > clean.count(b"\n") > 0
    assert run("dedupe-captions", stdin=clean).stdout == clean
    packed = entangled.with_name("dump.gz")
    packed.write_bytes(gzip.compress(data, 1))
    for jobs in ("-j1", "-j2"):
        assert run("dedupe-captions", jobs, stdin=data).stdout == clean
        assert run("dedupe-captions", jobs, packed).stdout == clean
        for size in ("50000", "400000"):
            cut = ("--shard-size", size)
            assert run("dedupe-captions", jobs, *cut, entangled).stdout == clean


def test_the_report_says_which_articles_were_left_alone_and_why(entangled: Path) -> None:
    report = [
        run("dedupe-captions", "--report", "--json", jobs, entangled) for jobs in ("-j1", "-j2")
    ]
    assert report[0].stdout == report[1].stdout
    rows = json.loads(report[0].stdout)
    left = [row for row in rows if row["left_because"]]
    assert len(left) >= 50
    for row in left:
        assert "would read differently: " in row["left_because"]
        assert (row["removed_lines"], row["bytes_saved"]) == ([], 0)
    clean = run("dedupe-captions", entangled).stdout
    assert len(clean) == entangled.stat().st_size - sum(row["bytes_saved"] for row in rows)
    copy = entangled.with_name("copy")
    shutil.copy(entangled, copy)
    said = run("dedupe-captions", "-i", "--verbose", copy).stderr.decode()
    count = len({row["number"] for row in left})
    assert f"corpuscli: {copy}: {count} articles left alone; see --report\n" in said
    assert copy.read_bytes() == clean


def test_articles_of_a_dump_in_another_encoding_are_left_alone_too(tmp_path: Path) -> None:
    for encoding in ("utf-16", "windows-1252"):
        path = tmp_path / encoding
        path.write_bytes((DUMP * 2 + b"\n\n\n" + ODD + DUMP).decode().encode(encoding))
        options = ("--encoding", encoding)
        clean = run("dedupe-captions", *options, path)
        text = clean.stdout.decode(encoding)
        assert "\nC\nC\n" in text and 3 <= text.count("First caption.") < 12
        path.write_bytes(clean.stdout)
        assert run("dedupe-captions", *options, path).stdout == clean.stdout
