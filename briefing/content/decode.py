"""Nodes to values: this module fits a node to a frozen dataclass, field by field, and reports every misfit.

The types of the model decide; there is no list of fields here. ``not stated`` fills a field whose type admits
None; a mapping of records fills a tuple of dataclasses that have an ``id``.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import functools
import re
import types
import typing
import urllib.parse
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from briefing.content import field_docs, passages, yaml_nodes
from briefing.language import slips, tags
from briefing.model import (
    briefs,
    edtf,
    facts,
    ladders,
    ledger,
    library,
    matters,
    moments,
    scales,
    signatures,
    sources,
)
from briefing.model import values as model_values
from briefing.model.counting import counted
from briefing.model.findings import Finding, Place, Severity, nearest, nearest_of
from briefing.store import disk, signing

NEVER = "never"
"""The word that the content may have in place of a number of days."""

_T = TypeVar("_T")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMES_THINGS = {
    sources.Actor: ("name",),
    sources.System: ("name", "category"),
    matters.Matter: ("name",),
    facts.FactSheet: ("title",),
    briefs.Brief: ("title",),
    briefs.Page: ("title",),
    library.Project: ("title",),
}
"""Fields by which readers know a thing, so that no quotation marks make nothing a text."""
_NUMBER = re.compile(r"[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3})?")
_AMOUNT = re.compile(
    r"(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?: (?P<scale>thousand|million|billion|trillion))?"
)
AMOUNT = f"^{_AMOUNT.pattern.replace('?P<number>', '').replace('?P<scale>', '')}$"
"""The shape of an amount, as other programs read such patterns."""
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_NOT_IN_FILE_NAMES = '<>:"/\\|?*'
MAX_DIGITS = 15
"""The most characters of an amount: enough for any sum of money, and far from where decimals round."""
MAX_LABEL = 60
"""The most characters of a label, which fit in two lines beside a drawing."""
MAX_PLAIN = 40
"""The most characters of the label of a matter, which fit in a column of the board and in a menu."""
MAX_SHORT = 4
"""The most characters of the sign of an actor, of which several fit in a cell of the board."""
_DEVICE_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_NAMES = (model_values.Key, model_values.EditionNumber)
"""Names that contain a dot; every other name is a slug."""
_DESCRIBED: dict[str, type[Any]] = {
    "said_by": sources.Actor,
    "actors": sources.Actor,
    "via": sources.Actor,
    "speaks_for": sources.Actor,
    "part_of": sources.Actor,
    "systems": sources.System,
    "matters": matters.Matter,
    "origin": sources.Origin,
    "origins": sources.Origin,
}
"""Fields that name records of a register, with the type of the record."""
_OF_FACTS = (facts.Fact, facts.Assertion, facts.Milestone, facts.Row)
"""The records with dates that may run from the date of a fact."""
_RUN = frozenset({"date", "value"})
"""The fields with these dates; the others are days of records, by which these are sorted and reviewed."""
_GIVEN_ELSEWHERE = {"id", "body", "at", "body_at", "own_words"}
_ONLY_OF_MONEY = {"currency", "instrument", "price_basis"}
_UNIT_OF_MONEY = re.compile(
    r"(?:(?:thousand|million|billion|trillion)s? )?"
    r"(?:EUR|USD|GBP|CHF|JPY|CNY|CAD|AUD|PLN|CZK|SEK|NOK|DKK|UAH|euros?|dollars?|[€$£¥₴])",
    re.IGNORECASE,
)
"""Units that are money; as a quantity it would escape every rule for money."""

DEFAULTS = "defaults"
"""The field of a fact sheet with what its facts take where they say nothing else."""
_DEFAULTS = frozenset(field.name for field in dataclasses.fields(facts.Defaults))
HEIRS: dict[type[Any], frozenset[str]] = {
    facts.Fact: _DEFAULTS & {field.name for field in dataclasses.fields(facts.Fact)},
    # An earlier state has a day of its own, and its readers are those of the fact.
    facts.Assertion: frozenset({"said_by", "credibility"}),
    sources.Evidence: frozenset({"source", "origin", "inferred"}),
    model_values.Money: frozenset({"price_basis"}),
}
"""The records within the facts of a sheet, with the fields that they take from its defaults."""


@dataclasses.dataclass(frozen=True, slots=True)
class LadderWord:
    """A word of a ladder in a file with errors, so that an unknown one is found beside these."""

    field: str
    """The field that has it: status, flags, statuses, review_after, ladder; or ``DEFINED``."""
    word: str
    """The word, with its place; empty where a commitment has no status."""
    fact: str = ""
    """Key of the fact that has it, if it is one of a fact."""
    matters: tuple[str, ...] = ()
    """The matters of that fact, which may name its ladder."""
    ladder: str | None = ""
    """The ladder that its sheet names; None where so much is not readable that it may name another."""


DEFINED = "defined"
"""The field of the words of ladders in the file that defines these: ids of ladders, rungs and flags."""


class _Misfit:
    """The mark of a value that could not be made; it never leaves this module."""


_MISFIT: Any = _Misfit()


def shape(cls: type[_T], node: yaml_nodes.Node, **given: object) -> tuple[_T | None, tuple[Finding, ...]]:
    """Fit a node to a dataclass of the model; ``given`` are fields that do not come from the node.

    Return the value, or None if anything does not fit, and a finding for every misfit.
    """
    # Within a sheet, the name of a record begins with the sheet's name.
    shaper = _Shaper(str(given["id"]) if cls is facts.FactSheet else "")
    if cls is facts.FactSheet:
        node = shaper.without_defaults(node)
    value = shaper.record(cls, node, **given)
    return (None if shaper.has_errors else value), tuple(shaper.findings)


def shape_register(cls: type[_T], node: yaml_nodes.Node) -> tuple[tuple[_T, ...] | None, tuple[Finding, ...]]:
    """Fit a mapping of id to record, such as ``actors.yaml``."""
    shaper = _Shaper("")
    if problem := _one_level_too_deep(cls, node):
        return None, (problem,)
    values = shaper.register(cls, node)
    return (None if shaper.has_errors else values), tuple(shaper.findings)


def ladder_words(
    cls: type[Any], node: yaml_nodes.Node, *, is_whole: bool, **given: object
) -> tuple[LadderWord, ...]:
    """Return the words of ladders that could be read of a file with errors.

    ``is_whole`` is whether the text is valid YAML, so that the node lacks nothing.
    """
    reader = _LadderWords(str(given["id"]) if cls is facts.FactSheet else "")
    if cls in (matters.Matter, ladders.Ladder):
        reader.register(cls, node)
    else:
        reader.record(cls, reader.without_defaults(node) if cls is facts.FactSheet else node, **given)
    if cls is ladders.Ladder:
        # What others say in words of these can be judged only if all are known.
        are_known = is_whole and isinstance(node, yaml_nodes.Mapping) and reader.whole == len(node.items)
        return tuple(dataclasses.replace(item, field=DEFINED) for item in reader.words) if are_known else ()
    of_sheet = reader.of_sheet if is_whole else None
    return tuple(
        dataclasses.replace(item, ladder=of_sheet) if item.ladder is not None else item
        for item in reader.words
    )


def _one_level_too_deep(cls: type[Any], node: yaml_nodes.Node) -> Finding | None:
    """Return a finding if the file of a register repeats its own name as a key above all records."""
    path = field_docs.REGISTER_FILES.get(cls, "")
    title = path.rpartition("/")[2].removesuffix(".yaml")
    if not title or not isinstance(node, yaml_nodes.Mapping) or len(node.items) != 1:
        return None
    key, below = node.items[0]
    is_list = isinstance(below, yaml_nodes.Sequence)
    is_below = isinstance(below, yaml_nodes.Mapping) and all(
        not isinstance(item, yaml_nodes.Scalar) or item.is_empty for _, item in below.items
    )
    if key.text != title or not (is_list or is_below):
        return None
    hint = f"delete the line '{title}:', and begin each name at the left margin:\n{_pattern_of(cls, below)}"
    return Finding("wrong-type", f"{path} needs no line '{title}:' above the names", key.at, hint)


def _pattern_of(cls: type[Any], node: yaml_nodes.Node) -> str:
    """Return a record of a register as an example, under the first name in the node."""
    name = node.items[0][0].text if isinstance(node, yaml_nodes.Mapping) and node.items else ""
    return field_docs.entry(cls, slips.slug(name) or f"a-{_readable(cls)}")


def check_name(name: str, at: Place) -> tuple[Finding, ...]:
    """Return findings if a file's name cannot serve as an id."""
    return tuple(_slug_findings(name, at))


