"""`python -m generator` is `studydeck`."""

from .cli import main

main(prog_name="studydeck")
