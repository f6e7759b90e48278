"""Ray Data, on this machine: its own workers, each a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import ray
from corpus import AFTERS, BEFORES, RECORDS

from summitfix.scale.arrow import count_rules, repair_table, undo_table


@pytest.fixture(scope="module", autouse=True)
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))  # Ray writes there
        ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000)
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield
        ray.shutdown()


@pytest.fixture
def dataset() -> Any:
    return ray.data.from_arrow(pa.table({"id": range(len(BEFORES)), "text": BEFORES})).repartition(2)


def by_id(dataset: Any) -> list[dict[str, Any]]:
    return sorted(dataset.take_all(), key=lambda row: row["id"])


def test_repairs_counts_and_undoes(dataset: Any, tmp_path: Path) -> None:
    """Also through Parquet, where PyArrow reads what Ray wrote."""
    dataset.map_batches(repair_table, batch_format="pyarrow").write_parquet(str(tmp_path / "out"))
    done = ray.data.read_parquet(str(tmp_path / "out"))
    assert [row["text"] for row in by_id(done)] == AFTERS
    table = pq.read_table(tmp_path / "out").sort_by("id")
    counts = count_rules(table["text_changes"])
    counted = done.flat_map(lambda row: [{"rule": entry["rule"]} for entry in row["text_changes"]]).groupby("rule").count().take_all()
    assert {row["rule"]: row["count()"] for row in counted} == counts and counts["unrepaired.null"] == 1
    assert [row["text"] for row in by_id(done.map_batches(undo_table, batch_format="pyarrow"))] == BEFORES
    assert undo_table(table)["text"].to_pylist() == BEFORES


def test_options_go_with_the_function(dataset: Any) -> None:
    options = {"columns": ["text"], "only": ["glyphs"], "suffix": "_repaired", "changes": None}
    rows = by_id(dataset.map_batches(repair_table, fn_kwargs=options, batch_format="pyarrow"))
    assert [row["text"] for row in rows] == BEFORES
    assert [row["text_repaired"] for row in rows][:5] == [*BEFORES[:4], AFTERS[4]]
    assert list(rows[0]) == ["id", "text", "text_repaired"]


def test_a_block_without_any_text_beside_others() -> None:
    """Such a block is of the type null, and its neighbours are of text."""
    blocks = [pa.table({"id": [0, 1], "text": pa.nulls(2)}), pa.table({"id": [2], "text": [BEFORES[0]]})]
    rows = by_id(ray.data.from_arrow(blocks).map_batches(repair_table, batch_format="pyarrow", batch_size=None))
    assert [row["text"] for row in rows] == [None, None, AFTERS[0]]


def test_a_pass_that_raises_ends_no_job(dataset: Any) -> None:
    def broken(table: Any) -> Any:
        from unittest.mock import patch

        import summitfix
        from summitfix.scale.arrow import repair_table

        def breaking(document: Any) -> tuple[()]:
            return () if "ferry" not in document.text else 1 // 0  # type: ignore[return-value]

        with patch.dict(summitfix.CHAIN, glyphs=breaking):
            return repair_table(table)

    rows = by_id(dataset.map_batches(broken, batch_format="pyarrow"))
    assert len(rows) == len(RECORDS)
    assert [row["text"] for row in rows] == [*AFTERS[:4], BEFORES[4], *AFTERS[5:]]
    found = [entry["rule"] for row in rows for entry in row["text_changes"] if "unrepaired" in entry["rule"]]
    assert found == ["unrepaired.null", "unrepaired.ZeroDivisionError"]
