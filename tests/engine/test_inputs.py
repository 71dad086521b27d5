"""The dumps of a call: they are opened one after another, and looked at together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from servers import Put

pytest.importorskip("fsspec")

from corpuscli.engine.inputs import Inputs
from corpuscli.reader.reading import Options, Piece, Reading
from corpuscli.source.remote import Looked, look_at


def count(reading: Reading, pieces: Sequence[Piece]) -> int:
    return len(pieces)


def test_dumps_that_are_taken_one_at_a_time_are_looked_at_together(
    memory: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(url: str) -> Looked:
        looked.append(url)
        return look_at(url)

    monkeypatch.setattr("corpuscli.source.ahead.look_at", look)
    urls = [memory(f"{n:02}", b"A dump.\n\nIt says little.\n") for n in range(20)]
    said: list[str] = []
    source = Inputs([*urls, "memory://none"], Options(), lambda *what: said.append(": ".join(what)))
    counts = []
    for one in source.each():
        counts.append(sum(one.results(count)))
    assert counts == [1] * 20 + [0]
    assert sorted(looked) == [*urls[1:], "memory://none"]
    assert [what for what in said if "no layout fits" not in what] == ["memory://none: not found"]
    assert source.failed
