"""Record batches and tables, in PyArrow and Polars."""

from __future__ import annotations

import pickle
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus import AFTERS, BEFORES, BOOM, DAMAGED, RECORDS, breaking

import summitfix
from summitfix.scale.arrow import CHANGES, count_rules, repair_batches, repair_table, undo_batches, undo_table

TYPES = [pa.string(), pa.large_string(), pa.string_view()]


@pytest.fixture
def table() -> pa.Table:
    return pa.table({"id": range(len(BEFORES)), "text": BEFORES})


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_repairs_a_column_of_any_type_of_text_and_undoes_it(table: pa.Table, kind: pa.DataType) -> None:
    table = table.set_column(1, pa.field("text", kind, metadata={"said": "by the harbour"}), table["text"].cast(kind))
    done = repair_table(table)
    assert done.schema.names == ["id", "text", "text_changes"]
    assert done.schema.field("text").equals(table.schema.field("text"), check_metadata=True)
    assert done["text"].to_pylist() == AFTERS
    assert done.schema.field("text_changes").type == CHANGES
    assert undo_table(done).equals(table, check_metadata=True)


def test_nothing_depends_on_how_records_are_cut_into_batches(table: pa.Table) -> None:
    whole = repair_table(table)
    for size in (1, 3):
        cut = pa.Table.from_batches(repair_batches(table.to_batches(max_chunksize=size)))
        assert cut.equals(whole)
    assert repair_table(table.slice(2, 5)).equals(whole.slice(2, 5))
    assert repair_table(table.take(list(reversed(range(len(RECORDS)))))).to_pylist() == whole.to_pylist()[::-1]


def test_batches_are_repaired_one_by_one(table: pa.Table) -> None:
    """A stream may have no end."""

    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield from table.to_batches()

    assert next(repair_batches(endless())).column("text").to_pylist() == AFTERS


def test_what_was_not_changed_is_not_copied() -> None:
    table = pa.table({"text": ["The ferry leaves at seven.", None, "船は七時に出ます。"]})
    done = repair_table(table)
    assert done["text"].chunk(0).buffers()[2].address == table["text"].chunk(0).buffers()[2].address


