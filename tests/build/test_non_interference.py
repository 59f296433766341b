"""What is above a level does not interfere: the results are those of the project without it.

The definition of a view is deletion. Here a project is made of records of every kind with random markings,
and everything above a level is deleted from it by hand: in the plain structure that the files are written
from, without any part of the program. What is laid out of both has to be the same, file by file.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from briefing.build import jobs, steps
from briefing.build.steps import EVERYTHING
from briefing.content import yaml_nodes
from briefing.editions import ledger
from briefing.model.scales import Marking
from briefing.model.values import Key
from briefing.store.disk import Texts
from tests import values
from tests.conftest import tries

World = dict[str, Any]
"""Kind -> id -> fields, as in the files; the parts of a text are (level of a heading, mark, words)."""
ORDER = [marking.value for marking in Marking]
KINDS = ("sources", "origins", "actors", "systems", "matters")
PROSE = {"bottom_line", "why_it_matters", "options", "lines_to_take", "watch", "body"}
"""The fields of briefs and pages that have prose, with marks of their own."""
REGISTERS = ("disagreements", "gaps", "milestones", "judgements")


def evidence(source: str, origin: str = "") -> dict[str, Any]:
    cited = {"source": source, "paragraph": "1", "terms": ["words"]}
    return cited | ({"origin": origin} if origin else {})


def fact(*cited: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"kind": "context", "statement": "?", "asserted": "2026-02-01", "evidence": [*cited], **fields}


def passages(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The passages of a state of a fact and of its rows, and the table of these as one."""
    rows = state.get("rows", {}).values()
    table = [{"source": state["table"]["source"]}] if "table" in state else []
    return [*state.get("evidence", ()), *(item for row in rows for item in row.get("evidence", ())), *table]


def rests_on(item: Mapping[str, Any]) -> list[str]:
    """The facts that a fact adds up or is computed from, and from whose date a time runs."""
    date = item.get("date", "")
    times = [date["of"]] if isinstance(date, dict) else []
    return [*item.get("sum_of", ()), *itertools.chain(*item.get("computed", {}).values()), *times]


def ladder(name: str) -> dict[str, Any]:
    word = f"zqladders{name}"
    rung = {"group": "low", "like": "intent", "name": f"{word}rung"}
    return {
        "name": word,
        "groups": {"low": {"shape": "open circle", "name": f"{word}group"}},
        "rungs": {"intent": rung},
        "flags": {"lost": {"name": f"{word}flag"}},
    }


def source(*origins: str) -> dict[str, Any]:
    return {
        "title": "?",
        "publisher": "?",
        "author": "?",
        "published": "2026-02-09",
        "retrieved": "2026-02-10",
        "url": "https://example.org/?",
        "language": "en",
        "capture": "text.txt",
        "sha256": "0" * 64,
        "reliability": "C",
        "label": "?",
        "note": "?",
        "origins": [*origins],
    }


def link(key: str) -> str:
    return f"They say [so](fact:{key}) in ?"


