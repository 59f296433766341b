"""Any series of edits: what the plan says is what the build does, and by steps comes what comes from nothing.

Facts, statuses, histories, queries, prose, templates, names, editions and the output itself are changed at
random; sheets are written by the program's own writer. What is slow to make (PDFs, fonts) is stood in for by
bytes that follow from what was prepared, as theirs do (``test_reproducible`` holds them to it).

``BRIEFING_EXAMPLES=40 pytest tests/build/test_series.py`` tries 480 series, and others each time; usually a
few are tried, always the same. With ``--hypothesis-seed`` several processes share them.
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from briefing.build import workers
from briefing.build.makers import SLOW_MAKERS, make
from briefing.content import encode, layout, yaml_nodes
from briefing.model.facts import Assertion, Computed, Fact, FactSheet, Row
from briefing.model.scales import FactKind, Marking, ValuePart
from briefing.model.values import Date, Key, Quantity, Slug
from briefing.store import disk, request
from tests.conftest import SAMPLE, Project, contents, tries
from tests.values import FLAGS, LADDER, Reached

BRIEFS = ("ferry-purchase", "overview", "harbour-works")


@pytest.fixture(autouse=True, scope="module")
def _stand_ins() -> Iterator[None]:
    """Slow files become bytes that depend on what was prepared, and on nothing else."""

    def make_each(
        wanted: Iterable[workers.Wanted], pool: object, take: Callable[[str, bytes], None], progress: object
    ) -> dict[str, str]:
        for name, item in {item.fingerprint: item.prepared for item in wanted}.items():
            take(name, name.encode() if item.maker in SLOW_MAKERS else make(item))
        return {}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "make_each", make_each)
        patch.setattr(workers.Pool, "warm_up", lambda self: None)
        yield


class Workspace:
    """A project under somebody's hands. ``pick`` are numbers that choose what an edit is about."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)

    @property
    def sheets(self) -> dict[str, FactSheet]:
        records, _ = layout.load(disk.read(self.project.root, request.FOLDERS))
        return {sheet.id: sheet for sheet in records.sheets} if records else {}

    def put(self, sheet: FactSheet) -> None:
        text = yaml_nodes.write(encode.to_plain(_by_name(sheet)), "Written for a series.")
        self.project.write(f"content/facts/{sheet.id}.yaml", text)

    def fact(self, pick: int) -> tuple[FactSheet, Fact] | None:
        known = [(sheet, fact) for sheet in self.sheets.values() for fact in sheet.facts]
        return known[pick % len(known)] if known else None

    def change(self, pick: int, change: Callable[[Fact], Fact]) -> None:
        if found := self.fact(pick):
            sheet, fact = found
            facts = tuple(change(item) if item is fact else item for item in sheet.facts)
            self.put(dataclasses.replace(sheet, facts=facts))

    def briefs(self) -> list[Path]:
        return sorted((self.project.root / "content/briefs").glob("*.md"))

    def brief(self, pick: int) -> Path | None:
        known = self.briefs()
        return known[pick % len(known)] if known else None


def _by_name(sheet: FactSheet) -> FactSheet:
    """The sheet with its entries called as within it."""

    def named(items: Sequence[object]) -> tuple[object, ...]:
        return tuple(
            dataclasses.replace(item, id=item.id.partition(".")[2])  # type: ignore[attr-defined, type-var]
            for item in items
        )

    registers = ("facts", "disagreements", "gaps", "milestones", "judgements")
    return dataclasses.replace(sheet, **{name: named(getattr(sheet, name)) for name in registers})  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------ edits


def value(workspace: Workspace, pick: int) -> None:
    workspace.change(
        pick, lambda fact: dataclasses.replace(fact, value=Quantity(Decimal(pick % 7 + 2), "ferries"))
    )


def status(workspace: Workspace, pick: int) -> None:
    def change(fact: Fact) -> Fact:
        return dataclasses.replace(fact, status=LADDER[pick % len(LADDER)]) if fact.status else fact

    workspace.change(pick, change)


