"""What is printed after the text of an edition, for paper and screen alike: it says once what holds for many.

An edition keeps its sources and scales complete; here is what a reader of the printed text needs of them.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

from briefing.language import scale_texts
from briefing.language.words import Words
from briefing.model.editions import Claim, Edition, Scale, Section
from briefing.model.ladders import Shape

_GRADED = ("board", "commitments", "money", "series")
"""How the roles of the sections begin that say how far their rows have come."""

_OTHERS = ("likelihood", "confidence", "reliability", "credibility", "marking")
"""The scales that are no ladders."""
_SIGN = re.compile(rf" ([{''.join(shape.glyph for shape in Shape)}]) [^,]*,?")
"""A sign of a group of rungs with its meaning, as the source of a ladder lists them."""


def shown(edition: Edition) -> Edition:
    """Return an edition with the sources and scales that are printed."""
    lacking = _lacking(edition)
    references = tuple(
        dataclasses.replace(item, text=f"{item.text.removesuffix(lacking[item.label][1])}.")
        if len(lacking) > 1 and item.label in lacking
        else item
        for item in edition.references
    )
    return dataclasses.replace(edition, references=references, scales=tuple(_scales(edition)))


def key(edition: Edition) -> str:
    """Return how to read what is printed: what sources do not state, signs, and grades without scales."""
    return " ".join(filter(None, (_not_stated(edition), scale_texts.key(edition))))


def ladders(edition: Edition) -> Iterator[Scale]:
    """Yield the ladders of an edition: the scales of which some steps are statuses of its notes."""
    say = Words(edition.language)
    others = {say(f"scale.{name}") for name in _OTHERS}
    statuses = [note.status for note in edition.notes]
    for scale in edition.scales:
        if scale.title not in others and any(step in status for step, _ in scale.rows for status in statuses):
            yield scale


def legend(scale: Scale, text: str) -> Scale | None:
    """Return the steps and the signs of a ladder that a text prints; None where it names no step."""
    rows = tuple(row for row in scale.rows if re.search(rf"\b{re.escape(row[0])}\b", text))
    source = scale.source.partition(";")[0].rstrip()
    kept = _SIGN.sub(lambda match: match[0] if match[1] in text else "", source).rstrip(",")
    return Scale(scale.title, kept if _SIGN.search(kept) else source, rows) if rows else None


def graded_text(sections: Iterable[Section]) -> str:
    """Return the text of those sections whose rows have a status."""
    return _text(section for section in sections if section.role.startswith(_GRADED))


def _text(sections: Iterable[Section]) -> str:
    parts = (part for section in sections for part in section.segments)
    return "".join(part.words if isinstance(part, Claim) else part for part in parts)


def _scales(edition: Edition) -> Iterator[Scale]:
    """Yield the scales with the steps that the text names; a card explains the status of its own fact.

    A likelihood is printed with its range, so its scale is only named, beside that of confidence.
    """
    say = Words(edition.language)
    text = graded_text(edition.sections)
    on_ladders = {scale.title for scale in ladders(edition)}
    by_title = {scale.title: scale for scale in edition.scales}
    likelihood, confidence = (by_title.get(say(f"scale.{name}")) for name in ("likelihood", "confidence"))
    is_joined = likelihood and confidence and _prints_ranges(edition, likelihood)
    for scale in edition.scales:
        if scale.title in on_ladders:
            if found := legend(scale, text):
                yield found
        elif not is_joined or scale not in (likelihood, confidence):
            yield scale
        elif scale is confidence:
            yield Scale(say("scale.judgements"), say("scale.judgements_source"), scale.rows)


def _prints_ranges(edition: Edition, likelihood: Scale) -> bool:
    """Return whether the judgements have the range of each likelihood; those of older editions have not."""
    text = _spaced(_text(section for section in edition.sections if section.role == "judgements"))
    return all(_spaced(meaning.partition(";")[0]) in text for _, meaning in likelihood.rows)


def _spaced(text: str) -> str:
    """Return a text with plain spaces: some languages have others before a sign."""
    return " ".join(text.split())


def _lacking(edition: Edition) -> Mapping[str, tuple[tuple[str, ...], str]]:
    """Return what sources do not state, with the words at their ends that say so, by their labels."""
    say = Words(edition.language)
    fields = [say(f"source.{name}") for name in ("headline", "publisher", "date")]
    ends = {
        say("source.lacking", stated="", missing=say.listed(missing)) + ".": missing
        for number in range(1, len(fields) + 1)
        for missing in itertools.combinations(fields, number)
    }
    found = {}
    for item in edition.references:
        for end, missing in ends.items():
            if item.text.endswith(end):
                found[item.label] = (missing, end)
    return found


def _not_stated(edition: Edition) -> str:
    """Return what several sources do not state, in one sentence; empty where the list says it."""
    say = Words(edition.language)
    lacking = _lacking(edition)
    if len(lacking) < 2:
        return ""
    labels: dict[tuple[str, ...], list[str]] = {}
    for label, (missing, _) in lacking.items():
        labels.setdefault(missing, []).append(label)
    parts = (
        say("source.not_stated_of", missing=say.listed(missing), sources=say.listed(of))
        for missing, of in labels.items()
    )
    return say("source.not_stated", parts=say("value.long_list").join(parts))