def world() -> World:
    """A project with records of every kind. A question mark stands for the name of the record."""
    amount = {"amount": "3", "unit": "drones"}
    return {
        "sources": {
            "paper": source("post", "speech"),
            "cable": source("whisper"),
            "letter": source(),
            "register": source(),
            "spare": source("rumour"),
        },
        "origins": {
            "post": {"title": "?", "said_by": ["chief"], "date": "2026-02-08", "medium": "?"},
            "speech": {
                "title": "?",
                "said_by": ["head"],
                "date": "2026-02-08",
                "medium": "?",
                "via": ["outlet"],
            },
            "whisper": {"title": "?", "said_by": ["friend"], "date": "not stated", "medium": "?"},
            "rumour": {"title": "?", "said_by": [], "date": "not stated", "medium": "?"},
        },
        "actors": {
            "chief": {
                "name": "?",
                "kind": "person",
                "role": "?",
                "speaks_for": "principal",
                "roles": [{"title": "?", "evidence": evidence("letter")}],
            },
            "head": {"name": "?", "kind": "person", "role": "?"},
            "principal": {
                "name": "?",
                "kind": "person",
                "roles": [{"title": "?", "evidence": evidence("cable")}],
            },
            "friend": {"name": "?", "kind": "person", "speaks_for": "house", "description": "?"},
            "house": {"name": "?", "kind": "organisation", "part_of": "state"},
            "state": {"name": "?", "kind": "country", "short": "S"},
            "outlet": {"name": "?", "kind": "organisation"},
        },
        "systems": {name: {"name": "?", "category": "?"} for name in ("drone", "boat", "ferry")},
        "matters": {
            "line": {"name": "?", "topic": "alpha", "systems": ["drone"], "actors": ["outlet"]},
            "grant": {"name": "?", "label": "?", "topic": "beta", "systems": ["ferry"]},
            "law": {"name": "?", "topic": "alpha", "ladder": "acts"},
        },
        "ladders": {name: ladder(name) for name in ("steps", "acts", "spare")},
        "sheets": {
            "alpha": {
                "title": "?",
                "summary": "?",
                "owner": "?",
                "formerly": ["old-alpha"],
                "facts": {
                    "one": fact(
                        evidence("paper", "post"),
                        said_by=["chief"],
                        value=amount,
                        systems=["drone"],
                        matters=["line", "grant"],
                    ),
                    "two": fact(
                        evidence("cable", "whisper"),
                        value=amount,
                        matters=["grant"],
                        formerly=["alpha.deux"],
                    ),
                    "sum": fact(
                        evidence("paper"), value={**amount, "amount": "6"}, sum_of=["alpha.one", "alpha.two"]
                    ),
                    "told": fact(
                        evidence("paper"),
                        date="2026-01",
                        actors=["principal"],
                        asserted="2026-02-05",
                        history=[
                            {"asserted": "2025-01", "statement": "?", "evidence": [evidence("cable")]},
                            {"asserted": "2025-06", "statement": "?", "evidence": [evidence("letter")]},
                        ],
                    ),
                    "output": fact(
                        evidence("paper"),
                        rows={
                            "2024": {"value": amount, "status": "intent", "caveat": "?"},
                            "2025": {"value": amount, "name": "?", "evidence": [evidence("paper", "speech")]},
                        },
                        table={"source": "register", "name": "Year", "value": "Number", "unit": "drones"},
                        label="?",
                    ),
                    "both": {
                        "kind": "context",
                        "statement": "?",
                        "computed": {"total": ["alpha.one", "alpha.two"]},
                    },
                    "later": fact(evidence("paper"), date={"within": "6 months", "of": "beta.deal"}),
                    "bill": fact(
                        evidence("paper"),
                        kind="commitment",
                        status="intent",
                        status_basis="intent: ?",
                        flags=["disputed"],
                        matters=["law"],
                    ),
                },
                "gaps": {
                    "who": {"question": "?", "facts": ["alpha.two"]},
                    "why": {"question": "?", "matters": ["law"]},
                },
                "milestones": {
                    "next": {
                        "date": "2027",
                        "expectation": "?",
                        "shows": "?",
                        "facts": ["alpha.one"],
                        "met_by": "beta.deal",
                    },
                    "soon": {
                        "date": {"within": "3 months", "of": "beta.deal"},
                        "expectation": "?",
                        "facts": ["alpha.one"],
                    },
                },
                "judgements": {
                    "bold": {
                        "statement": "?",
                        "likelihood": "likely",
                        "confidence": "low",
                        "basis": link("beta.deal"),
                        "would_change": "?",
                        "implication": "?",
                        "alternative": "?",
                    }
                },
                "disagreements": {
                    "many": {
                        "question": "?",
                        "readings": [
                            {"says": "?", "facts": ["alpha.one"]},
                            {"says": "?", "facts": ["beta.deal"]},
                        ],
                        "wording": "?",
                        "why": "?",
                        "actors": ["chief"],
                    }
                },
            },
            "beta": {
                "title": "?",
                "summary": "?",
                "ladder": "steps",
                "facts": {
                    "deal": fact(
                        evidence("paper", "speech"),
                        kind="commitment",
                        status="intent",
                        status_basis="intent: ?",
                        systems=["boat"],
                        date="2026-02-03",
                    ),
                },
                "gaps": {"cost": {"question": "?"}},
            },
        },
        "briefs": {
            "first": {
                "title": "?",
                "subtitle": "?",
                "owner": "?",
                "sheets": ["alpha", "beta"],
                "formerly": ["old-first"],
                "judgements": ["alpha.bold"],
                "commitments": {"sheets": ["beta"], "kinds": ["commitment"], "facts": ["alpha.one"]},
                "timeline": {"systems": ["drone"], "actors": ["principal"]},
                "series": [{"fact": "alpha.output", "title": "?"}],
                "bottom_line": [(0, "", link("alpha.one")), (0, "", "For ? alone.")],
                "why_it_matters": [(0, "", link("alpha.two")), (0, "", "Why ? counts.")],
                "options": [(0, "", link("beta.deal")), (0, "", "Or ? instead.")],
                "lines_to_take": [(0, "", "A line ? to take.")],
                "watch": [(0, "", "- A sign ? to see."), (0, "", link("alpha.two"))],
                "body": [
                    (0, "", link("alpha.two")),
                    (2, "", "Heading ?"),
                    (0, "", link("alpha.sum")),
                    (0, "", "Words of ?"),
                    (2, "", "Second heading ?"),
                    (0, "", link("beta.deal")),
                ],
            },
            "second": {
                "title": "?",
                "subtitle": "?",
                "owner": "?",
                "sheets": ["beta"],
                "bottom_line": [(0, "", "A line of ?")],
                "body": [(0, "", link("beta.deal")), (0, "", link("alpha.told"))],
            },
        },
        "pages": {"about": {"title": "?", "body": [(0, "", "Words of ?"), (0, "", link("alpha.one"))]}},
        "editions": {"second": {}},
    }


