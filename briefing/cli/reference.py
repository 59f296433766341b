"""The reference, written from the program itself: commands, fields, forms, scales, checks, formats, record.

``briefing reference`` prints it; REFERENCE.md contains the same text, and a test compares the two.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import click

from briefing.changes import impact
from briefing.checks import runner
from briefing.content import decode, field_docs
from briefing.content import ladders as content_ladders
from briefing.formats import registry
from briefing.language import scale_texts, source_words, wording
from briefing.language.wording import MESSAGES
from briefing.model import (
    briefs,
    facts,
    findings,
    ladders,
    library,
    matters,
    project_words,
    scales,
    signatures,
    sources,
    values,
)
from briefing.review import schedule
from briefing.sources import captures
from briefing.store import request

_CONTENT: tuple[tuple[str, type[Any]], ...] = (
    ("content/project.yaml", library.Project),
    ("content/words.yaml", project_words.ProjectWords),
    ("content/sources/NAME.yaml", sources.Source),
    ("content/origins.yaml, by id", sources.Origin),
    ("content/actors.yaml, by id", sources.Actor),
    ("content/systems.yaml, by id", sources.System),
    ("content/matters.yaml, by id", matters.Matter),
    ("content/ladders.yaml, by id", ladders.Ladder),
    ("groups of a ladder, by name", ladders.Group),
    ("rungs of a ladder, by name", ladders.Rung),
    ("content/facts/NAME.yaml", facts.FactSheet),
    ("defaults of a sheet", facts.Defaults),
    ("facts of a sheet, by name", facts.Fact),
    ("disagreements of a sheet, by name", facts.Disagreement),
    ("gaps of a sheet, by name", facts.Gap),
    ("milestones of a sheet, by name", facts.Milestone),
    ("judgements of a sheet, by name", facts.Judgement),
    ("content/briefs/NAME.md, front matter", briefs.Brief),
    ("content/pages/NAME.md, front matter", briefs.Page),
    ("content/verification.yaml, by id, written by `briefing verify --record`", sources.Verification),
    ("content/signers.yaml, by id", signatures.SigningKey),
    ("content/signers-signed.yaml, by number, written by `briefing signers`", signatures.SignedKeys),
    ("within others", sources.Evidence),
    ("within others", project_words.UnitNames),
    ("within others", project_words.NounWords),
    ("instruments of a project, by name", project_words.InstrumentWords),
    ("within others", project_words.Translation),
    ("within others", facts.Assertion),
    ("within others", facts.Computed),
    ("rows of a fact, by name", facts.Row),
    ("within others", facts.Table),
    ("within others", sources.Role),
    ("within others", sources.Uncited),
    ("within others", facts.Reading),
    ("within others", briefs.Selection),
    ("within others", briefs.Series),
    ("a value", values.Quantity),
    ("a value", values.Money),
    ("a value", values.Label),
    ("a date with inferred parts", values.Date),
)
"""The place of each record in the content, in the order of the reference."""

_WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    Decimal: "number",
    values.Slug: "name",
    ladders.RungId: "a rung, such as `contracted`",
    ladders.Status: "a rung of its ladder, such as `contracted`",
    values.Key: "sheet.name",
    values.Prose: "Markdown with fact links",
    values.Date: "date",
    values.StartOfTime: "date or sheet.name",
    values.Days: "number of days",
}
_GIVEN = {"id", "body", "at", "body_at", "own_words"}
_KEPT_LINES = re.compile(r"\x08\n(?P<lines>(?:  .*(?:\n|\Z))+)")
"""Lines of a help that are kept as they are, below the mark of click."""


def text(command: click.Group) -> str:
    """Return the whole reference as Markdown."""
    return "\n".join(_lines(command)).rstrip() + "\n"


def _lines(command: click.Group) -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Written by `briefing reference` from the program itself; do not edit it by hand."
    yield ""
    yield from _commands(command)
    yield from _formats()
    yield from _content()
    yield from _forms()
    yield from _scales()
    yield from _checks()
    yield from _record()
    yield from _record_of_impact()


def _commands(command: click.Group) -> Iterator[str]:
    yield "## Commands"
    yield ""
    for name, item in commands(command):
        arguments = [argument for argument in item.params if isinstance(argument, click.Argument)]
        yield " ".join(("### briefing", name, *(_argument_words(argument) for argument in arguments)))
        yield ""
        yield _KEPT_LINES.sub(_as_code, inspect.cleandoc(item.help or ""))
        yield ""
        options = [option for option in item.params if isinstance(option, click.Option)]
        if options:
            rows = (
                [f"`{', '.join(option.opts)}{_argument(option)}`", option.help or ""] for option in options
            )
            yield from _table(("Option", "Meaning"), rows)
    yield "Exit status: 0 all is well, 1 the content has errors, 2 the call or the computer has a problem."
    yield "Every option can also be set by an environment variable, such as `BRIEFING_BUILD_OUTPUT`."
    yield ""


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that can be called, with its full name, such as ``source add``."""
    for name, item in sorted(group.commands.items()):
        if isinstance(item, click.Group):
            yield from commands(item, f"{before}{name} ")
        else:
            yield before + name, item


