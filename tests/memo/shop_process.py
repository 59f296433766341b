"""A process that runs the long steps of the shop of ``test_processes``."""

from __future__ import annotations

import os
import sys

from briefing.memo import processes
from briefing.memo.engine import Beside, Parts, Rule, View


def _price(view: View, good: str) -> int:
    return int(view.get("label", good) or 0)


def _offer(view: View, good: str) -> Beside:
    """Praise a good, with the process that did so beside it."""
    return Beside(f"{good} for {view.get('price', good)}", os.getpid())


def _sizes(view: View, good: str) -> Parts:
    price = view.get("price", good)
    return Parts({"small": price, "large": 2 * price})


def _haggle(view: View, good: str) -> int:
    price: int = view.get("price", good)
    if good == "fire" and "shop_process" in sys.argv[0]:
        os._exit(3)
    if good == "anger":
        raise ValueError("no more of this")
    return price - 1


def _takings(view: View, names: str) -> int:
    every = view.every("price", names.split())
    return sum((*every.values(), *view.part("sizes", "large", names.split()).values()))


RULES = (
    Rule("label", 0, load=lambda good: f"{len(good) + 10}"),
    Rule("price", 1, _price),
    Rule("offer", 2, _offer, is_long=True),
    Rule("sizes", 2, _sizes),
    Rule("haggled", 2, _haggle, is_long=True),
    Rule("takings", 3, _takings, is_long=True),
)

if __name__ == "__main__":
    assert sys.stdin.buffer.read(5) == b"open!"
    processes.serve(RULES, sys.stdin.buffer, sys.stdout.buffer)
