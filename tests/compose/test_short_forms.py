"""Short forms: first entries, judgements without their reasons, caveats that change a row."""

from __future__ import annotations

import dataclasses

from briefing.compose import short_forms
from briefing.model.editions import Claim, Edition, Figure, Passage, Reference, Section
from briefing.model.scales import FigureKind, Length, Reliability
from briefing.model.values import Key, Slug
from tests import values

REPORTED = "No text says that the town has asked for it."
OURS = "By our reading both texts relay one speech."
JUDGED = "1. **We judge it unlikely (20–45%) that "
"""How the first judgement begins; the claims in it and in its reasons follow."""


def edition(*sections: Section, caveat: str = "") -> Edition:
    """A full edition with these sections and a note for each of five facts."""
    made = values.edition("letter", *(f"trams.n{number}" for number in range(5)))
    notes = tuple(
        dataclasses.replace(note, text=f"Holm's words (S1 ¶2). {caveat}".strip(), caveat=caveat)
        for note in made.notes
    )
    return dataclasses.replace(made, sections=sections, notes=notes)


def text_of(part: Section) -> str:
    """The words of a section."""
    return "".join(item.words if isinstance(item, Claim) else item for item in part.segments)


def shown(form: Edition, role: str) -> str:
    return next((text_of(part) for part in form.sections if part.role == role), "")


def section(role: str, *lines: str) -> Section:
    claims = (
        Claim(Key(f"trams.n{number}"), line, number + 1, True, True) for number, line in enumerate(lines)
    )
    begun = "| " if role in ("commitments", "milestones") else "- "
    head: list[str | Claim] = ["| A |\n|---|\n"] if begun == "| " else []
    return Section(role, role, (*head, *(part for claim in claims for part in (begun, claim, "\n"))))


def test_a_short_form_shows_three_questions_and_dates_that_are_ahead() -> None:
    dates = ("2031", "was expected on 1 May 2030 Expected then: none.", "2032", "2033", "2034")
    found = edition(section("milestones", *dates), section("gaps", *"abcde"), section("why", "w"))
    short = short_forms.most_complete(found, Length.FLASH)
    texts = {part.role: text_of(part) for part in short.sections}
    assert list(texts) == ["short-form", "why", "gaps", "milestones"]
    assert texts["gaps"].splitlines() == ["- a", "- b", "- c", ""]
    assert [line for line in texts["milestones"].splitlines() if line] == [
        *("| A |", "|---|"),
        *("| 2031", "| 2032", "| 2033"),
    ]
    assert texts["short-form"] == "The full brief adds 2 open questions and 2 dates."


def test_lists_become_shorter_before_what_to_watch_goes() -> None:
    signs = Section("milestones", "milestones", ("- one\n- two\n- three\n- four\n- five\n",))
    forms = short_forms.forms(edition(section("gaps", *"abcde"), signs), Length.FLASH)
    found = [(shown(form, "gaps").count("- "), shown(form, "milestones").count("- ")) for form in forms]
    assert found == [(3, 3), (2, 2), (2, 1), (1, 1), (3, 0), (2, 0), (1, 0)]
    assert "4 open questions and 4 things to watch" in shown(forms[3], short_forms.ROLE)


def forms_of_long_table() -> tuple[Edition, ...]:
    """The one-page forms of a brief with eight rows, three questions and two signs."""
    rows = section("commitments", *"abcde")
    rows = dataclasses.replace(rows, segments=(*rows.segments, *("| f\n", "| g\n", "| h\n")))
    signs = Section("milestones", "milestones", ("- one\n- two\n",))
    return short_forms.forms(edition(rows, section("gaps", *"abc"), signs), Length.FLASH)


def test_a_long_table_loses_its_last_rows_before_questions_and_signs_go() -> None:
    forms = forms_of_long_table()
    found = [
        (
            shown(form, "commitments").count("| ") - 1,
            shown(form, "gaps").count("- "),
            shown(form, "milestones").count("- "),
        )
        for form in forms
    ]
    for is_single in (False, True):
        left = [rows for rows, gaps, signs in found if signs and (min(gaps, signs) == 1) is is_single]
        assert list(dict.fromkeys(left)) == [8, 6, 4]
        assert left == sorted(left, reverse=True)
    last = max(place for place, (_, gaps, signs) in enumerate(found) if gaps and signs)
    assert all(gaps and signs for _, gaps, signs in found[:last])


