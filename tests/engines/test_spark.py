"""Spark, on this machine: its own workers, each a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from corpus import AFTERS, BEFORES, RECORDS
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import explode, lit

import summitfix
from summitfix.scale.arrow import CHANGES, CHANGES_DDL, count_rules, repair_batches, undo_batches, undo_table


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    settings = {
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # else its workers are whatever `python3` is
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def frame(spark: SparkSession) -> DataFrame:
    return spark.createDataFrame(list(enumerate(BEFORES)), "id long, text string").repartition(2)


def with_changes(frame: DataFrame) -> Any:
    """The schema of a frame whose column `text` is repaired."""
    return frame.withColumn("text_changes", lit(None).cast(CHANGES_DDL)).schema


def test_repairs_counts_and_undoes(frame: DataFrame, tmp_path: Path) -> None:
    """Also through Parquet, where PyArrow reads what Spark wrote."""
    frame.mapInArrow(repair_batches, with_changes(frame)).write.parquet(str(tmp_path / "out"))
    done = frame.sparkSession.read.parquet(str(tmp_path / "out"))
    assert [row.text for row in done.orderBy("id").collect()] == AFTERS
    table = pq.read_table(tmp_path / "out").sort_by("id")
    assert table["text"].to_pylist() == AFTERS
    counts = count_rules(table["text_changes"].cast(CHANGES))
    counted = done.select(explode("text_changes.rule").alias("rule")).groupBy("rule").count().collect()
    assert {row["rule"]: row["count"] for row in counted} == counts and counts["unrepaired.null"] == 1
    back = done.mapInArrow(undo_batches, frame.schema)
    assert [row.text for row in back.orderBy("id").collect()] == BEFORES
    assert undo_table(table)["text"].to_pylist() == BEFORES


def test_options_go_with_the_function(frame: DataFrame) -> None:
    work = partial(repair_batches, columns=["text"], only=["glyphs"], suffix="_repaired", changes=None)
    rows = frame.mapInArrow(work, "id long, text string, text_repaired string").orderBy("id").collect()
    assert [row.text for row in rows] == BEFORES
    assert [row.text_repaired for row in rows][:5] == [*BEFORES[:4], AFTERS[4]]


def test_stray_bytes_are_kept(spark: SparkSession) -> None:
    """Spark makes a string of any bytes."""
    frame = spark.sql("select decode(unhex('6361EDA0BD'), 'utf-8') as good, cast(unhex('6361EDA0BD20C383C2A9') as string) as text").select("text")
    (row,) = frame.mapInArrow(repair_batches, with_changes(frame)).selectExpr("hex(text) as bytes", "text_changes.rule as rules").collect()
    assert (row["bytes"], row["rules"]) == ("6361EDA0BD20C383C2A9", ["unrepaired.not-unicode"])


def test_a_pass_that_raises_ends_no_job(frame: DataFrame) -> None:
    def broken(batches: Iterator[Any]) -> Iterator[Any]:
        from unittest.mock import patch

        import summitfix
        from summitfix.scale.arrow import repair_batches

        def breaking(document: Any) -> tuple[()]:
            return () if "ferry" not in document.text else 1 // 0  # type: ignore[return-value]

        with patch.dict(summitfix.CHAIN, glyphs=breaking):
            yield from repair_batches(batches)

    rows = frame.mapInArrow(broken, with_changes(frame)).orderBy("id").collect()
    assert len(rows) == len(RECORDS)
    assert [row.text for row in rows] == [*AFTERS[:4], BEFORES[4], *AFTERS[5:]]
    assert [entry.rule for row in rows for entry in row.text_changes if "unrepaired" in entry.rule] == ["unrepaired.null", "unrepaired.ZeroDivisionError"]
    assert CHANGES.value_type.num_fields == len(rows[0].text_changes[0]) and "glyphs" in summitfix.CHAIN
