"""A sign of life on long work: nothing for the first second, then one calm line on standard error that goes away by itself."""

from __future__ import annotations

from threading import RLock, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

DELAY = 1.0
"""Seconds of work that need no sign: rich is not even imported before."""


class Progress:
    """Shows which file is at work and how many are done, after DELAY seconds. Everything else that prints must `pause` it before."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.bar: Bar | None = None
        self.done, self.name, self.over = 0, "", False
        self.timer = Timer(DELAY, self._start)
        self.timer.daemon = True
        self.timer.start()

    def at(self, name: str) -> None:
        """Another file is at work."""
        with self.lock:
            self.name = name
            if self.bar is not None:
                self.bar.update(self.bar.task_ids[0], description=name, completed=self.done)
                self.bar.start()
            self.done += 1

    def pause(self) -> None:
        """Take the line away; it comes back with the next file."""
        with self.lock:
            if self.bar is not None:
                self.bar.stop()

    def close(self) -> None:
        """Take the line away for good."""
        with self.lock:
            self.timer.cancel()
            self.over = True
            self.pause()

    def _start(self) -> None:
        """The delay is over."""
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.table import Column

        with self.lock:
            if self.over:
                return
            name = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
            columns = SpinnerColumn(), TextColumn("{task.completed:,.0f} done", markup=False), TimeElapsedColumn(), name
            self.bar = Bar(*columns, console=Console(stderr=True, force_terminal=True, markup=False, emoji=False), transient=True, refresh_per_second=4)
            self.bar.add_task(self.name, total=None, completed=max(0, self.done - 1))
            self.bar.start()