def _as_code(lines: re.Match[str]) -> str:
    return f"```sh\n{inspect.cleandoc(lines['lines'])}\n```\n"


def _argument_words(argument: click.Argument) -> str:
    name = (argument.name or "").upper()
    return name if argument.required else f"[{name}]"


def _argument(option: click.Option) -> str:
    if option.is_flag:
        return ""
    return f" {option.metavar or option.type.name.upper()}"


def _formats() -> Iterator[str]:
    yield "## Formats"
    yield ""
    rows = [
        [f"`{item.name}`", f"`briefs/NAME{item.suffix}`", item.meaning]
        for item in registry.by_name().values()
    ]
    rows.append([f"`{request.SITE}`", "`site/`", "the static site, with the Markdown and PDF of every brief"])
    yield from _table(("Format", "Files in the output folder", "Meaning"), rows)


def _content() -> Iterator[str]:
    yield "## Content"
    yield ""
    yield (
        "Content is YAML in UTF-8. Every value is text until its field gives it a meaning, so `no` stays a "
        "word and `12.10` keeps its zero. Anchors, aliases, tags and second documents are not allowed. "
        "`not stated` is the only way to leave a required field open. The name of a file is the id of its "
        "record."
    )
    yield ""
    for where, cls in _CONTENT:
        meaning = (cls.__doc__ or "").strip().splitlines()[0]
        yield f"### {cls.__name__}: {where}"
        yield ""
        yield meaning
        yield ""
        docs = field_docs.of_fields(cls.__name__)
        hints = typing.get_type_hints(cls)
        rows = [
            [
                f"`{field.name}`",
                _type_words(hints[field.name]),
                _need(cls, field, hints[field.name]),
                docs[field.name],
            ]
            for field in dataclasses.fields(cls)
            if field.name not in _GIVEN
        ]
        if cls is facts.FactSheet:
            rows.append(
                [f"`{decode.DEFAULTS}`", "Defaults", "no", inspect.cleandoc(facts.Defaults.__doc__ or "")]
            )
        yield from _table(("Field", "Type", "Required", "Meaning"), rows)


def _need(cls: type[Any], field: dataclasses.Field[Any], hint: Any) -> str:
    """Return whether a field is required; in a sheet, some may be among the defaults instead."""
    has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    otherwise = ["`not stated`"] if types.NoneType in typing.get_args(hint) and not has_default else []
    if field.name in decode.HEIRS.get(cls, ()):
        otherwise.append(f"from `{decode.DEFAULTS}`")
    return ", or ".join(["no" if has_default else "yes", *otherwise])


def _type_words(hint: Any) -> str:
    arguments = typing.get_args(hint)
    if hint == values.Value or (types.NoneType in arguments and values.Quantity in arguments):
        return "Quantity, Money, Label or `{date: …}`"
    if typing.get_origin(hint) is Mapping:
        return f"{_type_words(arguments[1])} or `never`, by word: {_type_words(arguments[0])}"
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return " or ".join(_type_words(item) for item in arguments if item is not types.NoneType)
    if typing.get_origin(hint) is tuple:
        inner = arguments[0]
        is_keyed = dataclasses.is_dataclass(inner) and "id" in {
            field.name for field in dataclasses.fields(inner)
        }
        return f"{inner.__name__} records by name" if is_keyed else f"list: {_type_words(inner)}"
    if known := scales.members(hint):
        return "one of " + ", ".join(f"`{member.value}`" for member in known)
    return _WORDS.get(hint, getattr(hint, "__name__", str(hint)))


