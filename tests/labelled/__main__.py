"""How often the checks over prose are right: precision and recall on labelled sentences.

``python -m tests.labelled`` prints both for each check and each set. The sentences of the set ``development``
were in sight while the checks were written; those of ``held-out`` were not.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from tests.labelled.sentences import Labelled, found_in, load

FOLDER = Path(__file__).parent


def main() -> None:
    """Print the table, and with ``--wrong`` every sentence that was judged otherwise than labelled."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")] or ["development", "held-out"]
    for name in names:
        right: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        count = clean = 0
        wrong: list[tuple[Labelled, set[str], set[str]]] = []
        for item in load(FOLDER / name):
            count += 1
            clean += not item.expected
            messages = found_in(item)
            found = set(messages)
            for slug in item.expected | found:
                tally = right[slug]
                tally[0] += slug in item.expected and slug in found
                tally[1] += slug in found and slug not in item.expected
                tally[2] += slug in item.expected and slug not in found
            if item.expected != found:
                wrong.append(
                    (
                        item,
                        {f"{slug}: {messages[slug]}" for slug in found - item.expected},
                        set(item.expected - found),
                    )
                )
        print(f"{name}: {count} sentences, {clean} of them clean")
        print(f"  {'check':20} {'labels':>6} {'precision':>9} {'recall':>9}")
        for slug, (hits, false, missed) in sorted(right.items()):
            precision = f"{hits / (hits + false):.3f}" if hits + false else "-"
            recall = f"{hits / (hits + missed):.3f}" if hits + missed else "-"
            print(f"  {slug:20} {hits + missed:6} {precision:>9} {recall:>9}")
        if "--wrong" in sys.argv:
            for item, false_alarms, misses in wrong:
                print(
                    f"{item.subject}: {item.text}\n    false {sorted(false_alarms)} missed {sorted(misses)}"
                )


if __name__ == "__main__":
    main()
