"""The repair as a step of datatrove's pipelines, for its local, Slurm and Ray executors. Needs the extra `summitfix[datatrove]`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from summitfix.core import SURE
from summitfix.scale import bound, lacking, repaired

try:
    from datatrove.pipeline.formatters.base import BaseFormatter
    from datatrove.utils.typeshelper import StatHints
except ImportError as error:
    raise lacking(__name__, "datatrove", error) from error


class SummitfixFormatter(BaseFormatter):  # type: ignore[misc]  # datatrove tells no types
    """Repairs the text of each document; `only`, `skip` and `least` are those of `summitfix.repair`.

    `metadata` names fields of the metadata that are repaired too, each as a text of its own. `changes` is what is added to `text` or to the name of such a
    field for that of the field of the metadata that lists its changes (see `summitfix.scale.Entry`); None: they are not kept. The statistics of the step
    count for each rule its changes, or the records left as they are, and by `repaired` the documents that were changed. Raises SummitfixError for the name
    of no pass.
    """

    name = "🏔 summitfix"

    def __init__(
        self,
        *,
        only: Collection[str] | None = None,
        skip: Collection[str] | None = None,
        least: float = SURE,
        metadata: Collection[str] = (),
        changes: str | None = None,
    ) -> None:
        super().__init__()
        self.metadata = metadata
        self.changes = changes
        self.repair = bound(only, skip, least)

    def format(self, text: str) -> str:
        """A text repaired, and counted."""
        return str(self._repaired("text", text, {})[0])

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """The documents repaired; the object that comes is the object that goes."""
        for document in data:
            self.stat_update(StatHints.total)
            with self.track_time():
                document.text, changed = self._repaired("text", document.text, document.metadata)
                for field in self.metadata:
                    if field in document.metadata:
                        document.metadata[field], also = self._repaired(field, document.metadata[field], document.metadata)
                        changed |= also
                if changed:
                    self.stat_update("repaired")
            yield document

    def _repaired(self, name: str, value: object, metadata: dict[str, Any]) -> tuple[Any, bool]:
        """A value repaired and counted, and whether it was changed; its changes go into the metadata."""
        outcome = repaired(value, self.repair)
        self.stat_update(*(entry.rule for entry in outcome.entries))
        if self.changes is not None:
            metadata[name + self.changes] = [entry._asdict() for entry in outcome.entries]
        return outcome.value, outcome.value is not value