def _forms() -> Iterator[str]:
    yield "## Fact links"
    yield ""
    yield (
        "`[words](fact:sheet.name)` cites a fact for words of your own; `[](fact:sheet.name)` prints its "
        "value and cites it; `[](fact:sheet.name#form)` prints it in another form:"
    )
    yield ""
    rows = (
        [f"`#{form.name}`" if form.name else "none", form.meaning, form.example]
        for form in wording.FORMS.values()
    )
    yield from _table(("Form", "Prints", "For example"), rows)


def _scales() -> Iterator[str]:
    yield "## Scales"
    yield ""
    for scale in scale_texts.every(content_ladders.of_program().values(), MESSAGES.say):
        yield f"### {scale.title}"
        yield ""
        yield f"{scale.source[0].upper()}{scale.source[1:]}."
        yield ""
        yield from _table(("Step", "Meaning"), ([step, meaning] for step, meaning in scale.rows))
    yield from _words_of_ladders()
    yield "### When to review a commitment"
    yield ""
    yield (
        "A commitment is due for review a number of days after it was asserted, which depends on its status, "
        "unless the fact has a `review_by` or the project a `review_after` for that status. A cancelled or "
        "superseded commitment is never due. We chose these numbers ourselves."
    )
    yield ""
    rows = (
        [degree.value, "never" if days is None else f"{days} days", reason]
        for degree, (days, reason) in schedule.USUAL.items()
    )
    yield from _table(("Status", "After", "Why then"), rows)


def _words_of_ladders() -> Iterator[str]:
    """Yield the words by which passages and prose in English claim each status of the program's ladders."""
    yield "### Words that claim a status"
    yield ""
    yield (
        "A passage names a status, and prose claims it, by these words; those that are denied or put off "
        "(*will*, *is to be*) do not count. `a|b` are alternatives for one word, `*` is any "
        "ending, a word with `?` may be left out, `_` is any word, and `...` any nine at most. The ladders "
        "of grants and of legislation have words in three languages, that of commitments in those of "
        "sources: `briefing/ladders` and `briefing/language/lexicons/sources`."
    )
    yield ""
    english = source_words.of_language("en").table("rungs")
    rows = (
        [
            ladder.id,
            MESSAGES.named(status),
            ", ".join(f"`{phrase}`" for phrase in rung.words.get("en", english.get(rung.like.value, ()))),
        ]
        for ladder in content_ladders.of_program().values()
        for status, rung in zip(ladder.statuses, ladder.rungs, strict=True)
    )
    yield from _table(("Ladder", "Status", "Words in English"), rows)


def _checks() -> Iterator[str]:
    yield "## Checks"
    yield ""
    yield (
        "If the content is right in spite of a finding, you can allow the finding in place, with a reason, "
        "in a comment on a line of its own above it. `# allow[check]: reason` in YAML covers the key or list "
        "item below and everything within it; `<!-- allow[check]: reason -->` in Markdown covers the "
        "heading, paragraph, list or table below. At the top of a file, the comment also covers findings "
        "about the file as a whole. It is never printed. The words that the checks of prose know are in "
        "`briefing/language/lexicons`, one file for each language."
    )
    yield ""
    yield (
        "An error holds back every brief that needs the faulty content; a warning or a note does not. Notes "
        "are printed only with `--verbose`. Before the checks run, the program reads, decodes and links the "
        "content; after them, a build typesets the PDFs. A finding of these steps is an error, unless the "
        "table says otherwise, and cannot be allowed:"
    )
    yield ""
    yield from _table(
        ("Mistake", "What is wrong"),
        ([f"`{slug}`", meaning] for slug, meaning in findings.FOUND_BEFORE.items()),
    )
    for check in runner.CHECKS:
        yield f"### {check.slug}"
        yield ""
        found_by = " `briefing verify` finds it." if check.needs_captures else ""
        allowed = "" if check.may_be_suppressed else " It cannot be allowed."
        yield f"{check.severity.value.capitalize()}. {check.meaning} {check.why}{found_by}{allowed}"
        yield ""
        yield f"* Good: {check.good}"
        yield f"* Bad: {check.bad}"
        yield ""


