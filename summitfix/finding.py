"""What is found in an input: its blocks, each with its repair. Neither prints nor writes, so that another process may do it just as well."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import BinaryIO, NamedTuple

import summitfix
from summitfix import core, files
from summitfix.core import SURE, Change, Pass, Repair
from summitfix.files import Block
from summitfix.ignoring import Guard
from summitfix.lines import starts


class Plan(NamedTuple):
    """How to look at one input: plain data, made of the command line and of the configuration that holds for it.

    `passes` are their names, `fields` those of JSON Lines; `least` is the confidence, 0 to 1, from which on a change is made. `keep` are strings that
    are not touched; `meant` and `read` are codecs, where somebody knows what happened; `spam_file` is relative to the working folder, and must
    lie in `spam_folder` if that is given. With `live` each line is handed on as it comes.
    """

    passes: tuple[str, ...]
    encoding: str | None = None
    language: str | None = None
    least: float = SURE
    keep: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    meant: str | None = None
    read: str | None = None
    boilerplate: bool = False
    spam_file: str | None = None
    spam_folder: str | None = None
    live: bool = False


class Finding(NamedTuple):
    """A block, its repair, and its lines (from 1, in the whole input) that are no JSON object where such is expected."""

    block: Block
    repair: Repair
    bad: tuple[int, ...] = ()


Known = tuple[int, int, int, int, int]
"""Device, inode, size in bytes and, in nanoseconds, when its text and when anything of it was changed last: what has the same ones is what was read."""


class Found(NamedTuple):
    """All that was found in a file as it was then."""

    known: Known
    findings: tuple[Finding, ...]


def known(status: os.stat_result) -> Known:
    """What tells a file, and a version of it, from all others."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def findings(stream: BinaryIO, plan: Plan) -> Iterator[Finding]:
    """The blocks of `stream` with their repairs; each block knows the misreadings proven by those before it.

    Raises what `files.blocks` raises, and SummitfixError for the name of no codec in `plan`.
    """
    rows = dict[str, int]()
    guard = Guard(plan.keep)
    by_passes = partial(core.repair, chain=chain(plan), language=plan.language, least=plan.least, permit=guard.permit)
    for block in blocks(stream, plan):
        guard.enter(block.text, first=block.line == block.column == 1)
        bad = list[int]()
        if plan.fields:
            from summitfix import fields

            repair, bad = fields.repair(block.text, plan.fields, by_passes, encoding=block.encoding, rows=rows)
        else:
            repair = by_passes(block.text, encoding=block.encoding, rows=rows)
        for rule, number in repair.rows.items() if repair.stages else ():
            rows[rule] = rows.get(rule, 0) + number
        begins = starts(block.text) if bad else []
        yield Finding(block, repair, tuple(block.position(begins, offset)[0] for offset in bad))


def blocks(stream: BinaryIO, plan: Plan) -> Iterator[Block]:
    """`stream` in blocks, as `plan` wants them."""
    return files.blocks(stream, plan.encoding, whole_lines=bool(plan.fields), live=plan.live)


@lru_cache(maxsize=64)
def chain(plan: Plan) -> dict[str, Pass]:
    """The passes of `plan`. Raises SummitfixError."""
    passes = {name: find for name, find in summitfix.CHAIN.items() if name in plan.passes}
    if plan.language:
        summitfix.check_language(plan.language)
    if "mojibake" in passes and plan.meant and plan.read:
        from summitfix.passes.told import told

        passes["mojibake"] = told(plan.meant, plan.read)
    if "spam" in passes and (plan.boilerplate or plan.spam_file):
        from summitfix.passes.spam.rows import read_rows

        rows = read_rows(files.held_text(plan.spam_file, plan.spam_folder), plan.spam_file) if plan.spam_file else None
        spam: Callable[..., Iterable[Change]] = passes["spam"]
        passes["spam"] = partial(spam, boilerplate=plan.boilerplate, rows=rows)
    return passes