def records(of: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record that may have a marking, with a name."""
    for kind in (*KINDS, "sheets", "briefs", "pages", "editions"):
        for name, record in of[kind].items():
            yield f"{kind}-{name}", record
    for name, actor in of["actors"].items():
        yield from ((f"{name}-role", role) for role in actor.get("roles", ()))
    for sheet, fields in of["sheets"].items():
        for register in ("facts", *REGISTERS):
            for name, record in fields.get(register, {}).items():
                yield f"{sheet}-{name}", record
                yield from ((f"{sheet}-{name}-then", then) for then in record.get("history", ()))


def named(value: Any, name: str) -> Any:
    """Fields with a word that is only theirs, so that every trace of a record can be found."""
    if isinstance(value, str):
        return value.replace("?", f"zq{name.replace('-', '')}")
    if isinstance(value, dict):
        return {key: named(item, name) for key, item in value.items()}
    return type(value)(named(item, name) for item in value) if isinstance(value, list | tuple) else value


@st.composite
def marked(draw: st.DrawFn) -> World:
    made = world()
    marks = st.sampled_from(["", "", "", "", "CLEAR", "GREEN", "AMBER", "RED"])
    for name, record in list(records(made)):
        parts = {key: item for key, item in record.items() if isinstance(item, str | list) or key == "rows"}
        record.update(named(parts, name))
        if marking := draw(marks):
            record["marking"] = marking
    for record in (*made["briefs"].values(), *made["pages"].values()):
        for field in sorted(PROSE & record.keys()):
            record[field] = [(level, draw(marks), words) for level, _, words in record[field]]
    return made


# ------------------------------------------------------------------------------------- deletion by hand


class Editor:
    """Somebody who deletes everything above a level from the files of a project."""

    def __init__(self, of: World, level: str) -> None:
        self.whole, self.kept, self.level = of, copy.deepcopy(of), level

    def is_above(self, marking: str) -> bool:
        return bool(marking) and ORDER.index(marking) > ORDER.index(self.level)

    def result(self) -> World:
        self.delete_marked()
        while True:
            before = copy.deepcopy(self.kept)
            self.delete_what_rests_on_it()
            if before == self.kept:
                break
        self.delete_parts()
        self.delete_what_nothing_needs()
        self.delete_names()
        return self.kept

    def delete_marked(self) -> None:
        for kind in (*KINDS, "sheets", "briefs", "pages", "editions"):
            for name, record in list(self.kept[kind].items()):
                if self.is_above(record.get("marking", "")):
                    del self.kept[kind][name]
        for sheet in self.kept["sheets"].values():
            for register in ("facts", *REGISTERS):
                for name, record in list(sheet.get(register, {}).items()):
                    if self.is_above(record.get("marking", "")):
                        del sheet[register][name]

    def has(self, kind: str, names: Iterable[str]) -> bool:
        return all(name in self.kept[kind] for name in names)

    def has_facts(self, keys: Iterable[str]) -> bool:
        sheets = self.kept["sheets"]
        return all(key.split(".")[1] in sheets.get(key.split(".")[0], {"facts": ()})["facts"] for key in keys)

    def states(self, state: Mapping[str, Any]) -> bool:
        cited = passages(state)
        return (
            self.has("sources", (item["source"] for item in cited))
            and self.has("origins", (item["origin"] for item in cited if "origin" in item))
            and self.has("actors", state.get("said_by", ()))
            and not self.is_above(state.get("marking", ""))
        )

    def delete_what_rests_on_it(self) -> None:
        for name, item in list(self.kept["origins"].items()):
            if not self.has("actors", (*item["said_by"], *item.get("via", ()))):
                del self.kept["origins"][name]
        for name, item in list(self.kept["matters"].items()):
            is_about = self.has("systems", item.get("systems", ())) and self.has(
                "actors", item.get("actors", ())
            )
            if not (is_about and item["topic"] in self.kept["sheets"]):
                del self.kept["matters"][name]
        for sheet_name, sheet in list(self.kept["sheets"].items()):
            for name, item in list(sheet["facts"].items()):
                concerned = self.has("actors", item.get("actors", ())) and self.has(
                    "systems", item.get("systems", ())
                )
                if not (concerned and self.states(item) and self.has_facts(rests_on(item))):
                    del sheet["facts"][name]
            for register in REGISTERS:
                for name, entry in list(sheet.get(register, {}).items()):
                    facts = [
                        *entry.get("facts", ()),
                        *itertools.chain(*(r["facts"] for r in entry.get("readings", ()))),
                    ]
                    facts += ["beta.deal"] if "basis" in entry else []
                    facts += rests_on(entry)
                    if not (self.has_facts(facts) and self.has("actors", entry.get("actors", ()))):
                        del sheet[register][name]
            if not sheet["facts"]:
                del self.kept["sheets"][sheet_name]

    def delete_parts(self) -> None:
        for sheet in self.kept["sheets"].values():
            for item in sheet["facts"].values():
                if "history" in item:
                    item["history"] = [state for state in item["history"] if self.states(state)]
            for item in sheet.get("milestones", {}).values():
                if "met_by" in item and not self.has_facts([item["met_by"]]):
                    del item["met_by"]
        self.delete_roles()
        self.delete_prose()

    def delete_roles(self) -> None:
        for actor in self.kept["actors"].values():
            roles = actor.get("roles", [])
            kept = [
                role
                for role in roles
                if role["evidence"]["source"] in self.kept["sources"]
                and not self.is_above(role.get("marking", ""))
            ]
            if roles and not kept:
                actor.pop("role", None)
            if "roles" in actor:
                actor["roles"] = kept
        self.delete_sides()

    def delete_sides(self) -> None:
        for actor in self.kept["actors"].values():
            for field in ("speaks_for", "part_of"):
                if actor.get(field) not in self.kept["actors"]:
                    actor.pop(field, None)

    def delete_prose(self) -> None:
        for kind in ("briefs", "pages"):
            for name, record in list(self.kept[kind].items()):
                for field in PROSE & record.keys():
                    record[field] = self.written(record[field])
                if not record["bottom_line" if kind == "briefs" else "body"]:
                    del self.kept[kind][name]

    def written(self, parts: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
        kept: list[tuple[int, str, str]] = []
        is_hidden = False
        for part in parts:
            level, mark, words = part
            if level:
                if kept and kept[-1][0]:
                    kept.pop()  # nothing was left below that heading
                is_hidden = self.is_above(mark)
            keys = [words.split("(fact:")[1].split(")")[0]] if "(fact:" in words else []
            if not is_hidden and not self.is_above(mark) and self.has_facts(keys):
                kept.append(part)
        if kept and kept[-1][0]:
            kept.pop()
        return kept

    def delete_what_nothing_needs(self) -> None:
        needed = self.closure(self.needs(self.kept), self.kept)
        gone = self.hidden_needs()
        while True:
            closed = self.closure(gone, self.whole)
            free = {
                (kind, name)
                for kind in KINDS
                for name, record in self.kept[kind].items()
                if "marking" in record or (kind, name) not in closed
            }
            seen = self.closure(needed | free, self.kept)
            relayed = {
                ("origins", origin)
                for name, item in self.whole["sources"].items()
                if ("sources", name) not in seen
                for origin in item["origins"]
            }
            if relayed <= closed:
                break
            gone |= relayed
        for kind in KINDS:
            for name in list(self.kept[kind]):
                if (kind, name) not in seen:
                    del self.kept[kind][name]
        self.delete_sides()

    def hidden_needs(self) -> set[tuple[str, str]]:
        """What the records and parts name that were deleted, and these records."""
        found = {(kind, name) for kind in KINDS for name in self.whole[kind] if name not in self.kept[kind]}
        for sheet_name, sheet in self.whole["sheets"].items():
            kept = self.kept["sheets"].get(sheet_name, {})
            for name, item in sheet["facts"].items():
                left = kept.get("facts", {}).get(name)
                if left is None:
                    found |= self.of_fact(item)
                found |= {
                    need
                    for state in item.get("history", ())
                    if left is None or state not in left["history"]
                    for need in self.of_state(state)
                }
            for register in REGISTERS:
                for name, entry in sheet.get(register, {}).items():
                    if name not in kept.get(register, {}):
                        found |= self.of_entry(entry)
        for name, actor in self.whole["actors"].items():
            left = self.kept["actors"].get(name, {}).get("roles", [])
            gone = [role for role in actor.get("roles", ()) if role not in left]
            found |= {("sources", role["evidence"]["source"]) for role in gone}
        if "second" in self.whole["editions"] and "second" not in self.kept["editions"]:
            found |= self.of_fact(self.whole["sheets"]["beta"]["facts"]["deal"])
        return found

    def needs(self, of: World) -> set[tuple[str, str]]:
        found = set()
        for sheet in of["sheets"].values():
            for item in sheet["facts"].values():
                found |= self.of_fact(item)
                found |= {need for state in item.get("history", ()) for need in self.of_state(state)}
            for register in REGISTERS:
                for entry in sheet.get(register, {}).values():
                    found |= self.of_entry(entry)
        return found

    def of_entry(self, entry: Mapping[str, Any]) -> set[tuple[str, str]]:
        return {
            *(("actors", actor) for actor in entry.get("actors", ())),
            *(("matters", name) for name in entry.get("matters", ())),
        }

    def of_fact(self, item: Mapping[str, Any]) -> set[tuple[str, str]]:
        return {
            *(("actors", name) for name in item.get("actors", ())),
            *(("systems", name) for name in item.get("systems", ())),
            *(("matters", name) for name in item.get("matters", ())),
            *self.of_state(item),
        }

    def of_state(self, state: Mapping[str, Any]) -> set[tuple[str, str]]:
        return {
            *(("actors", name) for name in state.get("said_by", ())),
            *(("sources", item["source"]) for item in passages(state)),
            *(("origins", item["origin"]) for item in passages(state) if "origin" in item),
        }

    def closure(self, names: set[tuple[str, str]], of: World) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        waiting = [*names]
        while waiting:
            kind, name = need = waiting.pop()
            if need in found or name not in of[kind]:
                continue
            found.add(need)
            record = of[kind][name]
            if kind == "origins":
                waiting += (("actors", actor) for actor in (*record["said_by"], *record.get("via", ())))
            if kind == "actors":
                above = (record.get(field) for field in ("speaks_for", "part_of"))
                waiting += [("actors", name) for name in above if name]
                waiting += (("sources", role["evidence"]["source"]) for role in record.get("roles", ()))
            if kind == "matters":
                waiting += [("systems", name) for name in record.get("systems", ())]
                waiting += [("actors", name) for name in record.get("actors", ())]
        return found

    def delete_names(self) -> None:
        sheets = self.kept["sheets"]
        for sheet in sheets.values():
            for register in ("facts", *REGISTERS):
                for item in sheet.get(register, {}).values():
                    if "matters" in item:
                        item["matters"] = [name for name in item["matters"] if name in self.kept["matters"]]
        for item in self.kept["sources"].values():
            item["origins"] = [name for name in item["origins"] if name in self.kept["origins"]]
        self.delete_ladders()
        for brief in self.kept["briefs"].values():
            brief["series"] = [item for item in brief.get("series", ()) if self.has_facts([item["fact"]])]
            brief["sheets"] = [name for name in brief["sheets"] if name in sheets]
            brief["judgements"] = [
                key
                for key in brief.get("judgements", ())
                if "bold" in sheets.get("alpha", {}).get("judgements", {})
            ]
            for field in ("commitments", "timeline"):
                if field in brief and (selected := self.selected(brief.pop(field))):
                    brief[field] = selected

    def delete_ladders(self) -> None:
        def named(of: World) -> set[str]:
            records = (*of["sheets"].values(), *of["matters"].values())
            return {record["ladder"] for record in records if "ladder" in record}

        for name in named(self.whole) - named(self.kept):
            self.kept["ladders"].pop(name, None)

    def selected(self, selection: Mapping[str, Any]) -> dict[str, Any]:
        left = {
            "sheets": [name for name in selection.get("sheets", ()) if name in self.kept["sheets"]],
            "systems": [name for name in selection.get("systems", ()) if name in self.kept["systems"]],
            "actors": [name for name in selection.get("actors", ()) if name in self.kept["actors"]],
            "facts": [key for key in selection.get("facts", ()) if self.has_facts([key])],
        }
        if any(selection.get(name) and not left[name] for name in ("sheets", "systems", "actors")):
            return {"facts": left["facts"]} if left["facts"] else {}
        return {**selection, **{name: value for name, value in left.items() if selection.get(name)}}


# -------------------------------------------------------------------------------------------- both built


def texts_of(of: World, editions: Mapping[str, str]) -> Texts:
    """The files of a project."""
    found = {
        "content/project.yaml": "title: Corpus\nsubtitle: Of nothing\npublisher: Nobody\nlanguages: [en-GB]\n"
        "marking: CLEAR\ncontact: nobody\nbase_url: https://example.org/\n"
        f"home: [{', '.join(of['briefs'])}]\nladder: commitments\n"
    }
    for kind in (*KINDS[1:], "ladders"):
        found[f"content/{kind}.yaml"] = yaml_nodes.write(of[kind], kind)
    for name, item in of["sources"].items():
        found[f"content/sources/{name}.yaml"] = yaml_nodes.write(item, name)
    verified = {
        name: {
            "day": "2026-02-11",
            "sha256": "0" * 64,
            "paragraphs": "3",
            "passages": [],
            "uncited": [f"3: zq{name}"],
        }
        for name in of["sources"]
    }
    found["content/verification.yaml"] = yaml_nodes.write(verified, "sources")
    for name, sheet in of["sheets"].items():
        found[f"content/facts/{name}.yaml"] = yaml_nodes.write(sheet, name)
    for kind in ("briefs", "pages"):
        for name, record in of[kind].items():
            head = {key: value for key, value in record.items() if key not in PROSE}
            head |= {
                key: prose(record[key]) for key in sorted(PROSE & record.keys() - {"body"}) if record[key]
            }
            front = yaml_nodes.write(head, name).partition("\n")[2]
            found[f"content/{kind}/{name}.md"] = f"---\n{front}---\n{prose(record['body'])}\n"
    found |= {
        f"content/editions/{name}/1.yaml": editions[name] for name in of["editions"] if name in editions
    }
    return Texts(dict(sorted(found.items())), (), "")


def prose(parts: Iterable[tuple[int, str, str]]) -> str:
    return "\n\n".join(
        f"{'#' * level + ' ' if level else ''}{f'(TLP:{mark}) ' if mark else ''}{words}"
        for level, mark, words in parts
    )


def laid_out(texts: Texts, level: str) -> dict[str, str]:
    """The fingerprint of every file that is made for an audience: of all that its bytes are made of."""
    linked = steps.link(steps.read(texts), audience=level)
    assert not linked.held, linked.findings
    snapshot = steps.compose(linked)
    assert not snapshot.held, snapshot.findings
    made, snapshot = jobs.lay_out_all(snapshot, EVERYTHING)
    assert not snapshot.held, snapshot.findings
    assert linked.library
    known = {f"matter {name}": repr(item) for name, item in linked.library.matters.items()}
    known |= {f"fact {key}": repr((fact.matters, fact.status)) for key, fact in linked.library.facts.items()}
    known |= {f"series {name}": repr(brief.series) for name, brief in linked.library.briefs.items()}
    known |= {f"ladder {name}": repr(item) for name, item in linked.library.ladders.items()}
    return known | {item.path: item.fingerprint for item in made}


def edition_of(of: World) -> dict[str, str]:
    """An issued edition of the second brief, which rests on the deal."""
    library = steps.link(steps.read(texts_of(of, {}))).library
    assert library
    issued = values.issued("second", "1", library.facts[Key("beta.deal")], note="zqedition")
    marking = of["editions"]["second"].get("marking", "CLEAR")
    return {
        "second": ledger.of_edition(values.with_words(issued, marking=Marking(marking), title="zqeditions"))
    }


@given(marked(), st.sampled_from(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]))
@settings(max_examples=tries(24))
def test_results_at_a_level_are_those_of_the_project_without_everything_above_it(
    of: World, level: str
) -> None:
    by_hand = Editor(of, level).result()
    editor = Editor(of, level)
    brief_is_above = editor.is_above(of["briefs"]["second"].get("marking", ""))
    is_above = brief_is_above or editor.is_above(of["editions"]["second"].get("marking", ""))
    if is_above:
        by_hand["editions"].pop("second", None)
    elif "deal" not in by_hand["sheets"].get("beta", {"facts": ()})["facts"]:
        # Its mark is not above, but what it shows is: what is left of it is no file (see test_views).
        of["editions"].clear()
        by_hand["editions"].clear()
    editions = edition_of(of) if of["editions"] else {}
    found = laid_out(texts_of(of, editions), level)
    wanted = laid_out(texts_of(by_hand, editions), level)
    event(f"files: {len(found) // 20 * 20}")
    assert {path for path in {*found, *wanted} if found.get(path) != wanted.get(path)} == set()
