"""A pipeline of datatrove, run by its own executor."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus import AFTERS, BEFORES, BOOM, DAMAGED, breaking
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, ParquetReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter

import summitfix
from summitfix.scale import undo
from summitfix.scale.arrow import CHANGES
from summitfix.scale.datatrove import SummitfixFormatter

TEXTS = {str(index): (before, after) for index, (before, after) in enumerate(zip(BEFORES, AFTERS, strict=True)) if before}
"""What datatrove's readers hand on: they leave out records without text."""


def statistics(folder: Path) -> dict[str, Any]:
    """What the executor wrote about our step."""
    steps = json.loads((folder / "stats.json").read_text(encoding="utf-8"))
    (step,) = [step for step in steps if "summitfix" in step["name"]]
    return step["stats"]


def expected(texts: list[str]) -> dict[str, int]:
    """The rules of the repairs of some texts, counted."""
    counts: dict[str, int] = {}
    for text in texts:
        for change in summitfix.repair(text).changes:
            counts[change.why[-1].rule] = counts.get(change.why[-1].rule, 0) + 1
    return counts


def lines(folder: Path) -> list[dict[str, Any]]:
    """The records of all files in a folder."""
    return [json.loads(line) for path in sorted(folder.iterdir()) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.parametrize("workers", [1, 2])
def test_json_lines_by_the_local_executor(tmp_path: Path, workers: int) -> None:
    (tmp_path / "in").mkdir()
    for half in range(2):
        rows = [{"id": key, "text": before, "title": BEFORES[0]} for key, (before, _) in list(TEXTS.items())[half::2]]
        (tmp_path / "in" / f"{half}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    pipeline = [
        JsonlReader(str(tmp_path / "in")),
        SummitfixFormatter(metadata=["title"], changes="_changes"),
        JsonlWriter(str(tmp_path / "out"), compression=None),
    ]
    LocalPipelineExecutor(pipeline, tasks=2, workers=workers, logging_dir=str(tmp_path / "log")).run()
    done = lines(tmp_path / "out")
    assert {row["id"]: row["text"] for row in done} == {key: after for key, (_, after) in TEXTS.items()}
    for row in done:
        assert row["metadata"]["title"] == AFTERS[0]
        assert undo(row["text"], row["metadata"]["text_changes"]) == TEXTS[row["id"]][0]
        assert undo(row["metadata"]["title"], row["metadata"]["title_changes"]) == BEFORES[0]
    counts = expected([before for before, _ in TEXTS.values()] + [BEFORES[0]] * len(TEXTS))
    assert statistics(tmp_path / "log") == {"total": len(TEXTS), "repaired": len(TEXTS), **counts}


def test_parquet_by_the_local_executor(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table({"id": list(TEXTS), "text": [before for before, _ in TEXTS.values()]}), tmp_path / "in" / "0.parquet")
    schema = pa.schema([("text", pa.string()), ("id", pa.string()), ("file_path", pa.string()), ("text_changes", CHANGES)])
    pipeline = [
        ParquetReader(str(tmp_path / "in")),
        SummitfixFormatter(changes="_changes"),
        ParquetWriter(str(tmp_path / "out"), expand_metadata=True, schema=schema),
    ]
    LocalPipelineExecutor(pipeline, logging_dir=str(tmp_path / "log")).run()
    done = pq.read_table(tmp_path / "out").to_pylist()
    assert {row["id"]: row["text"] for row in done} == {key: after for key, (_, after) in TEXTS.items()}
    assert all(undo(row["text"], row["text_changes"]) == TEXTS[row["id"]][0] for row in done)
    assert statistics(tmp_path / "log") == {"total": len(TEXTS), "repaired": DAMAGED, **expected([before for before, _ in TEXTS.values()])}


def test_bad_records_are_handed_on_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a reader makes: datatrove's own never hand on such a one."""
    monkeypatch.setitem(summitfix.CHAIN, "glyphs", breaking)
    texts: list[Any] = [BEFORES[0], None, 7, "caf\ud800", BOOM, BEFORES[1]]
    seen: list[Any] = []

    def read(data: Any, rank: int, world_size: int) -> Any:
        yield from (Document(text=text, id=str(index)) for index, text in enumerate(texts))

    def keep(data: Any, rank: int, world_size: int) -> Any:
        for document in data:
            seen.append(document)
            yield document

    executor = LocalPipelineExecutor([read, SummitfixFormatter(changes="_changes"), keep], logging_dir=str(tmp_path / "log"))
    executor._run_for_rank(0, 0)  # in this process, where the broken pass is
    assert [document.text for document in seen] == [AFTERS[0], None, 7, "caf\ud800", BOOM, AFTERS[1]]
    assert [document.metadata["text_changes"][0]["rule"] for document in seen[1:5]] == [
        "unrepaired.null",
        "unrepaired.not-text",
        "unrepaired.not-unicode",
        "unrepaired.ZeroDivisionError",
    ]
    (path,) = (tmp_path / "log" / "stats").iterdir()
    (step,) = [step for step in json.loads(path.read_text(encoding="utf-8")) if "summitfix" in step["name"]]
    assert step["stats"]["total"] == 6 and step["stats"]["repaired"] == 2
    assert all(step["stats"][document.metadata["text_changes"][0]["rule"]] == 1 for document in seen[1:5])


def test_a_formatter_formats_and_pickles() -> None:
    formatter = pickle.loads(pickle.dumps(SummitfixFormatter(skip=["glyphs"])))
    assert [formatter.format(text) for text in BEFORES[:5]] == [*AFTERS[:4], BEFORES[4]]
    assert formatter.stats["mojibake.cp1251-as-latin-1"].total == expected([BEFORES[2]])["mojibake.cp1251-as-latin-1"]


def test_without_changes_the_metadata_stay_as_they_are() -> None:
    document = Document(text=BEFORES[0], id="0", metadata={"title": BEFORES[1], "year": 1987})
    assert list(SummitfixFormatter(metadata=["title", "author"]).run([document])) == [document]
    assert (document.text, document.metadata) == (AFTERS[0], {"title": AFTERS[1], "year": 1987})


def test_the_name_of_no_pass_is_refused() -> None:
    with pytest.raises(summitfix.SummitfixError, match="no pass is called 'mojibak'"):
        SummitfixFormatter(only=["mojibak"])
