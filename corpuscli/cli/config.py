"""`corpuscli config`: which defaults are in force, and who set them?"""

from __future__ import annotations

import typer

from ..config.settings import PREFIX, Setting, Settings, unknown_variables
from ..errors import meant
from ..output.stdout import Stdout
from ..records.fields import SETTING
from .defaults import CHECKS, defaults
from .messages import say
from .options import PrintingOptions, Quiet, command
from .printing import chosen_fields, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli config",
    "corpuscli config --json --no-config",
    "CORPUSCLI_LAYOUT=archive corpuscli config",
)
def config(print_as: PrintingOptions, settings: Settings, quiet: Quiet = False) -> int:
    """Show the defaults, and where each comes from.

    You can set layout, encoding, jobs, color and columns (the columns of articles on a terminal),
    with a variable such as CORPUSCLI_LAYOUT or in a file corpuscli.toml: the nearest one in the
    working directory or above it, otherwise the one in ~/.config/corpuscli. In a pipe, columns and
    color have no effect. If a layout or an encoding was set in this way, commands say so on stderr.
    """
    out = Stdout()
    names = [field.name for field in SETTING]
    fields = chosen_fields(print_as, out, SETTING, names, names)
    with printing(print_as, out, fields) as printer:
        for name, value in defaults().items():
            printer.row(values_of(fields, settings.get(name, Setting(name, value))))
    if not quiet:
        _say_unknown()
    return 0


def _say_unknown() -> None:
    """Report variables that look like settings but are not."""
    known = [PREFIX + name.upper() for name in CHECKS]
    for name in unknown_variables(CHECKS):
        # In capitals, no name would be close to another.
        near = meant(name.lower(), [one.lower() for one in known]).upper()
        say("", f"{name} sets nothing{near.replace('DID YOU MEAN', 'did you mean')}")
