"""What the beginning of a dump says of its bare titles."""

from __future__ import annotations

from corpuscli.reader.layouts import load_layout
from corpuscli.reader.weighing import headers_of, weak_titles


def test_a_bare_title_is_not_furniture_if_its_page_was_scraped_twice() -> None:
    pages = [
        f"Title {n}\n\nA caption {n}\nA caption {n}\nTT\n\nTitle {n}\n\nWords of page {n}.\n\n\n\n"
        for n in range(6)
    ]
    bare = "The harbour is dredged\n\nThe harbour is dredged\n\nBarges came at dawn.\n\n\n\n"
    box = "Subscribe\n\nSubscribe\n\n"
    boxed = [page.replace("Words of", f"Words.\n\n\n\n{box}Words of") for page in pages[2:4]]
    sample = "".join([*pages[:2], bare, pages[2], bare, *boxed, *pages[4:]]).encode()
    headers = headers_of(sample, load_layout("page"))
    assert weak_titles(sample, headers).furniture == {"Subscribe"}
