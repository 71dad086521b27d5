"""The command line: options in, exit codes out. Only here is typer imported."""