def _record() -> Iterator[str]:
    yield "## The record of `--json`"
    yield ""
    yield (
        "One JSON object. New names may be added; existing ones never change, except that `version` goes up "
        "when a meaning changes. Lines and columns count from 1."
    )
    yield ""
    rows = (
        ["`version`", "1"],
        ["`command`", "`check`, `plan` or `build`"],
        ["`exit_code`", "0, 1 or 2, as the command ends"],
        ["`findings`", "list of `check`, `severity`, `message`, `hint`, `path`, `line`, `column`, `brief`"],
        [
            "`decisions`",
            "list of `path`, `action` (`make`, `keep`, `remove`, `hold`), `reason`, `group`, `format`",
        ],
        [
            "`failures`",
            "list of `path`, `message`: files that could not be made although the content has no errors",
        ],
        ["`held`", "brief or `site` -> why it is held back"],
    )
    yield from _table(("Name", "Value"), rows)
    yield (
        "`verify` and `coverage` give `version`, `command`, `exit_code` and `findings` as well, and "
        "`sources`: a list with one object for each source."
    )
    yield ""
    found = (
        ["`verify`", "`source`", "name of the source"],
        ["", "`capture`, `state`, `sha256`, `paragraphs`", f"the capture as it is; `state`: {_states()}"],
        ["", "`counts`", f"how many passages have which verdict: {_verdicts()}"],
        [
            "",
            "`passages`",
            "list of `owner`, `paragraph`, `terms`, `verdict`, `moved_to`, `path`, `line`, `column`",
        ],
        ["`coverage`", "`source`", "name of the source"],
        ["", "`cited_paragraphs`, `cited_mentions`", "`part`, `whole`, `percent`"],
        ["", "`explained_paragraphs`", "how many paragraphs are explained, and so do not count"],
        [
            "",
            "`paragraphs`",
            "list of `number`, `state` (`cited`, `explained`, `open`), `facts`, `actors`, `reasons`, "
            "`mentions`; a mention has `kind`, `text`, `state`, `names`",
        ],
    )
    yield from _table(("Command", "Name", "Value"), found)
    yield (
        "`due` gives `version`, `command`, `exit_code` and `findings` (errors only) as well, `today` and "
        "`until`, `allowed` (how many more are late but allowed in the content), and `entries`: a list of "
        "`what` (`review`, `milestone`, `publication`), `key`, `day`, `date` (as written in the content), "
        "`is_late`, `days_by_status` (null if the content sets the day), `status`, `words`, `owners`, "
        "`briefs` (each `brief`, `owner`), `path`, `line`, `column`."
    )
    yield ""


def _record_of_impact() -> Iterator[str]:
    yield (
        "`plan` gives `impact` as well: a list with one object for each brief that changes. "
        "`impact` gives `version`, `command`, `exit_code`, `findings` and `held` as well, and `facts`: a "
        "list with one object for each fact."
    )
    yield ""
    fates = ", ".join(f"`{fate.value}`" for fate in impact.Fate)
    parts = ", ".join(f"`{part.value}`" for part in impact.BriefPart)
    brief = "`brief`, `title`, `owner`, `fate`, `since` (the earlier state), `sentences`, `memberships`"
    found = (
        ["`plan`", "`impact`", f"list of {brief}, `files` (paths), `changes` (each `key`, `turn`)"],
        ["`impact`", "`fact`, `statement`", "the fact"],
        ["", "`fate`", f"what happens to it: {fates}"],
        ["", "`changes`", "how it changed, in words"],
        ["", "`is_printed_otherwise`", "whether any printed text changes because of it"],
        ["", "`briefs`", f"list of {brief}"],
        ["", "`rests_on_it`", "list of `register`, `key`, `words`"],
        ["", "`files`", "list of `path`, `action`"],
        [
            "both",
            "`sentences`",
            f"list of `part` ({parts}), `section`, `before`, `after`, `is_moved`, `cited` (facts), `changed` "
            "(those of them that changed)",
        ],
        [
            "",
            "`memberships`",
            "list of `fact`, `section`, `is_in`: facts that a table now shows, or no longer",
        ],
    )
    yield from _table(("Command", "Name", "Value"), found)


def _states() -> str:
    return ", ".join(f"`{state.value}`" for state in captures.CaptureState)


def _verdicts() -> str:
    return ", ".join(f"`{verdict.value}`" for verdict in captures.Verdict)


def _table(heads: tuple[str, ...], rows: typing.Iterable[typing.Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""
