"""A mail: its head, its text, and the names of what is attached."""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart

from briefing.model.findings import UsageError
from briefing.sources.extract import html, plain
from briefing.sources.extract.extracted import AS_IT_IS, Choice, Extracted, Piece, Stated, clean, of_pieces

_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a mail. Raises UsageError where it has none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.get("From"):
        raise UsageError(f"{name} is not a mail: it has no line 'From:'")
    doubts: list[str] = []
    pieces = [*_head(message), *_body(message, name, doubts), *_attached(message)]
    found = of_pieces(pieces, choice, stated=_stated(message), doubts=tuple(doubts))
    if len(found.paragraphs) <= len(list(_head(message))):
        raise UsageError(f"{name} has no text; add the files that are attached to it by themselves")
    return found


def _head(message: EmailMessage) -> Iterator[Piece]:
    for field in _SHOWN:
        if value := clean(str(message.get(field) or "")):
            yield Piece(f"{field}: {value}")


def _body(message: EmailMessage, name: str, doubts: list[str]) -> Iterator[Piece]:
    plainly, page = message.get_body(("plain",)), message.get_body(("html",))
    if plainly is not None and (text := _content(plainly, doubts)).strip():
        if str(plainly.get_param("format") or "").lower() == "flowed":
            text = _unflowed(text)
        found = [Piece(item) for item in plain.paragraphs(text)]
        yield from found
        if page is not None:
            said = " ".join(item.text for item in found)
            for piece in html.whole(_content(page, doubts), name):
                if not piece.kind and any(part not in said for part in _figures(piece.text)):
                    yield Piece(piece.text, "figures that only the mail's HTML has")
    elif page is not None:
        yield from html.whole(_content(page, doubts), name)


def _figures(text: str) -> list[str]:
    return "".join(item if item.isdigit() else " " for item in text).split()


def _content(part: MIMEPart, doubts: list[str]) -> str:
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError, KeyError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if "\ufffd" in text:
        doubts.append("Some characters of the mail cannot be read in the encoding that it names: compare it.")
    return text


def _unflowed(text: str) -> str:
    """Return a text whose lines go on where they end with a blank (RFC 3676)."""
    lines: list[str] = []
    is_open = False
    for line in text.splitlines():
        if is_open:
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line.removeprefix(" "))
        is_open = line.endswith(" ") and line != "-- "
    return "\n\n".join(lines)


def _attached(message: EmailMessage) -> Iterator[Piece]:
    for part in message.iter_attachments():
        named = part.get_filename() or "a part without a name"
        yield Piece(clean(f"{named} ({part.get_content_type()})"), "attachment")


def _stated(message: EmailMessage) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    if subject := clean(str(message.get("Subject") or "")):
        found["title"] = Stated(subject, "the mail's Subject")
    if sender := clean(str(message.get("From") or "")):
        found["author"] = Stated(email.utils.parseaddr(sender)[0] or sender, "the mail's From")
    try:
        day = email.utils.parsedate_to_datetime(str(message.get("Date") or "")).date().isoformat()
        found["published"] = Stated(day, "the mail's Date")
    except (TypeError, ValueError):
        pass
    return found
