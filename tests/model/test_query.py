"""Questions to the library: which facts a table shows, and from how many origins something comes."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import query
from briefing.model.briefs import Selection
from briefing.model.facts import Fact
from briefing.model.scales import FactKind
from briefing.model.sources import Evidence, Role, Source, Uncited, Verification
from briefing.model.values import Label, Slug
from tests import values
from tests.values import Reached

LETTER = values.fact("drones.letter", systems=(Slug("drones"),), actors=(Slug("minister"),))
LINES = values.fact("drones.lines", status=Reached.ANNOUNCED, actors=(Slug("general"),))
TALKS = values.fact("drones.talks", kind=FactKind.EVENT)
PRICE = values.fact(
    "money.price", kind=FactKind.CLAIM, said_by=(Slug("minister"),), actors=(Slug("minister"),)
)
LIBRARY = values.library(LETTER, LINES, TALKS, PRICE)


def selected(**conditions: object) -> list[str]:
    return [fact.id for fact in query.select(Selection(**conditions), LIBRARY)]  # type: ignore[arg-type]


def test_nothing_asked_for_is_nothing_shown() -> None:
    assert selected() == []


def test_each_condition_alone() -> None:
    assert selected(sheets=("money",)) == ["money.price"]
    assert selected(kinds=(FactKind.COMMITMENT,)) == ["drones.letter", "drones.lines"]
    assert selected(statuses=(Reached.ANNOUNCED.id,)) == ["drones.lines"]
    assert selected(systems=("drones",)) == ["drones.letter"]
    assert selected(actors=("minister",)) == ["drones.letter", "money.price"]


def test_conditions_together_must_all_hold_and_their_words_need_not() -> None:
    assert selected(sheets=("drones",), actors=("minister", "general")) == ["drones.letter", "drones.lines"]
    assert selected(kinds=(FactKind.COMMITMENT,), actors=("general",)) == ["drones.lines"]
    assert selected(kinds=(FactKind.CLAIM,), sheets=("drones",)) == []


def test_named_facts_come_first_and_in_their_order() -> None:
    assert selected(facts=("money.price", "drones.letter")) == ["money.price", "drones.letter"]
    assert selected(facts=("drones.talks",), sheets=("drones",)) == [
        "drones.talks",
        "drones.letter",
        "drones.lines",
    ]


def test_excepted_facts_never_come_even_where_they_are_named() -> None:
    assert selected(sheets=("drones",), except_facts=("drones.lines",)) == ["drones.letter", "drones.talks"]
    assert selected(facts=("drones.lines",), except_facts=("drones.lines",)) == []


def test_facts_not_known_on_the_day_are_passed_over() -> None:
    assert selected(facts=("drones.nowhere", "drones.letter")) == ["drones.letter"]


def test_the_sheet_of_a_key() -> None:
    assert query.sheet_of("drones.letter") == "drones"


# ------------------------------------------------------------------------------------------- days


def known_on(*facts: Fact, sources: tuple[Source, ...]) -> str:
    library = values.library(*facts, sources=sources)
    return query.known_on(library, library.facts.values()).isoformat()


def test_facts_show_the_day_of_the_newest_of_them() -> None:
    dated = values.source("report", "2025-09-22")
    undated = values.source("later", None, retrieved=values.date("2026-11-01"))
    old = values.fact("drones.old")
    new = values.fact("drones.new", evidence=(values.evidence("later"),))
    assert known_on(old, sources=(dated,)) == "2025-09-22"
    # What an undated text says was known at the latest when somebody read it.
    assert known_on(old, new, sources=(dated, undated)) == "2026-11-01"
    told = dataclasses.replace(new, asserted=values.date("2026-01"))
    assert known_on(old, told, sources=(dated, undated)) == "2026-01-31"


# ---------------------------------------------------------------------------------------------- origins

NEWS = values.library(
    sources=tuple(
        values.source(name, publisher="The Herald" if name == "third" else "The Courier")
        for name in ("report", "second", "third")
    ),
    origins=(
        values.origin("post", "minister"),
        values.origin("interview", "minister"),
        values.origin("speech", "general"),
        values.origin("joint-statement", "minister", "general"),
        values.origin("unsigned"),
    ),
)


def independent(*passages: Evidence) -> int:
    return query.independent_origins(passages, NEWS)


def relayed(source: str, origin: str) -> Evidence:
    return values.evidence(source, origin=origin)


def test_three_reports_of_one_post_are_one_origin() -> None:
    passages = [relayed(name, "post") for name in ("report", "second", "third")]
    assert query.origins_of(passages) == ("post",)
    assert independent(*passages) == 1


def test_two_statements_of_one_speaker_are_not_independent() -> None:
    assert independent(relayed("report", "post"), relayed("second", "interview")) == 1


def test_an_office_and_whom_it_speaks_for_are_one_voice() -> None:
    library = values.library(
        origins=(values.origin("post", "minister"), values.origin("notice", "ministry")),
        actors=(values.actor("minister"), values.actor("ministry", speaks_for=Slug("minister"))),
    )
    passages = (relayed("report", "post"), relayed("report", "notice"))
    assert query.independent_origins(passages, library) == 1


def test_two_speakers_are_independent() -> None:
    assert independent(relayed("report", "post"), relayed("report", "speech")) == 2


def test_a_joint_statement_ties_its_speakers_together() -> None:
    assert (
        independent(
            relayed("report", "post"), relayed("report", "speech"), relayed("second", "joint-statement")
        )
        == 1
    )


def test_a_source_in_its_own_voice_is_an_origin_of_its_own_once() -> None:
    assert independent(values.evidence("report", 1), values.evidence("report", 2)) == 1
    assert independent(values.evidence("report"), values.evidence("third")) == 2
    assert independent(values.evidence("report"), relayed("report", "post")) == 2


def test_two_sources_of_one_house_are_one_voice_and_so_are_two_without_a_publisher() -> None:
    assert independent(values.evidence("report"), values.evidence("second")) == 1
    unsigned = values.library(
        sources=(values.source("report", publisher=None), values.source("second", publisher=None))
    )
    passages = (values.evidence("report"), values.evidence("second"))
    assert query.independent_origins(passages, unsigned) == 1


def test_a_statement_without_a_speaker_counts_as_itself() -> None:
    assert independent(relayed("report", "unsigned"), relayed("second", "unsigned")) == 1
    assert independent(relayed("report", "unsigned"), relayed("second", "post")) == 2


def test_no_passage_has_no_origin() -> None:
    assert independent() == 0


PASSAGES = st.lists(
    st.builds(
        values.evidence,
        st.sampled_from(["report", "second", "third"]),
        origin=st.sampled_from([None, "post", "interview", "speech", "joint-statement", "unsigned"]),
    ),
    max_size=6,
)


@given(PASSAGES, st.randoms(use_true_random=False))
def test_the_order_of_passages_does_not_matter(passages: list[Evidence], random: object) -> None:
    shuffled = passages.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert independent(*passages) == independent(*shuffled)


@given(PASSAGES)
def test_origins_are_never_more_than_passages_and_repeating_adds_none(passages: list[Evidence]) -> None:
    count = independent(*passages)
    assert (count > 0) == bool(passages)
    assert count <= len(query.origins_of(passages)) <= len(passages)
    assert independent(*passages, *passages) == count


@given(PASSAGES)
def test_independent_origins_are_the_parts_that_nothing_ties_together(passages: list[Evidence]) -> None:
    """The same number, counted the slow way: passages tied by a speaker, directly or by others, are one."""
    groups = [set(speakers(passage)) for passage in passages]
    is_merging = True
    while is_merging:
        is_merging = False
        for one, other in itertools.combinations(groups, 2):
            if one & other:
                groups.remove(other)
                one.update(other)
                is_merging = True
                break
    assert independent(*passages) == len(groups)


def speakers(passage: Evidence) -> frozenset[str]:
    if passage.origin is None:
        return frozenset({f"publisher {NEWS.sources[passage.source].publisher}"})
    said_by = NEWS.origins[passage.origin].said_by
    return frozenset(said_by) or frozenset({f"origin {passage.origin}"})


# ------------------------------------------------------------------------------------------ paragraphs

REPORT = values.source(
    uncited=(
        Uncited((1, 2), "a picture and its credit"),
        Uncited((4,), "no subject of this corpus", ("the weather",)),
    )
)


def paragraphs_of(*verified: Verification, source: Source = REPORT) -> tuple[query.SourceParagraph, ...]:
    """The paragraphs of a source that two facts, a state of one before, and a role cite."""
    role = Role("minister of ferries", values.evidence(paragraph=6))
    library = values.library(
        values.fact("drones.letter", evidence=(values.evidence(paragraph=3), values.evidence(paragraph=4))),
        values.fact(
            "drones.talks",
            evidence=(values.evidence(paragraph=4), values.evidence(paragraph=4, terms=["another"])),
            history=(values.assertion("2026-01-01"),),
        ),
        sources=(source,),
        actors=(values.actor("minister", roles=(role,)),),
        verifications=verified,
    )
    return query.paragraphs(library, library.sources["report"])


def verification(**changes: object) -> Verification:
    made = Verification(Slug("report"), values.date(), "0" * 64, 7, ())
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def test_paragraphs_tell_what_cites_them_now_or_did_before() -> None:
    found = {item.number: item for item in paragraphs_of()}
    assert {number: item.facts for number, item in found.items() if item.facts} == {
        1: ("drones.talks",),
        3: ("drones.letter",),
        4: ("drones.letter", "drones.talks"),
    }
    assert found[6].actors == ("minister",)
    assert [number for number, item in found.items() if item.is_cited] == [1, 3, 4, 6]


def test_paragraphs_are_explained_whole_or_in_some_words() -> None:
    found = {item.number: item for item in paragraphs_of()}
    assert [number for number, item in found.items() if item.is_explained] == [1, 2]
    assert [item.reason for item in found[4].uncited] == ["no subject of this corpus"]


def test_only_paragraphs_that_something_names_are_known_without_a_verification() -> None:
    assert [item.number for item in paragraphs_of()] == [1, 2, 3, 4, 6]
    assert [item.number for item in paragraphs_of(verification())] == [1, 2, 3, 4, 5, 6, 7]
    stale = verification(sha256="1" * 64)
    assert [item.number for item in paragraphs_of(stale)] == [1, 2, 3, 4, 6]


def test_open_words_stand_at_their_paragraphs() -> None:
    found = paragraphs_of(verification(uncited=("5: 40 per cent", "5: 12: 30", "odd")))
    assert {item.number: item.open for item in found if item.open} == {5: ("40 per cent", "12: 30")}


def test_paragraphs_of_another_source_do_not_count() -> None:
    library = values.library(values.fact("drones.letter"), sources=(values.source(), values.source("other")))
    assert query.paragraphs_cited(library.facts.values(), "report") == {1: ("drones.letter",)}
    assert query.paragraphs_cited(library.facts.values(), "other") == {}


# --------------------------------------------------------------------------------------- known here


RETRIEVED = values.source("retrieved", "2026-03-01", retrieved=values.date("2026-06-20"))
PUBLISHED = values.source("published", "2026-04-01")
UNDATED = values.source("undated", None)
COUNTED = values.source("counted", None, as_of=values.date("2026-03-03"))


def _days_known(*names: str, asserted: str | None = "2026-01-05", history: tuple[str, ...] = ()) -> list[str]:
    """The days on which a fact, whose states cite one source each, became known; its last cites several."""
    fact = values.fact(
        evidence=tuple(map(values.evidence, names)),
        asserted=values.date(asserted) if asserted else None,
        history=tuple(
            dataclasses.replace(values.assertion("2026-01-02"), evidence=(values.evidence(name),))
            for name in history
        ),
    )
    library = values.library(fact, sources=(RETRIEVED, PUBLISHED, UNDATED, COUNTED))
    return [day.edtf if day else "" for day in query.since_when_known(fact, library)]


def test_a_fact_is_known_since_its_text_was_retrieved_or_published_or_else_since_it_holds() -> None:
    assert _days_known("retrieved") == ["2026-06-20"]
    assert _days_known("published") == ["2026-04-01"]
    assert _days_known("undated") == ["2026-01-05"]
    assert _days_known("undated", asserted=None) == [""]
    assert _days_known("counted") == ["2026-03-03"], "not the day of which the text speaks"


def test_of_several_texts_the_first_counts_that_no_earlier_state_cites() -> None:
    assert _days_known("retrieved", "published") == ["2026-04-01"]
    assert _days_known("retrieved", "published", history=("published",)) == ["2026-04-01", "2026-06-20"]


def test_no_state_is_known_before_an_earlier_one() -> None:
    assert _days_known("published", history=("retrieved",)) == ["2026-06-20", "2026-06-20"]


def test_context_that_texts_word_otherwise_is_about_wording() -> None:
    def is_about_wording(*of: str, **changes: Any) -> bool:
        fact = values.fact("drones.name", status=None, **{"kind": FactKind.CONTEXT, **changes})
        item = values.disagreement("drones.names", *(of or ("drones.name", "drones.other")))
        actors = (Slug("minister"),) if "value" not in changes else ()
        return query.is_about_wording(fact, [dataclasses.replace(item, actors=actors)])

    assert is_about_wording()
    assert is_about_wording(value=Label("Zelensky"))
    assert not is_about_wording(value=None)
    assert not is_about_wording(kind=FactKind.CLAIM)
    assert is_about_wording(kind=FactKind.OBSERVATION, value=None)
    assert not is_about_wording("drones.letter", "drones.other")
    assert not query.is_about_wording(values.fact("drones.name", kind=FactKind.CONTEXT), ())


def test_an_outlet_that_only_relayed_a_statement_is_not_concerned_by_it() -> None:
    named = (Slug("general"), Slug("gazette"))
    relayed = values.fact("drones.post", actors=named, evidence=(values.evidence(origin="post"),))
    plain = values.fact("drones.visit", actors=named)
    library = values.library(
        relayed,
        plain,
        actors=(values.actor("general"), values.actor("gazette"), values.actor()),
        origins=(values.origin("post", "minister", via=(Slug("gazette"),)),),
    )
    assert query.concerned(relayed, library) == (Slug("general"),)
    assert query.concerned(plain, library) == named
