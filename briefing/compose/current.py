"""A brief as it stands: drafted and cited, and held against its editions.

It is its last edition where it says the same, word for word; otherwise a draft, which says what changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.changes import in_words, states
from briefing.changes.states import Change
from briefing.compose import cite, draft
from briefing.compose.templates import Templates
from briefing.editions import clearance, freeze
from briefing.language.wording import Wording
from briefing.model.briefs import Brief
from briefing.model.editions import DraftSection, Edition
from briefing.model.findings import Finding
from briefing.model.ledger import Issued, State
from briefing.model.library import Library


@dataclass(frozen=True, slots=True)
class Standing:
    """A brief as it stands."""

    edition: Edition
    """What is to be printed of it."""
    state: State
    """What it rests on."""
    issued: tuple[Issued, ...] = ()
    """Its editions, oldest first, with everything called as it is called now."""
    changed: tuple[Change, ...] = ()
    """What it rests on otherwise than its last edition did."""

    @property
    def is_issued(self) -> bool:
        """Whether it stands as it was last issued."""
        return not self.edition.is_draft


def compose(
    brief: Brief, library: Library, templates: Templates, note: str = ""
) -> tuple[Standing | None, tuple[Finding, ...]]:
    """Draft and cite a brief. Returns None with findings where that cannot be done.

    With a ``note``, it is what the next edition of the brief would be, whether anything changed or not.
    """
    issued = freeze.of_brief(brief.id, library)
    last = issued[-1] if issued else None
    open_now = clearance.editions(issued, library, last.printed.marking) if last else ()
    if last and not note and open_now[-1:] == (last,):
        edition, problems = _cited(brief, library, templates, freeze.changes_printed(last))
        if edition and freeze.is_as_printed(edition, last):
            return Standing(freeze.reissued(last), last.state, issued), problems
    edition, problems = _cited(brief, library, templates)
    if edition is None:
        return None, problems
    state = freeze.state(edition, brief, library)
    if last is None or library.as_of:  # as of a day, what is left out would be told as a change
        return Standing(edition, state, issued), problems
    changed = states.between(last.state, state, library.renamed)
    wording = Wording(brief.language, library.actors)
    open_then = clearance.state(last.state, library, edition.marking)
    told = states.between(open_then, state, library.renamed)
    if section := in_words.news(told, last, library, wording, brief.length, note):
        edition, problems = _cited(brief, library, templates, section)
    if edition is None:
        return None, problems
    return Standing(freeze.as_draft(edition, issued), state, issued, changed), problems


def _cited(
    brief: Brief, library: Library, templates: Templates, news: DraftSection | None = None
) -> tuple[Edition | None, tuple[Finding, ...]]:
    drafted, problems = draft.write(brief, library, templates, news)
    if drafted is None:
        return None, problems
    edition, more = cite.resolve(drafted, brief, library)
    return edition, (*problems, *more)
