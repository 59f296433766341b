"""Cases for the checks over markings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefing.model.briefs import Series
from briefing.model.facts import Computed, Row
from briefing.model.findings import Place
from briefing.model.scales import Marking
from briefing.model.values import Key, Placed, Prose, Slug
from tests import values
from tests.checkcases import AT, BRIEF_AT, Case, told

CLEAR, GREEN, AMBER, RED = Marking.CLEAR, Marking.GREEN, Marking.AMBER, Marking.RED
BODY_AT = Place("content/briefs/letter.md", 11, 1)
LINE_AT = replace(BRIEF_AT, line=BRIEF_AT.line + 4, column=14)
CITED = "[a letter](fact:drones.letter)"


def placed(text: str, at: Place) -> Prose:
    return Prose(Placed(text, at, text))


def written(body: str, line: str = "A line.", **changes: Any) -> Any:
    return values.brief(
        body=placed(body, BODY_AT), bottom_line=placed(line, LINE_AT), at=BRIEF_AT, body_at=BODY_AT, **changes
    )


def marked(fact: Marking | None, brief: Marking, usual: Marking = CLEAR, body: str = CITED) -> Case:
    library = values.library(
        values.fact(marking=fact),
        briefs=(written(body, marking=brief),),
        project=values.project(marking=usual),
    )
    return Case(library, (values.edition("letter", "drones.letter", marking=brief),))


def of_source(source: Marking) -> Case:
    """A fact without a marking of its own, from a source with this one."""
    library = values.library(
        values.fact(), sources=(values.source(marking=source),), briefs=(written(f"They signed {CITED}."),)
    )
    return Case(library)


def asking(**changes: Any) -> Case:
    """A brief that names an entry which rests on a fact marked AMBER."""
    gap = replace(values.gap("drones.payer", "drones.letter"), **changes)
    sheet = values.sheet("drones", values.fact(marking=AMBER), gaps=(gap,))
    brief = written("Words.", gaps=(Key(Placed("drones.payer", LINE_AT)),))
    return Case(values.library(sheets=(sheet,), briefs=(brief,)))


def with_series(source: Marking) -> Case:
    """A brief that names a fact, of which a row comes from a source with this marking."""
    row = Row(Slug("2025"), evidence=(values.evidence("leak"),))
    library = values.library(
        values.fact(rows=(row,)),
        sources=(values.source(), values.source("leak", marking=source)),
        briefs=(written("Words.", series=(Series(Key(Placed("drones.letter", LINE_AT))),)),),
    )
    return Case(library)


def with_line(line: str) -> Case:
    return Case(values.library(briefs=(written(CITED, line),)))


def summed(of: Marking | None, addend: Marking | None) -> Case:
    letter = values.fact(sum_of=(Key("drones.one"), Key("drones.two")), marking=of, at=AT)
    one, two = values.fact("drones.one"), values.fact("drones.two", marking=addend)
    return Case(values.library(letter, one, two))


def computed(of: Marking | None) -> Case:
    letter = values.fact(computed=Computed(count=(Key("drones.one"),), unit="drones"), marking=of, at=AT)
    return Case(values.library(letter, values.fact("drones.one", marking=AMBER)))


def entered(of: Marking | None) -> Case:
    gap = replace(values.gap("drones.payer", "drones.letter"), marking=of, at=AT)
    return Case(values.library(sheets=(values.sheet("drones", values.fact(marking=AMBER), gaps=(gap,)),)))


def stated(of: Marking | None) -> Case:
    """A statement by somebody whose name is AMBER."""
    origin = values.origin("post", "minister", marking=of, at=AT)
    actors = (values.actor("minister", marking=AMBER), values.actor("general"))
    return Case(values.library(origins=(origin,), actors=actors))


def on_page(body: str) -> Case:
    page = replace(values.page(), body=placed(body, BODY_AT), body_at=BODY_AT, at=BRIEF_AT)
    return Case(values.library(values.fact(marking=RED), pages=(page,)))


def in_column(column: int, line: int = 0) -> Place:
    return replace(BODY_AT, line=BODY_AT.line + line, column=column)


GOOD = {
    "marking-leak": [
        marked(None, CLEAR),
        marked(AMBER, AMBER),
        marked(AMBER, RED),
        marked(None, GREEN, usual=GREEN),
        Case(marked(AMBER, CLEAR, body=f"(TLP:AMBER) They signed {CITED}.").library),
        Case(marked(AMBER, CLEAR, body=f"# (TLP:RED) Plans\n\n- They signed {CITED}.").library),
        of_source(CLEAR),
        asking(marking=AMBER),
        with_series(CLEAR),
        with_line("(TLP:AMBER) Words.\n\nA line for everybody."),
        on_page(f"(TLP:RED) They signed {CITED}."),
    ],
    "understated-marking": [
        summed(None, None),
        summed(AMBER, AMBER),
        summed(RED, AMBER),
        computed(AMBER),
        entered(None),
        entered(AMBER),
        stated(None),
        stated(RED),
    ],
    "portion-mark": [
        with_line("(TLP:AMBER) Words.\n\nA line (in brackets)."),
        on_page(
            "(TLP:AMBER+STRICT) Words.\n\n## (TLP:RED) A title\n\nIt is `(TLP:RED)`.\n\n- (TLP:GREEN) One"
        ),
    ],
}
BAD = {
    "marking-leak": [
        told(marked(AMBER, CLEAR), in_column(1), says="TLP:CLEAR"),
        told(marked(None, CLEAR, usual=GREEN), in_column(1)),
        told(marked(Marking.AMBER_STRICT, AMBER), in_column(1)),
        told(marked(AMBER, CLEAR, body=f"(TLP:GREEN) See {CITED}."), in_column(17)),
        told(marked(AMBER, CLEAR, body="Nothing."), BRIEF_AT),
        told(of_source(AMBER), in_column(13), says="by its source report"),
        told(asking(), LINE_AT),
        told(with_series(AMBER), LINE_AT, says="by its source leak"),
        told(with_line("(TLP:AMBER) Words."), LINE_AT),
        told(on_page(f"They signed\n\n{CITED}."), in_column(1, line=2)),
    ],
    "understated-marking": [
        told(summed(None, AMBER), AT, says="by its addend drones.two"),
        told(summed(GREEN, AMBER), AT),
        told(computed(None), AT, says="by its addend drones.one"),
        told(entered(CLEAR), AT),
        told(stated(GREEN), AT),
    ],
    "portion-mark": [
        told(with_line("Words (TLP:AMBER) of it."), replace(LINE_AT, column=LINE_AT.column + 6)),
        told(
            on_page("(TLP:ORANGE) Words.\n\n(TLP:AMBER)Words.\n\n- One\n- (TLP:RED) Two"),
            in_column(1),
            in_column(1, line=2),
            in_column(3, line=5),
        ),
    ],
}