def _bound_apart(text: str) -> str:
    """Return how to write an amount that begins with its bound, such as "about 8 million"; otherwise ""."""
    for bound in scales.Bound:
        number = text.removeprefix(f"{bound} ")
        if number != text and bound is not scales.Bound.BETWEEN and _AMOUNT.fullmatch(number):
            return f"the bound has a field of its own: write {{amount: {number}, bound: {bound}}}"
    return ""


def check_number(number: str, at: Place) -> tuple[Finding, ...]:
    """Return findings if a file's name cannot be the number of an edition."""
    if _NUMBER.fullmatch(number):
        return ()
    return (
        Finding(
            "name",
            f"expected the number of an edition, found '{number}'",
            at,
            "write 2, or 2.1 for a minor edition",
        ),
    )


def check_file_name(name: str, at: Place) -> tuple[Finding, ...]:
    """Return findings if a file with this name, such as a capture, cannot exist on every system."""
    if name.partition(".")[0].rstrip(" ").lower() in _DEVICE_NAMES:
        return (_device(name, at),)
    odd = next(
        (character for character in name if character in _NOT_IN_FILE_NAMES or ord(character) < 32), ""
    )
    if odd:
        message = f"'{name}' contains a character that Windows does not allow in file names: {odd!r}"
        return (Finding("name", message, at, "use letters, digits, hyphens and dots"),)
    if name != name.rstrip(". "):
        message = f"'{name}' ends with a dot or a space, which Windows removes"
        return (Finding("name", message, at, "rename the file so that it ends with a letter"),)
    return ()


def _device(name: str, at: Place) -> Finding:
    message = f"'{name}' is the name of a device on Windows, where no file can have this name"
    return Finding("name", message, at, "choose another name")


def _slug_findings(text: str, at: Place) -> Iterator[Finding]:
    if not _SLUG.fullmatch(text) or len(text) > 80:
        yield Finding(
            "name",
            f"'{text}' cannot be a name",
            at,
            "use lower-case letters, digits and single hyphens: tram-line",
        )
    elif text in _DEVICE_NAMES:
        yield _device(text, at)
    elif text == "index":
        yield Finding("name", "the site uses the name 'index' for its lists", at, "choose another name")


