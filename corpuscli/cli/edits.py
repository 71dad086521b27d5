"""How what differs between articles is printed: as records, or as a text to read."""

from __future__ import annotations

from collections.abc import Iterator

from ..output.stdout import Stdout
from ..records.differences import DIFFERENCE, DIFFERENCE_COLUMNS, Difference
from .options import PrintingOptions
from .printing import chosen_fields, printing, values_of


def print_differences(
    differences: Iterator[Difference], print_as: PrintingOptions, out: Stdout, *, text: bool
) -> None:
    """Print differences as records or, with `text` and unless records are asked for, as text."""
    if text and not print_as.wants_records:
        if out.is_terminal:
            from ..output.edits_drawn import draw_edits
            from ..output.terminal import new_console, screen_width

            draw_edits(differences, new_console(out, print_as.color), screen_width())
        else:
            from ..output.edits import edits_text

            for difference in differences:
                out.write(edits_text(difference).encode())
        out.close()
        return
    names = [field.name for field in DIFFERENCE]
    columns = (*DIFFERENCE_COLUMNS, "paragraphs") if text else DIFFERENCE_COLUMNS
    fields = chosen_fields(print_as, out, DIFFERENCE, columns, names)
    with printing(print_as, out, fields, "difference") as printer:
        for difference in differences:
            printer.row(values_of(fields, difference))
