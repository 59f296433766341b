"""The front page: where matters stand, what is due, what changed, all counted from the library.

It is read in ten seconds, so it says first what is bound and what is only said; every figure on it leads
to the facts that it counts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.changes.fact_fields import ChangeKind
from briefing.changes.history import DatedNews, FactVersion
from briefing.formats import html
from briefing.language import scale_texts
from briefing.model.editions import Claim, Edition
from briefing.model.facts import FactSheet
from briefing.model.query import sheet_of
from briefing.model.scales import Stage, Status
from briefing.site import archive, page_metadata, stats
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Printer
from briefing.site.stats import Outlook, Tally

MAX_BOUND = 5
MAX_DAYS = 3
MAX_MILESTONES = 4
MAX_CHANGES = 4
"""So many, the newest or next, stand on the front page; the page of all is a link away."""
SUBSTANCE = frozenset(
    {
        ChangeKind.STATUS_DOWN,
        ChangeKind.FLAGGED,
        ChangeKind.UNFLAGGED,
        ChangeKind.STATUS_UP,
        ChangeKind.VALUE,
        ChangeKind.DATE,
    }
)
"""The changes of a fact that the front page tells; new words, passages and grades stand with all changes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A topic and how far its matters have come."""

    sheet: FactSheet
    tally: Tally


@dataclass(frozen=True, slots=True)
class News:
    """What a day brought, in short."""

    day: DatedNews
    changed: tuple[FactVersion, ...]
    """Facts that stood otherwise before: in status, value or date, and told of nothing else."""
    reworded: int
    """How many have other words, grades or passages, and are the same in substance."""
    new: int
    """How many were put on record."""
    topics: int
    """On so many topics."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The brief whose bottom line opens the page."""

    edition: Edition
    part: html.SectionHtml


def page(printer: Printer, lookups: Lookups) -> SiteFile:
    """The front page of the site."""
    library = lookups.library
    together = stats.tally(library.facts.values())
    looked = [
        (item, stats.outlook(item, lookups.known_on, lookups.called_off)) for item in lookups.milestones
    ]
    return printer.page(
        "index.html",
        "site-index.html.j2",
        library.facts,
        archive.parts_of(item for name in lookups.editions for item in library.issued.get(name, ())),
        title=library.project.title,
        about=page_metadata.of_site(library.project),
        lead=_lead(lookups),
        rows=[Row(sheet, stats.tally(sheet.facts)) for sheet in library.sheets.values()],
        together=together,
        signed=together.of_stage(Stage.BINDING),
        done=together.of_stage(Stage.UNDER_WAY),
        most_bound=MAX_BOUND,
        stages=[(stage, [item for item in Status if item.stage is stage]) for stage in Stage],
        meanings=scale_texts.STATUS_MEANINGS,
        ahead=[item for item, found in looked if found is Outlook.AHEAD][:MAX_MILESTONES],
        passed=[item for item, found in looked if found is Outlook.PASSED],
        news=list(_news(lookups.days[:MAX_DAYS])),
        most=MAX_CHANGES,
        downloads={name: lookups.downloads_of(name) for name in lookups.editions},
    )


def _lead(lookups: Lookups) -> Lead | None:
    """The bottom line of the brief that the project names first, unless something is wrong with it."""
    name = next(iter(lookups.library.project.home), None)
    edition = lookups.editions.get(name) if name else None
    if edition is None or edition.notice:
        return None
    section = next((item for item in edition.sections if item.role == "bottom-line"), None)
    return Lead(edition, html.section_html(section, _to_the_fact)) if section else None


def _to_the_fact(claim: Claim) -> html.ClaimMarkup:
    if not claim.words:
        return html.ClaimMarkup("", "")
    return html.ClaimMarkup(f'<a class="fact" href="facts/{claim.fact}.html">', "</a>")


def _news(days: Sequence[DatedNews]) -> Iterator[News]:
    for day in days:
        later = [since for since in day.facts if since.number > 1]
        changed = tuple(filter(None, map(_in_substance, later)))
        new = [since.fact.id for since in day.facts if since.number == 1]
        yield News(day, changed, len(later) - len(changed), len(new), len({sheet_of(key) for key in new}))


def _in_substance(since: FactVersion) -> FactVersion | None:
    told = tuple(item for item in since.told if item.change.turn in SUBSTANCE)
    return dataclasses.replace(since, told=told) if told else None
