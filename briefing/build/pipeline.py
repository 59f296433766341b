"""The whole line on one page: texts to findings, decisions and files. Read this first.

``check`` stops after the checks, ``plan`` after the decisions, ``build`` does what was decided: one line with
three places to stop. Data goes down it and never back up; every step is a pure function but the first and the
last.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.build import blocked, plan, preview, workers
from briefing.build.plan import Job
from briefing.checks import runner
from briefing.compose import current, fact_data
from briefing.compose.current import Standing
from briefing.compose.templates import Templates
from briefing.content import layout, linker
from briefing.editions import clearance, file_copy, freeze
from briefing.formats import registry
from briefing.formats.base import Format, Prepared, Theme
from briefing.language.wording import VOCABULARIES, Wording, is_known_language
from briefing.model import query
from briefing.model.briefs import Brief
from briefing.model.editions import Edition, FactFile
from briefing.model.facts import Fact
from briefing.model.findings import Finding, FoundProblem, InUseError, Place, UsageError, nearest, ordered
from briefing.model.ledger import State
from briefing.model.library import Library
from briefing.model.scales import Paper
from briefing.model.values import Slug, place_of
from briefing.review import schedule, signoff
from briefing.site import archive, files
from briefing.site import pages as site
from briefing.store import disk, json_record, versions
from briefing.store.disk import Manifest, Reasons, Texts
from briefing.store.request import PROJECT_FILE, SITE, Request
from briefing.store.results import Action, Artifact, Decision, Failure, Ingredients, Outcome


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that was read and cited: what lies on the table before any format is thought of."""

    library: Library | None
    """None where the project file cannot be used."""
    standings: Mapping[str, Standing]
    """By id of the brief, of those that can go out."""
    pages: Mapping[str, Edition]
    theme: Theme
    findings: tuple[Finding, ...]
    held: Mapping[str, str]
    """Brief id or ``site`` -> why it cannot go out."""

    @property
    def editions(self) -> dict[str, Edition]:
        """What is to be printed, by id of the brief."""
        return {name: standing.edition for name, standing in self.standings.items()}


def run(
    request: Request,
    texts: Texts,
    manifest: Manifest,
    inputs: str,
    crew: workers.Crew,
    progress: workers.Progress,
) -> Outcome:
    """Run the line as far as the request wants. ``inputs`` is the digest that stands for this whole run."""
    desk = prepare_desk(request, texts, progress)
    held = {group: reason for group, reason in desk.held.items() if request.scope.covers_group(group)}
    desk = dataclasses.replace(desk, findings=_concerning(request, desk.findings), held=held)
    if request.command == "check":
        return Outcome("check", desk.findings, held=desk.held)
    seen = _survey(request, desk, manifest, progress)
    desk = seen.desk
    if request.command == "plan":
        touched = preview.of(request, desk.library, desk.standings, seen.decisions) if desk.library else ()
        return Outcome("plan", desk.findings, seen.decisions, held=desk.held, impact=touched)
    return _carry_out(request, _Work(seen, manifest, inputs), crew, progress)


@dataclass(frozen=True, slots=True)
class Survey:
    """What could be made of what lies on the table, and what is decided about it."""

    desk: Desk
    jobs: tuple[Job, ...]
    decisions: tuple[Decision, ...]
    before: Reasons
    """What the files of the last build were made of."""
    facts: plan.FactWords
    """The facts that any file shows, in words."""


def survey(request: Request, texts: Texts, manifest: Manifest, progress: workers.Progress) -> Survey:
    """Run the line as far as its decisions. Raises UsageError where there is no such brief."""
    return _survey(request, prepare_desk(request, texts, progress), manifest, progress)