def flag(workspace: Workspace, pick: int) -> None:
    workspace.change(
        pick, lambda fact: dataclasses.replace(fact, flags=() if fact.flags else (FLAGS[pick % 4],))
    )


def caveat(workspace: Workspace, pick: int) -> None:
    texts = ("", "Nothing more is known.", "Nothing more is known...", "nothing more is “known”")
    workspace.change(pick, lambda fact: dataclasses.replace(fact, caveat=texts[pick % 4]))


def statement(workspace: Workspace, pick: int) -> None:
    workspace.change(
        pick, lambda fact: dataclasses.replace(fact, statement=f"Somebody said this {pick % 3} times.")
    )


def marking(workspace: Workspace, pick: int) -> None:
    workspace.change(pick, lambda fact: dataclasses.replace(fact, marking=(None, Marking.AMBER)[pick % 2]))


def history(workspace: Workspace, pick: int) -> None:
    def change(fact: Fact) -> Fact:
        year = 2032 + len(fact.history)
        if not fact.asserted or year > 2036:
            return fact
        fields = {field.name for field in dataclasses.fields(Assertion)}
        before = Assertion(**{name: getattr(fact, name) for name in fields})
        later = dataclasses.replace(fact, asserted=Date(f"{year}-01-01"), history=(*fact.history, before))
        return dataclasses.replace(later, value=Quantity(Decimal(pick % 50), "ferries"))

    workspace.change(pick, change)


def add_fact(workspace: Workspace, pick: int) -> None:
    if found := workspace.fact(pick):
        sheet, fact = found
        key = Key(f"{sheet.id}.new-{pick % 5}")
        if key not in {item.id for item in sheet.facts}:
            kind = (FactKind.COMMITMENT, FactKind.CONTEXT)[pick % 2]
            new = Fact(key, kind, "A new thing is known.", fact.evidence, asserted=Date("2031-03-15"))
            new = dataclasses.replace(new, status=Reached.INTENT if kind is FactKind.COMMITMENT else None)
            workspace.put(dataclasses.replace(sheet, facts=(*sheet.facts, new)))


def remove_fact(workspace: Workspace, pick: int) -> None:
    if found := workspace.fact(pick):
        sheet, fact = found
        workspace.put(
            dataclasses.replace(sheet, facts=tuple(item for item in sheet.facts if item is not fact))
        )


def rename_fact(workspace: Workspace, pick: int) -> None:
    if found := workspace.fact(pick):
        sheet, fact = found
        new = Key(f"{sheet.id}.renamed-{pick % 9}")
        if new not in {name for item in sheet.facts for name in (item.id, *item.formerly)}:
            renamed = dataclasses.replace(fact, id=new, formerly=(*fact.formerly, fact.id))
            facts = tuple(renamed if item is fact else item for item in sheet.facts)
            workspace.put(dataclasses.replace(sheet, facts=facts))
            for path in (workspace.project.root / "content").rglob("*.*"):
                if path.suffix in (".md", ".yaml") and "editions" not in path.parts:
                    _replace_key(path, fact.id, new)


def _replace_key(path: Path, old: str, new: str) -> None:
    lines = path.read_text("utf-8").split("\n")
    kept = [
        line
        if "formerly" in line
        else line.replace(f"{old})", f"{new})")
        .replace(f"{old}#", f"{new}#")
        .replace(f"{old}]", f"{new}]")
        .replace(f"{old},", f"{new},")
        for line in lines
    ]
    path.write_text("\n".join(kept), "utf-8")


def prose(workspace: Workspace, pick: int) -> None:
    if path := workspace.brief(pick):
        path.write_text(
            path.read_text("utf-8") + f"\n\nMore is to be said of it, in {pick % 3} ways.\n", "utf-8"
        )


