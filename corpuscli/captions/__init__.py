"""What a photo's caption says of the photo: its date, its place, its credit.

Three pure functions of a caption's text, one room each. A room is opened when its function is first
asked for: a `list`, which wants dates only, loads neither the agencies nor the gazetteer.
"""

from importlib import import_module

TYPE_CHECKING = False  # typing takes longer to import than all the rest of this package
if TYPE_CHECKING:
    from corpuscli.captions.credits import find_credit
    from corpuscli.captions.dates import find_date
    from corpuscli.captions.places import find_place

__all__ = ["find_credit", "find_date", "find_place"]

_ROOMS = {"find_credit": "credits", "find_date": "dates", "find_place": "places"}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function: object = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    globals()[name] = function
    return function