class _Shaper:
    """A decoder that fits nodes to types and collects findings for misfits."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.findings: list[Finding] = []
        self.defaults: dict[str, tuple[yaml_nodes.Scalar, yaml_nodes.Node]] = {}
        self.is_default_misfit = False

    @property
    def has_errors(self) -> bool:
        """Whether anything did not fit; a warning alone leaves the value."""
        return any(finding.is_error for finding in self.findings)

    def misfit(self, check: str, message: str, at: Place, hint: str = "") -> Any:
        self.findings.append(Finding(check, message, at, hint))
        return _MISFIT

    def without_defaults(self, node: yaml_nodes.Node) -> yaml_nodes.Node:
        """Return the node of a sheet without its defaults, which its facts take from now on.

        Misfits of a default are reported here, once, and not again at every fact that takes it.
        """
        own = node.items if isinstance(node, yaml_nodes.Mapping) else ()
        found = next((item for key, item in own if key.text == DEFAULTS), None)
        if found is None:
            known = [*_all_fields(facts.FactSheet), DEFAULTS]
            self.is_default_misfit = any(nearest_of(key.text, known) == DEFAULTS for key, _ in own)
            return node
        made = self.record(facts.Defaults, found)
        self.is_default_misfit = made is _MISFIT
        if isinstance(found, yaml_nodes.Mapping) and not self.is_default_misfit:
            # A price basis may be not stated; of the other fields these words leave nothing to take.
            self.defaults = {
                key.text: (key, item)
                for key, item in found.items
                if key.text == "price_basis" or getattr(made, key.text) is not None
            }
        return yaml_nodes.Mapping(tuple(item for item in own if item[0].text != DEFAULTS), node.at)

    def taken(
        self, cls: type[Any], node: yaml_nodes.Mapping, at: Place
    ) -> dict[str, tuple[yaml_nodes.Scalar, yaml_nodes.Node]]:
        """Return the fields that a record takes from the defaults of its sheet."""
        own = {key.text: item for key, item in node.items}
        heir = HEIRS.get(cls, frozenset())
        found = {name: pair for name, pair in self.defaults.items() if name in heir and name not in own}
        if cls is facts.Fact:
            if "kind" in found and "status" in own:
                kind = scales.FactKind.COMMITMENT.value
                found["kind"] = found["kind"][0], yaml_nodes.Scalar(kind, at, kind)
            if "date" in found and not _has_usual_date(own, found):
                del found["date"]
            # A day that does not fit a fact is a problem of the fact; as a day it has been looked at.
            for name in {"asserted", "review_by", "date"} & found.keys():
                found[name] = found[name][0], dataclasses.replace(found[name][1], at=at)
        if cls is sources.Evidence:
            named, usual = own.get("source"), self.defaults.get("source")
            is_other = isinstance(named, yaml_nodes.Scalar) and named.text != _text_of(usual)
            for name in ("origin", "inferred") if is_other or "origin" in own else ():
                found.pop(name, None)
        return found

    def lost(self, cls: type[Any], node: yaml_nodes.Mapping) -> dict[str, Any]:
        """Return what a record would take from defaults that do not fit, marked as misfits."""
        heir = HEIRS.get(cls, frozenset()) if self.is_default_misfit else frozenset()
        return dict.fromkeys(heir - {key.text for key, _ in node.items}, _MISFIT)

    def value(self, wanted: Any, node: yaml_nodes.Node, name: str) -> Any:
        """Fit a node to the annotation of a field."""
        arguments = typing.get_args(wanted)
        if wanted == model_values.Value:
            return self.any_value(node)
        if isinstance(wanted, types.UnionType) or typing.get_origin(wanted) is typing.Union:
            return self.optional(arguments, node, name)
        if typing.get_origin(wanted) is tuple:
            return self.many(arguments[0], node, name)
        if typing.get_origin(wanted) is collections.abc.Mapping:
            return self.table(arguments, node, name)
        if wanted is model_values.Date:
            return self.date(node)
        if _has_fields(wanted):
            return self.record(typing.cast(type[Any], wanted), node)
        if not isinstance(node, yaml_nodes.Scalar):
            return self.misfit(
                "wrong-type", f"'{name}' must be a single value", node.at, "write it on one line"
            )
        if node.is_empty:
            hint = _how_to_quote(node.dropped) or _how_to_leave_out(wanted)
            return self.misfit("empty", f"'{name}' has no value", node.at, hint)
        if node.is_null:
            return self.null(node, name, _how_to_leave_out(wanted))
        self.remark(wanted, node, name)
        return self.scalar(wanted, node, name)

    def null(self, node: yaml_nodes.Scalar, name: str, hint: str) -> Any:
        message = f"'{name}' is {node.text}, which would be printed as it is"
        return self.misfit("empty", message, node.at, f"{hint}; in quotation marks it is a text")

    def remark(self, wanted: Any, node: yaml_nodes.Scalar, name: str) -> None:
        """Warn where YAML reads less or more of a text than its lines show."""
        is_text = wanted in (str, model_values.Prose)
        if node.dropped and (is_text or node.dropped[1:2].strip()):
            message = f"'{name}' ends before ' {node.dropped[:40].rstrip()}', which YAML reads as a comment"
            hint = f"{_how_to_quote(node.dropped)}; a comment goes on a line of its own above it"
            self.findings.append(Finding("misread-text", message, node.at, hint, Severity.WARNING))
        if node.swallowed:
            message = f"the line that begins with '{node.swallowed}' is part of the text of '{name}' above it"
            hint = "indent it like the lines to which it belongs; if it is text, write '>-' after the colon"
            self.findings.append(Finding("misread-text", message, node.at, hint, Severity.WARNING))

    def optional(self, arguments: tuple[Any, ...], node: yaml_nodes.Node, name: str) -> Any:
        absent = NEVER if model_values.Days in arguments else model_values.NOT_STATED
        if isinstance(node, yaml_nodes.Scalar) and node.text == absent:
            return None
        if isinstance(node, yaml_nodes.Scalar) and node.is_null and types.NoneType in arguments:
            return self.null(node, name, f"write '{absent}'")
        inner = [argument for argument in arguments if argument is not types.NoneType]
        return self.value(functools.reduce(lambda one, other: one | other, inner), node, name)

    def many(self, wanted: Any, node: yaml_nodes.Node, name: str) -> Any:
        if isinstance(wanted, type) and _is_keyed(wanted) and wanted is not ladders.Flag:
            return self.register(wanted, node, owner=self.owner if _id_type(wanted) in _NAMES else "")
        if wanted is sources.Evidence:
            node = passages.listed(node)
            if isinstance(node, yaml_nodes.Scalar) and node.is_empty:
                hint = f"write where a source states it: {passages.PATTERN}"
                return self.misfit("empty", f"'{name}' has no value", node.at, hint)
        if not isinstance(node, yaml_nodes.Sequence):
            hint = _how_to_list(wanted, node, name)
            return self.misfit("wrong-type", f"'{name}' must be a list", node.at, hint)
        values = [self.value(wanted, item, name) for item in node.items]
        return _MISFIT if _MISFIT in values else tuple(values)

    def table(self, arguments: tuple[Any, ...], node: yaml_nodes.Node, name: str) -> Any:
        """Fit a mapping that gives values to some words of a scale."""
        scale, wanted = arguments
        if not isinstance(node, yaml_nodes.Mapping):
            word = next(iter(_words(scale)), "name")
            hint = f"write '{word}: value' lines below it, or {{{word}: value}}"
            return self.misfit("wrong-type", f"'{name}' must map words to values", node.at, hint)
        values = {
            self.scalar(scale, key, name): self.value(wanted, item, key.text) for key, item in node.items
        }
        return _MISFIT if _MISFIT in (*values, *values.values()) else values

    def register(self, cls: type[Any], node: yaml_nodes.Node, owner: str = "") -> Any:
        if not isinstance(node, yaml_nodes.Mapping):
            hint = f"write a name with its fields below it:\n{_pattern_of(cls, node)}"
            message = "expected a mapping of names to records"
            return self.misfit(
                "wrong-type", message, node.at, hint if cls in field_docs.REGISTER_FILES else ""
            )
        values = []
        named: Any = _id_type(cls)  # type: ignore[arg-type]
        is_slug = owner or named not in _NAMES
        for key, item in node.items:
            if is_slug:
                self.findings.extend(_slug_findings(key.text, key.at))
            else:
                self.name(named, key.text, key.at)
            name = f"{owner}.{key.text}" if owner else key.text
            values.append(self.record(cls, item, id=name, at=key.at))
        return _MISFIT if _MISFIT in values else tuple(values)

    def fields_of(self, cls: type[Any], what: str, node: yaml_nodes.Node) -> Any:
        """Return the mapping of a record's fields, also where a passage is on one line."""
        if cls is sources.Evidence:
            try:
                node = passages.read(node)
            except passages.Unreadable as error:
                return self.misfit("wrong-type", str(error), error.at, error.hint)
        if isinstance(node, yaml_nodes.Mapping):
            return node
        hint = "write 'name: value' lines below it"
        if isinstance(node, yaml_nodes.Scalar) and (slip := yaml_nodes.run_together(node.raw)):
            hint = f"put a space after '{slip}:'"
        return self.misfit("wrong-type", f"{what} must have fields", node.at, hint)

    def record(self, cls: type[Any], node: yaml_nodes.Node, **given: object) -> Any:
        what = f"{_readable(cls)} '{given['id']}'" if given.get("id") else _readable(cls)
        if (node := self.fields_of(cls, what, node)) is _MISFIT:
            return _MISFIT
        assert isinstance(node, yaml_nodes.Mapping)
        wanted: dict[str, _Wanted] = _fields(cls)  # type: ignore[arg-type]
        values: dict[str, Any] = self.lost(cls, node)
        taken = self.taken(cls, node, _at(given, node))
        for key, item in (*node.items, *taken.values()):
            if key.text not in wanted:
                known = [*wanted, DEFAULTS] if cls is facts.FactSheet else wanted
                meant = nearest_of(key.text, known)
                message = f"{what} has no field '{key.text}'"
                self.misfit("unknown-key", message, key.at, nearest(key.text, known))
                values.setdefault(
                    meant, _MISFIT
                )  # one finding for one mistake: the meant field is not missing
                continue
            values[key.text] = self.field(cls, key.text, wanted[key.text], item)
        if "computed" in values:  # its passages are those of the facts that it takes
            values.setdefault("evidence", ())
        for name, field in wanted.items():
            if name not in values and field.is_required:
                hint = _how_to_give(cls, name, field)
                if self.owner and name in HEIRS.get(cls, ()):
                    hint += f" Or write it once, under '{DEFAULTS}:' at the head of the sheet."
                values[name] = self.misfit("missing-key", f"{what} lacks '{name}'", _at(given, node), hint)
        self.has_read(cls, values, str(given.get("id", "")), _at(given, node))
        if any(value is _MISFIT for value in values.values()):
            return _MISFIT
        if "at" in _all_fields(cls):  # type: ignore[arg-type]
            given.setdefault("at", node.at)
        made = cls(**values, **given)
        places = {key.text: item.at for key, item in node.items}
        problems = list(_INVARIANTS.get(cls, _no_problems)(made))
        for name, message, hint in problems:
            self.misfit("does-not-fit", f"{what}: {message}", places.get(name, _at(given, node)), hint)
        return _MISFIT if problems else made

    def has_read(self, cls: type[Any], values: dict[str, Any], name: str, at: Place) -> None:
        """Take note of the fields of a record before it is made, with the misfits among them."""

    def field(self, cls: type[Any], name: str, wanted: _Wanted, node: yaml_nodes.Node) -> Any:
        """Return the value of a field; if a required one is empty, report it with the field's meaning."""
        is_text = wanted.type in (str, model_values.Prose)
        is_required_text = is_text and wanted.is_required
        if is_required_text and isinstance(node, yaml_nodes.Scalar) and _says_nothing(cls, name, node):
            hint = _how_to_quote(node.dropped) or _how_to_give(cls, name, wanted)
            return self.misfit("empty", f"'{name}' has no value", node.at, hint)
        if wanted.type is briefs.Selection and isinstance(node, yaml_nodes.Mapping) and not node.items:
            hint = f"write {name}: {{sheets: [trams]}} to select all facts of a sheet, or delete the line"
            return self.misfit("empty", f"'{name}' selects nothing", node.at, hint)
        value = self.value(wanted.type, node, name)
        may_run = cls in _OF_FACTS and name in _RUN
        if isinstance(value, model_values.Date) and not value.edtf and not may_run:
            message = f"'{name}' cannot run from the date of a fact"
            hint = f"write the day itself, {name}: 2026-03-01; or {{within: {value.within}, of: 2026-03-01}}"
            return self.misfit("date", message, node.at, hint)
        return value

    def any_value(self, node: yaml_nodes.Node) -> Any:
        if isinstance(node, yaml_nodes.Mapping):
            keys = {key.text: item for key, item in node.items}
            if keys.keys() & _ONLY_OF_MONEY:
                return self.record(model_values.Money, node)
            if "unit" in keys:
                return self.record(model_values.Quantity, node)
            if "amount" in keys:
                hint = "add 'unit: trams'; for money 'currency: EUR'"
                return self.misfit("missing-key", "the amount lacks its unit or its currency", node.at, hint)
            if set(keys) == {"date"}:
                return self.date(keys["date"])
            if "text" in keys:
                return self.record(model_values.Label, node)
        hint = (
            "write {amount: 6, unit: trams}, {amount: 90 billion, currency: EUR}, {date: 2035} "
            "or {text: phase two}"
        )
        return self.misfit("wrong-type", "this is not a value that a fact can have", node.at, hint)

    def date(self, node: yaml_nodes.Node) -> Any:
        if isinstance(node, yaml_nodes.Scalar):
            made = model_values.Date(node.text, at=node.at)
            where = node.at
        else:
            made = self.record(model_values.Date, node)
            if made is not _MISFIT and (made.within or made.of or not made.edtf):
                made = self.within(made, node)
            if made is _MISFIT or not made.edtf:
                return made
            where = node.at
        try:
            span = edtf.parse(made.edtf)
        except edtf.NotADate as error:
            otherwise = "use the form 2025-11-17, or 'not stated' where allowed"
            if slips.is_quoted_typographically(made.edtf):
                otherwise = f"{slips.STRAIGHT_QUOTES}, or none: {slips.without_quotes(made.edtf)}"
            return self.misfit("date", str(error), where, slips.date(made.edtf) or otherwise)
        stated = {"day": 3, "month": 2, "season": 2}
        finest = max(stated.get(point.precision, 1) for point in (span.start, span.end) if point)
        for part in made.inferred:
            if list(scales.DatePart)[finest:].count(part):
                return self.misfit("date", f"'{made.edtf}' has no {part} that could be inferred", where)
        return made

    def within(self, made: model_values.Date, node: yaml_nodes.Node) -> Any:
        """Return a date with the interval in which it is; that of a fact's date is found on linking."""
        if not made.within and not made.of:
            hint = _how_to_give(model_values.Date, "edtf", _fields(model_values.Date)["edtf"])
            return self.misfit("missing-key", "date lacks 'edtf'", node.at, hint)
        if not made.within or not made.of:
            hint = "write {within: 6 months, of: 2026-03-01}, or a fact after of: trams.contract"
            return self.misfit("does-not-fit", "'within' and 'of' need each other", node.at, hint)
        is_fact = re.fullmatch(r"[a-z][a-z0-9-]*\.[a-z0-9-]+", made.of) is not None
        try:
            span = edtf.within(made.within, "2000-01-01" if is_fact else made.of)
        except edtf.NotADate as error:
            hint = "write {within: 6 months, of: 2026-03-01}, or a fact after of: trams.contract"
            return self.misfit("date", str(error), node.at, hint)
        return made if made.edtf or is_fact else dataclasses.replace(made, edtf=span)

    def scalar(self, wanted: Any, node: yaml_nodes.Scalar, name: str) -> Any:
        text = node.text.strip()
        if wanted is not str and wanted is not model_values.Prose and slips.is_quoted_typographically(text):
            message = f"'{name}' has typographic quotation marks around its value"
            hint = f"{slips.STRAIGHT_QUOTES}, or none: {slips.without_quotes(text)}"
            return self.misfit("wrong-type", message, node.at, hint)
        if known := _words(wanted):
            if text not in known:
                return self.misfit(
                    "unknown-word", f"'{name}' cannot be '{text}'", node.at, nearest(text, known)
                )
            return known[text]
        if wanted in (model_values.Slug, *_NAMES):
            return self.name(wanted, text, node.at, name)
        if wanted in (bool, int):
            return self.bare(wanted, text, node.at, name)
        if wanted in (ladders.Status, ladders.Flag):
            return wanted(model_values.Placed(text, node.at))
        if wanted is Decimal:
            return self.amount(text, node.at, name)
        if wanted is model_values.Days:
            return self.days(text, node.at, name)
        return model_values.Placed(text, node.at, node.raw)

    def days(self, text: str, at: Place, name: str) -> Any:
        if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
            message = f"'{name}' must be a number of days, not '{text}'"
            return self.misfit("number", message, at, f"write 180, or {NEVER}")
        return model_values.Days(int(text))

    def bare(self, wanted: Any, text: str, at: Place, name: str) -> Any:
        """Fit a truth value or a whole number."""
        if wanted is bool:
            # Records of editions were written with a capital once.
            if text.lower() not in ("true", "false"):
                message = f"'{name}' must be true or false, not '{text}'"
                return self.misfit("wrong-type", message, at, f"write {name}: true, or delete the line")
            return text.lower() == "true"
        if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
            message = f"'{name}' must be a whole number, not '{text}'"
            return self.misfit("number", message, at, slips.number(text) or "write digits only, such as 12")
        return int(text)

    def name(self, wanted: Any, text: str, at: Place, field: str = "") -> Any:
        if wanted is model_values.Slug:
            problems = list(_slug_findings(text, at))
            if problems and field in _DESCRIBED and slips.slug(text) not in ("", text):
                hint = _how_to_name(field, [text], is_list=False)
                problems = [dataclasses.replace(problems[0], hint=hint)]
        elif wanted is model_values.EditionNumber:
            problems = list(check_number(text, at))
        else:
            sheet, dot, rest = text.partition(".")
            is_key = dot and _SLUG.fullmatch(sheet) and _SLUG.fullmatch(rest)
            hint = "write sheet.name: trams.contract"
            problems = [] if is_key else [Finding("name", f"'{text}' is not a key", at, hint)]
            problems += [_device(part, at) for part in (sheet, rest) if part in _DEVICE_NAMES]
        self.findings.extend(problems)
        return _MISFIT if problems else model_values.Placed(text, at)

    def amount(self, text: str, at: Place, name: str) -> Any:
        match = _AMOUNT.fullmatch(text)
        if match and len(match["number"]) > MAX_DIGITS:
            message = f"'{name}' has more than {MAX_DIGITS} characters"
            return self.misfit("number", message, at, "write 90 billion instead of all zeros")
        if match and (hint := slips.ambiguous_number(text)):
            return self.misfit("number", f"'{text}' can be read in two ways", at, hint)
        if not match:
            hint = _bound_apart(text) or slips.number(text)
            hint = hint or "write 100, 12.5, 8000000 or 8 million, without commas or currency symbols"
            return self.misfit("number", f"'{name}' must be a number, not '{text}'", at, hint)
        number = Decimal(match["number"])
        if not match["scale"]:
            return number
        scaled = number.scaleb(_SCALES[match["scale"]])
        return scaled if scaled.as_tuple().exponent < 0 else scaled.quantize(Decimal(1))  # type: ignore[operator]


