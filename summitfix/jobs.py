"""Several processes for many files: they find, this one prints and writes, so that order and safety are those of one process.

A process that is killed costs nothing but time: what it was at is done here, and another takes its place. All of them end with this one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait

from summitfix import files
from summitfix.finding import Found, Plan, findings, known
from summitfix.inputs import Input
from summitfix.interrupts import held_back, unbroken

AHEAD = 8
"""Files that each process may be ahead of what is printed."""

LARGEST = 4 << 20
"""Bytes of a file that is handed over with all that was found in it; a larger one is looked at here, block by block."""


class Pool:
    """`number` processes at most, begun as there is work for them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.context = multiprocessing.get_context("spawn")  # a fork would keep the pipes of its siblings open
        self.workers: dict[Connection, _Worker] = {}
        self.idle: list[Connection] = []

    def ahead(self, inputs: Iterable[Input], plan: Callable[[Input], Plan]) -> Iterator[tuple[Input, Found | None]]:
        """`inputs` in their order, each with what was found; None means that it is to be looked at here."""
        waiting: deque[_Task] = deque()
        for given in inputs:
            task = _Task(given, plan(given))
            waiting.append(task)
            if not self._is_fit(given):
                task.over = True
            while len(waiting) >= AHEAD * self.number:
                self._work(waiting)
                if waiting[0].over:
                    first = waiting.popleft()
                    yield first.given, first.found
            self._begin(waiting)
        while waiting:
            self._work(waiting)
            if waiting[0].over:
                first = waiting.popleft()
                yield first.given, first.found

    def close(self) -> None:
        """End all processes at once."""
        for worker in self.workers.values():
            worker.process.kill()
        for worker in self.workers.values():
            worker.process.join()
            worker.ours.close()
        self.workers = {}

    def _is_fit(self, given: Input) -> bool:
        """Whether a file is for another process: a regular one, small enough to be handed over."""
        try:
            status = os.stat(given.path or "")
        except OSError:
            return False
        return stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST

    def _begin(self, waiting: Iterable[_Task]) -> None:
        """Give work to those who have none."""
        for task in waiting:
            if task.over or task.begun:
                continue
            if not self.idle and len(self.workers) < self.number:
                try:
                    with held_back(), unbroken(), _unheard():
                        worker = _Worker(self.context)
                        self.workers[worker.ours] = worker
                except OSError:  # it was killed before it had begun, or there may be no more of them
                    task.over = True
                    continue
                self.idle.append(worker.ours)
            if not self.idle:
                return
            worker = self.workers[self.idle.pop()]
            worker.task, task.begun = task, True
            try:
                with unbroken():
                    worker.ours.send((task.given.path, task.plan))
            except OSError:
                self._lost(worker)

    def _work(self, waiting: Iterable[_Task]) -> None:
        """Begin what can be begun, and wait for one that is at work."""
        self._begin(waiting)
        busy = [ours for ours in self.workers if ours not in self.idle]
        for ours in wait(busy) if busy else ():
            worker = self.workers[ours]  # type: ignore[index]
            try:
                found = worker.ours.recv()
            except (EOFError, OSError):
                self._lost(worker)
                continue
            if worker.task:
                worker.task.found, worker.task.over = found, True
            worker.task = None
            self.idle.append(worker.ours)

    def _lost(self, worker: _Worker) -> None:
        """A process was killed: what it was at is done here."""
        del self.workers[worker.ours]
        worker.process.join()
        worker.ours.close()
        if worker.task:
            worker.task.over = True


@contextmanager
def _unheard() -> Iterator[None]:
    """A process that starts meanwhile never hears of Ctrl-C: else one that is half begun would complain to the user."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would let Ctrl-C through again on its way
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Task:
    """A file on its way."""

    def __init__(self, given: Input, plan: Plan) -> None:
        self.given, self.plan = given, plan
        self.begun = self.over = False
        self.found: Found | None = None


class _Worker:
    """A process, our end of the pipe to it, and what it is at."""

    def __init__(self, context: multiprocessing.context.SpawnContext) -> None:
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.task: _Task | None = None


def _serve(pipe: Connection) -> None:
    """Look at files until the pipe ends. Ctrl-C is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            path, plan = pipe.recv()
            pipe.send(_found(path, plan))


def _found(path: str, plan: Plan) -> Found | None:
    """What is in a file; None where that is trouble, which the other side will find again and can tell."""
    try:
        with files.opened(path, regular=True) as stream:
            status = os.fstat(stream.fileno())
            return Found(known(status), tuple(findings(stream, plan)))
    except Exception:
        return None
