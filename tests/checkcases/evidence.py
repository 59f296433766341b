"""Cases for the checks over the captures: each is held against a capture of its own."""

from __future__ import annotations

import hashlib

from briefing.model.findings import Place
from briefing.model.sources import Evidence, Uncited
from briefing.model.values import Placed, Slug
from briefing.sources import captures, verify
from briefing.store import disk
from tests import values
from tests.checkcases import EVIDENCE_AT, Case, told

CAPTURE_AT = Place("content/sources/report.yaml", 8, 10)
DIGEST_AT = Place("content/sources/report.yaml", 9, 9)
UNCITED_AT = Place("content/sources/report.yaml", 12, 5)
TEXT = "On 9 February they signed a letter of intent.\n\nThe Maker’s price was 1,100 crowns.\n"


def held(
    *terms: str,
    text: bytes | None = TEXT.encode(),
    paragraph: int = 1,
    sha256: str = "",
    uncited: tuple[Uncited, ...] = (),
    language: str = "en",
) -> Case:
    """A fact with some terms, in a source with some text."""
    source = values.source(
        published=None,
        capture=Placed("report.txt", CAPTURE_AT),
        sha256=Placed(sha256 or hashlib.sha256(text or b"").hexdigest(), DIGEST_AT),
        uncited=uncited,
        language=language,
    )
    item = Evidence(Slug("report"), paragraph, terms or ("letter of intent",), at=EVIDENCE_AT)
    library = values.library(values.fact(evidence=(item,)), sources=(source,))
    return Case(library, verified=verify.sources(library, {"report": captures.read(text)}))


def uncited(*terms: str, paragraph: int = 2) -> tuple[Uncited, ...]:
    return (Uncited((paragraph,), "a credit", terms, at=UNCITED_AT),)


GOOD: dict[str, list[Case]] = {
    "capture-missing": [held()],
    "capture-encoding": [held(), held(text="ґ й".encode(), paragraph=1)],
    "capture-changed": [held(), held(text=None, sha256="1" * 64), held(text=b"\xff", sha256="1" * 64)],
    "paragraph-missing": [held("1,100", paragraph=2), held("letter", paragraph=3), held("euros")],
    "term-moved": [held(), held("euros"), held("letter", "price")],
    "term-missing": [held(), held("letter of intent", "signed"), held(uncited=uncited("1,100 crowns"))],
    "term-normalised": [held("The Maker’s price", paragraph=2), held("euros")],
}
BAD: dict[str, list[Case]] = {
    "capture-missing": [told(held(text=None), CAPTURE_AT, says="'report.txt' of report is missing")],
    "capture-encoding": [told(held(text="Дев’ять".encode("cp1251")), CAPTURE_AT, says="not UTF-8")],
    "capture-changed": [
        told(held(sha256="1" * 64), DIGEST_AT, says="of its 1 passage 1 still hold, 0 moved, 0 gone"),
        told(held(sha256="1" * 64, paragraph=2), DIGEST_AT, says="0 still hold, 1 moved, 0 gone"),
        told(held("euros", sha256="1" * 64), DIGEST_AT, says="0 still hold, 0 moved, 1 gone"),
        told(
            held(text=TEXT.replace("\n", "\r\n").encode(), sha256=disk.digest(TEXT.encode())),
            DIGEST_AT,
            says="has the same words as the registered one, but other line ends",
        ),
    ],
    "paragraph-missing": [
        told(held("euros", paragraph=3), EVIDENCE_AT, says="no paragraph 3, it has 2"),
        told(held(uncited=uncited(paragraph=9)), UNCITED_AT, says="(uncited)"),
    ],
    "term-moved": [
        told(held(paragraph=2), EVIDENCE_AT, says="from paragraph 2 of report are in paragraph 1"),
        told(held(paragraph=7), EVIDENCE_AT, says="from paragraph 7 of report are in paragraph 1"),
        told(
            held("crowns", paragraph=9, text=b"Many crowns.\n\nFew crowns.\n"),
            EVIDENCE_AT,
            says="are in paragraphs 1 and 2",
        ),
        told(held(uncited=uncited("signed a letter")), UNCITED_AT, says="(uncited)"),
    ],
    "term-missing": [
        told(held("a contract"), EVIDENCE_AT, says="'a contract' is not in paragraph 1"),
        told(held("euros", "francs"), EVIDENCE_AT, EVIDENCE_AT),
        told(
            held("letter", "crowns"),
            EVIDENCE_AT,
            says="'crowns' is not in paragraph 1 of report, but in",
        ),
        told(held("100 crowns", paragraph=2), EVIDENCE_AT),
    ],
    "term-normalised": [
        told(
            held("The Maker's price", paragraph=2),
            EVIDENCE_AT,
            says="with other quotation marks or apostrophes",
        ),
    ],
}
