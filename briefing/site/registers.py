"""The open questions and the review dates, with their data, joined from what each topic adds to them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.compose.templates import joined
from briefing.content import encode
from briefing.language.order import natural
from briefing.model.values import Slug
from briefing.review.schedule import Review
from briefing.site import list_pages, lists, stats
from briefing.site.exports import data_files, tables
from briefing.site.exports.data_files import Joined
from briefing.site.files import EVERY_FACT, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer
from briefing.site.stats import Outlook

_PARTS = "site-registers-parts.html.j2"
_REGISTERS = ("gaps", "disagreements", "milestones", "judgements")


@dataclass(frozen=True, slots=True)
class Expected:
    """A milestone, or the review of a fact, by its day."""

    day: datetime.date
    id: str
    html: str
    data: str
    is_passed: bool = False
    """Whether its day has passed, and no text reports the outcome."""


@dataclass(frozen=True, slots=True)
class OfTopic:
    """What a topic adds to the page."""

    gaps: str
    payment: tuple[str, ...]
    """Its questions that ask who pays, each as HTML."""
    disagreements: str
    judgements: str
    milestones: tuple[Expected, ...]
    reviews: tuple[Expected, ...]
    counts: tuple[int, ...]
    """How many entries it has in each register."""
    data: tuple[str, ...]
    """Its entries of each register."""
    shown: tuple[str, ...]
    """The facts, of other topics too, that its registers name."""


def _of_topic(printer: Printer, lookups: Lookups, name: str) -> OfTopic:
    sheet = lookups.library.sheets[name]
    basis = {item.id: printer.prose(item.basis, "") for item in sheet.judgements}
    about: dict[str, Any] = {"passed_by": lookups.passed_by, "called_off": lookups.called_off}
    due = [lookups.review_of[fact.id] for fact in sheet.facts if fact.id in lookups.review_of]

    def html(register: str, *more: object) -> str:
        return printer.fragment(_PARTS, register, sheet, *more) if getattr(sheet, register) else ""

    return OfTopic(
        html("gaps"),
        tuple(printer.fragments(_PARTS, "payment", [(sheet, gap) for gap in sheet.gaps if gap.payment])),
        html("disagreements"),
        html("judgements", basis),
        tuple(
            Expected(
                item.date.sort_day,
                item.id,
                printer.fragment(_PARTS, "milestone", item, **about),
                "",
                stats.outlook(item, **about) is Outlook.PASSED,
            )
            for item in sheet.milestones
        ),
        _due(printer, due),
        tuple(len(getattr(sheet, register)) for register in _REGISTERS),
        tuple(
            data_files.items({item.id: encode.to_plain(item) for item in getattr(sheet, register)})
            for register in _REGISTERS
        ),
        tuple(key for item in sheet.entries for key in item.rests_on),
    )


def _due(printer: Printer, reviews: Sequence[Review]) -> tuple[Expected, ...]:
    printed = printer.fragments(_PARTS, "review", [(item,) for item in reviews])
    data = [data_files.elements([{"fact": item.fact.id, "by": item.by.edtf}]) for item in reviews]
    found = zip(reviews, printed, data, strict=True)
    return tuple(Expected(item.day, item.fact.id, html, text) for item, html, text in found)


def _signs(_: Printer, lookups: Lookups, name: str) -> str:
    edition = lookups.editions.get(name)
    has_signs = edition is not None and any(section.role == "milestones" for section in edition.sections)
    return edition.title if edition and has_signs else ""


SIGNS = Piece("signs of brief", lambda lookups: lookups.named, _signs)
"""The title of a brief that says what to watch; empty where it does not."""


def signs(printer: Printer) -> dict[str, str]:
    """Return the briefs that say what to watch, each with its title; of very many none."""
    found = {name: title for name, title in printer.pieces(SIGNS).items() if title}
    return found if len(found) <= lists.MAX_ON_FRONT_PAGE else {}


OF_TOPIC = Piece("registers of topic", lambda lookups: lookups.library.sheets, _of_topic, is_list=False)


def registers(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the open questions, with their data."""
    by_topic = printer.pieces(OF_TOPIC)
    topics = list(by_topic.values())
    milestones = _in_order(topic.milestones for topic in topics)
    resting = {key for topic in topics for key in topic.shown}
    counts = [sum(numbers) for numbers in zip(*(topic.counts for topic in topics), strict=True)]
    data = {
        register: Joined((topic.data[place] for topic in topics), "{}")
        for place, register in enumerate(_REGISTERS)
    }
    yield data_files.written(printer, "registers", data, EVERY_FACT)
    known = dict(zip(_REGISTERS, counts or [0] * len(_REGISTERS), strict=True))
    if sum(counts) > lists.MAX_ROWS:
        ahead = [item for item in milestones if item.day > lookups.passed_by]
        yield from _in_parts(printer, lookups, by_topic, known, ahead)
        return
    yield printer.page(
        "registers.html",
        "site-registers.html.j2",
        resting,
        printer.parts_of(_PARTS),
        title=lookups.say("registers.title"),
        counts=known,
        gaps=joined(topic.gaps for topic in topics),
        payment=[joined(topic.payment) for topic in topics if topic.payment],
        payments=sum(len(topic.payment) for topic in topics),
        disagreements=joined(topic.disagreements for topic in topics),
        milestones=joined(item.html for item in milestones if not item.is_passed),
        passed=joined(item.html for item in milestones if item.is_passed),
        signs=signs(printer),
        judgements=joined(topic.judgements for topic in topics),
    )


