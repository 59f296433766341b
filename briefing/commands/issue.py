"""Issuing a brief, which freezes it in the ledger as its next edition, and withdrawing an edition.

Records in the ledger never change. A withdrawal is a record beside the editions; a correction is an edition.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.build import jobs, leaks, steps, workers
from briefing.changes import in_words, states
from briefing.changes.fact_fields import LIGHT
from briefing.changes.states import Change
from briefing.commands import accept, signing
from briefing.commands.signing import Signer
from briefing.compose import current
from briefing.compose.current import Standing
from briefing.content import decode, seals, views
from briefing.editions import freeze, ledger, proof
from briefing.formats import registry
from briefing.formats.base import Theme
from briefing.model import moments
from briefing.model.briefs import Brief
from briefing.model.editions import Imprint
from briefing.model.findings import Finding, RenderError, UsageError
from briefing.model.ledger import FileDigests, Issued, Sealed, Withdrawal, order_of
from briefing.model.library import Library
from briefing.model.signatures import UNREVIEWED, Progress
from briefing.model.values import Date, EditionNumber, Slug
from briefing.review import signoff
from briefing.store import disk
from briefing.store.disk import Texts
from briefing.store.records import Records
from briefing.store.request import SITE
from briefing.store.results import Scope


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """The brief that a person issues, and what that person says about it."""

    brief: str
    by: str
    note: str
    is_minor: bool = False
    corrects: str = ""
    """Number of the earlier edition that it corrects; empty if it corrects none."""
    key_file: str = ""
    """The file of the key that signs it; empty for the agent's."""
    publish_on: datetime.datetime | None = None
    """The moment until which it is held; None to publish it with the next build."""


@dataclass(frozen=True, slots=True)
class IssueResult:
    """The edition that was issued, or why none was."""

    issued: Issued | None
    """None if errors in the content or suspect prose prevent the issue."""
    path: str
    """The path of the edition in the project."""
    changed: tuple[Change, ...]
    """Changes since the previous edition."""
    findings: tuple[Finding, ...]
    reason: str = ""
    """Why it was not issued."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The record of a withdrawal."""

    path: str
    is_unpublished: bool
    """Whether the edition was never published."""


@dataclass(frozen=True, slots=True)
class BriefEditions:
    """A brief in the list of editions."""

    brief: str
    issued: tuple[Issued, ...]
    """Oldest first."""
    state: str
    """Its edition, the word that it is a draft, or why it is held back."""
    changed: tuple[Change, ...]
    """Changes since its last edition."""
    review: Progress = UNREVIEWED
    """How far the review of its words is."""


def issue(
    records: Records,
    request: IssueRequest,
    today: datetime.date,
    now: datetime.datetime,
    pool: workers.Pool,
) -> IssueResult:
    """Freeze a brief as its next edition. Raises UsageError if the request does not fit its editions."""
    if request.publish_on and request.publish_on <= now:
        raise UsageError(
            f"--publish-on names {moments.write(request.publish_on)}, which has passed; leave it out to let "
            "the next build publish the edition"
        )
    snapshot = steps.snapshot(records.texts, today, Scope(frozenset((request.brief,))))
    concerned = tuple(item for item in snapshot.findings if item.brief in ("", request.brief))
    if reason := snapshot.held.get(request.brief, ""):
        return IssueResult(None, "", (), concerned, reason)
    library = snapshot.library
    assert library
    brief = library.briefs[request.brief]
    signer = Signer(request.by, today, request.key_file)
    signing.refuse_unable(signer, library)
    _refuse_waiting(library, request.brief, now)
    before = freeze.of_brief(brief.id, library)
    _refuse_repetition(snapshot.standings[request.brief], [item.id for item in before], request)
    if suspects := signoff.suspects(brief, library):
        return IssueResult(None, "", (), concerned, signoff.to_be_checked(len(suspects)))
    review = snapshot.standings[request.brief].review
    since = library.project.two_persons_since
    if since and since.earliest <= today and review.clearance is None:
        return IssueResult(None, "", (), concerned, _not_cleared(request.brief, review))
    day = request.publish_on.date() if request.publish_on else today
    view = views.of_brief(brief, library)
    seen = view.briefs[brief.id]
    standing, findings = current.compose(seen, view, snapshot.theme.templates, request.note, day)
    if standing is None:
        return IssueResult(None, "", (), findings, "its fact links have errors")
    # The edition before may no longer be among those that the readers of the brief may see.
    changed = states.between(before[-1].state, standing.state, library.renamed) if before else ()
    changed = in_words.without_unlisted(changed, view)
    _refuse_heavy(changed, request)
    issued = _frozen(standing, request, day, _sealed(library, brief), before)
    issued = dataclasses.replace(issued, cleared=review.clearance)
    made = _made(issued, view.project.imprint_of(brief.id), snapshot.theme, pool)
    if leaking := _leaks(made, view, library, snapshot.theme):
        return IssueResult(None, "", (), leaking, "its files would say what its readers may not see")
    issued = dataclasses.replace(
        issued, files=FileDigests(**{name: disk.digest(made[name]) for name in made})
    )
    issued = dataclasses.replace(issued, seal=ledger.seal(issued))
    path = seals.path(brief.id, issued.id)
    if path in records.texts.texts:
        raise UsageError(f"{path} already exists, so nothing was written")
    accepted = accept.with_issued(brief, library, view, request.by, today, issued.id)
    accept.put(records, brief, library, {issued.id: issued}, accepted, signer)
    return IssueResult(issued, path, changed, concerned)


