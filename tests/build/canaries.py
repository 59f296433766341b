"""A project with a secret twin of every record, and a canary in each field of these.

The good project and the one about hydrogen, put together, use every field of the model. Each of their records
gets a twin that only readers of RED may see: with another name, with the twins of all that it names, and with
a word, a figure or a day of its own in every field. A ladder has no marking: its twin is named by twins only.
Besides, records that everybody sees get details that only readers of RED may see.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from briefing.build import steps
from briefing.content import encode, ladders, withheld, yaml_nodes
from briefing.editions import ledger
from briefing.language.wording import FORMS
from briefing.model.editions import BoardRow, DraftSection, Figure, Mark, Note, Passage, Reference, Scale
from briefing.model.facts import REGISTERS, AcceptedState, Fact, Row
from briefing.model.ladders import Flag, RungId, Status
from briefing.model.ledger import Accepted, ListedSource, State, Withdrawal
from briefing.model.library import Library
from briefing.model.scales import FigureKind, Marking, Reliability, ValuePart
from briefing.model.signatures import Clearance, Review, Reviews, ReviewStep
from briefing.model.values import Date, EditionNumber, Key, Money, Prose, Quantity, Slug, StartOfTime
from briefing.store import disk, request
from briefing.store.disk import Texts
from tests import values

SIGN = "zq"
"""The letters with which every canary begins; nothing else has them."""
TRACE = re.compile(r"zq[a-z]|73[^\w<>]?5\d\d|fadefade\d|\b1931\b", re.IGNORECASE)
"""What no reader may find: a canary, its figure, its digest or its year."""
AS_IT_IS = {
    *("language", "currency", "template", "program", "seal", "follows", "publish_on"),
    "instrument",  # one of the program's or of words.yaml, which is for everybody
    "within",  # a number and a unit of time
}
"""Fields with texts of a fixed form, which are the same in every record or say nothing."""
_DIGESTS = {
    *(("Source", "sha256"), ("Verification", "sha256"), ("Verification", "passages")),
    *(("Acceptance", "words"), ("Review", "words"), ("Clearance", "words")),
    *(("FileDigests", "markdown"), ("FileDigests", "html"), ("FileDigests", "pdf")),
}
"""Fields with digests, which have a canary in hexadecimal digits."""
FILLED = {
    "medium": "Telegram",
    "owner": "The desk",
    "title": "Headline",
    "publisher": "Paper",
    "author": "A. N.",
}
"""What the projects leave open, as they have to show how that is written."""
_GIVEN = {
    ("Row", "caveat"): "Ours",
    ("Fact", "remark"): "Closer.",
    ("Table", "per"): "year",
    ("Table", "price_basis"): "2025 prices",
    ("Passage", "short"): "The post",
    ("Printed", "authors"): ("A. Writer",),
}
"""What the projects leave out."""
_LETTERS = "bdfgklmnprstv"
_LINK = re.compile(r"\]\(fact:([^)#\s]+)(?:#([\w-]+))?")
_HYDROGEN = Path(__file__).parents[1] / "hydrogen"
_WITHOUT_CAPTURES = {
    "a budget of more than, 2 billion pounds": "a budget, more than 2 billion pounds",
    "terms: [nearly 100 pounds]": "terms: [nearly 100 pounds, 2023 prices]",
}
"""Terms that state a value together with the words around them -> those that state it by themselves."""


@dataclasses.dataclass(frozen=True)
class Planted:
    """A canary and the field that it is in."""

    record: str
    """The class of the record or of its part."""
    field: str
    text: str


class Planter:
    """Makes twins; every text of them has a canary."""

    def __init__(self) -> None:
        self.planted: list[Planted] = []
        # The first letters differ, because names are found with other endings as well.
        self._words = ("".join(reversed(letters)) for letters in itertools.product(_LETTERS, repeat=4))
        self._units: dict[str, str] = {}
        self._digests = itertools.count(1001)
        # Downwards, so that a difference of two is not less than nothing.
        self._numbers = itertools.count(73_599, -1)
        last = datetime.date(1931, 12, 31)  # backwards, because the history of a fact is earlier
        self._days = (last - datetime.timedelta(days=number) for number in range(365))

    def twin(self, record: Any) -> Any:
        hints = typing.get_type_hints(type(record))
        changes = {}
        for field in dataclasses.fields(record):
            value = _given(record, field.name)
            if field.name == "marking":
                changes["marking"] = Marking.RED
            elif field.name not in ("at", "body_at", *AS_IT_IS):
                changes[field.name] = self.part(value, hints[field.name], type(record).__name__, field.name)
        return dataclasses.replace(record, **changes)

    def part(self, value: Any, hint: Any, record: str, field: str) -> Any:
        if value is None or isinstance(value, Enum | Flag):
            return value
        if isinstance(value, Status):  # those of the program's ladders have no names of their own
            return dataclasses.replace(value, id=RungId(SIGN + value.id)) if value.name else value
        if isinstance(value, Mapping):
            inner = typing.get_args(hint)[1]
            return {key: self.part(item, inner, record, field) for key, item in value.items()}
        if isinstance(value, tuple):
            inner = next(iter(typing.get_args(hint)), str)
            inner = next(iter(typing.get_args(inner)), str) if isinstance(hint, types.UnionType) else inner
            return tuple(self.part(item, inner, record, field) for item in value)
        if isinstance(value, Date):
            return self.date(value, record, field)
        if isinstance(value, Quantity | Money):
            return self.figure(value, record, field)
        if dataclasses.is_dataclass(value):
            return self.twin(value)
        if isinstance(hint, types.UnionType):
            hint = next(item for item in typing.get_args(hint) if item is not types.NoneType)
        return self.text(value, hint, record, field) if isinstance(value, str) else value

    def text(self, value: str, hint: Any, record: str, field: str) -> Any:
        if not value:
            return value
        if hint is Slug:
            return value if value in ladders.of_program() else Slug(SIGN + value)
        if hint is Key:
            sheet, _, name = value.partition(".")
            return Key(f"{SIGN}{sheet}.{SIGN}{name}")
        if hint not in (str, Prose):
            return value
        word = SIGN + next(self._words)
        if (record, field) in _DIGESTS:
            word = f"{value[:-12]}fadefade{next(self._digests)}"
        if field in ("unit", "per"):  # amounts in one unit are computed with
            word = self._units.setdefault(value, word)
        if field == "short":  # at most four characters
            word = word[:4].upper()
        self.planted.append(Planted(record, field, word))
        if field == "short" or (record, field) in _DIGESTS:
            return word
        if field == "url":
            return f"https://{word}.example.org/{word}"
        if field == "capture":
            return f"{word}.txt"
        if field == "terms":
            return f"{value.split(maxsplit=1)[0]} {word}"
        return hint(f"{_LINK.sub(self._link, value)} {word}")

    def _link(self, link: re.Match[str]) -> str:
        form = link[2] and (link[2] if link[2] in FORMS else self.text(link[2], Slug, "", ""))
        return f"](fact:{self.text(link[1], Key, '', '')}{f'#{form}' if form else ''}"

    def date(self, value: Date, record: str, field: str) -> Date:
        if value.of:
            return Date(within=value.within, of=StartOfTime(self.text(value.of, Key, record, field)))
        day = next(self._days).isoformat()
        self.planted.append(Planted(record, field, day))
        return Date(day, value.inferred, self.text(value.basis, str, "Date", "basis"))

    def figure(self, value: Quantity | Money, record: str, field: str) -> Quantity | Money:
        upper = None if value.upper is None else Decimal(next(self._numbers))
        amount = Decimal(next(self._numbers))
        self.planted += (Planted(record, field, str(number)) for number in (amount, upper) if number)
        value = dataclasses.replace(value, basis=value.basis or "Ours")
        inferred = (ValuePart.AMOUNT,)
        made: Quantity | Money = self.twin(value)
        return dataclasses.replace(made, amount=amount, upper=upper, inferred=inferred)


def _given(record: Any, field: str) -> Any:
    """Return what a record has in a field, or what stands for it where it has nothing."""
    if isinstance(record, Fact) and record.computed and field == "value":
        return None  # it follows from the twins
    if isinstance(record, Row) and field == "date":
        return record.when
    value = getattr(record, field)
    if value is None and field in FILLED:
        return FILLED[field]
    return value or _GIVEN.get((type(record).__name__, field), value)


def project() -> tuple[dict[str, str], list[Planted]]:
    """Return the files of the project, and what was planted."""
    files = _both()
    open_files = frozenset(files)
    library = steps.link(steps.read(Texts(files, (), ""))).library
    assert library
    planter = Planter()
    for kind, path in (
        ("actors", "actors"),
        ("origins", "origins"),
        ("systems", "systems"),
        ("matters", "matters"),
        ("ladders", "ladders"),
        ("verifications", "verification"),
    ):
        twins = [planter.twin(item) for item in getattr(library, kind).values() if item.at.path in open_files]
        plain = {str(item.id): encode.to_plain(item) for item in twins}
        files[f"content/{path}.yaml"] += "\n" + yaml_nodes.write(plain, kind)
    for kind, path in (("sources", "sources"), ("sheets", "facts")):
        for record in getattr(library, kind).values():
            made = planter.twin(record)
            files[f"content/{path}/{made.id}.yaml"] = yaml_nodes.write(_in_file(encode.to_plain(made)), "")
    for kind in ("briefs", "pages"):
        for record in getattr(library, kind).values():
            if record.at.path in open_files:
                made = planter.twin(record)
                plain = {name: item for name, item in encode.to_plain(made).items() if name != "body"}
                head = yaml_nodes.write(plain, "").partition("\n")[2]
                files[f"content/{kind}/{made.id}.md"] = f"---\n{head}---\n{made.body}\n"
    files |= _ledger(planter, library)
    _with_details(files, planter)
    return dict(sorted(files.items())), planter.planted


def _both() -> dict[str, str]:
    """Return the files of the two projects, put together under the settings of the good one."""
    files = dict(values.good_texts().texts)
    for path, text in disk.read(_HYDROGEN, request.FOLDERS).texts.items():
        if path != "content/project.yaml":
            files[path] = f"{files[path]}\n{text}" if path in files else text
    money = "content/facts/money.yaml"
    for old, new in _WITHOUT_CAPTURES.items():
        assert files[money].count(old) == 1, old
        files[money] = files[money].replace(old, new)
    return files


def _in_file(plain: dict[str, Any]) -> dict[str, Any]:
    """Name the records of a sheet as its file does, without the sheet."""
    return {
        name: {key.partition(".")[2]: item for key, item in part.items()}
        if name in ("facts", *REGISTERS)
        else part
        for name, part in plain.items()
    }


def _ledger(planter: Planter, library: Library) -> dict[str, str]:
    """Return the ledger of the brief's twin: an edition that was withdrawn, an acceptance and a review."""
    sheet, others = library.sheets["drones"], [library.sheets[Slug(name)] for name in ("series", "sums")]
    fact, papers = sheet.facts[0], library.sheets["papers"].facts[0]
    rows = others[0].facts[0].rows
    state = State(
        Date("2026-02-09"),
        (*sheet.facts, *(item for other in others for item in other.facts)),
        sheet.disagreements,
        sheet.gaps,
        sheet.milestones,
        sheet.judgements,
        (ListedSource(Slug("report"), "The report"),),
    )
    mark = Mark("Letter", fact.id, "9 February", Date("2026-02-09"), fact.status, (), "3 euros", MONEY)
    sections = (
        DraftSection("narrative", "What they signed", "They signed [a letter](fact:drones.letter)."),
        DraftSection("money", "Money", "Sums.", Figure(FigureKind.MONEY, "Bars", "One sum.", (mark,))),
        DraftSection("papers", "Papers", "Steps.", _on_ladder(papers, library)),
    )
    passage = Passage("S1", Slug("report"), 1, "the post", "the Courier", terms=("signed it",))
    note = Note(1, fact.id, "The minister.", *NOTE, passages=(passage,), grade="2", independence="one source")
    printed = dataclasses.replace(
        values.issued().printed,
        sections=sections,
        owner="The desk",
        counts="One fact.",
        newest="Nothing newer was read.",
        checked="Quotations checked.",
        notes=(note,),
        references=(Reference("S1", Slug("report"), "Letter signed", "Letter", Reliability.C, "The post"),),
        scales=(Scale("Admiralty", "NATO", (("A", "reliable"),)),),
    )
    cleared = Clearance("A. Author", "C. Clearer", "0" * 16)
    issued = planter.twin(values.issued("letter", "1", state=state, printed=printed, cleared=cleared))
    accepted = AcceptedState(
        Slug("state"),
        fact.id,
        fact.statement,
        fact.value,
        fact.status,
        date=fact.date,
        said_by=fact.said_by,
        caveat="Careful.",
        rows=rows,
    )
    acceptance = dataclasses.replace(values.acceptance("bottom-line", "state"), reason="Read with care.")
    withdrawal = Withdrawal(EditionNumber("1"), Date("2026-02-11"), "R. Lund", "It was wrong.")
    review = Review(ReviewStep.SUBMITTED, "R. Lund", Date("2026-02-10"), "0" * 16, "It is ready.")
    folder = f"content/editions/{SIGN}letter"
    return {
        f"{folder}/1.yaml": ledger.of_edition(dataclasses.replace(issued, seal=ledger.seal(issued))),
        f"{folder}/accepted.yaml": ledger.of_accepted(planter.twin(Accepted((acceptance,), (accepted,)))),
        f"{folder}/withdrawn.yaml": ledger.of_withdrawals((planter.twin(withdrawal),)),
        f"{folder}/reviews.yaml": ledger.of_reviews(planter.twin(Reviews((review,)))),
    }


