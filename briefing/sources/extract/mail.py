"""A mail: its head, its text, and the names of what is attached."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterable, Iterator, Sequence
from email.message import EmailMessage, MIMEPart

from briefing.model.findings import UsageError
from briefing.sources.extract import html, plain
from briefing.sources.extract.extracted import AS_IT_IS, Choice, Extracted, Piece, Stated, clean, of_pieces

_SHOWN = ("From", "To", "Cc", "Date", "Subject")


_INNERMOST = 5
"""Mails that are forwarded within mails are read down to this depth."""


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a mail. Raises UsageError where it has none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not _header(message, "From"):
        raise UsageError(f"{name} is not a mail: it has no line 'From:'")
    doubts: list[str] = []
    head = list(_head(message))
    body = list(_body(message, name, doubts, 0))
    found = of_pieces([*head, *body], choice, stated=_stated(message), doubts=tuple(doubts))
    if len(found.paragraphs) <= len(head):
        if any(part.get_content_type() == "application/ms-tnef" for part in message.walk()):
            raise UsageError(
                f"{name} has its text in a file winmail.dat, which only Outlook reads; open it there, save "
                "it as plain text or HTML and add that"
            )
        raise UsageError(f"{name} has no text; add the files that are attached to it by themselves")
    return found


def _header(message: EmailMessage, name: str) -> str:
    """Return a line of a mail's head, as it is where Python's own library fails with it."""
    try:
        return clean(str(message.get(name) or ""))
    except (IndexError, ValueError, TypeError, AttributeError, LookupError):
        return clean(
            next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
        )


def _head(message: EmailMessage) -> Iterator[Piece]:
    for field in _SHOWN:
        if value := _header(message, field):
            yield Piece(f"{field}: {value}")


def _body(message: EmailMessage, name: str, doubts: list[str], depth: int) -> Iterator[Piece]:
    """Yield the text of a mail and of the parts that are shown below it, and the names of the others."""
    plainly, page = message.get_body(("plain",)), message.get_body(("html",))
    if plainly is not None and (text := _content(plainly, doubts)).strip():
        yield from (found := list(_plain(plainly, text)))
        if page is not None:
            yield from _only_of_page(html.whole(_content(page, doubts), name), found)
    elif page is not None:
        yield from html.whole(_content(page, doubts), name)
    if message.get_content_maintype() == "multipart":
        for part in message.iter_attachments():
            yield from _part(part, name, doubts, depth)
    elif plainly is None and page is None:
        yield _attachment(message)


def _part(part: MIMEPart, name: str, doubts: list[str], depth: int) -> Iterator[Piece]:
    kind = part.get_content_type()
    if kind == "message/rfc822" and depth < _INNERMOST:
        inner = part.get_payload(0)
        if isinstance(inner, EmailMessage):
            yield from _head(inner)
            yield from _body(inner, name, doubts, depth + 1)
            return
    if part.get_content_disposition() != "attachment" and kind == "text/plain":
        yield from _plain(part, _content(part, doubts))
    elif part.get_content_disposition() != "attachment" and kind == "text/html":
        yield from html.whole(_content(part, doubts), name)
    else:
        yield _attachment(part)


def _attachment(part: MIMEPart) -> Piece:
    named = part.get_filename() or "a part without a name"
    return Piece(clean(f"{named} ({part.get_content_type()})"), "attachment")


def _plain(part: MIMEPart, text: str) -> Iterator[Piece]:
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _unflowed(text)
    for item in plain.paragraphs(text):
        yield Piece(item)


def _only_of_page(page: Iterable[Piece], found: Sequence[Piece]) -> Iterator[Piece]:
    """Yield what the page of a mail says and its plain text does not: a figure, or most of the words."""
    said = " ".join(item.text for item in found)
    words = set(_words(said))
    for piece in page:
        own = _words(piece.text)
        if any(part not in said for part in _figures(piece.text)):
            yield Piece(piece.text, "figures that only the mail's HTML has")
        elif len(own) > 3 and sum(word in words for word in own) < 0.8 * len(own):
            yield Piece(piece.text, "text that only the mail's HTML has")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _figures(text: str) -> list[str]:
    return "".join(item if item.isdigit() else " " for item in text).split()


def _content(part: MIMEPart, doubts: list[str]) -> str:
    """Return the text of a part, with the name of its encoding meaning what browsers make of it."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = html.decoded_as(data, part.get_content_charset() or "utf-8")
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


def _stated(message: EmailMessage) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    if subject := _header(message, "Subject"):
        found["title"] = Stated(subject, "the mail's Subject")
    if sender := _header(message, "From"):
        found["author"] = Stated(email.utils.parseaddr(sender)[0] or sender, "the mail's From")
    try:
        day = email.utils.parsedate_to_datetime(_header(message, "Date")).date().isoformat()
        found["published"] = Stated(day, "the mail's Date")
    except (TypeError, ValueError):
        pass
    return found
