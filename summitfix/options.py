"""The options of the command as rows, and two readers of them: one that costs nothing, and click.

A plain command line is read here in microseconds; click, which takes longer to import than a clean file takes to repair (40 ms to 1 ms), is asked
only for what it is good at: help, errors with suggestions, shell completion. Both give the same settings (a test compares them).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import click


class Settings(NamedTuple):
    """What the user asked for: one field for each row of OPTIONS, and the paths."""

    write: bool = False
    interactive: bool = False
    diff: bool = False
    check: bool = False
    output: str | None = None
    backup: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsure: bool = False
    boilerplate: bool = False
    language: str | None = None
    encoding: str | None = None
    to: str | None = None
    meant: str | None = None
    read: str | None = None
    format: str = "text"
    report: str | None = None
    explain: bool = False
    rule: str | None = None
    baseline: str | None = None
    field: tuple[str, ...] = ()
    line_buffered: bool = False
    stdin_filename: str = "-"
    files_from: str | None = None
    null: bool = False
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    no_respect_gitignore: bool = False
    config: str | None = None
    isolated: bool = False
    show_config: bool = False
    show_files: bool = False
    jobs: str = "1"
    exit_zero: bool = False
    color: str = ""
    no_color: bool = False
    quiet: int = 0
    verbose: int = 0
    paths: tuple[str, ...] = ()


class Option(NamedTuple):
    """A row: the field of Settings, its flags, its help, and what kind of value follows.

    Without a `metavar` it is a flag. `many` says that it may be given again: flags are counted, values are added up; a metavar that ends in `,…` says
    that one value may be several.
    """

    name: str
    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    many: bool = False
    choices: tuple[str, ...] = ()


OPTIONS = (
    Option("write", ("-w", "--write"), "Repair the files in place."),
    Option("interactive", ("-i", "--interactive"), "Ask about each repair, unsure ones too; write what was taken."),
    Option("diff", ("--diff",), "Print a patch for `patch -p1` or `git apply`; write nothing."),
    Option("check", ("--check",), "Print one line for each damaged file; write nothing."),
    Option("output", ("-o", "--output"), "Write the repaired text of the one input there; - is standard output.", "FILE"),
    Option("backup", ("--backup",), "With -w and -i: keep the old text beside, under its name and this suffix.", "SUFFIX"),
    Option("select", ("--select",), "Run only these passes (mojibake, spam, glyphs).", "PASS,…", many=True),
    Option("ignore", ("--ignore",), "Do not run these passes.", "PASS,…", many=True),
    Option("unsure", ("--unsure",), "Make unsure repairs too."),
    Option("boilerplate", ("--boilerplate",), "Cut lines that are nothing but boilerplate (Advertisement, Anzeige, …)."),
    Option("language", ("--language",), "The language of the text, in place of guessing it: en, ko, pt, …", "CODE"),
    Option("encoding", ("--encoding",), "The codec of the input, in place of detecting it.", "NAME"),
    Option("to", ("--to",), "The codec to write. Default: the file's own with -w and --diff, else UTF-8.", "NAME"),
    Option("meant", ("--meant",), "The codec the text was meant in, where you know what happened; needs --read.", "CODEC"),
    Option("read", ("--read",), "The codec it was misread by; needs --meant.", "CODEC"),
    Option("format", ("--format",), "How to print what was found.", "text|json|github|sarif", choices=("text", "json", "github", "sarif")),
    Option("report", ("--report",), "Write a page of all repairs for a browser, with any mode.", "FILE.html"),
    Option("explain", ("--explain",), "Tell the whole story of each repair."),
    Option("rule", ("--rule",), "Print the page of a pass or of a rule, and end.", "NAME"),
    Option("baseline", ("--baseline",), "Leave out what these records of --format json hold: only new damage counts.", "FILE"),
    Option("field", ("--field",), "Repair this field of JSON Lines, and nothing else (a.b: b within a).", "NAME", many=True),
    Option("line_buffered", ("--line-buffered",), "In a pipe: hand on each line as it comes."),
    Option("stdin_filename", ("--stdin-filename",), "What to call standard input in messages.", "NAME"),
    Option("files_from", ("--files-from",), "Read the paths from this file, one a line; - is standard input.", "FILE"),
    Option("null", ("-0", "--null"), "The paths of --files-from and --show-files end with NUL."),
    Option("exclude", ("--exclude",), "Leave out files and folders, as .gitignore has it; may be given again.", "GLOB", many=True),
    Option("force_exclude", ("--force-exclude",), "Leave them out even if they are named."),
    Option("no_respect_gitignore", ("--no-respect-gitignore",), "Look at files that git ignores too."),
    Option("config", ("--config",), "The configuration, in place of the nearest one to each file.", "FILE"),
    Option("isolated", ("--isolated",), "Read no configuration."),
    Option("show_config", ("--show-config",), "Print the configuration of each file, and end."),
    Option("show_files", ("--show-files",), "Print the files that would be looked at, and end."),
    Option("jobs", ("-j", "--jobs"), "Look at many files in so many processes; 0 is one for each core. Default: 1.", "N"),
    Option("exit_zero", ("--exit-zero",), "Exit 0 even when damage was found; trouble is still 2."),
    Option("color", ("--color",), "When to use colour.", "auto|always|never", choices=("auto", "always", "never")),
    Option("no_color", ("--no-color",), "The same as --color=never."),
    Option("quiet", ("-q", "--quiet"), "No notes, only errors; -qq: nothing, only the exit code.", many=True),
    Option("verbose", ("-v", "--verbose"), "Say more: codecs, files that were left alone.", many=True),
)

SECTIONS = {
    # heading of the help: the options below it, by name
    "Modes": ("write", "interactive", "diff", "check", "output", "show_files", "show_config", "rule"),
    "What is repaired": ("select", "ignore", "unsure", "boilerplate", "language", "encoding", "to", "meant", "read", "field", "baseline", "backup"),
    "Which files": ("exclude", "force_exclude", "no_respect_gitignore", "files_from", "null", "stdin_filename", "config", "isolated"),
    "What is printed": ("format", "report", "explain", "color", "no_color", "quiet", "verbose", "exit_zero"),
    "How it runs": ("jobs", "line_buffered", "version", "help"),
}

HELP = """Repair damaged text: mojibake of any codec, lost quotation marks, injected spam.

