"""A sample of the measured standard: nothing is lost or invented in silence. ``tests.intake`` has all."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from briefing.sources.extract import kinds
from tests.conftest import REPOSITORY, environment
from tests.intake import measure, pages, papers
from tests.intake.measure import Measured
from tests.intake.truth import Truth


def assert_taken_in(truth: Truth) -> None:
    found = kinds.read(truth.data, truth.name)
    assert sorted(found.paragraphs) == sorted(truth.wanted)
    one = measure.compare(truth, found)
    assert (one.silent, one.invented) == (0, 0)


@pytest.mark.parametrize("kind", pages.KINDS, ids=lambda kind: kind.__name__)
def test_a_page_is_taken_in_without_loss_and_without_invention(kind: pages.Kind) -> None:
    assert_taken_in(pages.make(kind, 7))


_MAKE = """
import pickle, sys
from tests.intake import papers
sys.stdout.buffer.write(pickle.dumps(papers.make(getattr(papers, sys.argv[1]), 7)))
"""


def _made(kind: str) -> Truth:
    """Make a paper in a process of its own: what other tests do with fonts would change its lines."""
    usual = {name: value for name, value in environment().items() if not name.startswith("FONTCONFIG")}
    done = subprocess.run(
        [sys.executable, "-c", _MAKE, kind], env=usual, cwd=REPOSITORY, capture_output=True, check=True
    )
    made: Truth = pickle.loads(done.stdout)
    return made


@pytest.mark.pdf
@pytest.mark.parametrize(
    "kind",
    [
        papers.two_columns,
        papers.side_box,
        papers.padded_table,
        papers.raised,
        papers.unseen,
        papers.left_and_right,
    ],
    ids=lambda kind: kind.__name__,
)
def test_a_pdf_is_taken_in_without_loss_and_without_invention(kind: papers.Kind) -> None:
    assert_taken_in(_made(kind.__name__))


def test_the_measure_finds_what_is_lost_and_what_is_invented() -> None:
    """A figure that is nowhere is a silent loss; one that is named is none; two in one are invented."""
    truth = Truth("kind", "page.html", b"", ("It wants 12 tugs.", "It costs 40 million."), ("Page 7",), ())
    lost = kinds.Extracted(("It wants 12 tugs.",))
    assert measure.compare(truth, lost) == Measured(1, 1, 2, 2, 1, silent=2, invented=0)
    named = kinds.Extracted(("It wants 12 tugs.",), doubts=("Left out: 40 and 7.",))
    assert measure.compare(truth, named).silent == 0
    fused = kinds.Extracted(("It wants 1240 tugs.",))
    assert measure.compare(truth, fused).invented == 1