def _survey(request: Request, desk: Desk, manifest: Manifest, progress: workers.Progress) -> Survey:
    jobs, desk = _jobs(request, desk, progress)
    before = disk.read_reasons(request.output)
    facts = _facts_in_words(desk.library, jobs)
    on_disk = disk.digests(request.output, manifest.artifacts)
    why = plan.reasons_for(before, facts)
    decisions = plan.decide(jobs, manifest, on_disk, request.scope, _with_former_names(desk), why)
    return Survey(desk, jobs, decisions, before, facts)


def _with_former_names(desk: Desk) -> Mapping[str, str]:
    """What is held back, under its former names too: a renamed brief's last good files bear those."""
    renamed = desk.library.renamed.briefs if desk.library else {}
    former = {old: desk.held[now] for old, now in renamed.items() if now in desk.held}
    return {**former, **desk.held}


def _concerning(request: Request, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings without those of briefs that were not asked for."""
    if not request.briefs:
        return findings
    own = {f"content/briefs/{name}.md" for name in request.briefs}
    return tuple(
        finding
        for finding in findings
        if finding.brief in ("", *request.briefs)
        and (finding.at.path in own or not finding.at.path.startswith("content/briefs/"))
    )


def prepare_desk(request: Request, texts: Texts, progress: workers.Progress = workers.in_silence) -> Desk:
    """Read, link, draft, cite and check. Raises UsageError where there is no such brief."""
    records, misread = layout.load(texts)
    theme = _theme(texts, records.project.paper if records else Paper.A4)
    brief_names = layout.brief_names(texts)
    if records is None:
        held = dict.fromkeys([*brief_names, SITE], f"{PROJECT_FILE} has errors")
        return Desk(None, {}, {}, theme, ordered(misread), held)
    _refuse_unknown_briefs(request, brief_names)
    library, lost = linker.link(records, request.as_of)
    findings = [*misread, *lost]
    at = records.project.at
    findings += [
        _unknown_language(tag, at) for tag in records.project.languages if not is_known_language(tag)
    ]
    held = blocked.held(findings, records, brief_names)
    standings: dict[str, Standing] = {}
    for number, brief in enumerate(library.briefs.values(), 1):
        if brief.id in held or not request.scope.covers_group(brief.id):
            continue
        progress(number, len(library.briefs), f"citing {brief.id}")
        stands, problems = _standing(brief, library, theme.templates)
        findings += problems
        if stands:
            standings[brief.id] = stands
    pages: dict[str, Edition] = {}
    is_sound = not any(finding.is_error for finding in findings)
    for page in library.pages.values():
        if is_sound and request.scope.covers_group(SITE):
            edition, problems = site.cite_page(page, library)
            findings += [dataclasses.replace(finding, brief="") for finding in problems]
            if edition:
                pages[page.id] = edition
                findings += runner.leaks(edition, page.at, library)
    cited = [stands.edition for stands in standings.values()]
    asked = frozenset(request.briefs)
    findings += runner.run(runner.Subject(library, cited, request.today, records.silences, asked))
    held = blocked.held(findings, records, brief_names)
    good = {name: stands for name, stands in standings.items() if name not in held}
    return Desk(library, good, pages, theme, ordered(findings), held)


def _standing(
    brief: Brief, library: Library, templates: Templates
) -> tuple[Standing | None, tuple[Finding, ...]]:
    if not is_known_language(brief.language):
        finding = _unknown_language(brief.language, brief.at)
        return None, (dataclasses.replace(finding, brief=brief.id),)
    return current.of(brief, library, templates)


def _unknown_language(language: str, at: Place) -> Finding:
    hint = "write en-GB or another tag of " + ", ".join(VOCABULARIES)
    return Finding(
        "language", f"there are no words for the language '{language}'", place_of(language, at), hint
    )


def _theme(texts: Texts, paper: Paper) -> Theme:
    shelf = layout.template_texts(texts)
    return Theme(Templates(shelf), shelf, paper)


def _refuse_unknown_briefs(request: Request, known: Collection[str]) -> None:
    for name in request.briefs:
        if name not in known:
            listed = f"there are {', '.join(sorted(known)) or 'none'}"
            raise UsageError(f"there is no brief '{name}'; {nearest(name, known, listed)}")


# ------------------------------------------------------------------------------------------------- jobs


def _jobs(request: Request, desk: Desk, progress: workers.Progress) -> tuple[tuple[Job, ...], Desk]:
    """Every file that could be made, and the desk with what turned out to be held back after all."""
    downloads: dict[str, list[files.Download]] = {}
    jobs: list[Job] = []
    parts = _Parts(desk)
    wants_site = request.scope.covers(SITE, SITE)
    for number, edition in enumerate(desk.editions.values(), 1):
        progress(number, len(desk.editions), f"laying out {edition.brief}")
        try:
            prepared = laid_out(
                edition,
                desk.standings[edition.brief].state,
                desk.theme,
                [
                    item
                    for item in registry.of(edition)
                    if request.scope.covers(edition.brief, item.name)
                    or (wants_site and item.name in files.DOWNLOADS)
                ],
            )
        except FoundProblem as problem:
            desk = _held_back(
                desk, dataclasses.replace(problem.finding, brief=edition.brief), edition.brief, SITE
            )
            continue
        for item, page in prepared:
            ingredients = parts.of(item.shown(edition), item)
            if request.scope.covers(edition.brief, item.name):
                path = f"{plan.BRIEFS_FOLDER}/{edition.brief}{item.suffix}"
                jobs.append(Job(path, edition.brief, item.name, page, ingredients))
            if item.name in files.DOWNLOADS and not (item.is_typeset and versions.pango() is None):
                download = files.Download(item.name, item.suffix, page, ingredients)
                downloads.setdefault(edition.brief, []).append(download)
        if wants_site:
            downloads.setdefault(edition.brief, []).append(_facts_download(edition, desk, parts))
    if wants_site and desk.library and SITE not in desk.held:
        try:
            jobs += _site_jobs(desk, desk.library, downloads)
        except FoundProblem as problem:
            desk = _held_back(desk, problem.finding, SITE)
    return tuple(jobs), desk


def laid_out(
    edition: Edition, state: State, theme: Theme, wanted: Iterable[Format]
) -> list[tuple[Format, Prepared]]:
    """An edition in some of its formats. What is typeset carries the facts that it shows, as data."""
    return [
        (
            item,
            item.prepare(
                edition,
                theme,
                fact_data.of(item.shown(edition), state) if item.is_typeset else FactFile(),
            ),
        )
        for item in wanted
    ]


def _facts_download(edition: Edition, desk: Desk, parts: _Parts) -> files.Download:
    """The facts of a brief as data, for the site."""
    facts = fact_data.of(edition, desk.standings[edition.brief].state)
    prepared = Prepared("text", facts.json, title=edition.title)
    return files.Download(files.FACTS, ".json", prepared, parts.of(edition))


def _site_jobs(desk: Desk, library: Library, downloads: Mapping[str, Sequence[files.Download]]) -> list[Job]:
    """The files of the site: of what may be read by everybody who may read the site."""
    marking = library.project.marking
    shown = linker.without(library, query.stricter_than(library, marking))
    public = {name: edition for name, edition in desk.editions.items() if not marking < edition.marking}
    issued = {
        name: clearance.editions(freeze.of_brief(Slug(name), library), library, marking)
        for name in library.issued
    }
    shown = dataclasses.replace(shown, issued={name: items for name, items in issued.items() if items})
    pages = site.prepare(public, desk.pages, downloads, shown, desk.theme)
    return [Job(f"{SITE}/{page.path}", SITE, SITE, page.prepared, page.ingredients) for page in pages]


def _held_back(desk: Desk, finding: Finding, *groups: str) -> Desk:
    reason = f"{finding.at.path} has errors"
    held = {**dict.fromkeys(groups, reason), **desk.held}
    return dataclasses.replace(desk, findings=ordered([*desk.findings, finding]), held=held)


class _Parts:
    """Names what an edition's files are made of, for the reasons."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.digests = {
            name: hashlib.sha256(text.encode()).hexdigest() for name, text in desk.theme.texts.items()
        }

    def of(self, edition: Edition, made_by: Format | None = None) -> Ingredients:
        assert self.desk.library  # an edition has a library
        brief = self.desk.library.briefs[edition.brief]
        named = [f"template {brief.template}.md.j2"]
        if made_by:
            named += [f"template {item}" for item in made_by.templates]
            named += [f"style {item}" for item in made_by.styles]
        parts = [(item, self.digests.get(item.partition(" ")[2], "")) for item in named]
        parts.append(("the brief's own text", hashlib.sha256(repr(brief).encode()).hexdigest()))
        parts += archive.parts_of(self.desk.standings[edition.brief].issued)
        parts.append(("paragraphs to be checked", str(len(signoff.suspects(brief, self.desk.library)))))
        if made_by and made_by.is_typeset:
            parts.append(("paper", self.desk.theme.paper.value))
            parts += [
                (item.rpartition(" ")[0], item.rpartition(" ")[2]) for item in versions.of_typesetting()
            ]
        return Ingredients(frozenset(note.fact for note in edition.notes), tuple(parts))


