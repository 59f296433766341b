"""What moved, for the pages that say what is new: joined from the moves of each topic and each matter."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.changes import moves
from briefing.changes.moves import Move
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer


@dataclass(frozen=True, slots=True)
class MovesOfMatter:
    """The moves of one matter that new facts brought."""

    topic: str
    moves: tuple[Move, ...]


def _of_topic(_: Printer, lookups: Lookups, name: str) -> tuple[Move, ...]:
    return moves.of_versions(lookups.versions[name], lookups.wording)


def _of_matter(_: Printer, lookups: Lookups, name: str) -> MovesOfMatter:
    library = lookups.library
    return MovesOfMatter(str(library.matters[name].topic), moves.of_matter(name, library, lookups.wording))


OF_TOPIC = Piece("moves of topic", lambda lookups: lookups.library.sheets, _of_topic)
OF_MATTER = Piece("moves of matter", lambda lookups: lookups.library.matters, _of_matter, is_list=False)


def of_all(printer: Printer) -> list[Move]:
    """Return all moves, the newest first."""
    found = [move for items in printer.pieces(OF_TOPIC).values() for move in items]
    found += (move for item in printer.pieces(OF_MATTER).values() for move in item.moves)
    return moves.ordered(found)


def of_topic(printer: Printer, name: str) -> list[Move]:
    """Return the moves in a topic, the newest first."""
    found = [*printer.piece(OF_TOPIC, name)]
    matters = printer.pieces(OF_MATTER).values()
    return moves.ordered([*found, *(move for item in matters if item.topic == name for move in item.moves)])