class _LadderWords(_Shaper):
    """A decoder that gathers the words of ladders on its way, also from records that do not fit."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.words: list[LadderWord] = []
        self.of_sheet: str | None = ""
        """The ladder that the sheet names; None where that cannot be read."""
        self._first = 0
        """The index of the first word that can be one of the fact that is read next."""
        self.whole = 0
        """The number of ladders of which all words are read."""
        self._parts: set[type[Any]] = set()
        """The kinds of parts that the ladder has which is read next."""

    def scalar(self, wanted: Any, node: yaml_nodes.Scalar, name: str) -> Any:
        made = super().scalar(wanted, node, name)
        is_name = wanted is model_values.Slug and name == "ladder"
        if made is not _MISFIT and (is_name or wanted in (ladders.Status, ladders.Flag, ladders.RungId)):
            self.words.append(LadderWord(name, model_values.Placed(node.text.strip(), node.at)))
        return made

    def register(self, cls: type[Any], node: yaml_nodes.Node, owner: str = "") -> Any:
        if cls in (ladders.Ladder, ladders.Rung, ladders.LadderFlag) and isinstance(node, yaml_nodes.Mapping):
            self.words += [LadderWord(DEFINED, key.text) for key, _ in node.items]
            self._parts.add(cls)
        return super().register(cls, node, owner)

    def record(self, cls: type[Any], node: yaml_nodes.Node, **given: object) -> Any:
        if cls is facts.Fact:
            self._first = len(self.words)
        return super().record(cls, node, **given)

    def has_read(self, cls: type[Any], values: dict[str, Any], name: str, at: Place) -> None:
        if cls is ladders.Ladder:
            lost = [field for field in ("rungs", "flags") if values.get(field) is _MISFIT]
            read = {"rungs": ladders.Rung in self._parts, "flags": ladders.LadderFlag in self._parts}
            self.whole += all(read[field] for field in lost)
            self._parts.clear()
        if cls is facts.FactSheet:
            named = values.get("ladder", "")
            self.of_sheet = None if named is _MISFIT else str(named)
        if cls is facts.Fact:
            self._has_read_fact(values, name, at)

    def _has_read_fact(self, values: dict[str, Any], name: str, at: Place) -> None:
        if values.get("kind") is scales.FactKind.COMMITMENT and "status" not in values:
            self.words.append(LadderWord("status", model_values.Placed("", at)))
        named = values.get("matters", ())
        self.words[self._first :] = [
            LadderWord(item.field, item.word, name, ladder=None)
            if named is _MISFIT
            else LadderWord(item.field, item.word, name, tuple(map(str, named)))
            for item in self.words[self._first :]
        ]


@dataclasses.dataclass(frozen=True, slots=True)
class _Wanted:
    type: Any
    is_required: bool
    admits_none: bool


@functools.lru_cache
def _all_fields(cls: Any) -> frozenset[str]:
    return frozenset(field.name for field in dataclasses.fields(cls))


@functools.cache
def _fields(cls: Any) -> dict[str, _Wanted]:
    hints = typing.get_type_hints(cls)
    return {
        field.name: _Wanted(
            hints[field.name],
            is_required=field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
            admits_none=types.NoneType in typing.get_args(hints[field.name]),
        )
        for field in dataclasses.fields(cls)
        if field.name not in _GIVEN_ELSEWHERE
    }


def written_fields(cls: type[Any]) -> dict[str, tuple[Any, bool]]:
    """Return the fields that a file gives a record: the type of each, and whether it is required."""
    found: dict[str, _Wanted] = _fields(cls)  # type: ignore[arg-type]
    return {name: (field.type, field.is_required) for name, field in found.items()}


def _how_to_list(wanted: Any, node: yaml_nodes.Node, name: str) -> str:
    """Return how to write a single value as a list."""
    otherwise = "write [one, two], or one on each line after '- '"
    if not isinstance(node, yaml_nodes.Scalar) or node.is_empty or _has_fields(wanted):
        return otherwise
    if node.text == model_values.NOT_STATED:
        return "delete the line, or name somebody" if name in _DESCRIBED else "delete the line"
    words = [part.strip() for part in node.text.split(",") if part.strip()]
    if name in _DESCRIBED and all(map(slips.slug, words)):
        return _how_to_name(name, words, is_list=True)
    is_plain = not re.search(r"[\[\]{}\"'#:]", node.text)
    return f"write {name}: [{', '.join(words)}]" if is_plain else otherwise


def _how_to_name(field: str, words: list[str], *, is_list: bool) -> str:
    """Return how to name records of a register in a field, with the lines that the register needs."""
    cls = _DESCRIBED[field]
    names = [slips.slug(word) for word in words]
    listed = ", ".join(names)
    written = f"{field}: [{listed}]" if is_list else listed
    where = field_docs.REGISTER_FILES[cls]
    return f"write {written}; if {where} does not have {listed} yet, add there:\n" + "\n".join(
        field_docs.entry(cls, name, "" if word == name else word)
        for name, word in zip(names, words, strict=True)
    )


def _has_fields(wanted: Any) -> bool:
    """Return whether a value of a type is a mapping in the content; a status and a flag are one word."""
    return dataclasses.is_dataclass(wanted) and wanted not in (ladders.Status, ladders.Flag)


@functools.cache
def _id_type(cls: type[Any]) -> Any:
    return typing.get_type_hints(cls)["id"]


def _is_keyed(cls: type[Any]) -> bool:
    return dataclasses.is_dataclass(cls) and "id" in _all_fields(cls)


def _readable(cls: type[Any]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def _text_of(pair: tuple[yaml_nodes.Scalar, yaml_nodes.Node] | None) -> str:
    return pair[1].text if pair and isinstance(pair[1], yaml_nodes.Scalar) else ""


def _at(given: dict[str, object], node: yaml_nodes.Node) -> Place:
    at = given.get("at", node.at)
    assert isinstance(at, Place)
    return at


def _how_to_give(cls: type[Any], name: str, field: _Wanted) -> str:
    """Return the hint for a required field: its meaning."""
    meaning = field_docs.of_fields(cls.__name__).get(name, "")
    hint = f"{name}: {meaning.replace('``', '')}" if meaning else f"add '{name}:'"
    return hint + (f" Write '{model_values.NOT_STATED}' if no source says." if field.admits_none else "")


def _how_to_quote(dropped: str) -> str:
    """Return what to do about a comment that was meant as text; empty if there is none."""
    word = dropped.split(maxsplit=1)[0] if dropped else ""
    return f"if '{word}' belongs to the text, put quotation marks around the whole text" if dropped else ""


def _says_nothing(cls: type[Any], name: str, node: yaml_nodes.Scalar) -> bool:
    return node.is_empty or (name in _NAMES_THINGS.get(cls, ()) and not node.text.strip())


def _how_to_leave_out(wanted: Any) -> str:
    """Return the hint for an empty field, with the words that it accepts."""
    words = _words(wanted)
    return (
        f"write one of {', '.join(words)}; or delete the line"
        if words
        else "give a value, or delete the line"
    )


def _words(wanted: Any) -> dict[str, Enum]:
    """Return the words that content may use, each with its step; empty for what is no scale."""
    return {str(member.value): member for member in scales.members(wanted)}


# Rules that a type alone cannot express; a problem is (field, what is wrong, what to do).
_Problems = Iterator[tuple[str, str, str]]


def _has_usual_date(own: dict[str, yaml_nodes.Node], taken: dict[str, Any]) -> bool:
    """Return whether a fact takes the date of its sheet: as an event or a commitment does."""
    kind = own.get("kind") or (taken["kind"][1] if "kind" in taken else None)
    dated = (scales.FactKind.EVENT.value, scales.FactKind.COMMITMENT.value)
    return "status" in own or (isinstance(kind, yaml_nodes.Scalar) and kind.text in dated)


def _no_problems(_: Any) -> _Problems:
    return iter(())


def _bounds(value: model_values.Quantity | model_values.Money) -> _Problems:
    is_between = value.bound is scales.Bound.BETWEEN
    if is_between and (value.upper is None or value.upper <= value.amount):
        yield "upper", "a value between two amounts needs 'upper', larger than 'amount'", "add 'upper: …'"
    if not is_between and value.upper is not None:
        yield "upper", "'upper' needs 'bound: between'", "delete it, or write 'bound: between'"
    measured = value.currency if isinstance(value, model_values.Money) else value.unit
    if not measured.strip():
        name = "currency" if isinstance(value, model_values.Money) else "unit"
        yield name, f"the amount has an empty {name}", "write what is counted: unit: trams, or currency: EUR"
        return
    if value.per and (value.per == measured or re.search(r"/| per ", f"{measured} {value.per}")):
        hint = "write the unit under 'unit' or 'currency' and one of what it is for under 'per': per: MWh"
        yield "per", f"'{measured}' per '{value.per}' is not one unit for each of another", hint
    if isinstance(value, model_values.Money) and not re.fullmatch(r"[A-Z]{3}", value.currency):
        price = re.fullmatch(r"(.+?)(?: per |/)(.+)", value.currency)
        code = price[1].strip() if price else value.currency
        hint = f"write currency: {code}" if re.fullmatch(r"[A-Z]{3}", code) else slips.currency(code)
        hint += f", and per: {price[2].strip()}" if price else ""
        yield "currency", f"'{value.currency}' is not an ISO 4217 code", hint
    if isinstance(value, model_values.Quantity) and _UNIT_OF_MONEY.fullmatch(value.unit):
        hint = f"write 'currency' instead of 'unit': {slips.currency(value.unit.rpartition(' ')[2])}"
        yield "unit", f"'{value.unit}' is money, not a unit", hint


def _evidence(evidence: sources.Evidence) -> _Problems:
    if evidence.paragraph < 1:
        yield "paragraph", "paragraphs are counted from 1", ""
    if not 1 <= len(evidence.terms) <= 4:
        yield "terms", f"expected one to four terms, found {len(evidence.terms)}", ""
    if evidence.inferred and not evidence.origin:
        yield "inferred", "'inferred' needs the statement that the passage relays", "add 'origin:'"
    for term in evidence.terms:
        if not term.split():
            yield "terms", "a term is empty", "delete it, or quote key words of the passage"
        elif len(term.split()) > 5:
            yield "terms", f"the term '{term}' is longer than five words", "quote its key words only"


def _source(source: sources.Source) -> _Problems:
    if not tags.is_tag(source.language):
        tag = tags.meant(source.language)
        hint = f"write {tag}" if tag else "write a tag such as en; und if nobody knows"
        yield "language", f"'{source.language}' is not a language tag (BCP 47)", hint
    if not re.fullmatch(r"[0-9a-f]{64}", source.sha256):
        yield "sha256", "the digest is not 64 hexadecimal digits", "sha256sum prints it"
    yield from _open("published", source.published)
    yield from _open("retrieved", source.retrieved)
    if "/" in source.capture or "\\" in source.capture:
        yield "capture", "the capture must be a file name, without folders", ""
        return
    for found in check_file_name(source.capture, source.at):
        yield "capture", found.message, found.hint


def _open(name: str, date: model_values.Date | None) -> _Problems:
    """Yield a problem if the day of a statement or of a text has an open end: then it is no day."""
    if date and date.span.is_interval and not (date.span.start and date.span.end):
        yield name, f"'{date.edtf}' has an open end, so it is no day", "write the day, as far as it is known"


def _fact(fact: facts.Fact) -> _Problems:
    if fact.kind is not scales.FactKind.COMMITMENT and fact.status is not None:
        yield (
            "status",
            f"only a commitment has a status, and this fact is of kind {fact.kind}",
            ("write 'kind: commitment', or delete the status"),
        )
    if not fact.evidence and not fact.computed:
        yield "evidence", "no passage is given", "cite at least one"
    if fact.kind is scales.FactKind.CLAIM and not fact.said_by:
        yield "kind", "a claim needs a speaker", "add 'said_by: [actor]'"
    if fact.kind is scales.FactKind.OBSERVATION and fact.said_by:
        hint = "delete 'said_by:', or write 'kind: claim' if the speaker says so"
        yield "said_by", "an observation is ours, and nobody else says it", hint
    yield from _open("asserted", fact.asserted)
    dates = [assertion.asserted.latest for assertion in fact.history]
    is_late = bool(fact.history and fact.asserted) and _holds_until(fact.history[-1].asserted, fact.asserted)
    if dates != sorted(dates) or is_late:
        yield (
            "history",
            "the history is not in order of time",
            "put the oldest state first; the fact itself is the newest",
        )
    if fact.history and fact.asserted is None:
        yield (
            "history",
            "a fact with a history needs the day from which it holds",
            "add 'asserted: date' to the fact",
        )
    if len(fact.label) > MAX_LABEL:
        hint = f"shorten it to {MAX_LABEL} characters: a label is a name, not a sentence"
        yield "label", f"the label has {counted(len(fact.label), 'character')}", hint


def _matter(matter: matters.Matter) -> _Problems:
    if len(matter.label) > MAX_PLAIN:
        hint = f"shorten it to {MAX_PLAIN} characters, and leave the rest to the name"
        yield "label", f"the label has {counted(len(matter.label), 'character')}", hint


def _actor(actor: sources.Actor) -> _Problems:
    if len(actor.short) > MAX_SHORT:
        hint = f"shorten it to {MAX_SHORT} characters, such as the initials"
        yield "short", f"the sign has {counted(len(actor.short), 'character')}", hint


def _holds_until(earlier: model_values.Date, now: model_values.Date | None) -> bool:
    """Return whether an earlier state holds after the present one begins; ``../DAY`` holds until that day."""
    if now is None or earlier.latest < now.latest:
        return False
    return earlier.latest > now.latest or earlier.span.start is not None


def _assertion(assertion: facts.Assertion) -> _Problems:
    if not assertion.evidence:
        yield "evidence", "no passage is given", "cite at least one"


def _disagreement(disagreement: facts.Disagreement) -> _Problems:
    if len(disagreement.readings) < 2:
        yield "readings", "a disagreement needs two readings", ""


def _table(table: facts.Table) -> _Problems:
    if not table.unit and not table.currency:
        hint = "write what its values count: unit: MW, or currency: GBP, and for prices per: MWh"
        yield "value", f"the values of the column '{table.value}' have no unit and no currency", hint


def _row(row: facts.Row) -> _Problems:
    if row.is_unknown and row.value is not None:
        yield "value", "a row that is not known has no value", "delete 'is_unknown' or 'value'"
    if row.value is None and not row.is_unknown and not row.evidence:
        hint = "give its value; 'is_unknown: true' where the table says so; or cite the empty cell"
        yield "value", f"the row '{row.id}' has no value", hint


def _reading(reading: facts.Reading) -> _Problems:
    if not reading.facts:
        yield "facts", "a reading needs a fact", "name at least one"


def _milestone(milestone: facts.Milestone) -> _Problems:
    if not milestone.facts:
        yield "facts", "a milestone needs a fact to rest on", "name at least one"


def _ladder(ladder: ladders.Ladder) -> _Problems:
    groups = [str(group.id) for group in ladder.groups]
    for field, parts in (("groups", groups), ("rungs", ladder.rungs)):
        if not parts:
            yield field, f"a ladder needs {field}", "add at least one"
    for rung in ladder.rungs:
        if rung.group not in groups:
            yield "rungs", f"rung '{rung.id}': there is no group '{rung.group}'", nearest(rung.group, groups)
    places = [groups.index(rung.group) for rung in ladder.rungs if rung.group in groups]
    if places != sorted(places):
        yield (
            "rungs",
            "the rungs of a group are not beside one another",
            "order them by group",
        )


def _project(project: library.Project) -> _Problems:
    if not project.languages:
        yield "languages", "no language is named", "write [en-GB]"
    if project.base_url and not _is_address(project.base_url):
        yield (
            "base_url",
            f"'{project.base_url}' is not the address of a site",
            "write https://host.example/folder/",
        )
    if project.captures and (wrong := disk.wrong_captures(project.captures)):
        hint = "write a folder below that of the project, such as captures or texts/captured; "
        hint += "for one elsewhere, set BRIEFING_CAPTURES or give --captures"
        yield "captures", f"'{project.captures}' cannot be the folder of the captures: {wrong}", hint
    elif project.captures and disk.captures_folder(f"captures: {getattr(project.captures, 'raw', '')}") != (
        project.captures
    ):
        yield (
            "captures",
            "the folder of the captures is not on one line",
            f"write captures: {project.captures}",
        )


def _defaults(defaults: facts.Defaults) -> _Problems:
    if defaults.origin and not defaults.source:
        yield "origin", "a statement needs the source whose passages relay it", "add 'source:' beside it"
    if defaults.inferred and not defaults.origin:
        yield "inferred", "'inferred' needs the statement that the passages relay", "add 'origin:' beside it"
    yield from _open("asserted", defaults.asserted)


def _signing_key(key: signatures.SigningKey) -> _Problems:
    if not signing.is_key(key.key):
        hint = "copy the line of the file that ends with .pub, or what 'gpg --armor --export' prints"
        yield "key", "this is not a public key of SSH or GPG", hint


def _issued(issued: ledger.Issued) -> _Problems:
    try:
        moments.parse(issued.publish_on or "2000-01-01")
    except ValueError as error:
        yield "publish_on", str(error), "restore it from version control"


def _audience(audience: library.Audience) -> _Problems:
    levels = {item.value.lower().replace("+", "-") for item in scales.Marking}
    if audience.id in levels:
        yield "level", f"'{audience.id}' is the audience of everybody at that level", "choose another name"
    if audience.base_url and not _is_address(audience.base_url):
        yield (
            "base_url",
            f"'{audience.base_url}' is not the address of a site",
            "write https://host.example/folder/",
        )


def _is_address(text: str) -> bool:
    """Return whether a text can be the address of a site, to which the paths of its pages are added."""
    try:
        parts = urllib.parse.urlsplit(text)
        known = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        return False
    return bool(known) and "@" not in parts.netloc and not re.search(r"[\s?#\\<>\"]", text)


_INVARIANTS: dict[type[Any], Callable[[Any], _Problems]] = {
    facts.Defaults: _defaults,
    model_values.Quantity: _bounds,
    model_values.Money: _bounds,
    sources.Evidence: _evidence,
    sources.Source: _source,
    sources.Actor: _actor,
    matters.Matter: _matter,
    facts.Fact: _fact,
    facts.Assertion: _assertion,
    facts.Disagreement: _disagreement,
    facts.Reading: _reading,
    facts.Row: _row,
    facts.Table: _table,
    facts.Milestone: _milestone,
    ladders.Ladder: _ladder,
    library.Project: _project,
    signatures.SigningKey: _signing_key,
    ledger.Issued: _issued,
    library.Audience: _audience,
}