def _facts_in_words(library: Library | None, jobs: Iterable[Job]) -> plan.FactWords:
    """The facts that any file shows, in words; a fact that no file can show may refer to what is broken."""
    shown = frozenset[str]().union(*(job.ingredients.facts for job in jobs))
    return {key: _in_words(library.facts[key], library) for key in sorted(shown)} if library else {}


def _in_words(fact: Fact, library: Library) -> dict[str, str]:
    """A fact's fields in words, in the order in which a change of them is told."""
    wording = Wording(library.project.languages[0], library.actors)
    review = None if library.as_of else schedule.due_on(fact, library.project)
    fields = {
        "value": wording.fact(fact) or "",
        "status": fact.status.value if fact.status else "",
        "flags": ", ".join(fact.flags),
        "date": wording.date(fact.date) if fact.date else "",
        "statement": fact.statement,
        "said by": wording.names(fact.said_by) if fact.said_by else "",
        "credibility": fact.credibility.value if fact.credibility else "",
        "caveat": fact.caveat,
        "evidence": "; ".join(
            f"{item.source} {item.paragraph} {item.origin or ''}" for item in fact.evidence
        ),
        "review by": wording.date(review.by) if review else "",
    }
    return {name: text for name, text in fields.items() if text}


# ------------------------------------------------------------------------------------------ carrying out


