"""``python -m tests.intake``: precision and recall of what is taken in, and silent losses of figures."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from briefing.model.findings import BriefingError
from briefing.sources.extract import kinds
from briefing.sources.extract.extracted import Extracted
from tests.intake import measure, pages, papers
from tests.intake.measure import Measured
from tests.intake.truth import Truth


def main() -> None:
    """Measure all pages and PDFs and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default="", help="the kinds whose names begin so")
    options.add_argument("--wrong", action="store_true", help="show what differs from the truth")
    asked = options.parse_args()
    print(
        "| | files | paragraphs, precision / recall | figures | silent losses | inventions | seconds a file |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, truths in (("web pages", pages.every), ("PDFs", papers.every)):
        total, count, seconds = Measured(), 0, 0.0
        by_kind: dict[str, Measured] = {}
        for truth in (item for item in truths() if item.kind.startswith(asked.only)):
            start = time.process_time()
            found = read(truth)
            seconds += time.process_time() - start
            one = measure.compare(truth, found)
            by_kind[truth.kind] = by_kind.get(truth.kind, Measured()) + one
            total, count = total + one, count + 1
            if asked.wrong:
                sys.stderr.writelines(differences(truth, found, one))
        if count:
            print(line(name, count, total, seconds / count))
            for kind, one in by_kind.items():
                if one.right < max(one.found, one.wanted) or one.silent or one.invented:
                    print(line(f"of these {kind.replace('_', ' ')}", pages.VARIANTS, one, 0.0))


def read(truth: Truth) -> Extracted:
    """Return what the readers make of a file; nothing where they refuse it."""
    try:
        return kinds.read(truth.data, truth.name)
    except BriefingError as error:
        return Extracted((), doubts=(str(error),))


def line(name: str, count: int, found: Measured, seconds: float) -> str:
    """Return a row of the table."""
    return (
        f"| {name} | {count} | {found.precision:.3f} / {found.recall:.3f} | "
        f"{found.figures_right} of {found.figures} | {found.silent} | {found.invented} | {seconds:.2f} |"
    )


def differences(truth: Truth, found: Extracted, one: Measured) -> Iterator[str]:
    """Yield what differs from the truth."""
    if one.right == one.found == one.wanted and not one.silent and not one.invented:
        return
    yield f"\n{truth.kind}: {one}\n"
    for text in truth.wanted:
        if text not in found.paragraphs:
            yield f"  - {text}\n"
    for text in found.paragraphs:
        if text not in truth.wanted:
            yield f"  + {text}\n"


if __name__ == "__main__":
    main()
