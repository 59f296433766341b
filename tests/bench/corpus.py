"""A project of any size, made up: every brief has its own sheet and shows some facts of a common one."""

from __future__ import annotations

from pathlib import Path

CHANGED_SHEET = "content/facts/topic-1.yaml"
CHANGED_VALUE = "{amount: 41, unit: ferries}"
CHANGED_BRIEF = "brief-1"

_FACTS_A_SHEET = 12
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
_SENTENCES = (
    "The ministry of {0} announced [](fact:{1}.fact-{2}) for the route, and the harbour office repeated it.",
    "By its own account the yard can build [](fact:{1}.fact-{2}) without a new dock; nobody confirms it.",
    "A spokesman named [](fact:{1}.fact-{2}), which the council of {0} [discussed](fact:common.fact-1).",
)


def write(project: Path, briefs: int) -> None:
    """Write a project with that many briefs and as many sheets."""
    content = project / "content"
    for folder in ("sources", "facts", "briefs", "pages"):
        (content / folder).mkdir(parents=True, exist_ok=True)
    _put(
        content / "project.yaml",
        "title: Ferries\nsubtitle: A made-up corpus\npublisher: Nobody\n"
        "languages: [en-GB]\nmarking: CLEAR\ncontact: none\n",
    )
    _put(
        content / "origins.yaml",
        "speech:\n  title: A speech\n  said_by: [minister]\n  date: 2025-03-01\n  medium: radio\n",
    )
    _put(content / "actors.yaml", "minister:\n  name: The minister\n  kind: person\n")
    _put(content / "systems.yaml", "ferry:\n  name: Ferry\n  category: ship\n")
    for number in range(1, 6):
        _put(
            content / f"sources/source-{number}.yaml",
            f"title: Report {_letters(number)}\npublisher: The Gazette\nauthor: not stated\n"
            f"published: 2025-03-0{number}\n"
            f"retrieved: not stated\nurl: not stated\nlanguage: en\ncapture: report-{number}.txt\n"
            f"sha256: {str(number) * 64}\nreliability: C\n"
            f"label: Report {_letters(number)}\norigins: [speech]\n",
        )
    _put(content / "facts/common.yaml", _sheet("Common ground", 0))
    for number in range(1, briefs + 1):
        _put(content / f"facts/topic-{number}.yaml", _sheet(f"Topic {_letters(number)}", number))
        _put(content / f"briefs/brief-{number}.md", _brief(number))


def _letters(number: int) -> str:
    """Return a number in letters: a title with a figure would need a passage for it."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))


def _sheet(title: str, number: int) -> str:
    lines = [f"title: {title}", f"summary: What is said of {title.lower()}.", "facts:"]
    for fact in range(1, _FACTS_A_SHEET + 1):
        is_commitment = fact % 2 == 0
        amount = 40 + fact if number == 1 else 10 + (number * 7 + fact * 13) % 90
        lines += [
            f"  fact-{fact}:",
            f"    kind: {'commitment' if is_commitment else 'claim'}",
            f"    statement: The minister named ferries for Route {fact} of Line {number}.",
            f"    value: {{amount: {amount}, unit: ferries}}",
            *(["    status: announced"] if is_commitment else []),
            f"    date: 2025-0{1 + fact % 9}-{10 + fact}",
            "    said_by: [minister]",
            "    systems: [ferry]",
            "    credibility: 3",
            "    evidence:",
            f"      - source: source-{1 + fact % 5}",
            f"        paragraph: {fact}",
            f"        terms: [announced {amount} ferries, {10 + fact} {_MONTHS[fact % 9]} 2025,"
            f" Route {fact} of Line {number}]",
            "        origin: speech",
        ]
    return "\n".join(lines) + "\n"


def _brief(number: int) -> str:
    sheet = f"topic-{number}"
    paragraphs = []
    for paragraph in range(6):
        sentences = [
            _SENTENCES[(paragraph + place) % 3].format(
                "Norland", sheet, 1 + (paragraph * 3 + place) % _FACTS_A_SHEET
            )
            for place in range(4)
        ]
        head = f"## Part {paragraph // 2 + 1}\n\n" if paragraph % 2 == 0 else ""
        paragraphs.append(head + "\n".join(sentences))
    return (
        f"---\ntitle: Ferries, part {_letters(number)}\nsubtitle: A made-up brief\nowner: not stated\n"
        f"sheets: [{sheet}]\n"
        f"bottom_line: The minister named [](fact:{sheet}.fact-1); nothing is ordered.\n"
        f"commitments: {{sheets: [{sheet}], kinds: [commitment]}}\n"
        f"timeline: {{sheets: [{sheet}], kinds: [claim]}}\n---\n" + "\n\n".join(paragraphs) + "\n"
    )


def _put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
