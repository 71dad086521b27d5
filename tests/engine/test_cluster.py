"""Requests to a cluster, and the results if it fails."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from clusters import running_cluster
from compose import Page, pages, render
from hypothesis import given, settings
from hypothesis import strategies as st
from trials import dump_of

pytest.importorskip("distributed")
from distributed import LocalCluster

from corpuscli.cli.messages import say
from corpuscli.engine import tasks
from corpuscli.engine.cluster import Cluster
from corpuscli.engine.inputs import Inputs
from corpuscli.engine.tasks import Job, Order
from corpuscli.errors import CorpusError, InputError, UsageError
from corpuscli.reader.reading import Options, Piece, Reading, Work
from corpuscli.source import open_source


@pytest.fixture(scope="module")
def inside() -> Iterator[Cluster]:
    """A cluster whose workers are threads of this process: what a test replaces is so there."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address=None,
    ) as running:
        cluster = Cluster(running.scheduler_address)
        yield cluster
        cluster.close()


def pieces_of(reading: Reading, pieces: Sequence[Piece]) -> list[Piece]:
    return list(pieces)


def holds(needle: bytes, lines: bytes | memoryview) -> bool:
    return needle in bytes(lines)


def numbers_of(reading: Reading, pieces: Sequence[Piece]) -> list[tuple[str, int]]:
    return [(reading.dump, piece.span.number) for piece in pieces]


def read(names: Sequence[str | Path], cluster: Cluster | None, shard: int = 3000) -> Inputs:
    return Inputs(list(map(str, names)), Options(shard_size=shard), say, cluster=cluster)


def numbers(source: Inputs) -> list[tuple[str, int]]:
    return [one for some in source.results(numbers_of) for one in some]


@pytest.fixture
def dumps(tmp_path: Path) -> list[Path]:
    """A dump in shards, one that is read at once, and one that is compressed."""
    data = {"long": dump_of(60), "short": dump_of(3), "packed": gzip.compress(dump_of(60))}
    for name, content in data.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in ("long", "short", "packed", "long")]


def test_dumps_are_read_in_order(inside: Cluster, dumps: list[Path]) -> None:
    found = numbers(read(dumps, inside))
    assert found == numbers(read(dumps, None))
    assert len(found) == 183


@settings(max_examples=8)
@given(pages(largest=20, noisy=True), st.integers(400, 4000), st.data())
def test_random_dumps_in_shards_of_any_size_give_the_same_articles(
    inside: Cluster,
    tmp_path_factory: pytest.TempPathFactory,
    composed: list[Page],
    size: int,
    draw: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("random") / "dump"
    path.write_bytes(render(composed))
    lines = [line for line in path.read_bytes().split(b"\n") if line.strip()]
    needle = draw.draw(st.none() | st.sampled_from([*lines, b"nowhere"]))
    look = None if needle is None else partial(holds, needle)

    def wanted(cluster: Cluster | None) -> list[Piece]:
        found = read([path, path], cluster, size).results(pieces_of, look)
        return [one for some in found for one in some if needle is None or needle in one.data]

    assert wanted(inside) == wanted(None)


def test_results_that_are_too_large_to_be_sent_at_once_are_made_here(
    inside: Cluster, dumps: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "LARGEST_RESULTS", 1000)
    assert numbers(read(dumps, inside)) == numbers(read(dumps, None))


def test_a_reader_that_has_enough_leaves_nothing_to_do(inside: Cluster, dumps: list[Path]) -> None:
    for taken in range(3):
        source = read([dumps[0]] * 9, inside)
        results = source.results(numbers_of)
        for _ in range(taken):
            next(results)
        results.close()
    assert numbers(read(dumps[:1], inside)) == numbers(read(dumps[:1], None))


def test_a_file_that_is_another_one_there_is_not_read(
    inside: Cluster,
    dumps: list[Path],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def other(path: str, name: str) -> object:
        return open_source(str(dumps[1]), name)

    monkeypatch.setattr("corpuscli.engine.tasks.open_source", other)
    source = read(dumps[:1], inside)
    assert numbers(source) == [] and source.failed
    said = f"corpuscli: {dumps[0]}: changed while it was read\n"
    assert capfd.readouterr().err == said


def test_a_worker_of_another_release_says_so(
    inside: Cluster, dumps: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order.of(Job(Options(), 3000, Work(numbers_of)), lambda job: b"")
    monkeypatch.setattr(tasks, "__version__", "0.0.1")
    with pytest.raises(UsageError, match=r"a worker has corpuscli 0\.0\.1, but this is"):
        order.taken()
    of = Order.of
    monkeypatch.setattr(Order, "of", lambda *given: of(*given)._replace(version="9.9"))
    with pytest.raises(UsageError, match=r"a worker has corpuscli 0\.0\.1, but this is 9\.9"):
        numbers(read(dumps, inside))


def fail(what: str) -> object:
    if what == "import":
        raise ModuleNotFoundError("No module named 'corpuscli'")
    if what == "input":
        raise InputError("dump", "is damaged")
    if what == "end":
        os._exit(1)
    raise ZeroDivisionError("of\nseveral lines")


def test_what_a_worker_fails_at_is_said_in_a_line(inside: Cluster) -> None:
    with pytest.raises(InputError, match="dump: is damaged"):
        inside.result(inside.submit(fail, "input"), "dump")
    with pytest.raises(CorpusError) as error:
        inside.result(inside.submit(fail, "other"), "dump")
    said = "a worker failed: ZeroDivisionError: of several lines"
    assert (error.value.path, error.value.reason) == (inside.address, said)
    with pytest.raises(CorpusError, match="need the same release of corpuscli"):
        inside.map(fail, "dump", ["import"])


def test_what_was_dropped_does_not_come(inside: Cluster) -> None:
    future = inside.submit(fail, "other")
    inside.drop([future], wait_for=[])
    inside.first_done(future)
    with pytest.raises(CorpusError):
        inside.result(future, "dump")


def test_a_dump_that_kills_every_worker_is_given_up(tmp_path: Path) -> None:
    environ = {
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    with running_cluster(tmp_path / "cluster", environ=environ) as running:
        cluster = Cluster(running.address)
        try:
            with pytest.raises(InputError, match="workers ended while they read it") as error:
                cluster.result(cluster.submit(fail, "end"), "dump")
            assert error.value.path == "dump"
        finally:
            cluster.close()
