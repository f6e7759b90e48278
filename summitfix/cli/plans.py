"""How each input is looked at: as the command line says, else as its configuration does."""

from __future__ import annotations

import os

import summitfix
from summitfix.config import Config
from summitfix.core import SURE
from summitfix.finding import Plan
from summitfix.inputs import Input, Inputs
from summitfix.options import Settings


class Plans:
    """The plans of one run, each made once."""

    def __init__(self, settings: Settings, inputs: Inputs) -> None:
        self.settings, self.inputs = settings, inputs
        self.made: dict[tuple[Config, frozenset[str]], Plan] = {}

    def of(self, given: Input) -> Plan:
        """The plan for an input, but for the passes kept from this file."""
        key = given.config, self.inputs.ignored(given)
        if key not in self.made:
            self.made[key] = self._plan(*key)
        return self.made[key]

    def _plan(self, configured: Config, kept: frozenset[str]) -> Plan:
        """The plan for files with this configuration, which are kept from these passes."""
        settings = self.settings
        select, ignore = settings.select or configured.select or tuple(summitfix.CHAIN), settings.ignore or configured.ignore
        left_out = {*ignore, *kept}
        return Plan(
            passes=tuple(name for name in summitfix.CHAIN if name in select and name not in left_out),
            encoding=settings.encoding or configured.encoding,
            language=settings.language or configured.language,
            least=0.0 if settings.unsure else SURE,
            keep=configured.keep,
            fields=settings.field,
            meant=settings.meant,
            read=settings.read,
            boilerplate=settings.boilerplate or configured.boilerplate,
            spam_file=configured.spam_file and os.path.relpath(os.path.join(configured.folder, configured.spam_file)),
            spam_folder=None if settings.config else configured.folder,
            live=settings.line_buffered,
        )
