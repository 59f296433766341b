"""Checks that what a record says is in the passages that it cites: values, dates, statuses, speakers.

Where captures are at hand, in the project or in ``verify``, the figures and dates of the paragraph that the
terms touch are read, so that a bound or a scale just outside a term counts as well; else the terms.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from briefing.checks.base import Check, Subject
from briefing.language import lexicon, quantities, source_figures, source_words
from briefing.language.quantities import FoundNumber, NumberKind
from briefing.language.source_words import SourceWords
from briefing.language.wording import in_message
from briefing.model import edtf
from briefing.model.facts import Assertion, Fact
from briefing.model.findings import Finding, Place, Severity
from briefing.model.library import Library
from briefing.model.scales import Bound, DatePart
from briefing.model.sources import Evidence, Source
from briefing.model.values import Date, Label, Money, Quantity, Value, place_of
from briefing.sources import stated, stated_dates, term_matching, verify
from briefing.sources.captures import CaptureState
from briefing.sources.stated import Lack, Passage

State = Fact | Assertion
Texts = Mapping[str, Sequence[str]]


def value_not_stated(subject: Subject) -> Iterator[Finding]:
    """Yield values of which no cited passage states the amount, bound, unit, currency, date or words."""
    known = texts(subject)
    library = subject.library
    for fact in subject.own.facts:
        for state in fact.states:
            is_sum = isinstance(state, Fact) and bool(state.sum_of or state.computed)
            if state.value is None or is_sum or not is_readable(state.evidence, subject):
                continue
            cited = stated.passages(state.evidence, library, known)
            owner, value = verify.owner_of(fact, state), state.value
            lacks: tuple[Lack, ...] = ()
            if isinstance(value, Date) and value.within:
                pass  # ``date-not-stated`` says what of a time is not stated
            elif isinstance(value, Date):
                lacks = stated_dates.lacking(value, cited, stated_dates.registered(state.evidence, library))
            else:
                lacks = stated.lacking(value, cited, library)
            if lacks:
                yield _not_stated(owner, value, lacks, _place(value, state.at))
            yield from _basis(owner, value, library, _place(value, state.at))
    yield from _roles(subject)


def _roles(subject: Subject) -> Iterator[Finding]:
    """Yield roles of actors whose title has words that the cited terms lack."""
    known, library = texts(subject), subject.library
    for actor in subject.own.actors:
        for role in actor.roles:
            cited = stated.passages((role.evidence,), library, known)
            if not cited or not is_readable((role.evidence,), subject):
                continue
            if lost := [
                word for word in stated.lost_words(role.title, cited[0]) if len(word) > stated.SMALL_WORD
            ]:
                message = (
                    f"the role of {actor.id} is '{role.title}', and no cited words state '{' '.join(lost)}'"
                )
                hint = "write the title as the source has it, or quote the words that state it"
                yield Finding("", message, place_of(role.title, role.evidence.at), hint)


def _not_stated(owner: str, value: Value, lacks: Sequence[Lack], at: Place) -> Finding:
    found = next((lack.found for lack in lacks if lack.found), ())
    first = lacks[0].part
    others = [lack for lack in lacks if (lack.part, lack.wanted) != ("bound", Bound.EXACTLY.value)]
    wanted = ", ".join(f"{lack.part.replace('_', ' ')} '{lack.wanted}'" for lack in others)
    if wanted:
        has = f"; they have {_quoted(found)}" if found else ""
        message = f"{owner} has {in_message(value)}, but no cited words state the {wanted}{has}"
    else:
        message = (
            f"{owner} has {in_message(value)} without a bound, and the cited words have {_quoted(found)}"
        )
    hint = "correct the value, or quote the words that state it"
    if bounds := next((lack.bounds for lack in lacks if lack.bounds), ()):
        hint = f"write the bound of the words into the value, {' or '.join(f'bound: {it}' for it in bounds)}"
        hint += ", or quote the words that state the value as you have it"
    elif first == "bound":
        hint = "delete the bound, or quote the words that state it"
    if first == "unit":
        hint += "; if they call it otherwise, add that name under 'units:' in content/project.yaml"
    if isinstance(value, Date):
        parts = [lack.part for lack in lacks if lack.part in {*DatePart}] or [DatePart.YEAR.value]
        hint += f"; what you concluded is marked: inferred: [{', '.join(parts)}]"
    else:
        hint += f"; what you computed or converted is marked: inferred: [{first}], basis: how"
    return Finding("", message, at, hint)


def _basis(owner: str, value: Value, library: Library, at: Place) -> Iterator[Finding]:
    """Yield inferred parts of amounts and labels whose basis does not name the result."""
    if isinstance(value, Date) or not value.inferred:
        return
    if not value.basis:
        hint = "write how you came to it: basis: 4 trains of 6 cars, so 24 cars"
        yield Finding("", f"{owner} infers the {value.inferred[0]} without a basis", at, hint)
        return
    plain = dataclasses.replace(value, inferred=())

    def lost(own: SourceWords) -> list[Lack]:
        reading = Passage(_NO_EVIDENCE, own, (value.basis,), source_figures.find(value.basis, own), ())
        return [lack for lack in stated.lacking(plain, (reading,), library) if lack.part in {*value.inferred}]

    found = [lost(own) for own in _of_editors(library)]
    if all(found):
        wanted = ", ".join(f"{lack.part} '{lack.wanted}'" for lack in found[0])
        yield Finding(
            "", f"the basis of {owner} does not name the {wanted}", at, "let the basis end in the result"
        )


def _of_editors(library: Library, sources: Iterable[Source] = ()) -> list[SourceWords]:
    """Return the words of the languages in which editors may write a note: a basis, a caveat, of a source.

    A project in French may have notes in the language of a source, or in English as every message is.
    """
    own = [*map(source_words.of_language, library.project.languages)]
    others = map(source_words.of_language, (*(source.language for source in sources), "en"))
    return list(dict.fromkeys((*own, *(words for words in others if words.is_known))))


_NO_EVIDENCE = Evidence("", 0, ())  # type: ignore[arg-type]


# -------------------------------------------------------------------------------------------------- dates


def _unexplained(subject: Subject) -> Iterator[Finding]:
    """Yield sources that count as of a day which their note does not explain."""
    library = subject.library
    for source in () if library.as_of else subject.own.sources:
        notes = [(source.note, words) for words in _of_editors(library, [source])]
        if (day := source.as_of) and (lost := stated_dates.unfounded_parts(day, notes, ())):
            message = (
                f"{source.id} counts as of {day.edtf}, and its note does not say why the {' and '.join(lost)}"
            )
            in_words = in_message(dataclasses.replace(day, inferred=()))
            hint = f"say in the note of the source from what it is inferred: … {in_words}"
            yield Finding("", message, day.at, hint)


def _expectations(subject: Subject) -> Iterator[Finding]:
    """Yield milestones on a day that neither their facts nor the passages of these state."""
    known, library = texts(subject), subject.library
    for milestone in subject.own.milestones:
        resting = [library.facts[key] for key in milestone.facts if key in library.facts]
        evidence = [item for fact in resting for item in fact.evidence]
        dates = [date for fact in resting for date in (fact.date, fact.value) if isinstance(date, Date)]
        is_theirs = any(date.edtf == milestone.date.edtf for date in dates)
        if resting and not is_theirs and is_readable(evidence, subject):
            cited = stated.passages(evidence, library, known)
            dates += stated_dates.registered(evidence, library)
            lacks = [
                lack
                for lack in stated_dates.lacking(milestone.date, cited, dates, is_registered_enough=True)
                if lack.part != "open"  # what is expected by a day is a milestone of that day
            ]
            yield from _of_date(milestone.id, milestone.date, lacks, "is expected")


def date_not_stated(subject: Subject) -> Iterator[Finding]:
    """Yield dates that no cited passage states, or that were inferred from nothing on record."""
    known, library = texts(subject), subject.library
    yield from _unexplained(subject)
    for fact in subject.own.facts:
        for state in fact.states:
            if not is_readable(state.evidence, subject):
                continue
            cited = stated.passages(state.evidence, library, known)
            registered = stated_dates.registered(state.evidence, library)
            owner = verify.owner_of(fact, state)
            for date in (state.date, state.value):
                if isinstance(date, Date) and date.within:
                    yield from _of_time(owner, date, cited, registered, library)
            if state.date and not state.date.within:
                spoken = stated_dates.spoken(state.evidence, library)
                lacks = stated_dates.lacking(state.date, cited, registered, spoken=spoken)
                yield from _of_date(owner, state.date, lacks)
            given = state.asserted
            if given and (state.date is None or given.edtf != state.date.edtf):
                lacks = stated_dates.lacking(given, cited, registered, is_registered_enough=True)
                yield from _of_date(owner, given, lacks, "holds from")
            for date, lost in _unfounded(state, library):
                if not _undated(state.evidence, library):
                    message = (
                        f"{owner} infers the {' and '.join(lost)} of {date.edtf}, and no date of its sources "
                        "has that"
                    )
                    hint = (
                        "correct it to the day of its source or statement, "
                        "or give it a 'basis:' that names it"
                    )
                    yield Finding("", message, date.at, hint)
    yield from _expectations(subject)


def _of_date(owner: str, date: Date, lacks: Sequence[Lack], what: str = "has the date") -> Iterator[Finding]:
    if not lacks:
        return
    found = next((lack.found for lack in lacks if lack.found), ())
    has = f"; they have {_quoted(found)}" if found else ""
    if any(lack.part == "open" for lack in lacks):
        message = f"{owner} {what} {date.edtf}, and the cited words have {_quoted(found)}"
        yield Finding(
            "", message, date.at, "write ../2035 for 'by 2035', 2026/.. for 'from 2026', 2035 for 'in 2035'"
        )
        return
    parts = [lack.part for lack in lacks]
    message = f"no passage cited for {owner} states the {' and '.join(parts)} of {date.edtf}{has}"
    hint = "cite the passage that does"
    if inferable := [part for part in parts if part in {*DatePart, "season"}]:
        hint += f", or mark what you concluded: inferred: [{', '.join(inferable)}]"
    yield Finding("", message, date.at, hint)


def _of_time(
    owner: str, date: Date, cited: Sequence[Passage], registered: Sequence[Date], library: Library
) -> Iterator[Finding]:
    """Yield findings where no passage states the time in which a date is, or the date that it runs from."""
    if not date.edtf:
        if date.of in library.facts:  # another reference leads nowhere, which is said already
            message = (
                f"{owner} is within {date.within} of {date.of}, which has no date with a start and an end"
            )
            yield Finding("", message, date.at, "give that fact its date, or write the date after 'of'")
        return
    number, _, unit = date.within.partition(" ")
    time = Quantity(Decimal(number), unit if unit.endswith("s") else f"{unit}s")
    if lacks := stated.lacking(time, cited, library):
        has = next((f"; they have {_quoted(lack.found)}" for lack in lacks if lack.found), "")
        message = f"no passage cited for {owner} states 'within {date.within}'{has}"
        yield Finding("", message, date.at, "cite the passage that does, or write the date itself")
    if edtf.is_date(date.of):
        of = Date(date.of, at=date.at)
        lacks = stated_dates.lacking(of, cited, registered, is_registered_enough=True)
        yield from _of_date(owner, of, lacks, "runs from")


def _unfounded(state: State, library: Library) -> Iterator[tuple[Date, list[DatePart]]]:
    """Yield the dates of a state with the inferred parts that no text of its and no recorded date names."""
    cited = [library.sources[item.source] for item in state.evidence if item.source in library.sources]
    known = _of_editors(library, cited)
    registered = stated_dates.registered(state.evidence, library)
    for date in dict.fromkeys((state.date, state.asserted, state.value)):
        if isinstance(date, Date) and not date.within:
            texts_of_state = filter(None, (date.basis, state.caveat, getattr(state, "remark", "")))
            notes = [(text, words) for text in texts_of_state for words in known]
            if lost := list(dict.fromkeys(stated_dates.unfounded_parts(date, notes, registered))):
                yield date, lost


def _undated(evidence: Sequence[Evidence], library: Library) -> str:
    """Return the first source of some evidence that has no day at all; empty if each has one."""
    cited = (library.sources[item.source] for item in evidence)
    return next((source.id for source in cited if not source.published and not source.as_of), "")


def _resting_on_undated(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield sources without a day on which inferred dates rest that nothing explains, each with a fact."""
    for fact in subject.own.facts:
        for state in fact.states:
            if is_readable(state.evidence, subject) and (source := _undated(state.evidence, subject.library)):
                for _ in _unfounded(state, subject.library):
                    yield source, verify.owner_of(fact, state)


