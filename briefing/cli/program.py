"""The program as one click group: streams that bear everything, help that is whole, mistakes explained."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from briefing.cli import console, streams
from briefing.model.findings import BriefingError

WIDEST = 80
"""Help is not set wider than that."""
_NARROWEST = 20
EXAMPLES: Mapping[str, str] = {
    "brief": "overview",
    "edition": "2",
    "facts": "ferry.purchase",
    "file": "article.html",
    "captures": "~/captures",
    "by": "'Ada Marsh'",
    "note": "'The order is signed.'",
    "reason": "'One figure was wrong.'",
}
"""What a call may give for a parameter that it must give, by the parameter's name."""


class Formatter(click.HelpFormatter):
    """Sets help for the width of the terminal; where a line is short, its first column is short too."""

    def __init__(self) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(width=max(_NARROWEST, min(columns, WIDEST) - (2 if columns > 50 else 0)))

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of terms and what they mean; the alternatives of a long term go on several lines."""
        room = self.width - self.current_indent
        folded = [(_folded(term, room), meaning) for term, meaning in rows]
        super().write_dl(folded, min(col_max, self.width // 3), col_spacing)


def _folded(term: str, room: int) -> str:
    """A term such as ``--format [markdown|html|pdf]`` in lines that fit."""
    lines = [""]
    for part in term.replace("|", "|\0").replace(" ", " \0").split("\0"):
        if lines[-1] and len(lines[-1]) + len(part.rstrip()) > room - 6:
            lines.append("      ")
        lines[-1] += part
    return "\n".join(line.rstrip() for line in lines)


class Context(click.Context):
    """A call; its help is set by ``Formatter``."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what sets the help; click asks for it."""
        return Formatter()


class Command(click.Command):
    """A command that takes a file; a name that a space cut in two is recognised."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what a call gives; click asks for it."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if cut := self._cut_name(ctx, given):
                message = f'a name with a space needs quotation marks: "{cut}"'
                raise click.UsageError(message, ctx) from error
            raise

    def _cut_name(self, ctx: click.Context, args: list[str]) -> str:
        """Return the path that a call gives in several words; "" where there is none."""
        try:
            values, surplus, _ = self.make_parser(ctx).parse_args(args)
        except click.UsageError:
            return ""
        whole = (" ".join([value, *surplus]) for value in values.values() if isinstance(value, str))
        return next((name for name in whole if surplus and Path(name).exists()), "")


class Group(click.Group):
    """A group of commands whose help says of each what it does, in a whole sentence."""

    command_class = Command
    context_class = Context

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command in; its help is set as that of the group."""
        cmd.context_class = Context
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which somebody meets them; click asks for them."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands; click would cut their sentences off where the line ends."""
        rows = [(name, item.get_short_help_str(sys.maxsize)) for name, item in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Program(Group):
    """The program itself: everything that holds for every command."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a call: the one entry of the program."""
        try:
            with streams.prepared():
                return super().main(*arguments, **settings)
        except BriefingError as error:  # what was printed last could not be written
            with contextlib.suppress(BriefingError), streams.prepared():
                click.echo(f"briefing: {error}", err=True)
            sys.exit(console.EXIT_MACHINE)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command of a call; what the call lacks is explained."""
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            ctx.color = False  # https://no-color.org; click itself looks at the terminal only
        try:
            return super().invoke(ctx)
        except click.MissingParameter as error:
            if error.param is not None and error.ctx is not None:
                explained = _what_is_missing(error.param, error.ctx)
                raise click.MissingParameter(explained, error.ctx, error.param) from error
            raise


def _what_is_missing(param: click.Parameter, ctx: click.Context) -> str:
    """Say what a parameter is for and how it is given, with a line to copy."""
    meaning = getattr(param, "help", None) or ""
    lines = [f"{meaning} For example:".lstrip(), f"  {example(ctx.command, ctx.command_path, param)}"]
    if isinstance(param.envvar, str):
        lines.append(f"  export {param.envvar}={EXAMPLES[param.name or '']}")
    return "\n".join(lines)


def example(command: click.Command, path: str, asked: click.Parameter | None = None) -> str:
    """Return a call of a command with all that it must be given, and what was asked for."""
    needed = [item for item in command.params if item.required or item is asked]
    needed.sort(key=lambda item: isinstance(item, click.Option))  # arguments go first; the order stays else
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
