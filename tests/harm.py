"""Does it leave good text alone? Repairs a folder of texts in memory, as a run without options would, and keeps every sure change to be read.

    python tests/harm.py TEXTS [--kept FILE] [--seconds N] [--largest BYTES] [KIND...]
    python tests/harm.py TEXTS --list              # the changes that nobody has judged yet
    python tests/harm.py TEXTS --peer 100          # so many of the lines that ftfy changes, taken by chance
    python tests/harm.py TEXTS --tell              # the rates

Each folder in TEXTS is a kind of text, say a language; files are taken from all of them in turn, always from the one of which least has been read, so a
run that is stopped has read evenly. What was found in a file is added to `--kept` (TEXTS.jsonl) at once, and a later run goes on from there. A line that
has been seen before is not counted again, nor is a file read of which fewer than half of the lines are new. Judge a change by a line `KEY<tab>VERDICT` in
TEXTS.verdicts.tsv: right (the text was damaged), wrong, or shown (damage that stands there on purpose).

ftfy.fix_text has the same lines, one by one: with its own settings, and with those switched off that only restyle (curly quotes, ligatures, character
widths, normalisation, line breaks); "ftfy encoding" counts the lines that its `fix_encoding` alone changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import ftfy

from summitfix import CHAIN, SummitfixError
from summitfix.finding import Plan, findings
from summitfix.lines import END, hunks, starts

PLAIN = {"uncurl_quotes": False, "fix_latin_ligatures": False, "fix_character_width": False, "fix_line_breaks": False, "normalization": None}
"""What is switched off of ftfy: it changes how a text looks, and makes no claim that it was damaged."""

TOUCHED = re.compile(r"[^\t\x20-\x25\x27-\x7e]")
"""What a line must hold for ftfy to change it: anything but ASCII without controls and ampersands."""

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")

SHOWN = 96
"""Code points shown on each side of what was changed."""


class OutOfTime(BaseException):
    """A file took too long."""


def out_of_time(*_: object) -> None:
    raise OutOfTime


def documents(folder: Path, kinds: list[str], largest: int, read: Counter[str]) -> Iterator[tuple[str, Path]]:
    """The files of each kind in an order of chance that is always the same; `read` are the bytes of each kind, which the caller counts."""
    queues = {}
    for kind in kinds or sorted(path.name for path in folder.iterdir() if path.is_dir()):
        files = sorted(os.path.join(base, name) for base, _, names in os.walk(folder / kind) for name in names)
        random.Random(kind).shuffle(files)
        queues[kind] = files
    while queues:
        kind = min(queues, key=lambda name: (read[name], name))
        path = Path(queues[kind].pop()) if queues[kind] else None
        if path is None:
            del queues[kind]
        elif path.is_file() and path.stat().st_size <= largest:
            yield kind, path


def key(before: str, after: str) -> str:
    """The name of a change of a line, the same in every run."""
    return hashlib.blake2b(f"{before}\0{after}".encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def ours(data: bytes) -> Iterator[dict[str, Any]]:
    """Every group of lines that a run without options changes, and why; before them the codec of each block, alone."""
    for found in findings(BytesIO(data), Plan(tuple(CHAIN))):
        block, text = found.block, found.block.text
        begins = starts(text)
        yield {"encoding": block.encoding}
        for hunk in hunks(text, found.repair.changes, begins):
            before, after = text[hunk.start : hunk.end], hunk.after(text)
            yield {
                "line": block.position(begins, hunk.start)[0],
                "before": before,
                "after": after,
                "changes": [
                    [change.before, change.after, round(change.confidence, 4), *(f"{reason.rule}: {reason.note}" for reason in change.why)]
                    for change in hunk.changes
                ],
            }


def theirs(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The lines that ftfy.fix_text changes, with what they become by its own settings and by the plain ones; as there, a tag keeps entities behind it."""
    own = ftfy.TextFixerConfig(explain=False)
    for line in lines:
        if own.unescape_html == "auto" and "<" in line:
            own = own._replace(unescape_html=False)
        if TOUCHED.search(line) and (after := ftfy.fix_text(line, own)) != line:
            yield line, after, ftfy.fix_text(line, own._replace(**PLAIN))