def selection(workspace: Workspace, pick: int) -> None:
    if path := workspace.brief(pick):
        text = path.read_text("utf-8")
        wanted = (
            "  kinds: [commitment]\n",
            "  kinds: [commitment]\n  statuses: [intent]\n",
            "  sheets: [ferry]\n",
        )
        for known in sorted(wanted, key=len, reverse=True):
            if f"commitments:\n{known}" in text:
                new = text.replace(f"commitments:\n{known}", f"commitments:\n{wanted[pick % 3]}")
                path.write_text(new, "utf-8")
                return


def template(workspace: Workspace, pick: int) -> None:
    name = ("brief.md.j2", "edition.html.j2", "site-fact.html.j2", "tokens.css", "site.css")[pick % 5]
    path = f"templates/{name}"
    if (workspace.project.root / path).exists():
        (workspace.project.root / path).unlink()
    else:
        end = "\n{# other #}\nother\n" if name.endswith(".j2") and name != "edition.html.j2" else "\n"
        workspace.project.write(
            path, layout.shipped_templates()[name] + end + f"/* {pick} */" * name.endswith("css")
        )


def rename_brief(workspace: Workspace, pick: int) -> None:
    path = workspace.brief(pick)
    new = BRIEFS[pick % 3]
    if path and not (path.parent / f"{new}.md").exists():
        text = path.read_text("utf-8")
        known = f"{path.stem}"
        text = "\n".join(line for line in text.split("\n") if not line.startswith("formerly:"))
        path.unlink()
        text = text.replace("\nsheets:", f"\nformerly: [{known}]\nsheets:", 1)
        (path.parent / f"{new}.md").write_text(text, "utf-8")
        home = workspace.project.read("content/project.yaml").split("\n")
        workspace.project.write(
            "content/project.yaml", "\n".join(x for x in home if not x.startswith("home:"))
        )


def remove_brief(workspace: Workspace, pick: int) -> None:
    path = workspace.brief(pick)
    if path and len(workspace.briefs()) > 1:
        path.unlink()
        home = workspace.project.read("content/project.yaml").split("\n")
        workspace.project.write(
            "content/project.yaml", "\n".join(x for x in home if not x.startswith("home:"))
        )


def relayout(workspace: Workspace, pick: int) -> None:
    path = sorted((workspace.project.root / "content/facts").glob("*.yaml"))[0]
    path.write_text(f"# Comment {pick}\n\n" + path.read_text("utf-8"), "utf-8")


def tamper(workspace: Workspace, pick: int) -> None:
    results = sorted(path for path in workspace.project.output.rglob("*.html") if path.is_file())
    if results:
        target = results[pick % len(results)]
        if pick % 2:
            target.unlink()
        else:
            target.write_text("tampered", "utf-8")


def break_or_mend(workspace: Workspace, pick: int) -> None:
    path = workspace.project.root / "content/facts/broken.yaml"
    if path.exists():
        path.unlink()
    else:
        workspace.project.write("content/facts/broken.yaml", "title: [")


def issue(workspace: Workspace, pick: int) -> None:
    if path := workspace.brief(pick):
        workspace.project.call("accept", path.stem, "--by", "N. N.")
        workspace.project.call("issue", path.stem, "--by", "N. N.", "--note", f"Note {pick}.")


def withdraw(workspace: Workspace, pick: int) -> None:
    if path := workspace.brief(pick):
        number = str(pick % 2 + 1)
        workspace.project.call("withdraw", path.stem, number, "--by", "N. N.", "--reason", "It was wrong.")


def accept(workspace: Workspace, pick: int) -> None:
    if path := workspace.brief(pick):
        workspace.project.call("accept", path.stem, "--by", "N. N.")


def meet_milestone(workspace: Workspace, pick: int) -> None:
    for sheet in workspace.sheets.values():
        if sheet.milestones and sheet.facts:
            met = None if sheet.milestones[0].met_by else sheet.facts[pick % len(sheet.facts)].id
            first = dataclasses.replace(sheet.milestones[0], met_by=met)
            workspace.put(dataclasses.replace(sheet, milestones=(first, *sheet.milestones[1:])))
            return


