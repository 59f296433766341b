"""The facts of an edition as data, so that a figure can be checked without the brief's words.

The file is attached to the PDF and published beside the brief's page. It contains only what the edition shows
of each fact. The history of a fact, its day of review and the facts that it adds up are not in it, because
nobody compared their markings with the edition's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from briefing.changes.fact_fields import FIELDS
from briefing.content import encode, yaml_nodes
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.editions import Edition, FactFile, Note, Reference
from briefing.model.facts import Fact
from briefing.model.ledger import State
from briefing.model.sources import Evidence


def of_edition(edition: Edition, state: State) -> FactFile:
    """Return the facts that an edition shows, in the state that it rests on."""
    facts = {str(fact.id): fact for fact in state.facts}
    labels = {str(item.source): item.label for item in edition.references}
    record = {
        "about": _about(edition),
        "facts": [_fact(facts[note.fact], note, labels) for note in edition.notes if note.fact in facts],
        "sources": [dict(_source(item)) for item in edition.references],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    return FactFile(yaml_nodes.write(_as_texts(record), Words(edition.language)("data.comment")), text)


def _about(edition: Edition) -> dict[str, Any]:
    say = Words(edition.language)
    return {
        "what": say("data.what", title=say("value.quoted", words=edition.title)),
        "how_to_check": say("data.how_to_check"),
        "brief": str(edition.brief),
        "title": edition.title,
        "edition": edition.label,
        "is_draft": edition.is_draft,
        **({"notice": edition.notice} if edition.notice else {}),
        "length": edition.length.value,
        "as_of": edition.as_of_day.isoformat(),
        "marking": f"TLP:{edition.marking.value}",
        **({"authors": list(edition.authors)} if edition.authors else {}),
        "publisher": edition.publisher,
        "language": edition.language,
        "state": edition.digest,
    }


def _fact(fact: Fact, note: Note, labels: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "note": note.number,
        "id": str(fact.id),
        "kind": fact.kind.value,
        "statement": fact.statement,
    }
    if fact.value is not None:
        found |= {"value": encode.to_plain(fact.value), "value_in_words": fact_links.unescape(note.value)}
    if fact.status:
        found["status"] = fact.status.id
    if fact.flags:
        found["flags"] = [str(flag) for flag in fact.flags]
    if fact.date:
        found |= {"date": encode.to_plain(fact.date), "date_in_words": fact_links.unescape(note.date)}
    found["who_says_so"] = fact_links.unescape(note.speakers)
    found["evidence"] = list(_evidence(fact.evidence, note, labels))
    if fact.credibility:
        found["credibility"] = note.grade
    found["rests_on"] = note.independence
    if fact.caveat:
        found["caveat"] = fact.caveat
    # The other copied fields of the table; those with words of their own are already in the record.
    others = (field for field in FIELDS if field.is_copied and field.name not in found)
    return found | {
        field.name: encode.to_plain(value) for field in others if (value := getattr(fact, field.name))
    }


def _evidence(evidence: tuple[Evidence, ...], note: Note, labels: dict[str, str]) -> Iterator[dict[str, Any]]:
    for item, passage in zip(evidence, note.passages, strict=True):
        found: dict[str, Any] = {
            "source": labels[item.source],
            "paragraph": item.paragraph,
            "terms": list(item.terms),
        }
        if passage.origin:
            found["relays"] = fact_links.unescape(passage.origin)
        if item.inferred:
            found["inferred"] = True
        if passage.via:
            found["by_way_of"] = fact_links.unescape(passage.via)
        yield found


def _source(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "label", reference.label
    yield "id", str(reference.source)
    yield "words", fact_links.unescape(reference.text)
    yield "reliability", reference.reliability.value


def _as_texts(value: Any) -> Any:
    """Return the record with numbers and truth values as texts, as the YAML file has them."""
    if isinstance(value, dict):
        return {key: _as_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_texts(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