def undated_sources(subject: Subject, resting: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield sources without a day on which inferred dates rest, once each."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for name, owner in resting:
        by_source[name].append(owner)
    for name, owners in by_source.items():
        others = len({*owners}) - 1
        more = f" and of {others} more" if others else ""
        message = f"{name} states no date, and the dates of {owners[0]}{more} are inferred without a basis"
        hint = (
            "give the source the day as of which it counts, and say in its note how it was found: "
            "as_of: {edtf: 2031-05-04, inferred: [year]}"
        )
        yield Finding("", message, subject.library.sources[name].at, hint)


# ------------------------------------------------------------------------------------------------ statements


def figure_not_stated(subject: Subject) -> Iterator[Finding]:
    """Yield figures in statements and labels of facts that neither a cited passage nor the fact has."""
    known, library = texts(subject), subject.library
    own = lexicon.of_language(library.project.languages[0])
    if own is None:
        return
    for fact in subject.own.facts:
        for state in fact.states:
            if not is_readable(state.evidence, subject):
                continue
            cited = stated.passages(state.evidence, library, known)
            parts = [library.facts[key] for key in fact.rests_on if key in library.facts]
            label = state.label if isinstance(state, Fact) else ""
            for what, text in (("statement", state.statement), ("label", label)):
                for figure in quantities.find(text, own):
                    if not _is_accounted_for(figure, state, text, cited, parts, library):
                        at = place_of(text, state.at, figure.text)
                        owner = verify.owner_of(fact, state)
                        message = f"'{figure.text}' is in the {what} of {owner}, and no cited words state it"
                        hint = f"quote the words that state it, or take it out of the {what}"
                        yield Finding("", message, at, hint)


def _is_accounted_for(
    figure: FoundNumber,
    state: State,
    text: str,
    cited: Sequence[Passage],
    parts: Sequence[Fact],
    library: Library,
) -> bool:
    """Return whether a figure of a statement is the fact's own, is cited, or belongs to a name in it."""
    digits = re.escape(figure.text)
    names = [*_names_of_texts(state.evidence, library), *_names_of_systems(text, library)]
    if any(_is_in(digits, name) for name in names):
        return True
    values = [value for value in (state.value, *(fact.value for fact in parts)) if value is not None]
    if figure.kind is NumberKind.DATE:
        return _is_known_day(figure, [state.date, state.asserted, *values], state, cited, library)
    if any(_is_of_value(figure, value) for value in values):
        return True
    if figure.amount is None:
        return _is_known_part(figure.text, values, cited, library)
    if figure.other and figure.other.share and _is_known_share(figure.other.share, values, cited):
        return True
    # "By three relays": our texts and statements, counted.
    origins = {item.origin or item.source for item in state.evidence}
    counts = {len(state.evidence), len(origins), len({item.source for item in state.evidence}), len(parts)}
    is_cited = any(_amounts(figure) & item.amounts for passage in cited for item in passage.figures)
    return (
        is_cited
        or figure.amount in counts
        or any(_is_in(digits, term) for item in cited for term in item.texts)
    )


def _amounts(figure: FoundNumber) -> frozenset[Decimal]:
    """Return the numbers by which a passage or a value may give a figure: 62 cents are 0.62 as well."""
    amount = figure.amount or Decimal(0)
    return frozenset({amount, amount / figure.scale} if figure.scale < 1 else {amount})


def _is_known_part(text: str, values: Sequence[Value], cited: Sequence[Passage], library: Library) -> bool:
    """Return whether a part in words is stated: half. What has no number, such as dozens, passes."""
    shares = [
        amount
        for words in _of_editors(library)
        for figure in source_figures.find(text, words)
        for amount in figure.amounts
    ]
    return not shares or any(_is_known_share(share, values, cited) for share in shares)


def _is_known_share(share: Decimal, values: Sequence[Value], cited: Sequence[Passage]) -> bool:
    """Return whether a part in two numbers is a percentage of the fact or of a passage: one in four."""
    own = any(
        isinstance(value, Quantity) and value.unit == "%" and share in (value.amount, value.upper)
        for value in values
    )
    return own or any(
        item.is_percent and share in item.amounts for passage in cited for item in passage.figures
    )


def _is_of_value(figure: FoundNumber, value: Value) -> bool:
    if isinstance(value, Quantity | Money):
        return not _amounts(figure).isdisjoint((value.amount, value.upper))
    return figure.text in (value.text if isinstance(value, Label) else value.edtf)


def _is_known_day(
    figure: FoundNumber, own: Sequence[object], state: State, cited: Sequence[Passage], library: Library
) -> bool:
    """Return whether the parts of a date in a statement are those of one date that is cited or recorded."""
    dates = [date for date in own if isinstance(date, Date)]
    known = [day for item in cited for day in item.dates]
    known += list(stated_dates.of_records([dataclasses.replace(date, inferred=()) for date in dates]))
    known += list(stated_dates.of_records(stated_dates.registered(state.evidence, library)))
    years = {day.year for day in known}
    return any(
        (figure.year in (None, day.year) or (day.year is None and figure.year in years))
        and figure.month in (None, day.month)
        and {*figure.days} <= {*day.days}
        and figure.season in (None, day.season)
        for day in known
    )


def _names_of_systems(statement: str, library: Library) -> Iterator[str]:
    """Yield the names of systems that a statement has: the 2000 of a name is no figure."""
    text = statement.casefold()
    for system in library.named():
        if system.kind == "system":
            yield from (name for name in (system.name, *system.names) if name.casefold() in text)


def _is_in(figure: str, text: str) -> bool:
    return re.search(rf"(?<![\d.,]){figure}(?!\d)", text) is not None


def _names_of_texts(evidence: Sequence[Evidence], library: Library) -> Iterator[str]:
    """Yield the names by which a statement may call its texts: the report on the meeting of 24 June."""
    for item in evidence:
        if source := library.sources.get(item.source):
            yield from filter(None, (source.label, source.title))
        if origin := library.origins.get(item.origin or ""):
            yield origin.title


# ----------------------------------------------------------------------------------------------- languages


def _unread(subject: Subject) -> Iterator[tuple[str, int]]:
    """Yield sources whose language is not known, with how much rests on each."""
    sources = subject.library.sources
    for fact in subject.own.facts:
        for state in fact.states:
            kinds = (
                state.value is not None,
                state.date is not None,
                state.status is not None and not state.status_basis,
            )
            for name in dict.fromkeys(str(item.source) for item in state.evidence):
                if sum(kinds) and name in sources and not _is_read(sources[name]):
                    yield name, sum(kinds)


def _is_read(source: Source) -> bool:
    return source_words.of_language(source.language).is_known


def language_not_read(subject: Subject, unread: Iterable[tuple[str, int]]) -> Iterator[Finding]:
    """Yield sources in a language whose words are not known, with what was not read because of it."""
    resting: Counter[str] = Counter()
    for name, number in unread:
        resting[name] += number
    for name, count in resting.items():
        source = subject.library.sources[name]
        known = ", ".join(source_words.languages())
        message = (
            f"the words of '{source.language}' are not known, so of {source.id} only digits and symbols were "
            f"compared with its values, dates and statuses, {count} in all"
        )
        yield Finding(
            "",
            message,
            place_of(source.language, source.at),
            f"compare them yourself; languages read: {known}",
        )


# ------------------------------------------------------------------------------------------------- helpers


def texts(subject: Subject) -> Texts:
    """Return the paragraphs of the captures that are at hand and as registered."""
    if subject.texts_cited is not None:
        return subject.texts_cited
    return {
        str(item.source): item.paragraphs
        for item in subject.verified
        if item.state is CaptureState.REGISTERED
    }


def is_readable(evidence: Sequence[Evidence], subject: Subject) -> bool:
    """Return whether all that is cited is known and, in ``verify``, in its passage as well."""
    if any(item.source not in subject.library.sources for item in evidence):
        return False
    if not subject.is_verifying:
        return True
    known = texts(subject)
    return all(_is_found(item, known.get(item.source, ())) for item in evidence)


def _is_found(item: Evidence, paragraphs: Sequence[str]) -> bool:
    text = paragraphs[item.paragraph - 1] if 0 < item.paragraph <= len(paragraphs) else ""
    return all(term_matching.find(term, text) for term in item.terms)


def _place(value: Value, default: Place) -> Place:
    if isinstance(value, Date):
        return value.at
    text = (
        value.text if isinstance(value, Label) else value.currency if isinstance(value, Money) else value.unit
    )
    return place_of(text, default)


def _quoted(found: Sequence[str]) -> str:
    return " and ".join(f"'{item}'" for item in found[:3])


CHECKS = (
    Check(
        "value-not-stated",
        Severity.ERROR,
        "No words cited for a fact state its amount, bound, unit, currency, instrument, date or label, and "
        "it is not marked as inferred with a basis that names it.",
        "The figure would be printed with a note that leads to a passage which says something else.",
        "value: {amount: 250, unit: trams} with the term '250 trams'",
        "value: {amount: 260, unit: trams} with the term '250 trams'",
        value_not_stated,
        reads_captures=True,
    ),
    Check(
        "date-not-stated",
        Severity.ERROR,
        "The year, month or day of a fact is in no cited passage, or was inferred and nothing on record says "
        "from what; or the passage has 'by' where the record does not.",
        "A date that somebody concluded would be printed as if a source had stated it.",
        "date: {edtf: 2026-02-09, inferred: [year]} where the text says 9 February, and its note names 2026",
        "date: 2026-02-09 where the text says 9 February and has no date itself",
        date_not_stated,
        gather=_resting_on_undated,
        compare=undated_sources,
        reads_captures=True,
    ),
    Check(
        "figure-not-stated",
        Severity.ERROR,
        "A figure in the statement or label of a fact is in none of its cited words, and is not its value or "
        "date.",
        "A statement is printed with the fact's note, so a reader takes its figures as the source's.",
        "statement: Holm asks for four ferries, with the term 'four ferries'",
        "statement: Holm asks for five ferries, with the term 'four ferries'",
        figure_not_stated,
        reads_captures=True,
    ),
    Check(
        "language-not-read",
        Severity.WARNING,
        "A source is in a language whose words for figures, dates and statuses are not known.",
        "Only digits and symbols can be compared with it, so that a mistake in words goes unseen.",
        "a source with language: fr",
        "a source with language: pt, and a fact whose status rests on it",
        gather=_unread,
        compare=language_not_read,
        may_be_suppressed=True,
    ),
)