@dataclass(frozen=True, slots=True)
class _Work:
    seen: Survey
    manifest: Manifest
    inputs: str


def _carry_out(request: Request, work: _Work, crew: workers.Crew, progress: workers.Progress) -> Outcome:
    """Make what is to be made, put it in place, remove what is to go, and write down what was done."""
    disk.clear_leftovers(request.output, work.manifest.pending)
    seen = work.seen
    by_path = {job.path: job for job in seen.jobs}
    wanted = [by_path[decision.path] for decision in seen.decisions if decision.action is Action.MAKE]
    made, failures = workers.make_all([job.prepared for job in wanted], crew, progress)
    artifacts = dict(work.manifest.artifacts)
    pending = work.manifest.pending | {job.path for job in wanted}
    if wanted:
        disk.write_manifest(request.output, dataclasses.replace(work.manifest, pending=pending, inputs=""))
    failed = []
    for job in wanted:
        fingerprint = job.prepared.fingerprint
        if fingerprint in failures:
            failed.append(Failure(job.path, failures[fingerprint]))
            continue
        data = made[fingerprint]
        try:
            disk.store(request.output, job.path, data)
        except InUseError as error:
            failed.append(Failure(job.path, str(error)))
            continue
        key = _key_of(job.ingredients, seen.facts)
        artifacts[job.path] = Artifact(job.path, job.group, job.format, fingerprint, disk.digest(data), key)
    for decision in seen.decisions:
        if decision.action is Action.REMOVE:
            try:
                disk.remove(request.output, decision.path)
            except InUseError as error:
                failed.append(Failure(decision.path, str(error)))
                continue
            artifacts.pop(decision.path, None)
    unmade = {by_path[failure.path].group for failure in failed if failure.path in by_path}
    _keep_copies(request, seen.desk, artifacts, unmade)
    outcome = Outcome("build", seen.desk.findings, seen.decisions, tuple(failed), seen.desk.held)
    _write_down(request, work, artifacts, outcome)
    return outcome


