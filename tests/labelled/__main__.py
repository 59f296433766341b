"""How often the checks over prose are right: precision and recall on labelled sentences.

``python -m tests.labelled`` prints both for each check, round by round and over all of them; with ``--wrong``
every sentence as well that is judged otherwise than it is labelled. What a round is: see CONTRIBUTING.md.
``python -m tests.labelled practice`` does the same for the sentences that were written beside the checks.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.labelled.sentences import Judged, alarms, judge, load, rounds, tallied


def main() -> None:
    """Print the tables."""
    asked = [name for name in sys.argv[1:] if not name.startswith("-")] or list(rounds())
    every: list[Judged] = []
    for name in asked:
        judged = [judge(item) for item in load(name)]
        every += judged
        _print(name, judged)
    if len(asked) > 1:
        _print("all", every)
    for item in every if "--wrong" in sys.argv else ():
        if item.false or item.missed:
            print(f"{item.labelled.subject}: {item.labelled.text}")
            print(f"    wrongly {[f'{slug}: {item.found[slug]}' for slug in sorted(item.false)]}")
            print(f"    missed {sorted(item.missed)}")


def _print(name: str, judged: Sequence[Judged]) -> None:
    clean = sum(not item.labelled.expected for item in judged)
    print(f"{name}: {len(judged)} sentences, {clean} of them clean")
    print(f"  {'check':20} {'labels':>6} {'precision':>9} {'recall':>9}")
    for slug, tally in tallied(judged).items():
        print(f"  {slug:20} {tally.labels:6} {tally.precision:9.3f} {tally.recall:9.3f}")
    neutral, spoken = alarms(judged)
    if neutral:
        print(f"  {neutral} neutral mentions, an alarm on {spoken}")


if __name__ == "__main__":
    main()
