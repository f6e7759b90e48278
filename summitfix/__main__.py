"""`python -m summitfix` is the command."""

from summitfix.cli import run

run()
