"""The long mode: mutated projects over ``check`` and ``build``, kills and faults, races.

Every failure is printed with its seed; ``--only SEED`` tries that one again and keeps its project.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz import faults, judge, stage
from tests.fuzz.judge import Tally

SHOWN = 600
"""Of a failure so many characters are printed, unless one seed is tried."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "--projects", type=int, default=10_000, help="mutated projects over check, plan, verify"
    )
    parser.add_argument("--builds", type=int, default=500, help="mutated projects over build")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; the others follow it")
    parser.add_argument("--only", type=int, help="this seed only, over check and build")
    parser.add_argument("--kills", action="store_true", help="kills and faults at every change of the disk")
    parser.add_argument(
        "--strace", action="store_true", help="the same by strace, at every call of the system"
    )
    parser.add_argument("--step", type=int, default=1, help="of kills and faults, every nth")
    parser.add_argument(
        "--commands", nargs="+", default=faults.COMMANDS, help="of kills and faults, only these"
    )
    given = parser.parse_args()
    tally = Tally()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        bases = stage.prepare(folder / "bases")
        if given.only is not None:
            given.seed, given.projects, given.builds = given.only, 1, 1
            print(f"the project is in {folder}")
        for seed in range(given.seed, given.seed + given.projects):
            _try(
                tally, lambda seed=seed: judge.checked(stage.of(bases, seed), seed, folder, tally), given.only
            )
        for seed in range(given.seed, given.seed + given.builds):
            _try(tally, lambda seed=seed: judge.built(stage.of(bases, seed), seed, folder, tally), given.only)
        if given.kills:
            _try(tally, lambda: faults.by_audit(folder, tally, given.step, given.commands), None)
            _try(tally, lambda: faults.by_limit(folder, tally, given.commands), None)
        if given.strace:
            _try(tally, lambda: faults.by_strace(folder, tally, given.step, given.commands), None)
    finally:
        if given.only is None:
            shutil.rmtree(folder, ignore_errors=True)
    for what, count in tally.tried.items():
        print(f"{count:7,} {what}")
    print(f"{len(tally.faults):7,} failures")
    print(f"{time.process_time() + sum(os.times()[2:4]):7,.0f} processor seconds")
    return int(bool(tally.faults))


def _say(tally: Tally, number: int) -> None:
    """Say how far it is, now and then."""
    if number % 100 == 99:
        print(f"{number + 1:,} tried, {len(tally.faults):,} failures", file=sys.stderr, flush=True)


def _try(tally: Tally, work: object, only: int | None) -> None:
    before = len(tally.faults)
    assert callable(work)
    work()
    for fault in tally.faults[before:]:
        print(fault if only is not None else fault[:SHOWN], flush=True)


if __name__ == "__main__":
    sys.exit(main())