def _keep_copies(
    request: Request, desk: Desk, artifacts: Mapping[str, Artifact], unmade: Collection[str]
) -> None:
    """Keep what is printed of every brief now, for the next plan to compare with.

    A brief with a file that still says something else keeps the copy that it has: a copy stands for all its
    files.
    """
    own: dict[str, list[Artifact]] = {}
    for artifact in artifacts.values():
        own.setdefault(artifact.group, []).append(artifact)
    for name, stands in desk.standings.items():
        is_whole = all(request.scope.covers(item.group, item.format) for item in own.get(name, ()))
        if name in own and is_whole and name not in unmade:
            disk.write_copy(request.output, name, file_copy.write(preview.copy_of(stands)))
    for name in disk.copies(request.output) - own.keys():
        disk.remove_copy(request.output, name)


def _write_down(request: Request, work: _Work, artifacts: Mapping[str, Artifact], outcome: Outcome) -> None:
    seen = work.seen
    words = {key: (_digest_of(fields), fields) for key, fields in seen.facts.items()}
    fresh = {_key_of(job.ingredients, seen.facts): job.ingredients for job in seen.jobs}
    used = {artifact.ingredients for artifact in artifacts.values()}
    ingredients = {key: kept for key, kept in seen.before.ingredients.items() if key in used}
    ingredients |= {key: _as_record(item, words) for key, item in fresh.items() if key in used}
    named = {digest for kept in ingredients.values() for digest in kept["facts"].values()}
    facts = {**seen.before.facts, **dict(words.values())}
    reasons = Reasons(ingredients, {digest: facts[digest] for digest in sorted(named) if digest in facts})
    if reasons != seen.before:
        disk.write_reasons(request.output, reasons)
    findings = [json_record.of_finding(finding) for finding in outcome.findings]
    inputs = "" if outcome.failures else work.inputs
    removed = {decision.path for decision in outcome.decisions if decision.action is Action.REMOVE}
    removed -= {failure.path for failure in outcome.failures}
    pending = work.manifest.pending - artifacts.keys() - removed
    told = {"findings": findings, "held": dict(outcome.held)}
    manifest = Manifest(artifacts, pending, inputs, told, _known_notes(request, work.manifest, outcome))
    if manifest != work.manifest:
        disk.write_manifest(request.output, manifest)


def _known_notes(request: Request, before: Manifest, outcome: Outcome) -> tuple[tuple[str, str, str], ...]:
    """The notes that the next run need not call new: a build that saw not everything takes none away."""
    found = Counter(json_record.note_keys(outcome.findings))
    if request.briefs or request.as_of or outcome.exit_code:
        found |= Counter(before.notes)
    return tuple(sorted(found.elements()))


def _as_record(ingredients: Ingredients, words: Mapping[str, tuple[str, object]]) -> dict[str, Any]:
    return {
        "facts": {key: words[key][0] for key in sorted(ingredients.facts)},
        "parts": [list(part) for part in ingredients.parts],
    }


def _key_of(ingredients: Ingredients, facts: Mapping[str, Mapping[str, str]]) -> str:
    """The key under which a file's ingredients are kept: two states of a fact give two keys."""
    return _digest_of([sorted((key, _digest_of(facts[key])) for key in ingredients.facts), ingredients.parts])


def _digest_of(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
