"""From draft to edition: every fact link becomes a claim with its words, a numbered note and a reference.

This is one pure step: the draft has its fact links, so nothing is recorded while its template runs. Notes are
numbered in the order in which they are first marked, and those that say the same have one number; within a
paragraph or a table row only the last claim of a fact is marked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence

from briefing.content import views
from briefing.editions.segments import cut, marks_in_order, sealed, share_notes
from briefing.language import note_texts, scale_texts, sentences
from briefing.language.wording import FORMS, Wording
from briefing.language.words import Words
from briefing.model import fact_links, query
from briefing.model.briefs import Brief
from briefing.model.editions import (
    Claim,
    Draft,
    DraftSection,
    Edition,
    Note,
    Passage,
    Reference,
    Scale,
    Section,
)
from briefing.model.facts import BEFORE, Fact
from briefing.model.findings import Finding, Place, nearest
from briefing.model.ladders import Status
from briefing.model.library import Library
from briefing.model.scales import Length
from briefing.model.sources import Evidence, Origin, Source
from briefing.model.values import Date, Key, Label, Money, place_of


def resolve(draft: Draft, brief: Brief, library: Library) -> tuple[Edition | None, tuple[Finding, ...]]:
    """Return the edition of a draft; None, with findings, where a link refers to nothing printable."""
    citing = _Citer(brief, library)
    sections = tuple(citing.section(section) for section in draft.sections)
    if citing.findings:
        return None, tuple(citing.findings)
    facts = [library.facts[key] for key in citing.numbers]
    sections, notes = share_notes(sections, tuple(citing.note(fact) for fact in facts))
    as_of = _as_of(facts, library)
    edition = Edition(
        brief=brief.id,
        title=brief.title,
        subtitle=brief.subtitle,
        owner=brief.owner,
        marking=views.level_of(brief, library),
        language=brief.language,
        publisher=library.project.publisher,
        as_of=citing.wording.date(as_of),
        as_of_day=as_of.latest,
        label=citing.say("edition.draft"),
        is_draft=True,
        notice="",
        length=brief.length,
        sections=sections,
        notes=notes,
        references=tuple(citing.reference(source) for source in citing.labels),
        scales=_scales(brief, facts, library, citing.say),
        counts=" ".join(
            filter(
                None,
                (
                    _counts(facts, library, citing.say),
                    _withheld(brief, library, citing.say),
                ),
            )
        ),
        digest="",
        authors=brief.authors,
        newest=_newest([library.sources[name] for name in citing.labels], citing.wording),
        checked=_verified(facts, library, citing.wording),
        imprint=library.project.imprint_of(brief.id),
    )
    return sealed(edition), ()


def link_problems(brief: Brief, library: Library) -> tuple[Finding, ...]:
    """Return what is wrong with the fact links of a brief that is held back and so not composed.

    Links to facts of a sheet that could not be read are left out, and so is everything as of an earlier day.
    """
    wording = Wording(brief.language, library.actors, library.project.own_words)
    found = []
    for link, at in _links(brief, library) if library.as_of is None else ():
        problem = problem_of(link, library, wording)
        if problem and query.sheet_of(link.key) not in library.broken_sheets:
            found.append(Finding(problem.check, problem.message, at, problem.hint, brief=brief.id))
    return tuple(found)


_DATE = "date"
"""The form of a link that prints the date of a fact."""


class _Citer:
    """The numbers of notes and labels of references, assigned in one pass over the text."""

    def __init__(self, brief: Brief, library: Library) -> None:
        self.brief = brief
        self.library = library
        self.wording = Wording(brief.language, library.actors, library.project.own_words)
        self.say = self.wording.say
        self.numbers: dict[Key, int] = {}
        self.labels: dict[str, str] = {}
        self.described: set[Key] = set()
        """The facts of which more is said than their date."""
        self.besides: dict[Key, dict[str, Fact]] = {}
        """What is shown of a fact beside its present state, by the form of the link."""
        self.findings: list[Finding] = []
        self.written = _written(brief, library)

    def section(self, section: DraftSection) -> Section:
        text = section.text
        found = [link for link in fact_links.find(text) if self.is_printable(link)]
        starting = {link.start for link in found if self.begins_sentence(text, link)}

        def claim(link: fact_links.Link, is_marked: bool) -> Claim:
            return self.claim(link, is_marked, link.start in starting)

        segments = list(cut(text, found, claim))
        numbered = (
            dataclasses.replace(part, note=self.numbers[part.fact]) if isinstance(part, Claim) else part
            for part in segments
            if part != ""
        )
        return Section(section.role, section.title, marks_in_order(numbered), section.figure)

    def is_printable(self, link: fact_links.Link) -> bool:
        problem = problem_of(link, self.library, self.wording)
        if problem:
            places = self.written.get(_wish(link))
            at = places.pop(0) if places else Place(f"templates/{self.brief.template}.md.j2")
            finding = Finding(problem.check, problem.message, at, problem.hint, brief=self.brief.id)
            self.findings.append(finding)
        return problem is None

    def begins_sentence(self, text: str, link: fact_links.Link) -> bool:
        """Return whether what a link prints begins a sentence with a small letter that is no name's."""
        fact = self.library.facts[link.key]
        words = link.words or self.wording.fact(fact, link.form) or ""
        is_name = isinstance(fact.value, Label) and link.form in ("", "short", "long", "table", "number")
        if link.words or is_name or not words[:1].islower():
            return False
        return sentences.begins_sentence(text, link.start, self.brief.language)

    def claim(self, link: fact_links.Link, is_marked: bool, is_start: bool) -> Claim:
        fact = self.library.facts[link.key]
        if link.form != _DATE:
            self.described.add(link.key)
        is_first = is_marked and link.key not in self.numbers
        if is_first:
            self.numbers[link.key] = len(self.numbers) + 1
            for item in fact.evidence:
                self.labels.setdefault(item.source, f"S{len(self.labels) + 1}")
        shown, form = fact.linked(link.form)
        if form != link.form:
            self.besides.setdefault(link.key, {})[link.form] = shown
            for item in shown.evidence:
                self.labels.setdefault(item.source, f"S{len(self.labels) + 1}")
        words = link.words or fact_links.escape(self.wording.fact(fact, link.form) or "")
        words = words[:1].upper() + words[1:] if is_start else words
        return Claim(link.key, words, self.numbers.get(link.key, 0), is_marked, is_first)

    def note(self, fact: Fact) -> Note:
        passages = tuple(self.passage(item) for item in fact.evidence)
        stated_in = tuple(dict.fromkeys(map(_place, passages))) if fact.computed else passages
        grade = self.say("note.credibility", grade=fact.credibility) if fact.credibility else ""
        beginning = note_texts.where(stated_in, self.say)
        text = " ".join(filter(None, (beginning, grade, _price_basis(fact, self.wording))))
        text = " ".join((text, *self.beside(fact)))
        caveat = fact_links.escape(scale_texts.caveat(fact, self.wording))
        # What is said of a thing is not said of the day on which something else happened as well.
        if caveat and self.brief.length is Length.FULL and fact.id in self.described:
            text += f" {caveat}"
        return Note(
            self.numbers[fact.id],
            fact.id,
            text,
            statement=fact_links.escape(fact.statement),
            value=fact_links.escape(_value(fact, self.wording)),
            status=_status(fact, self.wording),
            kind=self.wording.named(fact.kind),
            date=fact_links.escape(self.wording.fact(fact, "date") or self.say("date.none")),
            speakers=fact_links.escape(self.wording.fact(fact, "speaker") or ""),
            caveat=caveat,
            remark=fact_links.escape(scale_texts.remark(fact, self.wording)),
            passages=passages,
            grade=scale_texts.graded(fact.credibility, self.say) if fact.credibility else "",
            independence=_independence(fact, self.library, self.say),
        )

    def beside(self, fact: Fact) -> Iterator[str]:
        """Yield what a note says of an earlier state that the text shows: its value and its passages."""
        for form, shown in self.besides.get(fact.id, {}).items():
            places = note_texts.where(map(self.passage, shown.evidence), self.say).removesuffix(".")
            value = fact_links.escape(self.wording.value(shown.value)) if shown.value else ""
            if row := fact.row(form):
                name = fact_links.escape(self.wording.row(row))
                yield self.say("note.row", name=name, value=value or self.say("value.none"), places=places)
            else:
                yield self.say("note.before", value=value, places=places)

    def passage(self, item: Evidence) -> Passage:
        origin = self.library.origins.get(item.origin or "")
        words = fact_links.escape(self.origin_words(origin)) if origin else ""
        via = fact_links.escape(self.wording.names(origin.via)) if origin and origin.via else ""
        return Passage(
            self.labels[item.source],
            item.source,
            item.paragraph,
            words,
            via,
            bool(origin and item.inferred),
            fact_links.escape(origin.short) if origin else "",
            item.terms,
        )

    def origin_words(self, origin: Origin) -> str:
        words = origin.title
        return f"{words}, {self.wording.date(origin.date, 'short')}" if origin.date else words

    def reference(self, name: str) -> Reference:
        source = self.library.sources[name]
        return Reference(
            label=self.labels[name],
            source=source.id,
            text=source_words(source, self.wording),
            title=fact_links.escape(
                self.say("value.quoted", words=source.title) if source.title else source.label
            ),
            reliability=source.reliability,
        )


