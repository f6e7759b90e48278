"""Repairs as SARIF 2.1.0 (OASIS, 2020, with Errata 01): what code scanning services and editors read.

Results are written as they come. Held until the end are only the rules that were met, the files that have results, and a count for each place of the
current file.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import summitfix
from summitfix.core import Change, Repair, SummitfixError
from summitfix.files import Block
from summitfix.places import Place, Placed, placed
from summitfix.rules import rule

HOME = "https://github.com/summitfix/summitfix"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

ROOT = "SRCROOT"
"""What relative names are relative to: the folder in which the command ran."""

AROUND = 20
"""Code points on each side of a change by which it is known again when lines have moved."""

FINGERPRINT = "contextHash/v1"

NAMES = {
    # Python's name of a codec: IANA's, where that is not the same in capitals. UHC has none of its own; browsers read EUC-KR as UHC.
    **{f"cp{number}": f"windows-{number}" for number in (874, *range(1250, 1259))},
    **{f"cp{number}": f"IBM{number}" for number in (437, 850, 852, 855, 857, 860, 861, 862, 863, 865, 866, 869)},
    **{f"iso8859-{number}": f"ISO-8859-{number}" for number in range(1, 17)},
    "cp932": "Windows-31J",
    "cp949": "EUC-KR",
    "cp950": "Big5",
    "big5hkscs": "Big5-HKSCS",
    "mac-roman": "macintosh",
    "iso2022_jp": "ISO-2022-JP",
    "iso2022_kr": "ISO-2022-KR",
}

_STRAY = re.compile("[\ud800-\udfff]")


class Sarif:
    """Writes one run: a result for each record, then the rules and the files that they speak of."""

    def __init__(self) -> None:
        self.rules: dict[str, int] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.seen: Counter[str] = Counter()
        self.last: str | None = None
        self.is_open = False

    def add(self, name: str, block: Block, repair: Repair) -> Iterator[str]:
        """The results of a block."""
        if name != self.last:
            self.last, self.seen = name, Counter()
        for record in placed(block, repair):
            yield (",\n" if self.is_open else _head()) + json.dumps(self._result(name, block, record))
            self.is_open = True

    def close(self) -> Iterator[str]:
        """The rest of the run."""
        driver = {
            "name": "summitfix",
            "version": summitfix.__version__,
            "semanticVersion": summitfix.__version__,
            "informationUri": HOME,
            "rules": [_descriptor(name) for name in self.rules],
        }
        rest = {
            "tool": {"driver": driver},
            "artifacts": list(self.files.values()),
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which summitfix ran."}}},
        }
        yield ("" if self.is_open else _head()) + "\n], " + json.dumps(rest)[1:-1] + "}]}\n"

    def _result(self, name: str, block: Block, record: Placed) -> dict[str, Any]:
        """A record as a result."""
        if name not in self.files:
            location = _location(name, len(self.files))
            self.files[name] = {"location": location, "encoding": NAMES.get(block.encoding, block.encoding.upper()), "roles": ["analysisTarget"]}
        location = self.files[name]["location"]
        rule_id, change = record.reason.rule, record.change
        mark = fingerprint(block.text, change)
        self.seen[mark] += 1
        result = {
            "ruleId": rule_id,
            "ruleIndex": self.rules.setdefault(rule_id, len(self.rules)),
            "level": "warning" if record.is_sure else "note",
            "message": {"text": _message(record.told)},
            "locations": [{"physicalLocation": {"artifactLocation": location, "region": {**_region(record), **_content("snippet", change.before, record)}}}],
            "partialFingerprints": {FINGERPRINT: f"{mark}:{self.seen[mark]}"},
            "properties": {"kind": record.kind, "confidence": round(change.confidence, 6), "before": _plain(change.before), "after": _plain(change.after)},
        }
        if record.kind != "flag" and (fix := _fix(location, record)):
            result["fixes"] = [fix]
        return result


def _head() -> str:
    """What stands before the first result."""
    return f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"results": [\n'


def fingerprint(text: str, change: Change) -> str:
    """By what a change of `text` is known again in another run: its rule, what it changes and a little around it, wherever that has moved."""
    around = text[max(0, change.start - AROUND) : change.start], change.before, text[change.end : change.end + AROUND]
    rules = ",".join(reason.rule for reason in change.why)
    return sha256("\0".join((rules, *around)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _location(name: str, index: int) -> dict[str, Any]:
    """Where a file is: an absolute URI, or one relative to the folder in which we run."""
    path = os.path.normpath(name).replace(os.sep, "/")
    if path.split("/")[0] == ".." or os.path.isabs(name):
        path = os.path.abspath(name).replace(os.sep, "/")
        return {"uri": "file://" + "/" * (not path.startswith("/")) + quote(path.encode("utf-8", "surrogateescape")), "index": index}
    return {"uri": quote(path.encode("utf-8", "surrogateescape")), "uriBaseId": ROOT, "index": index}


def _region(record: Placed) -> dict[str, int]:
    """What a record changes, in lines and columns, in characters and, if they are known, in bytes."""
    start, end = record.start, record.end
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    region.update({"charOffset": start.offset, "charLength": end.offset - start.offset})
    return {**region, **_bytes(start, record.length)}


def _bytes(start: Place, length: int | None) -> dict[str, int]:
    return {} if length is None or start.byte is None else {"byteOffset": start.byte, "byteLength": length}


def _content(key: str, text: str, record: Placed) -> dict[str, Any]:
    """`text` as the content of a file, under a key; with stray bytes, which are no text, as bytes, or not at all where they cannot be told."""
    if not _STRAY.search(text):
        return {key: {"text": text}}
    try:
        return {key: {"binary": base64.b64encode(text.encode(record.start.encoding, "surrogateescape")).decode("ascii")}}
    except UnicodeEncodeError:
        return {}


def _fix(location: dict[str, Any], record: Placed) -> dict[str, Any] | None:
    """How to make a change: in text; where that holds stray bytes, in bytes; None if they are not known."""
    content = _content("insertedContent", record.change.after, record)
    deleted = _region(record)
    if "text" not in content.get("insertedContent", {}):
        deleted = _bytes(record.start, record.length)
        if not content or not deleted:
            return None
    description = f"{'Repair' if record.is_sure else 'If that is what was meant:'} {record.told}"
    return {
        "description": {"text": _message(description)},
        "artifactChanges": [{"artifactLocation": location, "replacements": [{"deletedRegion": deleted, **content}]}],
    }


def _descriptor(name: str) -> dict[str, Any]:
    """The page of a rule."""
    try:
        page = rule(name)
    except SummitfixError:  # a pass that is not ours
        return {"id": name}
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in re.split(r"\W+", name)),
        "shortDescription": {"text": _message(page.summary)},
        "fullDescription": {"text": _message(f"{page.summary} {rule(name.partition('.')[0]).summary}")},
        "help": {"text": _message(page.help), "markdown": f"```text\n{_message(page.help)}\n```\n"},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": [name.partition(".")[0]], "precision": "high", "problem.severity": "warning"},
    }


def _message(text: str) -> str:
    """`text` as a message: braces mark placeholders there, and brackets before a parenthesis links."""
    parts = _plain(text).replace("{", "{{").replace("}", "}}").split("]")
    return "]".join([*(part.replace("[", "\\[") if behind.startswith("(") else part for part, behind in pairwise(parts)), parts[-1]])


def _plain(text: str) -> str:
    """`text` without what is no text: stray bytes as `<0xFF>`."""
    return _STRAY.sub(lambda match: f"<0x{ord(match[0]) - 0xDC00:02X}>" if match[0] >= "\udc80" else f"<U+{ord(match[0]):04X}>", text)