def test_a_single_question_or_sign_is_the_last_resort() -> None:
    """A table of four rows with two questions says more than one of six with a single question."""
    forms = forms_of_long_table()
    found = [
        min(shown(form, "gaps").count("- "), shown(form, "milestones").count("- "))
        for form in forms
        if shown(form, "milestones")
    ]
    assert found == sorted(found, key=lambda number: number == 1)


def test_notes_of_a_short_form_that_say_the_same_share_a_number() -> None:
    short = short_forms.most_complete(edition(section("gaps", "a", "b")), Length.FLASH)
    assert {note.number for note in short.notes} == {1}


def test_a_short_form_says_in_a_sentence_what_it_is_of_and_has_a_version_of_its_own() -> None:
    found = dataclasses.replace(
        edition(section("narrative", "a", "b"), section("gaps", "c")), digest="961acf0", counts="All counts."
    )
    short = short_forms.most_complete(found, Length.FLASH)
    assert shown(short, short_forms.ROLE) == "The full brief adds “narrative”."
    assert short.counts == ""
    assert short.digest != "961acf0"
    untitled = dataclasses.replace(found.sections[0], title="")
    bare = dataclasses.replace(found, sections=(untitled, found.sections[1]))
    opening = shown(short_forms.most_complete(bare, Length.FLASH), short_forms.ROLE)
    assert opening == "The full brief adds background."
    whole = dataclasses.replace(found, sections=found.sections[1:], notes=found.notes[:1])
    short = short_forms.most_complete(whole, Length.FLASH)
    assert shown(short, short_forms.ROLE) == "Shortened from the full brief."


def test_no_short_form_has_a_figure() -> None:
    figure = Figure(FigureKind.LADDER, "", "Trams.", ())
    drawn = dataclasses.replace(section("commitments", "Trams"), figure=figure)
    for length in (Length.TWO_PAGES, Length.FLASH):
        forms = short_forms.forms(edition(drawn), length)
        assert not [part for form in forms for part in form.sections if part.figure]


def test_a_short_form_keeps_three_signs_beside_three_dates() -> None:
    """A sign may go on over lines, and have more below it."""
    signs = (
        "- A price\n  of all.\n* A payer.\n\n  Or a loan.\n- A date.\n"
        "- A yes\nor a no.\n\n  A vote.\n- A ship.\n\n"
    )
    dates = section("milestones", "2031", "2032", "2033", "2034", "2035")
    both = dataclasses.replace(dates, segments=(signs, *dates.segments))
    lines = shown(short_forms.most_complete(edition(both), Length.FLASH), "milestones").splitlines()
    assert [line for line in lines if line] == [
        *("- A price", "  of all.", "* A payer.", "  Or a loan.", "- A date."),
        *("| A |", "|---|", "| 2031", "| 2032", "| 2033"),
    ]
    assert "" in lines[lines.index("- A date.") : lines.index("| A |")]


def test_the_rows_of_a_short_form_keep_the_first_sentence_of_a_caveat() -> None:
    found = edition(section("commitments", "Trams"), caveat=f"{REPORTED} {OURS}")
    short = short_forms.most_complete(found, Length.FLASH)
    assert short.notes[0].text.endswith(f" {REPORTED}")
    elsewhere = edition(section("why", "Trams"), caveat=f"{REPORTED} {OURS}")
    assert REPORTED not in short_forms.most_complete(elsewhere, Length.FLASH).notes[0].text


def judgements() -> Section:
    """Two judgements as a brief prints them, with confidence, reasons and what follows."""
    judged, reason, other = (
        Claim(Key(f"trams.n{number}"), words, number + 1, True, True)
        for number, words in enumerate(("six trams", "no price", "the town"))
    )
    rest = (
        "\n\n   What follows: Budgets can wait.\n\n   The other reading: A price may come.\n\n"
        "   What would change this: A price.\n\n"
    )
    return Section(
        "judgements",
        "Key judgements",
        (
            *(JUDGED, judged, " come.**\n\n   Confidence: *low*. There is ", reason, ".", rest),
            *(
                "2. **We judge it likely (55–80%) that ",
                other,
                " waits.**\n\n   Confidence: *high*. Why not.",
            ),
            rest,
        ),
    )


def test_judgements_lose_their_reasons_first_then_all_but_the_first_then_all() -> None:
    forms = short_forms.forms(edition(section("why", "w"), judgements()), Length.FLASH)
    whole, in_brief, first, none = forms
    assert "There is no price." in shown(whole, "judgements")
    assert shown(in_brief, "judgements").splitlines() == [
        f"{JUDGED}six trams come.** Confidence: *low*. What follows: Budgets can wait.",
        "2. **We judge it likely (55–80%) that the town waits.** Confidence: *high*. "
        "What follows: Budgets can wait.",
    ]
    assert shown(first, "judgements").splitlines() == [
        f"{JUDGED}six trams come.** Confidence: *low*. What follows: Budgets can wait.",
    ]
    assert "1 judgement" in shown(first, short_forms.ROLE)
    assert shown(none, "judgements") == ""


