"""Every case of a decision, with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import plan
from briefing.build.plan import Job
from briefing.formats.base import Prepared
from briefing.store import built
from briefing.store.built import Manifest, Reasons
from briefing.store.results import Action, Artifact, Decision, Inputs, Scope

EVERYTHING = Scope()


def _job(path: str, text: str = "text", group: str = "ferry", kind: str = "html") -> Job:
    return plan.job(path, group, kind, Prepared("text", text), Inputs(frozenset(), ()))


def _artifact(path: str, text: str = "text", group: str = "ferry", kind: str = "html") -> Artifact:
    return Artifact(path, group, kind, Prepared("text", text).fingerprint, f"sha of {text}", "key")


def _why(artifact: Artifact, job: Job) -> str:
    return f"{artifact.path} differs"


def _decide(
    jobs: list[Job],
    left: list[Artifact],
    on_disk: dict[str, str],
    scope: Scope = EVERYTHING,
    held: dict[str, str] | None = None,
    pending: frozenset[str] = frozenset(),
) -> list[tuple[str, str, str]]:
    manifest = Manifest({artifact.path: artifact for artifact in left}, pending)
    decisions = plan.decide(jobs, manifest, on_disk, scope, held or {}, _why)
    return [(item.path, item.action.value, item.reason) for item in decisions]


@pytest.mark.parametrize(
    ("jobs", "left", "on_disk", "expected"),
    [
        ([_job("a")], [], {}, ("a", "make", "new")),
        ([_job("a")], [_artifact("a")], {"a": "sha of text"}, ("a", "keep", "unchanged")),
        ([_job("a", "new")], [_artifact("a")], {"a": "sha of text"}, ("a", "make", "a differs")),
        ([_job("a", "new")], [_artifact("a")], {}, ("a", "make", "a differs")),
        ([_job("a")], [_artifact("a")], {}, ("a", "make", "it was missing")),
        (
            [_job("a")],
            [_artifact("a")],
            {"a": "another"},
            ("a", "make", "it was modified after the last build"),
        ),
        ([], [_artifact("a")], {"a": "sha of text"}, ("a", "remove", "nothing calls for it any more")),
        ([], [_artifact("a")], {}, ("a", "remove", "nothing calls for it any more")),
    ],
    ids=[
        "new",
        "unchanged",
        "changed",
        "changed and missing",
        "missing",
        "edited",
        "gone",
        "gone and missing",
    ],
)
def test_decision_on_one_file(
    jobs: list[Job], left: list[Artifact], on_disk: dict[str, str], expected: tuple[str, str, str]
) -> None:
    assert _decide(jobs, left, on_disk) == [expected]


def test_held_file_stays() -> None:
    decided = _decide([], [_artifact("a")], {"a": "sha of text"}, held={"ferry": "it has errors"})
    assert decided == [("a", "hold", "it has errors")]


def test_file_of_another_group_is_removed_while_one_is_held() -> None:
    left = [_artifact("a"), _artifact("b", group="harbour")]
    assert _decide([], left, {}, held={"ferry": "it has errors"}) == [
        ("a", "hold", "it has errors"),
        ("b", "remove", "nothing calls for it any more"),
    ]


def test_file_of_an_interrupted_build_goes() -> None:
    assert _decide([], [], {}, pending=frozenset({"z", "a"})) == [
        ("a", "remove", "an interrupted build left it"),
        ("z", "remove", "an interrupted build left it"),
    ]


def test_file_of_an_interrupted_build_that_is_wanted_is_made() -> None:
    assert _decide([_job("a")], [], {}, pending=frozenset({"a"})) == [("a", "make", "new")]


def test_file_of_an_interrupted_build_that_is_out_of_scope_stays() -> None:
    jobs = [_job("a"), _job("b", group="harbour")]
    assert _decide(jobs, [], {}, Scope(frozenset({"ferry"})), pending=frozenset({"b"})) == [
        ("a", "make", "new")
    ]


def test_file_of_an_interrupted_build_of_a_held_brief_stays() -> None:
    """Its group is not known here, but its path is that of a brief that is held, not deleted."""
    decided = _decide([], [], {}, held={"ferry": "it has errors"}, pending=frozenset({"briefs/ferry.html"}))
    assert "remove" not in {action for _, action, _ in decided}


_NAMES = st.sampled_from(["a", "b", "c", "d", "e", "f"])
_GROUPS = st.sampled_from(["ferry", "harbour", "site"])
_KINDS = st.sampled_from(["html", "pdf", "markdown", "site"])
_ENTRIES = st.dictionaries(_NAMES, st.tuples(st.sampled_from(["old", "new"]), _GROUPS, _KINDS))


@given(
    _ENTRIES,
    _ENTRIES,
    st.dictionaries(_NAMES, st.sampled_from(["sha of old", "sha of new", "other"])),
    st.frozensets(_GROUPS),
    st.frozensets(_KINDS),
    st.dictionaries(_GROUPS, st.just("held")),
)
def test_every_file_in_scope_has_one_decision_in_order(
    wanted: dict[str, tuple[str, str, str]],
    left: dict[str, tuple[str, str, str]],
    on_disk: dict[str, str],
    groups: frozenset[str],
    kinds: frozenset[str],
    held: dict[str, str],
) -> None:
    scope = Scope(groups, kinds)
    jobs = [_job(path, *entry) for path, entry in wanted.items()]
    manifest = Manifest({path: _artifact(path, *entry) for path, entry in left.items()})
    decisions = plan.decide(jobs, manifest, on_disk, scope, held, _why)
    paths = [decision.path for decision in decisions]
    in_scope = {path for path, (_, group, kind) in wanted.items() if scope.covers(group, kind)}
    was_in_scope = {path for path, (_, group, kind) in left.items() if scope.covers(group, kind)}
    assert paths == sorted(in_scope | was_in_scope)
    by_path: dict[str, Decision] = {decision.path: decision for decision in decisions}
    assert all(by_path[path].action in (Action.MAKE, Action.KEEP) for path in in_scope)
    assert all(by_path[path].action in (Action.REMOVE, Action.HOLD) for path in was_in_scope - in_scope)
    assert all(decision.reason for decision in decisions)


# -------------------------------------------------------------------------------------------- reasons


def _reason(
    before: dict[str, dict[str, str]],
    after: dict[str, dict[str, str]],
    old_parts: tuple[tuple[str, str], ...] = (),
    new_parts: tuple[tuple[str, str], ...] = (),
) -> str:
    known = Inputs(frozenset(before), old_parts)
    reasons = Reasons(lambda _: known, lambda _: frozenset(), lambda fact, _: before.get(fact, {}))
    fresh = {key for key in after if before.get(key) != after[key]}
    job = plan.job("a", "g", "html", Prepared("text", "new"), Inputs(frozenset(after), new_parts))
    return plan.reasons_for(reasons, after, fresh)(_artifact("a"), job)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ({"f.a": {"value": "4 ferries"}}, {"f.a": {"value": "5 ferries"}}, "f.a 4 ferries -> 5 ferries"),
        ({"f.a": {}}, {"f.a": {"value": "5 ferries"}}, "f.a no value -> 5 ferries"),
        ({"f.a": {"value": "5 ferries"}}, {"f.a": {}}, "f.a 5 ferries -> no value"),
        ({"f.a": {"status": "intent"}}, {"f.a": {"status": "agreed"}}, "f.a status intent -> agreed"),
        ({"f.a": {"flags": "disputed"}}, {"f.a": {}}, "f.a flags disputed -> none"),
        ({"f.a": {"statement": "x" * 41}}, {"f.a": {"statement": "y"}}, "f.a statement reworded"),
        ({}, {"f.a": {}}, "f.a is new here"),
        ({"f.a": {}}, {}, "f.a is no longer here"),
        (
            {"f.a": {"value": "1", "status": "intent"}},
            {"f.a": {"value": "2", "status": "agreed"}},
            "f.a 1 -> 2",
        ),
        (
            {},
            {"f.a": {}, "f.b": {}, "f.c": {}, "f.d": {}, "f.e": {}},
            "f.a is new here; f.b is new here; f.c is new here, and 2 more",
        ),
        ({}, {}, "something that it prints changed"),
    ],
)
def test_reason_of_a_changed_fact(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]], reason: str
) -> None:
    assert _reason(before, after) == reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ((("style print.css", "a" * 64),), (("style print.css", "b" * 64),), "style print.css changed"),
        ((("pango", "1.50.0"),), (("pango", "1.54.0"),), "pango 1.50.0 -> 1.54.0"),
        ((), (("template x.j2", "b" * 64),), "template x.j2 added"),
        ((("template x.j2", "b" * 64),), (), "template x.j2 dropped"),
    ],
)
def test_reason_of_a_changed_part(
    old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...], reason: str
) -> None:
    assert _reason({}, {}, old, new) == reason


def test_reason_where_the_record_is_lost() -> None:
    job = plan.job("a", "g", "html", Prepared("text", "new"), Inputs(frozenset(), ()))
    assert (
        plan.reasons_for(built.no_reasons(), {}, ())(_artifact("a"), job)
        == "its earlier inputs are not known"
    )
