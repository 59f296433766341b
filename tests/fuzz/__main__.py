"""The long mode: mutated projects over ``check`` and ``build``, kills and faults, races.

Every failure is printed with its seed; ``--only SEED`` tries that one again and keeps its project.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
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
    if given.only is not None:
        given.seed, given.projects, given.builds = given.only, 1, 1
    most = SHOWN if given.only is None else sys.maxsize
    tally = Tally(say=lambda text: print(text[:most], flush=True))
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    with contextlib.suppress(KeyboardInterrupt):  # the figures so far
        _work(given, folder, tally)
    if given.only is None:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        print(f"the project is in {folder}")
    for what, count in tally.tried.items():
        print(f"{count:7,} {what}")
    print(f"{len(tally.faults):7,} failures")
    print(f"{sum(os.times()[:4]):7,.0f} processor seconds")
    return int(bool(tally.faults))


def _work(given: argparse.Namespace, folder: Path, tally: Tally) -> None:
    bases = stage.prepare(folder / "bases") if given.projects or given.builds else ()
    for work, number in ((judge.checked, given.projects), (judge.built, given.builds)):
        for done, seed in enumerate(range(given.seed, given.seed + number), 1):
            work(stage.of(bases, seed), seed, folder, tally)
            if done % 100 == 0:
                print(f"{done:,} of {number:,}, {len(tally.faults):,} failures", file=sys.stderr, flush=True)
    if given.kills:
        faults.by_audit(folder, tally, given.step, given.commands)
        faults.by_limit(folder, tally, given.commands)
    if given.strace:
        faults.by_strace(folder, tally, given.step, given.commands)


if __name__ == "__main__":
    sys.exit(main())
