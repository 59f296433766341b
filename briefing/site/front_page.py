"""The front page: the state of all commitments, what is due and what changed, counted from the library.

A reader takes ten seconds for it, so it shows first what is binding and what is only said. Every figure on it
links to the facts that it counts.
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
"""How many of each, the newest or next, the front page shows; it links to the page with all of them."""
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
"""The changes of a fact that the front page shows; those of words, passages and grades it leaves out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A topic and how far its commitments have come."""

    sheet: FactSheet
    tally: Tally


@dataclass(frozen=True, slots=True)
class News:
    """A summary of what changed on a day."""

    day: DatedNews
    changed: tuple[FactVersion, ...]
    """Facts whose status, value or date changed, each with those changes only."""
    reworded: int
    """The number of facts with other words, grades or passages, the same in substance."""
    new: int
    """The number of facts put on record."""
    topics: int
    """The number of topics with such new facts."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The brief whose bottom line opens the page."""

    edition: Edition
    part: html.SectionHtml


def page(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the front page of the site."""
    library = lookups.library
    sheets = list(library.sheets.values())
    together = stats.tally(fact for sheet in sheets for fact in sheet.facts)
    looked = [
        (item, stats.outlook(item, lookups.passed_by, lookups.called_off)) for item in lookups.milestones
    ]
    return printer.page(
        "index.html",
        "site-index.html.j2",
        library.facts,
        archive.parts_of(item for name in lookups.editions for item in library.issued.get(name, ())),
        title=library.project.title,
        known_on=lookups.known_on,
        passed_by=lookups.passed_by,
        called_off=lookups.called_off,
        editions=list(lookups.named.values()),
        about=page_metadata.of_site(library.project),
        lead=_lead(lookups),
        rows=[Row(sheet, stats.tally(sheet.facts)) for sheet in sheets],
        together=together,
        signed=together.of_stage(Stage.BINDING),
        done=together.of_stage(Stage.UNDER_WAY),
        most_bound=MAX_BOUND,
        stages=[(stage, [item for item in Status if item.stage is stage]) for stage in Stage],
        meanings={status: scale_texts.meaning(status, lookups.say) for status in Status},
        ahead=[item for item, found in looked if found is Outlook.AHEAD][:MAX_MILESTONES],
        passed=[item for item, found in looked if found is Outlook.PASSED],
        news=list(_news(lookups.days[:MAX_DAYS])),
        most=MAX_CHANGES,
        downloads={name: lookups.downloads_of(name) for name in lookups.editions},
    )


def _lead(lookups: Lookups) -> Lead | None:
    """Return the bottom line of the first brief that the project names, unless it carries a notice.

    Of the names in the project, a view has those of the briefs that its readers may see.
    """
    name = next(iter(lookups.library.project.home), None)
    edition = lookups.editions.get(name) if name else None
    if edition is None or edition.notice:
        return None
    section = next((item for item in edition.sections if item.role == "bottom-line"), None)
    return Lead(edition, html.section_html(section, _to_the_fact, edition.language)) if section else None


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
    changes = tuple(item for item in since.changes if item.change.turn in SUBSTANCE)
    return dataclasses.replace(since, changes=changes) if changes else None