def resolve(workspace: Workspace, pick: int) -> None:
    for sheet in workspace.sheets.values():
        if sheet.disagreements:
            workspace.put(dataclasses.replace(sheet, disagreements=()))
            return


MATTERS = "content/matters.yaml"


def matter(workspace: Workspace, pick: int) -> None:
    """The matters are described otherwise, and one fact comes to one of them or leaves it."""
    name = ("ferries", "new-ferries")[pick % 2]
    label = ("Ferries", "The ferries")[pick % 3 % 2]
    old = "\n  formerly: [ferries]" if name == "new-ferries" else ""
    workspace.project.write(
        MATTERS, f"{name}:\n  name: Ferries for Norrvik\n  label: {label}\n  topic: ferry{old}\n"
    )
    workspace.change(
        pick, lambda fact: dataclasses.replace(fact, matters=() if fact.matters else (Slug(name),))
    )


def board(workspace: Workspace, pick: int) -> None:
    """A brief gets a board of all matters, or loses it."""
    if path := workspace.brief(pick):
        text = path.read_text("utf-8")
        has = "board: {sheets: [ferry]}\n"
        path.write_text(
            text.replace(has, "") if has in text else text.replace("sheets:", f"{has}sheets:", 1), "utf-8"
        )


def ladder(workspace: Workspace, pick: int) -> None:
    """A ladder of the project says what its rungs mean, and a sheet goes over to it or back."""
    rungs = "".join(
        f"    {status.id}:\n      group: {'some' if number < 5 else 'most'}\n      like: {status.id}\n"
        f"      meaning: step {number + pick % 2}\n"
        for number, status in enumerate(LADDER, 1)
    )
    groups = "    some: {shape: open circle}\n    most: {shape: filled circle}\n"
    workspace.project.write(
        "content/ladders.yaml", f"works:\n  name: How far works are\n  groups:\n{groups}  rungs:\n{rungs}"
    )
    if found := workspace.fact(pick):
        sheet, _ = found
        workspace.put(dataclasses.replace(sheet, ladder=Slug("" if sheet.ladder else "works")))


def rows(workspace: Workspace, pick: int) -> None:
    """A fact becomes a series over years that a brief prints, with other values each time, or none."""
    found, path = workspace.fact(pick), workspace.brief(pick)
    if found and path:
        _, fact = found
        years = (2031, 2032, 2033)[: pick % 4]
        number = Decimal(pick % 9 + 1)
        ours = Quantity(
            number, "ferries", inferred=(ValuePart.AMOUNT, ValuePart.UNIT), basis=f"we saw {number} ferries"
        )
        made = tuple(Row(Slug(str(year)), ours) for year in years)
        workspace.change(pick, lambda fact: dataclasses.replace(fact, rows=made))
        text = path.read_text("utf-8")
        kept = "\n".join(line for line in text.split("\n") if not line.startswith("series:"))
        drawn = f"series: [{{fact: {fact.id}}}]\nsheets:"
        path.write_text(kept.replace("sheets:", drawn, 1) if made else kept, "utf-8")


def computed(workspace: Workspace, pick: int) -> None:
    """A fact becomes the sum of two others of its unit, or their number where there are no such two."""
    counts = [
        fact.id
        for sheet in workspace.sheets.values()
        for fact in sheet.facts
        if isinstance(fact.value, Quantity) and fact.value.unit == "ferries" and not fact.computed
    ]
    some = [fact.id for sheet in workspace.sheets.values() for fact in sheet.facts if not fact.computed][:2]
    made = (
        Computed(total=tuple(counts[:2])) if len(counts) > 2 else Computed(count=tuple(some), unit="things")
    )

    def change(fact: Fact) -> Fact:
        if fact.computed or fact.id in made.parts:
            return dataclasses.replace(fact, computed=None)
        return dataclasses.replace(fact, computed=made, value=None, rows=())

    workspace.change(pick, change)


