"""The program as one click group: streams that never fail, help that is complete, errors that explain."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from briefing.cli import console, streams
from briefing.model.findings import BriefingError, nearest_of

WIDEST = 80
"""Help is never wider than this many characters."""
_NARROWEST = 20
EXAMPLES: Mapping[str, str] = {
    "brief": "overview",
    "edition": "2",
    "facts": "ferry.purchase",
    "fact": "ferry.fleet",
    "file": "article.html",
    "kind": "fact",
    "names": "ferry.price",
    "files": "article.html",
    "source": "article",
    "captures": "~/captures",
    "by": "'Ada Marsh'",
    "note": "'The order is signed.'",
    "reason": "'One figure was wrong.'",
}
"""An example value for each required parameter, by the parameter's name."""


class Formatter(click.HelpFormatter):
    """A formatter that fits help to the terminal; in a narrow one the first column is narrow too."""

    def __init__(self) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(width=max(_NARROWEST, min(columns, WIDEST) - (2 if columns > 50 else 0)))

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of terms with their meanings; the alternatives of a long term go on several lines."""
        room = self.width - self.current_indent
        folded = [(_folded(term, room), meaning) for term, meaning in rows]
        super().write_dl(folded, min(col_max, self.width // 3), col_spacing)


def _folded(term: str, room: int) -> str:
    """Return a term such as ``--format [markdown|html|pdf]``, broken into lines that fit."""
    lines = [""]
    for part in term.replace("|", "|\0").replace(" ", " \0").split("\0"):
        if lines[-1] and len(lines[-1]) + len(part.rstrip()) > room - 6:
            lines.append("      ")
        lines[-1] += part
    return "\n".join(line.rstrip() for line in lines)


class Context(click.Context):
    """The context of a call, whose help is laid out by ``Formatter``."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return the formatter of the help; click calls this."""
        return Formatter()


class Command(click.Command):
    """A command that recognises a file name which a space has split into two arguments."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments of a call; click calls this."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if cut := self._cut_name(ctx, given):
                message = f'a name with a space needs quotation marks: "{cut}"'
                raise click.UsageError(message, ctx) from error
            raise

    def _cut_name(self, ctx: click.Context, args: list[str]) -> str:
        """Return the path that a call gives as several words; "" if there is none."""
        try:
            values, surplus, _ = self.make_parser(ctx).parse_args(args)
        except click.UsageError:
            return ""
        cut = [[value, *surplus] for value in values.values() if isinstance(value, str)]
        # An argument that takes several words has them all, and leaves none over.
        cut += [list(value) for value in values.values() if isinstance(value, tuple)]
        whole = (" ".join(map(str, words)) for words in cut if len(words) > 1)
        return next((name for name in whole if Path(name).exists()), "")


class Group(click.Group):
    """A group of commands whose help describes each command in a whole sentence."""

    command_class = Command
    context_class = Context

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and lay out its help like that of the group."""
        cmd.context_class = Context
        # Below this mark click keeps lines as they are; a docstring has it as two characters.
        cmd.help = (cmd.help or "").replace("\\b\n", "\b\n")
        super().add_command(cmd, name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the command that a call names; click calls this."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-") and not nearest_of(args[0], known):
            raise click.UsageError(f"No such command '{args[0]}'; the commands are {', '.join(known)}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which people need them; click calls this."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with whole sentences; click itself would cut them off at the end of the line."""
        rows = [(name, item.get_short_help_str(sys.maxsize)) for name, item in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Program(Group):
    """The program itself: the behaviour that all commands share."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a call; this is the only entry point of the program."""
        try:
            with _ending_in_order(), streams.prepared():
                return super().main(*arguments, **settings)
        except BriefingError as error:  # the last output could not be written
            with contextlib.suppress(BriefingError), streams.prepared():
                click.echo(f"briefing: {error}", err=True)
            sys.exit(console.EXIT_MACHINE)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command of a call, and explain any parameter that the call lacks."""
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            ctx.color = False  # https://no-color.org; click itself looks at the terminal only
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            if error.possibilities or error.ctx is None:
                raise
            known = [name for item in error.ctx.command.get_params(error.ctx) for name in item.opts]
            options = ", ".join(name for name in known if name.startswith("--"))
            message = f"No such option '{error.option_name}'; the options are {options}"
            raise click.UsageError(message, error.ctx) from error
        except click.MissingParameter as error:
            if error.param is not None and error.ctx is not None:
                explained = _missing_parameter(error.param, error.ctx)
                raise click.MissingParameter(explained, error.ctx, error.param) from error
            raise


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let a request to end, from the system or a closed terminal, clear up like Ctrl-C; then end by it.

    A request that the caller has ignored, as nohup does for work that outlives its terminal, stays ignored.
    """
    asked: list[int] = []

    def end(number: int, frame: object) -> None:
        asked.append(number)
        raise console.Terminated(signal.Signals(number).name)

    before = {}
    with contextlib.suppress(ValueError):  # signals reach the main thread only
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in asked[:1]:  # so that the caller sees what ended it
            os.kill(os.getpid(), number)


def _missing_parameter(param: click.Parameter, ctx: click.Context) -> str:
    """Return what a parameter is for and how to give it, with a line to copy."""
    meaning = getattr(param, "help", None) or ""
    lines = [f"{meaning} For example:".lstrip(), f"  {example(ctx.command, ctx.command_path, param)}"]
    if isinstance(param.envvar, str):
        lines.append(f"  export {param.envvar}={EXAMPLES[param.name or '']}")
    return "\n".join(lines)


def example(command: click.Command, path: str, asked: click.Parameter | None = None) -> str:
    """Return an example call of a command with its required parameters and the one asked for."""
    needed = [item for item in command.params if item.required or item is asked]
    needed.sort(key=lambda item: isinstance(item, click.Option))  # arguments first, otherwise in order
    values = [(item, EXAMPLES[item.name or ""]) for item in needed]
    return " ".join(
        [
            path,
            *(
                f"{item.opts[0]} {value}" if isinstance(item, click.Option) else value
                for item, value in values
            ),
        ]
    )
