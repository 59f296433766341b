"""A project of any size, made up, and shaped as real libraries are: most things are shared by few.

Four briefs are about one harbour. They share its two speakers, its system and three reports, and each cites a
fact of the next one. So what one brief, fact, report or speaker touches is the same in a project of thirty
briefs and in one of thousands. A few hubs grow with the project: the minister says one fact of every sheet,
the budget states it, and every tenth brief cites the common sheet. What the benchmark changes is no hub,
except where it says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHANGED_SHEET = "content/facts/topic-1.yaml"
CHANGED_VALUE = "{amount: 41, unit: ferries}"
CHANGED_BRIEF = "brief-1"
HUB_SHEET = "content/facts/common.yaml"

FACTS_A_SHEET = 12
_BRIEFS_A_HARBOUR = 4
REPORTS_A_HARBOUR = 3
_BRIEFS_A_HUB = 10
"""Of so many briefs one cites the common sheet."""
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
_SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su")
_SENTENCES = (
    "The ministry of {0} announced [](fact:{1}) for the route, and the harbour office repeated it.",
    "The harbour master of {0} named [](fact:{1}) for the route; nobody confirms it.",
    "A spokesman named [](fact:{1}), and the council of {0} spoke of [](fact:{2}).",
    "The harbour master of {0} spoke of [](fact:{1}) and gave neither a price nor a day.",
    "The harbour master of {0} spoke of [](fact:{1}) again; no berth is long enough yet.",
    "The harbour master of {0} and the council said that [](fact:{1}) will do for the summer.",
)
STAMP = "corpus.txt"
_GENERATOR = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def write(project: Path, briefs: int) -> bool:
    """Write a project of that many briefs and sheets. Return False if this generator left it there."""
    stamp = f"{_GENERATOR} {briefs}\n"
    content = project / "content"
    if (project / STAMP).exists() and (project / STAMP).read_text("utf-8") == stamp:
        return False
    for folder in ("sources", "facts", "briefs", "pages"):
        (content / folder).mkdir(parents=True, exist_ok=True)
    wanted = {content / path: text for path, text in files(briefs)}
    for path in content.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    (project / STAMP).write_text(stamp, "utf-8")
    return True


def files(briefs: int) -> Iterator[tuple[str, str]]:
    """Yield every file of a project: its path below ``content`` and its text."""
    harbours = range(1, 1 + harbours_of(briefs))
    yield (
        "project.yaml",
        "title: Ferries\nsubtitle: A made-up corpus\npublisher: Nobody\n"
        "languages: [en-GB]\nmarking: CLEAR\ncontact: none\n",
    )
    yield (
        "origins.yaml",
        _origin("speech", "minister")
        + "".join(
            _origin(f"speech-{it}", f"master-{it}") + _origin(f"session-{it}", f"council-{it}")
            for it in harbours
        ),
    )
    yield (
        "actors.yaml",
        "minister:\n  name: The minister\n  kind: person\n"
        + "".join(
            f"master-{it}:\n  name: The harbour master of {name_of(it)}\n  kind: person\n"
            f"council-{it}:\n  name: The council of {name_of(it)}\n  kind: organisation\n"
            for it in harbours
        ),
    )
    yield (
        "systems.yaml",
        "ferry:\n  name: Ferry\n  category: ship\n"
        + "".join(f"ferry-{it}:\n  name: Ferry of {name_of(it)}\n  category: ship\n" for it in harbours),
    )
    yield "sources/budget.yaml", _source("Budget", 0, "speech")
    for harbour in harbours:
        for report in range(REPORTS_A_HARBOUR):
            number = (harbour - 1) * REPORTS_A_HARBOUR + report + 1
            yield (
                f"sources/source-{number}.yaml",
                _source(f"Report {letters(number)}", number, f"speech-{harbour}, session-{harbour}"),
            )
    yield "facts/common.yaml", _sheet("Common ground", 0)
    for number in range(1, briefs + 1):
        yield f"facts/topic-{number}.yaml", _sheet(f"Topic {letters(number)}", number)
        yield f"briefs/brief-{number}.md", _brief(number, briefs)


@dataclass(frozen=True)
class Fact:
    """One fact of a sheet; sheet 0 is the common one."""

    sheet: int
    place: int

    @property
    def key(self) -> str:
        return f"{f'topic-{self.sheet}' if self.sheet else 'common'}.fact-{self.place}"

    @property
    def is_commitment(self) -> bool:
        return self.place % 2 == 0

    @property
    def is_of_hub(self) -> bool:
        """Whether it shares speaker, source and system with every other sheet."""
        return self.sheet == 0 or self.place == FACTS_A_SHEET

    @property
    def amount(self) -> int:
        return 40 + self.place if self.sheet == 1 else 10 + (self.sheet * 7 + self.place * 13) % 90

    @property
    def statement(self) -> str:
        speaker = "minister" if self.is_of_hub else "speaker"
        return f"The {speaker} named ferries for Route {self.place} of Line {self.sheet}."

    @property
    def month(self) -> int:
        return 1 + self.place % 9

    @property
    def day(self) -> int:
        return 10 + self.place

    @property
    def terms(self) -> tuple[str, ...]:
        return (
            f"announced {self.amount} ferries",
            f"{self.day} {_MONTHS[self.place % 9]} 2025",
            f"Route {self.place} of Line {self.sheet}",
        )

    @property
    def speaker(self) -> str:
        if self.is_of_hub:
            return "minister"
        return f"{'council' if self.is_commitment else 'master'}-{harbour_of(self.sheet)}"

    @property
    def origin(self) -> str:
        if self.is_of_hub:
            return "speech"
        return f"{'session' if self.is_commitment else 'speech'}-{harbour_of(self.sheet)}"

    @property
    def system(self) -> str:
        return "ferry" if self.is_of_hub else f"ferry-{harbour_of(self.sheet)}"

    @property
    def source(self) -> str:
        if self.is_of_hub:
            return "budget"
        first = (harbour_of(self.sheet) - 1) * REPORTS_A_HARBOUR + 1
        return f"source-{first + self.place % REPORTS_A_HARBOUR}"


def facts(sheet: int) -> tuple[Fact, ...]:
    """Return the facts of a sheet."""
    return tuple(Fact(sheet, place) for place in range(1, FACTS_A_SHEET + 1))


def paragraphs(number: int, briefs: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the prose of a brief: a heading, empty where there is none, and sentences with links to facts."""
    first = (harbour_of(number) - 1) * _BRIEFS_A_HARBOUR + 1
    is_last = number == min(first + _BRIEFS_A_HARBOUR - 1, briefs)
    next_one = f"topic-{first if is_last else number + 1}.fact-1"
    for paragraph in range(6):
        is_common = number % _BRIEFS_A_HUB == 1 and paragraph < 3
        sentences = (
            _SENTENCES[(paragraph * 4 + place) % len(_SENTENCES)].format(
                name_of(harbour_of(number)),
                f"topic-{number}.fact-{1 + (paragraph * 3 + place) % FACTS_A_SHEET}",
                "common.fact-1" if is_common else next_one,
            )
            for place in range(4)
        )
        yield "" if paragraph % 2 else f"Part {paragraph // 2 + 1}", tuple(sentences)


