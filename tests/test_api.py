"""What a notebook imports: the same articles, as plain values."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import COMMAND, DATA, EXAMPLES, ROOT, environment

import corpuscli
from corpuscli import Article, Caption, CorpusError, InputError, UsageError, read_articles
from corpuscli.records.fields import ARTICLE

HARBOUR = EXAMPLES / "harbour-news.txt"


def printed(*arguments: str | Path) -> bytes:
    done = subprocess.run([COMMAND, *arguments], capture_output=True, check=True, env=environment())
    return done.stdout


def test_it_says_what_split_says() -> None:
    lines = printed("split", HARBOUR).splitlines()
    assert [article.to_dict() for article in read_articles(str(HARBOUR))] == [
        json.loads(line) for line in lines
    ]


def test_an_article_has_every_field_of_its_record() -> None:
    for article in read_articles(HARBOUR):
        record = article.to_dict()
        for field in ARTICLE:
            value = getattr(article, field.name)
            if field.name == "captions":
                value = [caption._asdict() for caption in value]
            assert (list(value) if isinstance(value, tuple) else value) == record[field.name]


def test_its_text_is_what_show_prints() -> None:
    second = list(read_articles(HARBOUR))[1]
    assert second.text.encode() == printed("show", "2", HARBOUR)
    assert repr(second) == (
        f"<Article 2 of {str(HARBOUR)!r}: 'Ferries Sail Again as Vikhaven Counts the Cost of the "
        "Storm'>"
    )


def test_a_path_bytes_blocks_and_a_file_are_the_same(tmp_path: Path) -> None:
    data = HARBOUR.read_bytes()
    packed = tmp_path / "dump"
    packed.write_bytes(gzip.compress(data))

    def texts(articles: object) -> list[str]:
        return [article.text for article in articles]  # type: ignore[attr-defined]

    wanted = texts(read_articles(HARBOUR))
    assert len(wanted) == 18
    assert texts(read_articles(packed)) == wanted
    assert texts(read_articles(data)) == wanted
    assert texts(read_articles(data[at : at + 7] for at in range(0, len(data), 7))) == wanted
    with open(HARBOUR, "rb") as file:
        assert texts(read_articles(file)) == wanted


def test_a_layout_and_an_encoding_are_as_in_the_options() -> None:
    dump = DATA / "layouts" / "archive.txt"
    found = [a.title for a in read_articles(dump, layout="archive")]
    lines = printed("list", "--layout", "archive", "--format", "jsonl", dump).splitlines()
    assert found == [json.loads(line)["title"] for line in lines]
    utf_16 = HARBOUR.read_text("utf-8").encode("utf-16-le")
    [first, *_] = read_articles(utf_16, encoding="utf-16-le")
    assert first.dump == "-" and first.paragraphs


def test_what_is_wrong_is_said_when_it_is_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"unknown layout 'pge' .did you mean 'page'"):
        read_articles(HARBOUR, layout="pge")
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(HARBOUR.read_bytes())[:-300])
    articles = read_articles(broken)
    assert next(articles).number == 1
    with pytest.raises(InputError) as caught:
        list(articles)
    assert caught.value.path == str(broken)
    assert issubclass(InputError, CorpusError) and issubclass(UsageError, CorpusError)


def test_every_public_name_is_there_and_imported_only_when_asked_for() -> None:
    assert {type(getattr(corpuscli, name)).__name__ for name in corpuscli.__all__} >= {"type"}
    assert (corpuscli.Article, corpuscli.Caption) == (Article, Caption)
    with pytest.raises(AttributeError, match="nothing"):
        _ = corpuscli.nothing
    program = "import sys, corpuscli; print([n for n in sys.modules if n.startswith('corpuscli.')])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert loaded.stdout == b"[]\n"


def test_the_package_is_typed() -> None:
    assert (Path(corpuscli.__file__).parent / "py.typed").exists()


def test_the_notebook_runs() -> None:
    pytest.importorskip("pandas")
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / "photo_desk.py", HARBOUR],
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("18 articles, 2335 words, 17 photos\n")
    assert "Ferries Sail Again" in done.stdout
