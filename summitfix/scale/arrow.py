"""The repair of columns of text in Arrow record batches and tables, for Spark, Ray Data, Polars, PyArrow and whatever else speaks Arrow.

`repair_batches` is what Spark's `mapInArrow` takes, `repair_table` what Ray Data's `map_batches` takes; options are bound with `functools.partial` or given
as the engine gives arguments. Beside each column its changes are written, a list of structs (see `summitfix.scale.Entry`): rules are counted there, by the
engine or by `count_rules`, and `undo_batches` and `undo_table` give the original back. Needs the extra `summitfix[arrow]`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

from summitfix.core import SURE, Repair, SummitfixError
from summitfix.scale import bound, lacking, repaired, undo

try:
    import pyarrow as pa
    from pyarrow import compute
except ImportError as error:
    raise lacking(__name__, "arrow", error) from error

CHANGES = pa.list_(
    pa.struct([("start", pa.int64()), ("before", pa.string()), ("after", pa.string()), ("rule", pa.string()), ("confidence", pa.float64())]),
)
"""The type of a column of changes."""

CHANGES_DDL = "array<struct<start:bigint,before:string,after:string,rule:string,confidence:double>>"
"""The same type as Spark writes it."""

Batch: TypeAlias = Any
"""A `pyarrow.RecordBatch`; pyarrow tells no types."""

Table: TypeAlias = Any
"""A `pyarrow.Table`."""

_BYTES = {
    pa.string(): pa.binary(),
    pa.large_string(): pa.large_binary(),
    pa.string_view(): pa.binary_view(),
    pa.null(): pa.null(),  # what Ray and others make of a batch in which nobody has a text
}
"""The types of text, and those that hold the same bytes and do not promise that they are UTF-8: Spark, for one, lets stray bytes through."""


def repair_batches(
    batches: Iterable[Batch],
    columns: str | Sequence[str] = "text",
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] | None = None,
    least: float = SURE,
    suffix: str = "",
    changes: str | None = "_changes",
) -> Iterator[Batch]:
    """The batches with the texts in `columns` repaired; `only`, `skip` and `least` are those of `summitfix.repair`.

    The repaired text stands in the column of that name plus `suffix`, else in its place, and the changes in that plus `changes` (None: not written). A
    column of such a name may be there, and is filled, if it is null throughout. Raises SummitfixError for the name of no pass or no column of text,
    and where a column would be overwritten.
    """
    names = [columns] if isinstance(columns, str) else columns
    return map(partial(_repaired, names=names, repair=bound(only, skip, least), suffix=suffix, changes=changes), batches)


def repair_table(
    table: Table,
    columns: str | Sequence[str] = "text",
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] | None = None,
    least: float = SURE,
    suffix: str = "",
    changes: str | None = "_changes",
) -> Table:
    """What `repair_batches` does, for a table. That of a table without rows tells the schema."""
    return pa.Table.from_batches(repair_batches(_batches(table), columns, only=only, skip=skip, least=least, suffix=suffix, changes=changes))


def undo_batches(batches: Iterable[Batch], columns: str | Sequence[str] = "text", *, changes: str = "_changes") -> Iterator[Batch]:
    """Repaired batches with the original texts in `columns` and without the changes, which are read from the columns of these names plus `changes`.

    Raises SummitfixError if there is no such column, and ValueError if a text is not the one that was repaired.
    """
    names = [columns] if isinstance(columns, str) else columns
    return map(partial(_undone, names=names, changes=changes), batches)


def undo_table(table: Table, columns: str | Sequence[str] = "text", *, changes: str = "_changes") -> Table:
    """What `undo_batches` does, for a table."""
    return pa.Table.from_batches(undo_batches(_batches(table), columns, changes=changes))


def count_rules(changes: Any) -> dict[str, int]:
    """How often each rule made a change, or left a record as it is, in a column of changes (an array or a chunked array); the most frequent first."""
    rules = compute.struct_field(compute.list_flatten(changes), "rule")
    found = {entry["values"]: entry["counts"] for entry in compute.value_counts(rules).to_pylist()}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _batches(table: Table) -> list[Batch]:
    """The batches of a table, at least one."""
    empty = pa.RecordBatch.from_arrays([pa.array([], field.type) for field in table.schema], schema=table.schema)
    return table.to_batches() or [empty]


def _repaired(batch: Batch, *, names: Sequence[str], repair: Callable[[str], Repair], suffix: str, changes: str | None) -> Batch:
    """A batch with some columns repaired."""
    for name in names:
        field, array = _column(batch, name)
        raws, texts = _texts(array)
        outcomes = [repaired(text, repair) for text in texts]
        values = [raw if outcome.value is text else outcome.value.encode() for raw, text, outcome in zip(raws, texts, outcomes, strict=True)]
        if suffix:
            batch = _added(batch, field.with_name(name + suffix), _filled(array, raws, values))
        else:
            batch = batch.set_column(batch.schema.get_field_index(name), field, _filled(array, raws, values))
        if changes:
            entries = pa.array([[entry._asdict() for entry in outcome.entries] for outcome in outcomes], CHANGES)
            batch = _added(batch, pa.field(name + changes, CHANGES), entries)
    return batch


def _undone(batch: Batch, *, names: Sequence[str], changes: str) -> Batch:
    """A batch with the original texts of some columns."""
    for name in names:
        field, array = _column(batch, name)
        kept = _index(batch, name + changes)
        raws, texts = _texts(array)
        values = []
        for raw, text, entries in zip(raws, texts, batch.column(kept).to_pylist(), strict=True):
            made = [entry for entry in entries or () if entry["before"] != entry["after"]]
            values.append(undo(text, made).encode() if made and text is not None else raw)
        batch = batch.set_column(_index(batch, name), field, _filled(array, raws, values)).remove_column(kept)
    return batch


def _index(batch: Batch, name: str) -> int:
    """Where the column of that name stands. Raises SummitfixError if there is none, or more than one."""
    index: int = batch.schema.get_field_index(name)
    if index < 0:
        raise SummitfixError(f"no one column is called {name!r}; there are {', '.join(batch.schema.names)}")
    return index


def _column(batch: Batch, name: str) -> tuple[Any, Any]:
    """The field and the array of a column of text."""
    index = _index(batch, name)
    field = batch.schema.field(index)
    if field.type not in _BYTES:
        raise SummitfixError(f"column {name!r} is no column of text but of {field.type}: cast it to string")
    return field, batch.column(index)


def _texts(array: Any) -> tuple[list[bytes | None], list[str | None]]:
    """The values of a column of text, as their bytes and as text, stray bytes as surrogate escapes."""
    raws = array.cast(_BYTES[array.type]).to_pylist()
    return raws, [None if raw is None else raw.decode("utf-8", "surrogateescape") for raw in raws]


def _filled(array: Any, raws: Sequence[bytes | None], values: Sequence[bytes | None]) -> Any:
    """An array like `array`, whose bytes are `raws`, with these bytes; itself if they are the same."""
    if all(raw is value for raw, value in zip(raws, values, strict=True)):
        return array
    return pa.array(values, _BYTES[array.type]).cast(array.type, safe=False)  # unsafe: stray bytes stay where they were


def _added(batch: Batch, field: Any, array: Any) -> Batch:
    """The batch with one more column, or with one that was null throughout filled. Raises SummitfixError if it holds anything."""
    if field.name not in batch.schema.names:
        return batch.append_column(field, array)
    index = _index(batch, field.name)
    if batch.column(index).null_count < batch.num_rows:
        raise SummitfixError(f"there is a column {field.name!r} with something in it: rename it, or choose another suffix")
    return batch.set_column(index, field, array)
