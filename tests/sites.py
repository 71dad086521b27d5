"""Small sites that never were: pages with a frame around a headline and text of their own."""

from __future__ import annotations

from random import Random

ARTICLE = (
    "Home\nPort\nSign in\n{title}\nBy {author}\nPublished {day} March 2024\nShare\n{text}\n{more}\n"
    "Topics\n© Grimholm Post\n"
)
FILM = (
    "Grimholm TV\nLive\nAgain\n{title}\nShown {day} March 2024\nPlay\n{rest}\nMore films\n"
    "Top of page\n"
)

SITE = """Home
News
Harbour
{section}
{title}
By {author}
Published {day} March 2024
Share
Print
{text}
Advertisement
{more}
Topics
{section}
About us
© Grimholm Post
"""


def site(pages: int) -> bytes:
    """Return a small site: each page has a frame, and a headline of its own."""
    names = ("Ada Lindvane", "Ivo Marvane", "Tilde Marn", "Oda Kjeld")
    return "".join(
        SITE.format(
            section=("Port", "Town", "Sea")[n % 3],
            title=f"{WORDS[n % 17]} {WORDS[(n * 7 + 3) % 17]} of {WORDS[n * 5 % 17]} is open {n}",
            author=names[n % 4],
            day=n % 28 + 1,
            text=sentence(n),
            more=sentence(n + 1000),
        )
        for n in range(pages)
    ).encode()  # fmt: skip


def sentence(seed: int) -> str:
    rng = Random(seed)
    return f"The {' '.join(rng.choice(WORDS) for _ in range(16))} of {seed}."


WORDS = (
    "harbour", "library", "lighthouse", "bakery", "customs", "station", "bridge", "market",
    "museum", "school", "garden", "ferry", "theatre", "tower", "canal", "stadium", "archive",
)  # fmt: skip


def other_site(shape: str, pages: int = 40) -> bytes:
    """A site whose pages have the lines of `shape`, where `{...}` is another text on each."""
    return "".join(
        shape.format(
            section=("Port", "Town", "Sea")[n % 3],
            title=f"{WORDS[n % 17]} {WORDS[(n * 7 + 3) % 17]} of {WORDS[n * 5 % 17]} is open {n}",
            deck=f"What the {WORDS[n * 3 % 17]} means for the {WORDS[n * 11 % 17]} of {n} people, "
            "and for all who live near it",
            author=("Ada Lindvane", "Ivo Marvane", "Tilde Marn", "Oda Kjeld")[n % 4],
            day=n % 28 + 1,
            text=sentence(n),
            more=sentence(n + 1000),
            rest=sentence(n + 2000),
        )
        for n in range(pages)
    ).encode()


def other_pages(shape: str, size: int) -> list[tuple[str, str, list[str]]]:
    """Return the pages of `other_site`, each with its title and its paragraphs."""
    found = []
    for text in other_site(shape, size).decode().split(shape.split("\n", 1)[0] + "\n")[1:]:
        lines = text.split("\n")
        title = next(line for line in lines if " is open " in line)
        body = [line for line in lines if line.startswith("The ")]
        found.append((shape.split("\n", 1)[0] + "\n" + text, title, body))
    return found
