"""`python -m corpuscli`."""

from .cli.app import run

run()
