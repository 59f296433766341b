"""The commands ``check``, ``plan`` and ``build``."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import itertools
import os
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli import audiences, console, impact
from briefing.cli.console import EXIT_STATUS
from briefing.cli.reports import plain_text
from briefing.model.findings import FOUND_BEFORE, BriefingError, Finding, Severity, UsageError, nearest
from briefing.store import built, disk, json_record, moves, request
from briefing.store.disk import Texts
from briefing.store.known_texts import ChangedTextError
from briefing.store.request import Request
from briefing.store.results import Outcome

if TYPE_CHECKING:  # a call with nothing to do starts none
    from briefing.build.workers import Pool

CHECK_FORMATS = ("text", "json", "sarif", "github")
"""The forms in which ``check`` prints its findings."""


@dataclass(frozen=True, slots=True)
class Call:
    """What ``check``, ``plan`` and ``build`` are all given."""

    project: Path
    only: tuple[str, ...]
    as_of: datetime.date | None
    audience: str
    json: bool

    def output(self, folder: Path | None) -> Path:
        """Return the folder for results."""
        return folder or audiences.folder(self.project, self.audience, self.as_of)


def _common(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        console.PROJECT,
        click.option(
            "--only",
            metavar="BRIEF",
            multiple=True,
            help="Only this brief, by the name of its file; may be repeated. The site stays as it is.",
        ),
        click.option(
            "--as-of",
            type=console.DayParam(),
            metavar="DATE",
            help="Show what was known on this day, such as 2025-11-30, instead of everything.",
        ),
        console.NOW,
        audiences.AUDIENCE,
        console.JSON,
    )

    @functools.wraps(command)
    def collected(
        project: Path,
        only: tuple[str, ...],
        as_of: datetime.date | None,
        audience: str,
        json: bool,
        **others: Any,
    ) -> None:
        known = audiences.known(project, audience)
        command(Call(project, only, as_of, known, json), **others)

    for option in reversed(options):
        collected = option(collected)
    return collected


def _with_output(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option(
            "--output",
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder for the results. Default: output/ in the project; with --audience and --as-of, a "
            "folder for those readers and that day inside it, so that no results ever replace others.",
        ),
        click.option(
            "--format",
            type=console.ChoiceParam(request.FORMATS),
            multiple=True,
            help="Only this format; may be repeated. Default: all, with the site.",
        ),
        click.option("--verbose", is_flag=True, help="Name every file, including those that are kept."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(epilog=EXIT_STATUS)
@_common
@click.option(
    "--verbose", is_flag=True, help="Print notes as well: findings that are good to know but need no change."
)
@click.option(
    "--check",
    "checks",
    metavar="SLUG",
    multiple=True,
    help="Print only the findings of this check, and all of them; may be repeated. Without it, at most "
    f"{plain_text.MAX_OF_A_CHECK} of each check are printed. Other forms than text are always whole.",
)
@click.option(
    "--format",
    type=console.ChoiceParam(CHECK_FORMATS),
    help="How to print it: for people (default), as the JSON record, as SARIF for editors and code hosts, or "
    "as the command lines of a GitHub workflow.",
)
def check(
    call: Call,
    verbose: bool,
    checks: tuple[str, ...],
    format: str | None,
) -> None:
    """Report what is wrong with the content, without making anything."""
    if call.json and format not in (None, "json"):
        raise click.UsageError("--json is short for --format json; give one of the two.")
    folder, audience, time = call.project / "output", call.audience, console.now()
    asked = Request(
        "check",
        call.project,
        folder,
        console.today(),
        call.only,
        (),
        call.as_of,
        _processors(),
        now=time,
        audience=audience,
    )
    with console.machine_problems():
        _refuse_unknown_checks(checks)
    _run(asked, call.json or format == "json", verbose, format or CHECK_FORMATS[0], checks=checks)


def _refuse_unknown_checks(checks: Sequence[str]) -> None:
    from briefing.checks.runner import CHECKS

    known = [*(check.slug for check in CHECKS if not check.needs_captures), *FOUND_BEFORE]
    for name in checks:
        if name not in known:
            raise UsageError(f"there is no check '{name}'; {nearest(name, known)}")


@click.command(epilog=EXIT_STATUS)
@_common
@_with_output
@impact.AGAINST
@click.option(
    "--exit-code",
    is_flag=True,
    help="Exit with status 1 if a build would make, remove or hold back anything.",
)
def plan(
    call: Call,
    output: Path | None,
    format: tuple[str, ...],
    verbose: bool,
    against: str,
    exit_code: bool,
) -> None:
    """Show what a build would make, remove or hold back, and why.

    Below the files, the command lists every brief whose words change, with its owner and each old and new
    sentence.
    """
    asked = Request(
        "plan",
        call.project,
        call.output(output),
        console.today(),
        call.only,
        format,
        call.as_of,
        _processors(),
        now=console.now(),
        against=against,
        audience=call.audience,
    )
    _run(asked, call.json, verbose, has_strict_exit=exit_code)


@click.command(epilog=EXIT_STATUS)
@_common
@_with_output
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    metavar="N",
    help="How many processes to use for PDFs, and for many pages. Default: one for each processor.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Let the workers of a Dask cluster make the PDFs and fonts instead of this machine. The address is "
    "that of its scheduler, such as tls://scheduler:8786. Needs the extra 'cluster'.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Go on: after every save, make what has changed, and say why. Ctrl-C ends it.",
)
def build(
    call: Call,
    output: Path | None,
    format: tuple[str, ...],
    verbose: bool,
    jobs: int | None,
    cluster: str,
    watch: bool,
) -> None:
    """Make every file that has changed: every brief in every format, and the site."""
    if cluster:
        _refuse_unusable_cluster(cluster, jobs)
    if watch and call.json:
        raise click.UsageError("--json prints one record, --watch goes on; give one of the two.")
    asked = Request(
        "build",
        call.project,
        call.output(output),
        console.today(),
        call.only,
        format,
        call.as_of,
        jobs or _processors(),
        cluster,
        console.now(),
        audience=call.audience,
    )
    if watch:
        _watch(asked, verbose)
    else:
        _run(asked, call.json, verbose)


def _refuse_unusable_cluster(address: str, jobs: int | None) -> None:
    from briefing.build import cluster

    if jobs:
        raise click.UsageError(
            "--jobs is for PDFs made on this machine, --cluster for others; give one of the two."
        )
    with console.machine_problems():
        cluster.check(address)


def _run(
    asked: Request,
    as_json: bool,
    verbose: bool = False,
    form: str = "text",
    has_strict_exit: bool = False,
    checks: Collection[str] = (),
) -> None:
    """Carry out a request, print the outcome, and exit."""
    with console.machine_problems(), _locked(asked):
        known = built.read(asked.output).notes
        texts, outcome = _read_and_done(asked)
    if as_json:
        console.print_record(_record(outcome))
    elif form == "text":
        _print(outcome, texts, asked, verbose, json_record.fresh_notes(outcome.findings, known), checks)
    else:
        _hand_over(outcome, asked, form, verbose)
    is_idle = not outcome.held and not outcome.decisions.acted
    sys.exit(outcome.exit_code or int(has_strict_exit and not is_idle))


def _watch(asked: Request, verbose: bool) -> None:
    """Build after every save, until Ctrl-C. The workers stay; everything else is read again."""
    from briefing.store import watching

    saves = itertools.chain([watching.EVERYTHING], watching.changes(asked.root, threading.Event()))
    last = ""
    with console.machine_problems(), contextlib.ExitStack() as stack:
        console.refuse_no_project(asked.root)
        pool = stack.enter_context(_workers(asked))
        try:
            for _ in saves:
                try:
                    last = _build_again(asked, last, pool, verbose)
                except BriefingError as error:
                    console.print_problem(f"briefing: {error}")
                    last = ""
                    stack.close()  # workers that failed are not used again
                    pool = stack.enter_context(_workers(asked))
        except console.Terminated:
            raise
        except KeyboardInterrupt:  # how everybody ends a watch
            click.echo("The watch has ended; finished files stay as they were.")


def _build_again(asked: Request, last: str, pool: Pool, verbose: bool) -> str:
    """Build, unless the texts are those that were built last; return the digest of those that are now."""
    asked = dataclasses.replace(asked, today=console.today(), now=console.now())
    with _locked(asked):
        texts = console.read_texts(asked.root, built.known(asked.output))
        if texts.digest == last:
            return last
        known = built.read(asked.output).notes
        outcome = _outcome(asked, texts, pool)
    _print(outcome, texts, asked, verbose, json_record.fresh_notes(outcome.findings, known))
    click.echo("Waiting for the next save; Ctrl-C ends it.")
    return texts.digest


def _record(outcome: Outcome) -> dict[str, Any]:
    if outcome.command != "plan":
        return json_record.of_outcome(outcome)
    from briefing.cli.reports import impact as impact_report

    return {**json_record.of_outcome(outcome), "impact": impact_report.of_impacts(outcome.impact)}


def _hand_over(outcome: Outcome, asked: Request, form: str, verbose: bool) -> None:
    """Print findings for another program, with paths relative to the current folder."""
    from briefing.cli.reports import code_hosts

    seen = Path(os.path.relpath(asked.root))
    folder = "" if seen == Path() or ".." in seen.parts else seen.as_posix()
    if form == "sarif":
        console.print_data(code_hosts.sarif(outcome.findings, folder) + "\n")
    else:
        shown = [item for item in outcome.findings if verbose or item.severity is not Severity.NOTE]
        console.print_data("".join(f"{line}\n" for line in code_hosts.github(shown, folder)))


def _read_and_done(asked: Request) -> tuple[Texts, Outcome]:
    """Return the texts of a project, and what was done with them.

    Texts are read when they are asked for. If one of them is changed before that, all are read at once.
    """
    try:
        texts = console.read_texts(asked.root, built.known(asked.output))
        return texts, _outcome(asked, texts)
    except ChangedTextError:
        texts = console.read_texts(asked.root)
        return texts, _outcome(asked, texts)


def _outcome(asked: Request, texts: Texts, pool: Pool | None = None) -> Outcome:
    found = _found(asked, texts, pool)
    if asked.command == "build":
        built.write_known(asked.output, asked.root, texts)
    return found


def _found(asked: Request, texts: Texts, pool: Pool | None) -> Outcome:
    if asked.command == "check":
        return _line(asked, texts, built.Manifest(), "")
    inputs = request.digest(asked, texts)
    try:
        manifest = built.read(asked.output)
        if asked.command == "build":
            _refuse_other_audience(asked, manifest)
            manifest = moves.recover(asked.output, manifest)
        # The report of a build is for those who write; what an audience is to read of a plan is worked out.
        is_for_readers = asked.command == "plan" and bool(asked.audience)
        is_answered = asked.against == request.AGAINST_BUILD and not is_for_readers
        remembered = request.remembered(asked, inputs, manifest) if is_answered else None
        return remembered or _line(asked, texts, manifest, inputs, pool)
    except built.RecordError:
        if asked.command == "build":
            built.remove(asked.output)
        return _line(asked, texts, built.Manifest(is_damaged=True), inputs, pool)


def _refuse_other_audience(asked: Request, left: built.Manifest) -> None:
    """Raise UsageError if a folder has results for other readers, some of which might stay there."""
    if left.audience != asked.audience and left.artifacts:
        whose = f"the audience {left.audience}" if left.audience else "no particular audience"
        raise UsageError(f"{asked.output} has results for {whose}; name another folder with --output")


@contextlib.contextmanager
def _locked(asked: Request) -> Iterator[None]:
    """Lock the output of a build before it reads, so that no other build writes an older state after it."""
    if asked.command != "build":
        yield
        return
    console.refuse_no_project(asked.root)
    call = console.call()
    with disk.locked(asked.output, call.command, call.since, call.wait):
        yield


def _line(
    asked: Request, texts: Texts, manifest: built.Manifest, inputs: str, warm: Pool | None = None
) -> Outcome:
    """Run the pipeline; ``warm`` are workers to use, if there are any yet."""
    _say_damaged(asked, manifest)
    workers = contextlib.nullcontext(warm) if warm else _workers(asked)
    with workers as pool, console.progress() as progress:
        makes_pages = not asked.formats or bool({"pdf", request.SITE} & {*asked.formats})
        if asked.command == "build" and makes_pages and not warm:
            pool.warm_up()
        from briefing.build import pipeline

        return pipeline.run(asked, texts, manifest, inputs, pool, progress)


def _workers(asked: Request) -> contextlib.AbstractContextManager[Pool]:
    if asked.cluster:
        from briefing.build import cluster

        return cluster.started(asked.cluster, lambda note: console.print_problem(f"briefing: {note}"))
    from briefing.build import workers

    return workers.started(asked.processes)


def _say_damaged(asked: Request, manifest: built.Manifest) -> None:
    """Say which records of the last build cannot be used; they only save work, so a build replaces them."""
    if asked.command == "check":
        return
    damaged = [
        *[built.NAME] * manifest.is_damaged,
        *(
            f"copies/{name}.json"
            for name in sorted(disk.copies(asked.output))
            if not disk.is_whole_record(disk.read_copy(asked.output, name))
        ),
    ]
    if damaged:
        named = f"{', '.join(damaged)} in {asked.output / disk.STATE_FOLDER}"
        what = "is thrown away" if asked.command == "build" else "will be thrown away by the next build"
        console.print_problem(f"briefing: what the last build recorded cannot be used and {what}: {named}")


def _print(
    outcome: Outcome,
    texts: Texts,
    asked: Request,
    verbose: bool,
    fresh: Sequence[Finding],
    checks: Collection[str] = (),
) -> None:
    how = "" if verbose or checks else "'briefing check --check {}' shows all"
    shown = [item for item in outcome.findings if not checks or item.check in checks]
    console.print_findings(shown, texts, verbose or bool(checks), fresh, how)
    if outcome.command != "check":
        console.print_lines(plain_text.decisions(outcome, verbose))
        _print_impact(outcome, verbose)
        for line in plain_text.failures(outcome.failures, verbose):
            console.print_problem(line)
    console.print_lines([plain_text.summary(outcome, str(asked.output), fresh, verbose)])


def _print_impact(outcome: Outcome, verbose: bool) -> None:
    if outcome.impact:
        from briefing.cli.reports import impact as impact_report

        console.print_lines(impact_report.impacts(outcome.impact, impact.width(), verbose))
        click.echo()


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