def looked_at(data: bytes, fresh: set[str], seconds: float) -> dict[str, Any]:
    """What is found in a file of whose lines `fresh` are new; ours may take so many seconds of the processor."""
    record: dict[str, Any] = {"hunks": [], "encodings": [], "late": False}
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        for entry in ours(data):
            if "encoding" in entry:
                record["encodings"] += [entry["encoding"]] * (entry["encoding"] not in record["encodings"])
            elif any(line in fresh for line in re.split(END, entry["before"])):
                record["hunks"].append(entry)
    except OutOfTime:
        record["late"] = True
    except SummitfixError as error:
        return {"left": str(error)}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    record["seconds"] = round(time.process_time() - begin, 3)
    return record


def compared(text: str, fresh: set[str]) -> dict[str, Any]:
    """How many of the `fresh` lines of a text ftfy changes, and those that it changes without restyling; of the others the first, to be taken by chance."""
    changed = [found for found in theirs(line for line in re.split(END, text) if line) if found[0] in fresh]
    changed = [*{found[0]: found for found in changed}.values()]
    plain = [(line, after) for line, _, after in changed if line != after]
    encoding = sum(ftfy.fix_encoding(line) != line for line, _ in plain)
    return {
        "ftfy": len(changed),
        "ftfy plain": len(plain),
        "ftfy encoding": encoding,
        "ftfy lines": [list(found[:2]) for found in changed[:8]],
        "ftfy plain lines": plain[:40],
    }


def run(folder: Path, kept: Path, arguments: argparse.Namespace) -> None:
    signal.signal(signal.SIGVTALRM, out_of_time)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=False).stdout.strip()
    done, read, seen = set[str](), Counter[str](), set[int]()
    for record in records(kept):
        done.add(record["path"])
        if "bytes" in record:
            read[record["kind"]] += record["bytes"]
            seen.update(map(hash, lines_of((folder / record["path"]).read_bytes())))
    begin, total = time.time(), sum(read.values())
    with kept.open("a", encoding="utf-8") as out:
        for kind, path in documents(folder, arguments.kinds, arguments.largest, read):
            name = str(path.relative_to(folder))
            if name in done:
                continue
            data = path.read_bytes()
            lines = lines_of(data)
            fresh = {line for line in lines if hash(line) not in seen}
            record = {"path": name, "kind": kind, "commit": commit}
            if 2 * len(fresh) < len(lines):
                record["left"] = "mostly seen before"
            else:
                record |= looked_at(data, {line.decode("utf-8", "surrogateescape") for line in fresh}, arguments.seconds)
            if "left" not in record:
                seen.update(map(hash, fresh))
                size = sum(len(line) + 1 for line in fresh)
                read[kind] += size
                total += size
                record |= {"lines": len(fresh), "bytes": size, "utf-8": is_utf8(data)}
                if record["utf-8"]:
                    record |= compared(data.decode(), {line.decode() for line in fresh})
            out.write(json.dumps(record) + "\n")
            out.flush()
            print(f"{total / 1e6:9.1f} MB in {time.time() - begin:6.0f} s  {name[-100:]}", end="\r" if sys.stdout.isatty() else "\n", flush=True)
            if arguments.until and time.time() - begin > arguments.until:
                return


def lines_of(data: bytes) -> set[bytes]:
    """The lines of a file that are not blank, each once."""
    return {line for line in re.split(rb"\r\n?|\n", data) if line.strip()}


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def records(kept: Path) -> Iterator[dict[str, Any]]:
    """What earlier runs found, file by file."""
    if kept.exists():
        with kept.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def verdicts(path: Path) -> dict[str, str]:
    """What was judged of each change, by its key."""
    if not path.exists():
        return {}
    return dict(line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)


def shown(text: str, begin: int, end: int) -> str:
    return ascii_controls(text[max(0, begin - SHOWN) : begin] + "⟦" + text[begin:end] + "⟧" + text[end : end + SHOWN])


def ascii_controls(text: str) -> str:
    """What cannot be seen, as escapes."""
    return UNSEEN.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def differing(before: str, after: str) -> tuple[str, str]:
    """Two texts without what they have in common at their beginnings and ends but a little, the difference marked."""
    first = next((i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), min(len(before), len(after)))
    last = next((i for i, (one, other) in enumerate(zip(before[:first:-1], after[:first:-1], strict=False)) if one != other), 0)
    return shown(before, first, len(before) - last), shown(after, first, len(after) - last)