def _place(passage: Passage) -> Passage:
    """Return where a passage is, whatever is cited from it."""
    return dataclasses.replace(passage, terms=())


@dataclasses.dataclass(frozen=True, slots=True)
class LinkProblem:
    """The reason why a fact link cannot be printed."""

    check: str
    message: str
    hint: str


def problem_of(link: fact_links.Link, library: Library, wording: Wording) -> LinkProblem | None:
    """Return the reason why a fact link cannot be printed; None where it can."""
    fact = library.facts.get(link.key)
    if fact is None:
        if day := library.later.get(link.key):
            return LinkProblem("not-yet-known", f"'{link.key}' became known only on {day}", "leave it out")
        now = library.renamed.keys.get(link.key)
        other = nearest(link.key, library.facts, "add the fact to its sheet")
        hint = f"it is called '{now}' now" if now else other
        return LinkProblem("unknown-fact", f"there is no fact '{link.key}'", hint)
    if not wording.is_form(fact, link.form):
        known = [*(name for name in FORMS if name), *(row.id for row in fact.rows)]
        return LinkProblem(
            "unknown-form", f"there is no form '#{link.form}'", nearest(link.form.lower(), known)
        )
    if not link.words and wording.fact(fact, link.form) is None:
        if row := fact.row(link.form):
            message = f"the row '{row.id}' of '{link.key}' has no value to print"
            return LinkProblem("nothing-to-print", message, "give it a value, or write words in the link")
        if link.form == BEFORE:
            message = f"the fact '{link.key}' has no earlier value to print"
            hint = "add the earlier state, with its value and passage, under 'history:' of the fact"
            return LinkProblem("nothing-to-print", message, hint)
        what = {"": "value", "date": "date", "status": "status"}.get(link.form, "value")
        return LinkProblem(
            "nothing-to-print",
            f"the fact '{link.key}' has no {what} to print",
            f"give it a {what}, or write words: [words](fact:{link.key})",
        )
    return None


