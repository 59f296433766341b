"""An edition as GitHub-flavoured Markdown, with footnotes."""

from __future__ import annotations

from briefing import __version__
from briefing.formats.base import Format, Prepared, Theme
from briefing.language import end_matter, imprint_texts, note_texts, scale_texts
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.editions import Claim, Edition, FactFile, Scale, Section


def prepare(edition: Edition, theme: Theme, facts: FactFile) -> Prepared:
    """Return the edition as Markdown, complete; ``make`` only encodes it."""
    return Prepared("text", "\n\n".join(part for part in _parts(edition) if part) + "\n", title=edition.title)


def _parts(edition: Edition) -> list[str]:
    say = Words(edition.language)
    shown = end_matter.shown(edition)
    known = {
        say("brief.edition"): edition.label,
        say("brief.as_of"): fact_links.escape(edition.as_of),
        say("brief.marking"): f"TLP:{edition.marking.value}",
        **{label: fact_links.escape(names) for label, names in imprint_texts.people(edition).items()},
    }
    notes = "\n".join(f"[^{number}]: {text}" for number, text in note_texts.printed(edition).items())
    has_grades = scale_texts.shared_reliability(edition) is None
    sources = "\n".join(
        f"- **{reference.label}** {reference.text}"
        + (f" {say('brief.reliability', grade=reference.reliability)}" if has_grades else "")
        + (f" {say('brief.relays', origins=reference.origins)}" if reference.origins else "")
        for reference in shown.references
    )
    publisher = fact_links.escape(edition.publisher)
    makers = map(fact_links.escape, imprint_texts.sentences(edition))
    program, state = f"Briefing {__version__}", edition.digest[:7]
    return [
        f"> **{_standing(edition)}**" if _standing(edition) else "",
        f"# {fact_links.escape(edition.title)}",
        f"*{fact_links.escape(edition.subtitle)}*" if edition.subtitle else "",
        "\n".join(f"| {' | '.join(row)} |" for row in (known, ["---"] * len(known), known.values())),
        edition.newest,
        *(_section(section) for section in edition.sections),
        f"## {say('brief.sources')}\n\n{sources}\n\n{end_matter.key(edition)}",
        f"## {say('brief.scales')}" if shown.scales else "",
        *(_scale(scale, say) for scale in shown.scales),
        " ".join((say("brief.compiled", program=program, state=state, publisher=publisher), *makers)),
        notes,
    ]


def _standing(edition: Edition) -> str:
    """Return what a reader must know about the edition first; empty for an issued one without a notice."""
    if edition.notice:
        return fact_links.escape(edition.notice)
    return scale_texts.draft_notice(edition)


def _section(section: Section) -> str:
    head = f"## {fact_links.escape(section.title)}\n\n" if section.title else ""
    if section.figure:
        head += f"*{fact_links.escape(section.figure.text)}*\n\n"
    return head + "".join(part if isinstance(part, str) else _claim(part) for part in section.segments)


def _claim(claim: Claim) -> str:
    return f"{claim.words}{mark(claim.note)}" if claim.is_marked else claim.words


def mark(note: int | str) -> str:
    """Return the mark of a note, in raised brackets.

    A viewer prints only a raised number for the mark, which a copy would join to a figure before it.
    """
    return f"⁽[^{note}]⁾"


def _scale(scale: Scale, say: Words) -> str:
    steps = (say("note.grade", grade=step, meaning=meaning) for step, meaning in scale.rows)
    source = scale.source.partition(";")[0].rstrip()
    words = f"{say('scale.opening')}{source}{say('scale.closing')}{say('value.long_list').join(steps)}."
    return f"**{fact_links.escape(scale.title)}** {fact_links.escape(words)}"


FORMAT = Format(
    "markdown", ".md", "Markdown with footnotes, as GitHub shows it", (), (), prepare, link="Markdown"
)