Without a mode, show what would be repaired in each PATH and write nothing; without a PATH, repair standard input to standard output.
"""

EPILOG = """\b
Exit codes
  0    nothing to repair, or every repair was delivered (-w, -o, pipe)
  1    damage was found and not repaired
  2    trouble: usage, a file missing, unreadable, read-only, not writable
  70   a bug in summitfix
  130  interrupted: dies of SIGINT
  141  the reader went away: dies of SIGPIPE
"""

USAGE = """\
usage: summitfix [OPTIONS] [PATH|-]...

  summitfix article.txt           show what would be repaired, write nothing
  summitfix -w article.txt docs/  repair in place
  curl -s URL | summitfix         repaired text to standard output
  summitfix --check .             one line for each damaged file

summitfix -h lists all options.
"""


def read(arguments: Sequence[str]) -> Settings | None:
    """The settings of a plain command line; None where click has more to say: help, an unknown option, a missing value, completion."""
    if "_SUMMITFIX_COMPLETE" in os.environ:
        return None
    known = {flag: option for option in OPTIONS for flag in option.flags}
    values: dict[str, list[str]] = {}
    paths: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            paths += rest
        elif argument == "-" or not argument.startswith("-"):
            paths.append(argument)
        else:
            for flag, attached in _flags(argument, known):
                option = known.get(flag)
                value = next(rest, None) if option and option.metavar and attached is None else attached
                if option is None or (value is None) == bool(option.metavar) or (option.choices and value not in option.choices):
                    return None
                values.setdefault(option.name, []).append(value or "")
    return _settings(values, paths)


def _flags(argument: str, known: dict[str, Option]) -> Iterator[tuple[str, str | None]]:
    """The flags in an argument such as `--output=FILE`, `-wq` or `-oFILE`, each with the value attached to it."""
    if argument.startswith("--"):
        flag, equals, value = argument.partition("=")
        yield flag, value if equals else None
        return
    for at, letter in enumerate(argument[1:], 2):
        option = known.get("-" + letter)
        if option and option.metavar:
            yield "-" + letter, argument[at:] or None
            return
        yield "-" + letter, None


def _settings(values: dict[str, list[str]], paths: Sequence[str]) -> Settings:
    """Settings from the values given for each option, in their order."""
    fields: dict[str, Any] = {"paths": tuple(paths)}
    for option in OPTIONS:
        given = values.get(option.name)
        if given and option.metavar:
            fields[option.name] = _parts(option, given) if option.many else given[-1]
        elif given:
            fields[option.name] = len(given) if option.many else True
    return Settings(**fields)


def _parts(option: Option, given: Sequence[str]) -> tuple[str, ...]:
    """The values of an option that takes many."""
    return tuple(part.strip() for value in given for part in value.split(",")) if option.metavar.endswith(",…") else tuple(given)


def command(version: str) -> click.Command:
    """The same options as a click command that gives settings."""
    import click

    def callback(paths: tuple[str, ...], **given: Any) -> Settings:
        return _settings({name: _listed(value) for name, value in given.items() if value}, paths)

    class Command(click.Command):
        def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
            rows = {max(param.opts, key=len).strip("-").replace("-", "_"): row for param in self.get_params(ctx) if (row := param.get_help_record(ctx))}
            for heading, names in SECTIONS.items():
                with formatter.section(heading):
                    formatter.write_dl([rows[name] for name in names])

    made = Command("summitfix", callback=callback, params=[_parameter(option) for option in OPTIONS], help=HELP, epilog=EPILOG)
    made.context_settings = {"help_option_names": ["-h", "--help"]}
    made.params.append(click.Argument(["paths"], nargs=-1, metavar="[PATH|-]...", type=click.Path()))
    click.version_option(version, "-V", "--version", prog_name="summitfix")(made)
    return made


def _parameter(option: Option) -> click.Option:
    """A row as click's option."""
    import click

    if not option.metavar:
        return click.Option([*option.flags, option.name], is_flag=not option.many, count=option.many, help=option.help)
    kind = click.Choice(option.choices) if option.choices else click.Path() if option.metavar.startswith("FILE") else click.STRING
    return click.Option([*option.flags, option.name], type=kind, metavar=option.metavar, multiple=option.many, help=option.help)


def _listed(value: Any) -> list[str]:
    """A value of click's as the list of what was given."""
    return list(value) if isinstance(value, tuple) else [""] * value if isinstance(value, int) else [value]