def _on_ladder(fact: Fact, library: Library) -> Figure:
    """Return a drawing of a fact on its ladder, as an edition keeps it."""
    assert fact.status
    mark = Mark("The sheet", fact.id, status=fact.status)
    ladder = ladders.drawn(library.ladders[fact.status.ladder])
    row = BoardRow("Papers", ladder.id, (mark,), "3 euros (UA)")
    return Figure(FigureKind.LADDER, "Steps", "One paper.", (mark,), (ladder,), (row,))


def _with_details(files: dict[str, str], planter: Planter) -> None:
    """Add details for readers of RED to records that everybody sees."""

    def change(path: str, old: str, new: str) -> None:
        assert files[path].count(old) == 1, (path, old)
        files[path] = files[path].replace(old, new)

    def word(record: str, field: str) -> str:
        planted = planter.text("Quietly", str, record, field)
        return str(planted)

    change(
        "content/actors.yaml",
        "      marking: CLEAR\n  description: Signed the letter.\n",
        "      marking: CLEAR\n"
        f"    - {{title: {word('Role', 'title')}, marking: RED,"
        " evidence: {source: report, paragraph: 1, terms: [a letter]}}\n"
        "    - {title: Envoy, evidence: {source: zqreport, paragraph: 1, terms: [a letter]}}\n"
        "  description: Signed the letter.\n  speaks_for: zqministry\n",
    )
    change("content/sources/report.yaml", "origins: [post]", "origins: [post, zqpost]")
    change(
        "content/facts/drones.yaml",
        "    history:\n      - asserted: 2026-01-15\n",
        "    history:\n      - asserted: 2026-01-02\n        marking: RED\n"
        f"        statement: {word('Assertion', 'statement')}\n"
        f"        caveat: {word('Assertion', 'caveat')}\n"
        "        value: {amount: 73599, unit: drones}\n        evidence:\n"
        f"          - {{source: interview, paragraph: 1, terms: [{word('Evidence', 'terms')}]}}\n"
        "      - asserted: 2026-01-15\n",
    )
    change("content/facts/drones.yaml", "    met_by: drones.start\n", "    met_by: zqdrones.zqstart\n")
    change(
        "content/facts/zqpapers.yaml",
        "    status: zqprinted\n",
        "    status: zqprinted\n    flags: [zqlost]\n",
    )
    change(
        "content/briefs/hydrogen.md",
        "  - {fact: series.spending}\n",
        "  - {fact: series.spending}\n"
        f"  - {{fact: zqseries.zqspending, title: {word('Series', 'title')}}}\n",
    )
    brief = "content/briefs/letter.md"
    change(brief, "sheets: [drones]\nformerly", "sheets: [drones, zqdrones]\nformerly")
    change(brief, "judgements: [drones.contract]", "judgements: [drones.contract, zqdrones.zqcontract]")
    change(brief, "  facts: [drones.start]", "  facts: [drones.start, zqdrones.zqstart]")
    change(brief, "gaps: [drones.payer]", "gaps: [drones.payer, zqdrones.zqpayer]")
    marked = f"(TLP:RED) {word('Brief', 'body')}, they [hide it](fact:zqdrones.zqletter),"
    marked += " and [](fact:zqseries.zqprojects#zqcold-fell).\n\n"
    section = f"## (TLP:RED) {word('Brief', 'body')}\n\nMore {word('Brief', 'body')}.\n\n## Relayed\n\n"
    change(brief, "The Courier relays", f"{marked}{section}The Courier relays")
    files["content/pages/method.md"] += f"\n(TLP:RED) {word('Page', 'body')}.\n"


