"""Web servers that refuse for a while are asked again: for how long, and with what message."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.utils import formatdate

import pytest
from servers import Page, Website

pytest.importorskip("fsspec")
pytest.importorskip("aiohttp")

from corpuscli.errors import InputError
from corpuscli.source import open_source, read_blocks, remote, retries

DATA = bytes(range(256)) * 12_000


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect the messages about retries, which follow at once."""
    monkeypatch.setattr(retries, "PAUSE", 0.01)
    lines: list[str] = []
    retries.report_to(lambda url, message: lines.append(message))
    yield lines
    retries.report_to(None)


def read(url: str) -> bytes:
    with open_source(url) as source:
        return b"".join(read_blocks(source))


def refused_at(request: int, page: Page, website: Website) -> str:
    """Put a page there whose answers are refused, or cut, for a while from that request on."""
    good = Page(DATA, ranges=page.ranges, follower=page, answers=request)
    page.etag = good.etag
    return website.put("dump", good if request else page)


@pytest.mark.parametrize("status", [429, 503, 500, 502, 504])
@pytest.mark.parametrize("request_number", [0, 1, 2])
def test_a_server_that_is_busy_is_asked_again(
    status: int, request_number: int, website: Website, said: list[str]
) -> None:
    url = refused_at(request_number, Page(DATA, status=status, refusals=2), website)
    assert read(url) == DATA
    assert said and said[0].startswith(f"{status} ") and "; trying again in " in said[0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_refusal_that_is_meant_is_one_error_at_once(
    status: int, website: Website, said: list[str]
) -> None:
    url = website.put("dump", Page(DATA, status=status, refusals=50))
    with pytest.raises(InputError):
        read(url)
    assert said == []
    assert len(website.log) <= 2


def test_it_is_given_up_after_some_attempts(website: Website, said: list[str]) -> None:
    url = website.put("dump", Page(DATA, status=503))
    with pytest.raises(InputError, match="503 Service Unavailable"):
        read(url)
    assert len(said) == retries.ATTEMPTS - 1


def test_a_connection_that_is_cut_goes_on_where_it_was_cut(
    website: Website, said: list[str]
) -> None:
    url = website.put("dump", Page(DATA, cut=900_000))
    assert read(url) == DATA
    assert said
    # Not much was sent twice: what was on its way.
    assert website.sent < 1.5 * len(DATA)


def test_an_answer_that_does_not_come_is_asked_for_again(
    website: Website, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PATIENCE", 0.2)
    url = refused_at(1, Page(DATA, pause=1, refusals=2), website)
    assert read(url) == DATA
    assert said and said[0].startswith("no answer in time")


def test_a_stream_that_cannot_be_begun_is_asked_for_again(website: Website) -> None:
    url = website.put("dump", Page(DATA, ranges=False, status=503, refusals=3))
    assert read(url) == DATA


@pytest.mark.parametrize("kind", ["seconds", "date", "past"])
def test_a_server_says_when_to_come_back(kind: str, website: Website, said: list[str]) -> None:
    wanted = {"seconds": "1", "date": formatdate(time.time() + 2, usegmt=True), "past": "0"}[kind]
    page = Page(DATA, status=429, refusals=2, retry_after=wanted)
    begin = time.monotonic()
    assert read(website.put("dump", page)) == DATA
    assert (time.monotonic() - begin > 0.9) is (kind != "past")
    assert said[0].startswith("429 Too Many Requests; trying again in ")


def test_who_should_come_back_too_late_does_not_wait(website: Website, said: list[str]) -> None:
    url = website.put("dump", Page(DATA, status=503, retry_after="3600"))
    with pytest.raises(InputError, match="503 Service Unavailable"):
        read(url)
    assert said == []


def test_nobody_waits_beyond_the_limit(
    website: Website, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE", 0.5)
    url = website.put("dump", Page(DATA, status=503, retry_after="1"))
    with pytest.raises(InputError, match="503"):
        read(url)
    assert said == []


def test_what_changed_while_a_server_was_busy_is_refused(website: Website, said: list[str]) -> None:
    url = website.put("dump", DATA)
    with open_source(url) as source:
        assert source.ranges is not None
        assert source.ranges.read(0, 10) == DATA[:10]
        website.pages["dump"] = Page(DATA[::-1], status=503, refusals=2)
        with pytest.raises(InputError, match="changed while it was read"):
            source.ranges.read(10, 20)
    assert said


@pytest.mark.parametrize("etag", ["", "weak"])
def test_a_page_is_not_asked_for_twice_to_see_whether_it_changed(
    etag: str, website: Website
) -> None:
    page = Page(DATA, etag='W/"1"' if etag else "")
    url = website.put("dump", page)
    with open_source(url) as source:
        assert source.ranges is not None
        website.log.clear()
        assert source.ranges.read(5, 50) == DATA[5:50]
    assert [one.method for one in website.log] == ["GET"]


def test_a_server_that_gives_another_part_than_before_is_not_believed(website: Website) -> None:
    url = website.put("dump", DATA)
    with open_source(url) as source:
        assert source.ranges is not None
        website.pages["dump"].shift = 3
        with pytest.raises(InputError, match="a different part than requested"):
            source.ranges.read(5, 50)