def reviews(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield what editors are to look at again, by day, with its data; of much, what is next."""
    due = _in_order(topic.reviews for topic in printer.pieces(OF_TOPIC).values())
    found = {"reviews": Joined(item.data for item in due)}
    yield data_files.written(printer, "reviews", found, EVERY_FACT)
    shown = due if len(due) <= lists.MAX_ROWS else due[: lists.MAX_NEXT]
    yield printer.page(
        "reviews.html",
        "site-reviews.html.j2",
        {item.id for item in shown},
        printer.parts_of(_PARTS),
        title=lookups.say("registers.reviews_title"),
        due=len(due),
        more=len(due) - len(shown),
        reviews=_by_day(shown),
    )


def _in_order(found: Iterable[Iterable[Expected]]) -> list[Expected]:
    return sorted(itertools.chain.from_iterable(found), key=lambda item: (item.day, natural(item.id)))


def _by_day(reviews: Iterable[Expected]) -> dict[datetime.date, Any]:
    found = itertools.groupby(reviews, key=lambda item: item.day)
    return {day: joined(item.html for item in own) for day, own in found}


def _in_parts(
    printer: Printer,
    lookups: Lookups,
    topics: Mapping[str, OfTopic],
    counts: Mapping[str, int],
    ahead: Sequence[Expected],
) -> Iterator[SiteFile]:
    """Yield the open questions of many topics: how many each has, and what is next."""
    titles = {name: lookups.topics[Slug(name)].title for name, topic in topics.items() if any(topic.counts)}
    in_order = sorted(titles, key=lambda name: natural(titles[name]))
    payment = [[html] for topic in topics.values() for html in topic.payment]
    for key, page in lists.numbered("registers", in_order).items():
        laid_out = printer.page(
            f"{key}.html",
            "site-registers-in-parts.html.j2",
            (),
            (*printer.parts_of(_PARTS), *printer.parts_of(list_pages.PARTS)),
            title=list_pages.title_of(page, lookups.say("registers.title"), lookups),
            page=page,
            counts=counts,
            topics=[
                (name, titles[name], dict(zip(_REGISTERS, topics[name].counts, strict=True)))
                for name in page.names
            ],
            milestones=joined(item.html for item in ahead[: lists.MAX_NEXT]),
            more_ahead=max(0, len(ahead) - lists.MAX_NEXT),
            payment=[joined(item) for item in payment[: lists.MAX_NEXT]],
            payments=len(payment),
        )
        yield from tables.beside(printer, laid_out)