def source_words(source: Source, wording: Wording) -> str:
    """Return a source as printed in a list of references, as Markdown; it ends with what is not stated."""
    say = wording.say
    title = say("value.quoted", words=source.title) if source.title else source.label
    date = wording.date(source.published) if source.published else ""
    stated = say("value.list").join(filter(None, (source.author, title, source.publisher, date)))
    wanted = {"headline": source.title, "publisher": source.publisher, "date": source.published}
    missing = [say(f"source.{name}") for name, value in wanted.items() if not value]
    words = say("source.lacking", stated=stated, missing=say.listed(missing)) if missing else stated
    return fact_links.escape(f"{words}.")


_Wish = tuple[Key, str, bool]
"""What a fact link asks for: a fact, a form, and whether the link has words. Links with one wish share their
problem."""


def _wish(link: fact_links.Link) -> _Wish:
    return link.key, link.form, bool(link.words)


def _written(brief: Brief, library: Library) -> dict[_Wish, list[Place]]:
    """Return where the author wrote each fact link, in the draft's order."""
    found: dict[_Wish, list[Place]] = {}
    for link, at in _links(brief, library):
        found.setdefault(_wish(link), []).append(at)
    return found


def _links(brief: Brief, library: Library) -> Iterator[tuple[fact_links.Link, Place]]:
    """Yield the fact links of a brief's prose, each with the place of its address."""
    bases = [library.judgements[key].basis for key in brief.judgements if key in library.judgements]
    *before, body, watch = brief.prose.values()
    for text in (*before, *bases, body, watch):
        start = place_of(text, brief.at)
        for link in fact_links.find(text):
            index = link.end - len(fact_links.write(link.key, link.form)) + len("[]")
            yield link, fact_links.place_at(text, index, start)


def _as_of(facts: Collection[Fact], library: Library) -> Date:
    if library.as_of:
        return Date(library.as_of.isoformat())
    dates = query.known_days(library, facts)
    # Of two dates for the same day, prefer the one that a source states.
    last = max(dates, key=lambda date: (date.latest, not date.inferred), default=Date("0001-01-01"))
    end = last.span.end
    return Date(f"{end.text}{end.qualifier}", last.inferred) if last.span.is_interval and end else last


