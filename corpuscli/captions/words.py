"""Tables of words, written as text."""


def word_set(table: str) -> frozenset[str]:
    """The words of a table, parted by white space."""
    return frozenset(table.split())


def name_set(table: str) -> frozenset[str]:
    """The names of a table, parted by semicolons, folded for look-ups that ignore case."""
    return frozenset(" ".join(name.split()).casefold() for name in table.split(";"))
