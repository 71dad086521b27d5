"""Asking a person on a terminal which article they mean."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..engine.inputs import Inputs
from ..errors import UsageError
from ..inspection.selection import Filter, Selector, parse_selector
from ..model import Article
from ..output import Printer
from ..output.order import Order
from ..records.fields import Field
from .browse import print_list
from .destination import results_to
from .options import PrintingOptions
from .printing import values_of
from .rows import print_rows


def can_ask() -> bool:
    """Return True if a person can be asked: all three standard streams are a terminal."""
    return all(map(os.isatty, (0, 1, 2)))


def ask_which(source: Inputs, print_as: PrintingOptions) -> Selector:
    """List the articles and ask which of them to show.

    Raises UsageError for an answer that is empty or not a selector.
    """
    order = Order.of(None, False, None)

    def print_them(fields: Sequence[Field[Article]], printer: Printer) -> bool:
        return print_rows(source, Filter(), order, printer, lambda a: [values_of(fields, a)])

    with results_to(print_as, source) as out:
        print_list(source, out, print_as, print_them)
    os.write(2, b"Which article (a number, 4-6, last, an id)? ")
    answer = os.read(0, 4096).decode("utf-8", "replace").strip()
    if not answer:
        raise UsageError("", "no article was named")
    return parse_selector(answer)