MONEY = Money(Decimal(3), "EUR")
NOTE = ("They signed.", "3 euros", "intent", "claim", "9 February", "the Minister", "No contract.", "Closer.")
"""The texts of a note, from its statement to its remark."""


def fields_with_texts() -> set[tuple[str, str]]:
    """Every field of every record of a library, and of their parts, that can have a text, figure or day."""
    found: set[tuple[str, str]] = set()
    waiting = [
        hint
        for name, hint in typing.get_type_hints(Library).items()
        if name not in withheld.LEFT_OUT and name != "renamed"
    ]
    seen: set[Any] = set()
    while waiting:
        for cls in _records_in(waiting.pop()):
            if cls in seen:
                continue
            seen.add(cls)
            for name, hint in typing.get_type_hints(cls).items():
                # The words of statuses and flags are those of their ladders.
                is_field = cls not in (Status, Flag) and name in {
                    item.name for item in dataclasses.fields(cls)
                }
                if is_field and name not in ("at", "body_at"):
                    waiting.append(hint)
                    if _has_text(hint):
                        found.add((cls.__name__, name))
    return found


def _records_in(hint: Any) -> Iterator[Any]:
    if dataclasses.is_dataclass(hint):
        yield hint
    for part in typing.get_args(hint):
        yield from _records_in(part)


def _has_text(hint: Any) -> bool:
    return hint in (str, Prose, Date, Quantity, Money) or any(map(_has_text, typing.get_args(hint)))