def drafts(workspace: Workspace, pick: int) -> None:
    """The site shows other drafts than before."""
    text = workspace.project.read("content/project.yaml")
    kept = "\n".join(line for line in text.split("\n") if not line.startswith("drafts:"))
    choice = ("hidden", "until-issued", "apart")[pick % 3]
    added = "" if f"drafts: {choice}" in text else f"drafts: {choice}\n"
    workspace.project.write("content/project.yaml", f"{added}{kept}")


EDITS = (
    drafts,
    matter,
    board,
    ladder,
    rows,
    computed,
    value,
    status,
    flag,
    caveat,
    statement,
    marking,
    history,
    add_fact,
    remove_fact,
    rename_fact,
    prose,
    selection,
    template,
    rename_brief,
    remove_brief,
    relayout,
    tamper,
    break_or_mend,
    issue,
    withdraw,
    accept,
    meet_milestone,
    resolve,
)
EDIT = st.tuples(st.sampled_from(EDITS), st.integers(0, 1_000))


# --------------------------------------------------------------------------------------------- the story


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, _stand_ins: None) -> Path:
    """The sample, built with stand-ins."""
    root = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("series") / "project"))
    said = Project(root).build()
    assert said.exit_code == 0, said.text
    return root


def step(workspace: Workspace) -> bool:
    """Plan and build; whether all went out."""
    planned = workspace.project.call("plan", "--json")
    done = workspace.project.call("build", "--json")
    assert done.exit_code in (0, 1), done.text
    assert planned.record["decisions"] == done.record["decisions"], "the plan said something else"
    assert planned.record["findings"] == done.record["findings"]
    again = workspace.project.decided("plan")
    assert all(action == "hold" for action, _ in again.values()), f"something is left to do: {again}"
    return done.exit_code == 0


def mended(workspace: Workspace, base: Path) -> bool:
    """Take up the sheets and briefs of the beginning again, whatever has been issued meanwhile, and build."""
    for name in ("content/matters.yaml", "content/ladders.yaml"):
        (workspace.project.root / name).unlink(missing_ok=True)
    for name in ("content/facts", "content/briefs"):
        shutil.rmtree(workspace.project.root / name)
        shutil.copytree(base / name, workspace.project.root / name)
    workspace.project.write("content/project.yaml", (base / "content/project.yaml").read_text("utf-8"))
    return step(workspace)


@settings(
    max_examples=tries(12),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
@given(st.lists(EDIT, min_size=1, max_size=6))
def test_any_series_of_edits_comes_to_what_a_build_from_nothing_makes(
    base: Path, series: list[tuple[Callable[[Workspace, int], None], int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(shutil.copytree(base, Path(folder) / "project")))
        is_whole = True
        for edit, pick in series:
            edit(workspace, pick)
            is_whole = step(workspace)
        event("all went out" if is_whole else "something was held back, and mended")
        if is_whole or mended(workspace, base):
            fresh = Project(workspace.project.root)
            said = fresh.build("--output", str(Path(folder) / "fresh"))
            assert said.exit_code == 0, said.text
            by_steps = workspace.project.results()
            from_nothing = contents(Path(folder) / "fresh")
            assert by_steps.keys() == from_nothing.keys()
            assert [path for path in by_steps if by_steps[path] != from_nothing[path]] == []


def test_every_edit_is_an_edit(base: Path, tmp_path: Path) -> None:
    """An edit that never changes anything would make the stories above say nothing."""
    for number, edit in enumerate(EDITS):
        workspace = Workspace(Path(shutil.copytree(base, tmp_path / f"p{number}")))
        if edit is withdraw:
            issue(workspace, 0)
        before = {
            path: path.read_bytes() for path in sorted(workspace.project.root.rglob("*")) if path.is_file()
        }
        for pick in range(3):
            edit(workspace, pick)
            after = {
                path: path.read_bytes()
                for path in sorted(workspace.project.root.rglob("*"))
                if path.is_file()
            }
            if after != before:
                break
        else:
            pytest.fail(f"{edit.__name__} changes nothing")