def test_a_form_without_reasons_says_so_and_has_no_notes_for_them() -> None:
    forms = short_forms.forms(edition(section("why", "w"), judgements()), Length.FLASH)
    whole, in_brief, _, none = forms
    assert [len(form.notes) for form in (whole, in_brief, none)] == [3, 2, 1]
    assert "adds reasons" in shown(in_brief, short_forms.ROLE)
    assert "reasons" not in shown(whole, short_forms.ROLE)
    assert "“Key judgements”" in shown(none, short_forms.ROLE)


def test_what_is_no_list_of_judgements_stays_as_it_is() -> None:
    """A project's own template may print them otherwise."""
    own = Section("judgements", "Ours", ("We judge it likely that it rains.",))
    forms = short_forms.forms(edition(section("why", "w"), own), Length.FLASH)
    assert {shown(form, "judgements") for form in forms} == {"We judge it likely that it rains.", ""}


def test_a_source_has_one_label_in_all_forms_of_an_edition() -> None:
    """The short form cites the third source first, and nothing of the first."""
    roles = ("timeline", "timeline", "timeline", "gaps", "why")
    full = edition(
        *(
            Section(role, role, (Claim(Key(f"trams.n{number}"), "- a", number + 1, True, True),))
            for number, role in enumerate(roles)
        )
    )
    labels = ("S1", "S1", "S1", "S2", "S3")
    notes = tuple(
        dataclasses.replace(note, text=f"{label} ¶2.", passages=(Passage(label, Slug(label), 2, ""),))
        for note, label in zip(full.notes, labels, strict=True)
    )
    references = tuple(
        Reference(label, Slug(label), "A report.", "A report", Reliability.C) for label in ("S1", "S2", "S3")
    )
    short = short_forms.most_complete(
        dataclasses.replace(full, notes=notes, references=references), Length.FLASH
    )
    assert [(note.number, note.text) for note in short.notes] == [(1, "S3 ¶2."), (2, "S2 ¶2.")]
    assert [item.label for item in short.references] == ["S2", "S3"]


def test_a_short_form_tells_the_gravest_changes_and_does_not_count_the_others() -> None:
    found = edition(section("changes", *"abcd"), section("why", "w"))
    told = shown(short_forms.most_complete(found, Length.FLASH), "changes")
    assert told.splitlines() == ["- a", "- b", ""]
    opening = shown(short_forms.most_complete(found, Length.FLASH), short_forms.ROLE)
    assert opening == "Shortened from the full brief."


def test_changes_are_left_to_the_full_brief_before_the_last_judgement_goes() -> None:
    found = edition(section("changes", *"abcd"), section("gaps", *"abc"), judgements())
    forms = short_forms.forms(found, Length.FLASH)
    told = [(shown(form, "changes").count("- "), bool(shown(form, "judgements"))) for form in forms]
    assert told[:5] == [(2, True), (2, True), (2, True), (0, True), (0, True)]
    assert shown(forms[3], "changes") == "**changes:** not listed here."
    assert [shown(form, "gaps").count("- ") for form in forms[3:5]] == [3, 2]
    without = [form for form in forms if not shown(form, "judgements")]
    assert [shown(form, "gaps").count("- ") for form in without[:5]] == [3, 3, 3, 2, 1]


def test_what_changed_is_one_line_where_its_items_do_not_fit() -> None:
    items = section("changes", *"abcd").segments
    changes = Section("changes", "What changed since edition 1", ("Read again.\n\n", *items))
    forms = short_forms.forms(edition(changes, section("gaps", *"abc"), judgements()), Length.FLASH)
    assert shown(forms[3], "changes") == "**What changed since edition 1:** Read again."


def test_what_is_not_stated_goes_before_the_last_judgement() -> None:
    table = section("commitments", "Trams")
    both = dataclasses.replace(table, segments=(*table.segments, "\nNo amount is stated for any of these.\n"))
    forms = short_forms.forms(edition(both, judgements()), Length.FLASH)
    found = [(shown(form, "commitments"), bool(shown(form, "judgements"))) for form in forms]
    with_both = [("No amount" in table, has_judgement) for table, has_judgement in found]
    assert with_both[0] == (True, True)
    assert (False, True) in with_both
    assert (False, False) not in with_both
