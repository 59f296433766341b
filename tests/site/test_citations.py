"""How a brief is cited: which edition, as of when, what has become of it, and where it is found."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from briefing.language.wording import Wording
from briefing.model.ledger import Withdrawal
from briefing.model.scales import Marking
from briefing.model.values import Date, EditionNumber
from briefing.site import citations
from tests import values

NO_BREAK = "\N{NO-BREAK SPACE}"
LIBRARY = values.library()
AT_HOME = values.library(project=values.project(base_url="https://snapshot.example/briefs/"))
DRAFT = values.edition("letter", digest="0123456789abcdef")
FIRST = values.edition("letter", label="1", is_draft=False, digest="fedcba9876543210")


def ris(citation: citations.Citation) -> dict[str, str]:
    return dict(line.split("  - ", 1) for line in citation.ris.splitlines())


def test_a_draft_is_called_a_draft() -> None:
    citation = citations.of_brief(DRAFT, (), LIBRARY)
    assert citation.text == (
        "The publisher: The letter. What it says. Draft, not yet approved, as of 9 February 2026. "
        "Version 0123456."
    )
    assert ris(citation)["N1"] == "Draft, not yet approved, as of 9 February 2026; version 0123456; TLP:CLEAR"


def test_a_draft_is_no_edition_though_there_was_one() -> None:
    assert "Draft, not yet approved" in citations.of_brief(DRAFT, [values.issued()], LIBRARY).text


def test_an_edition_is_cited_at_an_address_of_its_own() -> None:
    citation = citations.of_brief(FIRST, [values.issued()], AT_HOME)
    assert citation.text.endswith(
        "Edition 1, as of 9 February 2026. Version fedcba9. https://snapshot.example/briefs/editions/letter-1.html"
    )
    assert ris(citation)["UR"] == "https://snapshot.example/briefs/editions/letter-1.html"


def test_a_draft_is_cited_where_the_brief_stands() -> None:
    assert citations.of_brief(DRAFT, (), AT_HOME).text.endswith("/briefs/briefs/letter.html")


def test_no_address_is_made_up() -> None:
    citation = citations.of_edition(FIRST, values.issued(), (), LIBRARY)
    assert "http" not in citation.text
    assert "UR" not in ris(citation)


def test_what_has_become_of_an_edition_is_told() -> None:
    first, second = values.issued(), values.issued(number="2")
    correction = values.issued(number="3", corrects=EditionNumber("1"))
    withdrawn = values.issued(
        withdrawn=Withdrawal(EditionNumber("1"), Date("2026-02-12"), "R. Lund", "It was wrong.")
    )
    told = [
        citations.of_edition(FIRST, issued, later, LIBRARY).text
        for issued, later in [
            (first, ()),
            (first, (second,)),
            (first, (second, correction)),
            (withdrawn, (correction,)),
        ]
    ]
    assert "Edition 1, as of" in told[0]
    assert "Edition 1, superseded by edition 2, as of" in told[1]
    assert "Edition 1, corrected by edition 3, as of" in told[2]
    assert f"Edition 1, withdrawn on 12{NO_BREAK}February 2026, as of" in told[3]


def test_what_was_compiled_afterwards_says_so() -> None:
    then = values.library(as_of="2026-02-20")
    assert "compiled afterwards from what was known on that day" in citations.of_brief(DRAFT, (), then).text
    assert "compiled afterwards" not in citations.of_edition(FIRST, values.issued(), (), then).text


def test_a_title_that_ends_as_a_sentence_gets_no_second_full_stop() -> None:
    asking = values.edition("letter", title="Who pays?", subtitle="Not the buyer.")
    assert "Who pays? Not the buyer. Draft" in citations.of_brief(asking, (), LIBRARY).text


def test_reference_managers_read_a_report_from_its_type_to_its_end() -> None:
    edition = values.edition("letter", marking=Marking.GREEN, as_of_day=datetime.date(2026, 2, 9))
    citation = citations.of_brief(edition, (), LIBRARY)
    lines = [line.split("  - ", 1) for line in citation.ris.splitlines()]
    assert (lines[0], lines[-1]) == (["TY", "RPRT"], ["ER", ""])
    found = ris(citation)
    assert found["TI"] == "The letter: What it says"
    assert found["AU"] == "The publisher,"
    assert (found["PY"], found["DA"]) == ("2026", "2026/02/09/")
    assert found["N1"].endswith("TLP:GREEN")


def test_a_line_break_cannot_begin_another_field() -> None:
    citation = citations.of_brief(values.edition("letter", title="One\nER  - "), (), LIBRARY)
    assert citation.ris.count("\nER  - ") == 1


def test_bibtex_keeps_names_as_they_are_and_escapes_its_own_signs() -> None:
    edition = values.edition("letter", title="Cost & share: 12% of {all}", subtitle="")
    entry = citations.of_brief(edition, (), AT_HOME).bibtex
    assert entry.startswith("@techreport{letter-")
    assert entry.endswith("\n}\n")
    assert r"title = {{Cost \& share: 12\% of \{all\}}}," in entry
    assert "author = {{The publisher}}," in entry
    assert "url = {https://snapshot.example/briefs/briefs/letter.html}," in entry
    assert "year = {2026}," in entry
    assert entry.count("{") == entry.count("}")


def test_a_statement_is_cited_by_its_key_with_a_version_of_its_words() -> None:
    fact = values.fact(asserted=Date("2026-02-09"))
    wording = Wording("en-GB", {})
    citation = citations.of_fact(fact, AT_HOME, wording)
    assert "The two ministers signed a letter of intent. Statement, recorded for 9" in citation.text
    assert citation.text.endswith("https://snapshot.example/briefs/facts/drones.letter.html")
    assert ris(citation)["TY"] == "ELEC"
    assert citation.bibtex.startswith("@misc{drones.letter-")
    other = dataclasses.replace(fact, statement="They signed it.")
    assert citation.bibtex.split(",")[0] != citations.of_fact(other, AT_HOME, wording).bibtex.split(",")[0]
    undated = citations.of_fact(dataclasses.replace(fact, asserted=None), LIBRARY, wording)
    assert "recorded for" not in undated.text
    assert "year" not in undated.bibtex
    assert not {"PY", "DA", "UR"} & ris(undated).keys()


@pytest.mark.parametrize(
    ("tag", "name"), [("en-GB", "british"), ("fr", "french"), ("uk-UA", "ukrainian"), ("eo", "eo")]
)
def test_bibtex_names_the_language_as_latex_does(tag: str, name: str) -> None:
    edition = dataclasses.replace(FIRST, language=tag)
    assert f"langid = {{{name}}}" in citations.of_brief(edition, [values.issued()], LIBRARY).bibtex