def bottom_line(number: int) -> str:
    """Return the bottom line of a brief."""
    place = name_of(harbour_of(number))
    return f"The harbour master of {place} named [](fact:topic-{number}.fact-1); nothing is ordered."


def title_of(number: int) -> str:
    """Return the title of a brief."""
    return f"Ferries, part {letters(number)}"


def harbour_of(sheet: int) -> int:
    """Return the number of the harbour that a sheet and its brief are about."""
    return -(-sheet // _BRIEFS_A_HARBOUR)


def harbours_of(briefs: int) -> int:
    """Return how many harbours a project of some briefs is about."""
    return harbour_of(briefs)


def name_of(harbour: int) -> str:
    """Return the name of a harbour: without figures, which would need a passage, and no acronym."""
    return "".join(_SYLLABLES[int(digit)] for digit in str(harbour)).capitalize() + "haven"


def letters(number: int) -> str:
    """Return a number in letters: a title with a figure would need a passage for it."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))


def _origin(name: str, speaker: str) -> str:
    return f"{name}:\n  title: A speech\n  said_by: [{speaker}]\n  date: 2025-03-01\n  medium: radio\n"


def _source(title: str, number: int, origin: str) -> str:
    return (
        f"title: {title}\npublisher: The Gazette\nauthor: not stated\n"
        f"published: 2025-03-0{1 + number % 9}\n"
        f"retrieved: not stated\nurl: not stated\nlanguage: en\ncapture: report-{number}.txt\n"
        f"sha256: {number:064x}\nreliability: C\nlabel: {title}\norigins: [{origin}]\n"
    )


def _sheet(title: str, number: int) -> str:
    lines = [f"title: {title}", f"summary: What is said of {title.lower()}.", "facts:"]
    for fact in facts(number):
        lines += [
            f"  fact-{fact.place}:",
            f"    kind: {'commitment' if fact.is_commitment else 'claim'}",
            f"    statement: {fact.statement}",
            f"    value: {{amount: {fact.amount}, unit: ferries}}",
            *(["    status: announced", "    review_by: 2099-12-31"] if fact.is_commitment else []),
            f"    date: 2025-{fact.month:02}-{fact.day}",
            f"    said_by: [{fact.speaker}]",
            f"    systems: [{fact.system}]",
            "    credibility: 3",
            "    evidence:",
            f"      - source: {fact.source}",
            f"        paragraph: {fact.place}",
            f"        terms: [{', '.join(fact.terms)}]",
            f"        origin: {fact.origin}",
        ]
    return "\n".join(lines) + "\n"


def _brief(number: int, briefs: int) -> str:
    sheet = f"topic-{number}"
    prose = "\n\n".join(
        (f"## {heading}\n\n" if heading else "") + "\n".join(sentences)
        for heading, sentences in paragraphs(number, briefs)
    )
    return (
        f"---\ntitle: {title_of(number)}\nsubtitle: A made-up brief\nowner: not stated\n"
        f"sheets: [{sheet}]\n"
        f"bottom_line: {bottom_line(number)}\n"
        f"commitments: {{sheets: [{sheet}], kinds: [commitment]}}\n"
        f"timeline: {{sheets: [{sheet}], kinds: [claim]}}\n---\n{prose}\n"
    )