def list_changes(kept: Path, judged: dict[str, str]) -> None:
    told = set[str]()
    for record in records(kept):
        for entry in record.get("hunks", ()):
            name = key(entry["before"], entry["after"])
            if name in judged or name in told:
                continue
            told.add(name)
            print(f"{name} {record['path']}:{entry['line']} {record['commit']} {','.join(record['encodings'])}")
            before, after = differing(entry["before"], entry["after"])
            print(f"  - {before}\n  + {after}")
            for change in entry["changes"][:4]:
                print(f"    {change[0]!r} -> {change[1]!r} {change[2:]}")


def tell(kept: Path, judged: dict[str, str]) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records(kept):
        for name in (record["kind"], "all", "all but ascii") if record["kind"] != "ascii" else ("ascii", "all"):
            of = counts[name]
            if "left" in record:
                of[record["left"] if record["left"] == "mostly seen before" else "unread"] += 1
                continue
            of["files"] += 1
            of["late"] += record["late"]
            of["not utf-8"] += not record["utf-8"]
            for what in ("lines", "bytes", "ftfy", "ftfy plain", "ftfy encoding", "seconds"):
                of[what] += record.get(what, 0)
            of["lines of utf-8"] += record["lines"] * record["utf-8"]
            for entry in record["hunks"]:
                of["changed"] += 1
                of[judged.get(key(entry["before"], entry["after"]), "unjudged")] += 1
    columns = ("files", "lines", "changed", "right", "shown", "wrong", "unjudged", "ftfy", "ftfy plain", "ftfy encoding", "late", "not utf-8", "unread")
    print(f"{'':14}{'MB':>8}{'MB/s':>7}" + "".join(f"{name:>14}" for name in columns))
    for name, of in sorted(counts.items(), key=lambda item: -item[1]["bytes"]):
        print(f"{name:14}{of['bytes'] / 1e6:8.1f}{of['bytes'] / 1e6 / max(of['seconds'], 0.01):7.2f}" + "".join(f"{of[column]:14}" for column in columns))
    everything = counts["all"]
    if everything["lines"]:
        for what in ("changed", "right", "shown", "wrong", "unjudged"):
            print(f"{what}: {everything[what] / everything['lines'] * 1e6:.2f} lines in a million")
        for what in ("ftfy", "ftfy plain", "ftfy encoding"):
            print(f"{what} changes: {everything[what] / max(1, everything['lines of utf-8']) * 1e6:.1f} lines in a million")


def list_theirs(kept: Path, number: int) -> None:
    """Lines that ftfy changes, by chance, always the same: each file counts by how many it changes there."""
    for column in ("ftfy", "ftfy plain"):
        print(f"# {column}")
        found = [(line, record[column], record["path"]) for record in records(kept) if record.get(column) for line in record[f"{column} lines"]]
        weights = [count / min(count, 8 if column == "ftfy" else 40) for _, count, _ in found]
        for (before, after), _, path in random.Random(1).choices(found, weights, k=number) if found else ():
            one, other = differing(before, after)
            print(f"{path}\n  - {one}\n  + {other}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="read these folders of it alone")
    parser.add_argument("--kept", type=Path, help="where to keep what is found")
    parser.add_argument("--seconds", type=float, default=60.0, help="of the processor, for a file")
    parser.add_argument("--until", type=float, default=0.0, help="stop after so many seconds")
    parser.add_argument("--largest", type=int, default=8 << 20, help="leave larger files")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--tell", action="store_true")
    parser.add_argument("--peer", type=int, default=0)
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    kept = arguments.kept or folder.with_name(f"{folder.name}.jsonl")
    judged = verdicts(folder.with_name(f"{folder.name}.verdicts.tsv"))
    if arguments.list:
        list_changes(kept, judged)
    elif arguments.tell:
        tell(kept, judged)
    elif arguments.peer:
        list_theirs(kept, arguments.peer)
    else:
        run(folder, kept, arguments)


if __name__ == "__main__":
    main()