def withdraw(
    records: Records, brief: str, number: str, reason: str, signer: Signer, now: datetime.datetime
) -> Withdrawn:
    """Withdraw an edition. Raises UsageError if there is no such edition.

    One that is withdrawn before its hour is never published.
    """
    content = steps.read(records.texts)
    linked = steps.link(content)
    library = linked.library
    known = library.issued.get(brief, ()) if library else ()
    issued = next((item for item in known if item.id == number), None)
    if issued is None or content.records is None or library is None:
        there = ", ".join(item.id for item in known) or "none"
        raise UsageError(f"there is no edition {number} of '{brief}'; there are {there}")
    if issued.withdrawn:
        raise UsageError(
            f"edition {number} of '{brief}' was already withdrawn, on {issued.withdrawn.day.edtf}"
        )
    is_unpublished = bool(issued.publish_on) and not moments.has_come(issued.publish_on, now)
    day = Date(signer.day.isoformat())
    new = Withdrawal(EditionNumber(number), day, signer.by, reason, is_unpublished)
    withdrawals = (*content.records.withdrawals.get(issued.brief, ()), new)
    folder = issued.brief
    path = seals.path(folder, seals.WITHDRAWN)
    errors = (item.at.path for item in linked.findings if item.is_error)
    if wrong := next(
        (place for place in errors if place.startswith(f"{seals.EDITIONS_FOLDER}/{folder}/")), ""
    ):
        raise UsageError(f"{wrong} has errors; correct them first, so that nothing on record is lost")
    to_sign = [proof.of_withdrawal(new, issued)]
    signature = signing.signature_for(folder, to_sign, signer, library)
    records.write(ledger.files_of(folder, {seals.WITHDRAWN: withdrawals, **signature}, library))
    return Withdrawn(path, is_unpublished)


def _refuse_waiting(library: Library, brief: str, now: datetime.datetime) -> None:
    """Raise UsageError if an edition is held until its hour: the next one would say what is new in it."""
    for item in library.issued.get(brief, ()):
        if item.publish_on and not item.withdrawn and not moments.has_come(item.publish_on, now):
            raise UsageError(
                f"edition {item.id} of '{brief}' is held until {moments.in_words(item.publish_on)}; withdraw "
                "it, or issue the next one after that"
            )


def _not_cleared(brief: str, review: Progress) -> str:
    """Return what is missing until a brief can be issued in a project that asks for two persons."""
    if review.author:
        return (
            f"{review.author} has handed it in, and nobody has cleared it; another person does with "
            f"'briefing review {brief} --clear --by NAME'"
        )
    return (
        "nobody has handed in its present words, which another person has to clear; its author does with "
        f"'briefing review {brief} --by NAME'"
    )


