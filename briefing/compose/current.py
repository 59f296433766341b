"""The current form of a brief: drafted, cited and compared with its editions.

A brief that says word for word the same as its last edition is that edition. Otherwise it is a draft, which
says what changed.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass

from briefing.changes import in_words, states
from briefing.changes.states import Change
from briefing.compose import cite, draft
from briefing.compose.templates import Templates
from briefing.editions import freeze
from briefing.language import tags
from briefing.language.wording import Wording
from briefing.language.words import is_known, languages
from briefing.model import moments
from briefing.model.briefs import Brief
from briefing.model.editions import DraftSection, Edition, Imprint
from briefing.model.findings import Finding, Place, Severity
from briefing.model.ledger import Issued, State
from briefing.model.library import Library
from briefing.model.scales import Drafts
from briefing.model.signatures import UNREVIEWED, BriefState, Progress
from briefing.model.values import place_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The current form of a brief."""

    edition: Edition
    """The edition or draft to print."""
    state: State
    """The facts and entries that it rests on."""
    issued: tuple[Issued, ...] = ()
    """Its editions, oldest first, with the present names of facts and entries."""
    changed: tuple[Change, ...] = ()
    """The changes since its last edition in what it rests on."""
    review: Progress = UNREVIEWED
    """How far the review of its words is."""
    is_cut: bool = False
    """Whether its readers may see less than its last edition shows, so that they get the present text."""

    @property
    def is_issued(self) -> bool:
        """Whether it is the same as its last edition."""
        return not self.edition.is_draft


@dataclass(frozen=True, slots=True)
class OnSite:
    """What the site shows of a brief."""

    published: Standing | None = None
    """At the address of the brief: its last edition, or a draft. Without any, it has no page there."""
    draft: Standing | None = None
    """The draft that the site shows apart from it."""


def on_site(standing: Standing, drafts: Drafts) -> OnSite:
    """Return what the site shows of a brief: what is published is its last edition, withdrawn or not.

    An edition that its readers may see only a part of cannot be cut, because it is frozen: they get the
    present text, as do the readers of an earlier day.
    """
    if standing.is_issued or standing.is_cut:
        return OnSite(standing)
    apart = standing if drafts is Drafts.APART else None
    if standing.issued:
        last = _former(standing.issued[-1], standing.issued, standing.edition.imprint)
        return OnSite(last, apart)
    return OnSite(standing if drafts is Drafts.UNTIL_ISSUED else None, apart)


def compose(
    brief: Brief,
    library: Library,
    templates: Templates,
    note: str = "",
    issued_on: datetime.date = datetime.date.min,
) -> tuple[Standing | None, tuple[Finding, ...]]:
    """Return the current form of a brief; None, with findings, where it cannot be drafted or cited.

    ``library`` is the view of its readers (``views.of_brief``), and ``brief`` that of the view. With a
    ``note``, the result is the next edition of the brief, of the day ``issued_on``, whether anything changed
    or not.
    """
    issued = freeze.of_brief(brief.id, library)
    reduced = freeze.reduced(brief.id, library)
    last = reduced or (issued[-1] if issued else None)
    imprint = library.project.imprint_of(brief.id)
    if waiting := library.waiting(brief.id):
        is_open = last is not None and not reduced
        former = _former(last, issued, imprint) if last and is_open else None
        return former, (_held_until(waiting, brief, is_open),)
    if last and not note and not reduced:
        edition, problems = _cited(brief, library, templates, freeze.changes_printed(last))
        # Made for an audience, a brief carries its level, and says the same as at its own marking if it does.
        own = brief.marking or library.project.marking
        if edition and freeze.is_as_printed(dataclasses.replace(edition, marking=own), last):
            # A withdrawn edition may be issued again, after another review.
            review = Progress(BriefState.ISSUED)
            if last.withdrawn:
                review = freeze.progress(edition, brief.id, library)
            return Standing(
                freeze.reissued(last, imprint=imprint), last.state, issued, review=review
            ), problems
    edition, problems = _cited(brief, library, templates, None, issued_on)
    if edition is None:
        return None, problems
    state = freeze.state(edition, brief, library)
    if last is None or library.as_of:  # as of a day, an omission would be reported as a change
        review = freeze.progress(edition, brief.id, library)
        draft_now = freeze.as_draft(edition, (), review.state)
        is_past = library.as_of is not None
        if library.project.drafts_on_site is Drafts.HIDDEN and not is_past:
            problems = (*problems, _not_published(brief))
        return Standing(draft_now, state, issued, review=review, is_cut=is_past), problems
    changed = in_words.without_unlisted(states.between(last.state, state, library.renamed), library)
    wording = Wording(brief.language, library.actors, library.project.own_words)
    is_of_same_day = last.state.as_of == state.as_of
    section = in_words.news(changed, last, library, wording, brief.length, note, is_of_same_day)
    if section:
        edition, problems = _cited(brief, library, templates, section, issued_on)
    if edition is None:
        return None, problems
    review = freeze.progress(edition, brief.id, library)
    draft_now = freeze.as_draft(edition, (last,), review.state)
    return Standing(draft_now, state, issued, changed, review, is_cut=reduced is not None), problems


def _former(last: Issued, issued: tuple[Issued, ...], imprint: Imprint) -> Standing:
    """Return a brief as its last published edition has it."""
    edition = freeze.reissued(last, imprint=imprint)
    return Standing(edition, last.state, issued, review=Progress(BriefState.ISSUED))


def _held_until(waiting: Issued, brief: Brief, has_former: bool) -> Finding:
    """Return a note on an edition that is held until its hour."""
    stays = "the edition before it stays" if has_former else "nothing of this brief is published before"
    message = f"edition {waiting.id} is held until {moments.in_words(waiting.publish_on)}; {stays}"
    return Finding("held-until", message, waiting.at, "", Severity.NOTE, brief=brief.id)


def _not_published(brief: Brief) -> Finding:
    """Return a note on a brief that has no page on a site that shows no drafts."""
    return Finding(
        "not-published",
        "it was never issued, and the site shows no drafts",
        place_of(brief.title, brief.at),
        f"publish it with 'briefing issue {brief.id}', or write 'drafts: until-issued' in project.yaml",
        Severity.NOTE,
        brief=brief.id,
    )


def _cited(
    brief: Brief,
    library: Library,
    templates: Templates,
    news: DraftSection | None,
    issued_on: datetime.date = datetime.date.min,
) -> tuple[Edition | None, tuple[Finding, ...]]:
    drafted, problems = draft.write(brief, library, templates, news, issued_on)
    if drafted is None:
        return None, problems
    edition, more = cite.resolve(drafted, brief, library)
    return edition, (*problems, *more)


def unknown_language(language: str, at: Place) -> Finding:
    """Return the finding for a language that the program has no words for."""
    tag = tags.meant(language)
    hint = f"write {tag}"
    if tag == language or not is_known(tag):
        hint = f"write en-GB or another tag of {', '.join(languages())}"
    return Finding(
        "language", f"there are no words for the language '{language}'", place_of(language, at), hint
    )