def test_bad_records_are_left_counted_and_kept(table: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nulls, stray bytes, a lone surrogate as others write it, and a text at which a pass breaks, among good ones."""
    monkeypatch.setitem(summitfix.CHAIN, "glyphs", breaking)
    damaged = BEFORES[0].encode()
    raws = [damaged, None, b"caf\xe9 " + damaged, b"caf\xed\xa0\xbd " + damaged, BOOM.encode(), damaged]
    table = pa.table({"text": pa.array(raws, pa.binary()).cast(pa.string(), safe=False)})
    done = repair_table(table)
    assert done["text"].cast(pa.binary()).to_pylist() == [AFTERS[0].encode(), *raws[1:5], AFTERS[0].encode()]
    rules = [[entry["rule"] for entry in entries] for entries in done["text_changes"].to_pylist()]
    assert rules[1:5] == [["unrepaired.null"], ["unrepaired.not-unicode"], ["unrepaired.not-unicode"], ["unrepaired.ZeroDivisionError"]]
    counts = count_rules(done["text_changes"])
    assert counts["unrepaired.not-unicode"] == 2 and counts["mojibake.utf-8-as-latin-1"] == 2 * rules[0].count("mojibake.utf-8-as-latin-1")
    assert undo_table(done)["text"].cast(pa.binary()).to_pylist() == raws


def test_counts_rules(table: pa.Table) -> None:
    done = repair_table(table)
    expected: dict[str, int] = {}
    for text in BEFORES:
        for change in summitfix.repair(text).changes if text is not None else ():
            expected[change.why[-1].rule] = expected.get(change.why[-1].rule, 0) + 1
    counts = count_rules(done["text_changes"])
    assert counts == {**expected, "unrepaired.null": 1}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert count_rules(done["text_changes"].combine_chunks()) == counts
    assert count_rules(pa.array([], CHANGES)) == {}


def test_several_columns_beside_the_old_ones(table: pa.Table) -> None:
    table = table.append_column("title", table["text"])
    done = repair_table(table, ["text", "title"], suffix="_repaired", changes=None)
    assert done.select(table.schema.names).equals(table)
    assert done.schema.names[3:] == ["text_repaired", "title_repaired"]
    assert done["text_repaired"].to_pylist() == done["title_repaired"].to_pylist() == AFTERS


def test_options_are_those_of_repair(table: pa.Table) -> None:
    assert repair_table(table, only=["glyphs"])["text"].to_pylist()[:5] == [*BEFORES[:4], AFTERS[4]]
    assert repair_table(table, skip=["glyphs"])["text"].to_pylist()[:5] == [*AFTERS[:4], BEFORES[4]]
    assert repair_table(table, least=1.1)["text"].to_pylist() == BEFORES
    work = pickle.loads(pickle.dumps(partial(repair_batches, columns="text", only=["glyphs"])))
    assert next(work(table.to_batches())).column("text").to_pylist()[4] == AFTERS[4]


def test_the_schema_is_that_of_an_empty_table(table: pa.Table) -> None:
    empty = repair_table(table.schema.empty_table())
    assert empty.num_rows == 0 and empty.schema == repair_table(table).schema


def test_a_batch_in_which_nobody_has_a_text() -> None:
    done = repair_table(pa.table({"text": pa.nulls(2)}))
    assert done["text"].type == pa.null()
    assert count_rules(done["text_changes"]) == {"unrepaired.null": 2}
    assert undo_table(done).equals(pa.table({"text": pa.nulls(2)}))


def test_what_cannot_be_is_said_at_once(table: pa.Table) -> None:
    with pytest.raises(summitfix.SummitfixError, match="no one column is called 'texts'; there are id, text"):
        repair_table(table, "texts")
    with pytest.raises(summitfix.SummitfixError, match="'id' is no column of text but of int64"):
        repair_table(table, "id")
    with pytest.raises(summitfix.SummitfixError, match="no pass is called 'mojibak'"):
        repair_batches([], only=["mojibak"])
    with pytest.raises(summitfix.SummitfixError, match="no one column is called 'text_changes'"):
        undo_table(table)


def test_a_second_repair_does_not_overwrite_what_undoes_the_first(table: pa.Table) -> None:
    done = repair_table(table)
    with pytest.raises(summitfix.SummitfixError, match="a column 'text_changes' with something in it"):
        repair_table(done)
    again = repair_table(done, changes="_again")
    assert again["text"].to_pylist() == AFTERS
    assert set(count_rules(again["text_changes"])) >= set(count_rules(again["text_again"])) == {"unrepaired.null"}
    assert undo_table(undo_table(again, changes="_again")).equals(table)


def test_a_column_that_is_null_throughout_is_filled(table: pa.Table) -> None:
    waiting = table.append_column("text_changes", pa.nulls(table.num_rows, CHANGES))
    assert repair_table(waiting).equals(repair_table(table))


def test_parquet_in_a_stream(table: pa.Table, tmp_path: Path) -> None:
    """As the README has it."""
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=3)
    source = pq.ParquetFile(tmp_path / "in.parquet")
    with pq.ParquetWriter(tmp_path / "out.parquet", repair_table(source.schema_arrow.empty_table()).schema) as sink:
        for batch in repair_batches(source.iter_batches()):
            sink.write_batch(batch)
    done = pq.read_table(tmp_path / "out.parquet")
    assert done["text"].to_pylist() == AFTERS
    assert undo_table(done).equals(table)


def test_polars_both_ways(table: pa.Table) -> None:
    frame = pl.from_arrow(table)
    done = pl.from_arrow(repair_table(frame.to_arrow()))
    assert done["text"].to_list() == AFTERS
    counted = done.select(pl.col("text_changes").explode().struct.field("rule")).drop_nulls().group_by("rule").len()
    assert dict(counted.iter_rows()) == count_rules(repair_table(table)["text_changes"])
    assert done.filter(pl.col("text_changes").list.eval(pl.element().struct.field("after") != pl.element().struct.field("before")).list.any()).height == DAMAGED
    assert pl.from_arrow(undo_table(done.to_arrow())).equals(frame)


def test_polars_lazily(table: pa.Table, tmp_path: Path) -> None:
    pq.write_table(table, tmp_path / "in.parquet")
    lazy = pl.scan_parquet(tmp_path / "in.parquet").map_batches(
        lambda frame: pl.from_arrow(repair_table(frame.to_arrow(), changes=None)), streamable=True, validate_output_schema=True
    )
    assert lazy.collect()["text"].to_list() == AFTERS


def test_undo_of_batches(table: pa.Table) -> None:
    back = pa.Table.from_batches(undo_batches(repair_batches(table.to_batches(max_chunksize=4))))
    assert back.equals(table)