def _scales(brief: Brief, facts: Collection[Fact], library: Library, say: Words) -> tuple[Scale, ...]:
    """Return the scales that the edition uses, each with the steps that it uses; grades are in its key."""
    shown = {item.fact for item in brief.series}
    rows = [row.status for fact in facts if fact.id in shown for row in fact.rows if row.status]
    statuses = [*(fact.status for fact in facts if fact.status), *rows]
    steps: list[tuple[Scale, set[str]]] = [*_ladders(statuses, library, say)]
    judgements = [library.judgements[key] for key in brief.judgements if key in library.judgements]
    steps += [
        (scale_texts.of_likelihood(say), {say.named(item.likelihood) for item in judgements}),
        (scale_texts.of_confidence(say), {say.named(item.confidence) for item in judgements}),
    ]
    return tuple(scale_texts.only(scale, used, say) for scale, used in steps if used)


def _ladders(statuses: Collection[Status], library: Library, say: Words) -> Iterator[tuple[Scale, set[str]]]:
    """Yield the ladders of some statuses, each with the steps that these are."""
    for name, ladder in library.ladders.items():
        reached = {say.named(status) for status in statuses if status.ladder == name}
        yield scale_texts.of_ladder(ladder, say), reached


def _counts(facts: list[Fact], library: Library, say: Words) -> str:
    evidence = [item for fact in facts for item in fact.evidence]
    sources = len({item.source for item in evidence})
    single = sum(query.independent_origins(fact.evidence, library) == 1 for fact in facts)
    return say(
        "brief.basis",
        n=sources,
        facts=say("count.facts", n=len(facts)),
        sources=say("count.sources", n=sources),
        single=say("brief.single_all" if single == len(facts) else "brief.single", n=single, of=len(facts)),
    )


def _newest(sources: Sequence[Source], wording: Wording) -> str:
    """Return of what day the newest dated text is, and how many state none; empty where nothing is cited."""
    days = [source.published for source in sources if source.published]
    if not days:
        return wording.say("brief.newest_none", n=len(sources)) if sources else ""
    missing = sum(source.published is None for source in sources)
    newest = max(days, key=lambda day: (day.latest, not day.inferred))
    key = "brief.newest_but" if missing else "brief.newest"
    return wording.say(key, n=missing, all=len(sources), date=wording.date(newest))


def _withheld(brief: Brief, library: Library, say: Words) -> str:
    """Return how many statements this audience does not get, where the project wants it said."""
    number = library.withheld.get(brief.id, 0)
    return say("brief.withheld", n=number) if number else ""


def _verified(facts: list[Fact], library: Library, wording: Wording) -> str:
    """Return in words when the present passages were last verified; empty where that is not recorded."""
    if not library.verifications:
        return ""
    say = wording.say
    days = [query.verified_on(item, library) for fact in facts for item in fact.evidence]
    known = [day for day in days if day]
    if not known:
        return say("brief.not_verified")
    oldest = wording.date(min(known, key=lambda day: day.latest))
    missing = len(days) - len(known)
    passages = say("count.passages", n=len(days))
    key = "brief.verified_but" if missing else "brief.verified"
    return say(key, date=oldest, missing=missing, passages=passages)


def _value(fact: Fact, wording: Wording) -> str:
    """Return the value; for money with its instrument and price basis."""
    given = wording.how_given(fact.value) if isinstance(fact.value, Money) else ()
    return wording.say("value.long_list").join((wording.fact(fact) or "", *given))


def _price_basis(fact: Fact, wording: Wording) -> str:
    """Return the price basis of an amount of money, where it is stated."""
    if not isinstance(fact.value, Money) or not fact.value.price_basis:
        return ""
    basis = wording.price_basis(fact.value)
    return wording.say("note.price_basis", basis=fact_links.escape(basis))


def _status(fact: Fact, wording: Wording) -> str:
    """Return the status with its meaning, and the flags; only the flags where there is no status."""
    say, words = wording.say, ""
    if fact.status:
        meaning = scale_texts.meaning(fact.status, say)
        key = "value.reported_meaning" if fact.is_reported else "value.with_meaning"
        words = say(key, words=wording.status(fact), meaning=meaning)
    return say("value.long_list").join([*filter(None, [words]), *map(say.named, fact.flags)])


def _independence(fact: Fact, library: Library, say: Words) -> str:
    """Return the numbers of texts and origins of a fact; relays of one statement are one origin."""
    texts = len({item.source for item in fact.evidence})
    origins = query.independent_origins(fact.evidence, library)
    counted = (say("count.texts", n=texts), scale_texts.originals(origins, fact.credibility, say))
    return say("value.long_list").join(counted)