def _refuse_repetition(standing: Standing, numbers: Sequence[str], request: IssueRequest) -> None:
    if standing.is_issued and not standing.issued[-1].withdrawn:
        raise UsageError(
            f"edition {standing.issued[-1].id} of '{request.brief}' has the same text, word for word"
        )
    if request.is_minor and not numbers:
        raise UsageError(f"'{request.brief}' has no edition yet; the first one cannot be minor")
    if request.corrects and request.corrects not in numbers:
        there = ", ".join(numbers) or "none"
        raise UsageError(
            f"there is no edition {request.corrects} of '{request.brief}' to correct; there are {there}"
        )


def _refuse_heavy(changed: Sequence[Change], request: IssueRequest) -> None:
    """Raise UsageError if a minor edition, which keeps the day of the previous one, would change a fact."""
    heavy = [change for change in changed if change.turn not in LIGHT]
    if request.is_minor and heavy:
        named = "; ".join(f"{change.key}: {change.turn.value}" for change in heavy[:5])
        more = f"; and {len(heavy) - 5} more" if len(heavy) > 5 else ""
        raise UsageError(f"a minor edition may change wording only, but these changed: {named}{more}")


def _sealed(library: Library, brief: Brief) -> tuple[Sealed, ...]:
    """Return every edition of a brief, those that were lost included, oldest first."""
    names = (brief.id, *brief.formerly)
    found = (item for name in names for item in library.seals.get(name, ()))
    editions = {item.record: item for item in found if not decode.check_number(item.record, item.at)}
    return tuple(sorted(editions.values(), key=lambda item: order_of(item.record)))


def _frozen(
    standing: Standing,
    request: IssueRequest,
    issued_on: datetime.date,
    sealed: Sequence[Sealed],
    before: Sequence[Issued],
) -> Issued:
    day = Date(issued_on.isoformat())
    issued = freeze.frozen(
        freeze.printed(standing.edition),
        standing.state,
        Slug(request.brief),
        freeze.next_number([item.record for item in sealed], request.is_minor),
        day,
        request.by,
        request.note,
    )
    return dataclasses.replace(
        issued,
        dated=before[-1].dated if request.is_minor else day,
        corrects=EditionNumber(request.corrects),
        follows=seals.chain(sealed),
        publish_on=moments.write(request.publish_on) if request.publish_on else "",
    )


def _made(issued: Issued, imprint: Imprint, theme: Theme, pool: workers.Pool) -> dict[str, bytes]:
    """Return the edition's files by their formats; a build makes the same bytes."""
    edition = freeze.reissued(issued, imprint=imprint)
    whole = [item for item in registry.formats_of(edition) if item.short is None]
    laid_out = jobs.lay_out(edition, issued.state, theme, whole)
    prepared = {item.format.name: item.prepared for item in laid_out}
    made, problems = workers.make_all(list(prepared.values()), pool)
    for problem in problems.values():
        raise RenderError(f"the files of the edition could not be made, so it was not issued: {problem}")
    return {name: made[item.fingerprint] for name, item in prepared.items()}


def _leaks(made: Mapping[str, bytes], view: Library, library: Library, theme: Theme) -> tuple[Finding, ...]:
    """Return what is in files of an edition that its readers may not see: later editions print it again."""
    level = view.project.marking
    sought = leaks.of_level(library, level, theme)
    found = (leaks.problems(sought, level, f"the {name} of the edition", made[name]) for name in made)
    return tuple(itertools.chain.from_iterable(found)) if sought else ()


def listed(texts: Texts, today: datetime.date, brief: str | None = None) -> tuple[BriefEditions, ...]:
    """Return the editions of every brief, or of one. Raises UsageError if there is no such brief."""
    snapshot = steps.snapshot(texts, today, Scope(frozenset((brief,) if brief else ())))
    known = snapshot.library.issued if snapshot.library else {}
    standings, held = snapshot.standings, snapshot.held
    names = sorted({*standings, *held, *known} - {SITE})
    return tuple(
        BriefEditions(
            name,
            known.get(name, ()),
            standings[name].edition.label if name in standings else held.get(name, "Retired"),
            standings[name].changed if name in standings else (),
            standings[name].review if name in standings else UNREVIEWED,
        )
        for name in names
        if brief in (None, name)
    )
