"""The command: the only module that exits, and with its parts the only one that prints."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

import summitfix
from summitfix import interrupts, modes, options, report
from summitfix.cli.job import Job
from summitfix.cli.streams import Unwritable, flush, isatty, product, say
from summitfix.core import SummitfixError
from summitfix.options import Settings
from summitfix.terminal import flat

REPORTS = "https://github.com/summitfix/summitfix/issues"


def run() -> NoReturn:
    """The console script: works on `sys.argv` and ends the process.

    The order matters: dying of a closed pipe as cat does; a bug is a traceback and 70, never a wrong 1; what is still buffered is flushed where a full
    disk can be reported; Ctrl-C ends in a death by SIGINT, so that a shell loop around us stops too, and so do the other signals that end us.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    interrupts.listen()
    try:
        code = _main(sys.argv[1:])
        flush()
    except KeyboardInterrupt as interrupt:
        interrupts.listen_no_more()
        cause = interrupt.args[0] if interrupt.args else signal.SIGINT
        say("summitfix: interrupted; files already written are whole")
        os.kill(os.getpid(), cause)
        code = 128 + cause
    except SummitfixError as error:
        say(f"summitfix: {flat(str(error))}")
        code = report.TROUBLE
    except Exception:
        import traceback

        say(f"{traceback.format_exc()}\nsummitfix {summitfix.__version__}: this is a bug; please report it with the lines above at {REPORTS}")
        code = report.BUG
    try:
        sys.stdout.flush()
    except (OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else the interpreter complains a second time
    sys.exit(code)


def _main(arguments: list[str]) -> int:
    """The exit code for a command line."""
    settings = options.read(arguments)
    if settings is not None:
        return _work(settings)
    import click

    try:
        given = options.command(summitfix.__version__).main(arguments, "summitfix", standalone_mode=False)
    except OSError as error:  # help is printed by click
        raise Unwritable(f"cannot write standard output: {error.strerror}") from None
    except click.ClickException as error:
        error.show()
        return report.TROUBLE
    except click.Abort:
        raise KeyboardInterrupt from None
    return _work(given) if isinstance(given, Settings) else int(given)


def _work(settings: Settings) -> int:
    """Do what the settings say; the exit code."""
    if settings.rule is not None:
        from summitfix import rules

        product((rules.rule(settings.rule).text.encode(),))
        return report.CLEAN
    mode = modes.mode(settings, piped=sys.stdin is not None and not isatty(sys.stdin), asked=isatty(sys.stderr))
    if mode is None:
        say(options.USAGE.rstrip())
        return report.TROUBLE
    job = Job(settings, mode)
    if mode.startswith("show_"):
        return job.show()
    if mode in ("view", "records", "check", "diff"):
        from summitfix.cli import looking

        return job.run(looking.MODES[mode])
    from summitfix.cli import delivering

    return job.run(delivering.MODES[mode])
