"""The training of the model of ``briefing/language/trained`` on labelled sentences, and how right it is.

``python -m tests.labelled.train`` writes the weights again: after a change of the sentences, or of what the
model looks at. ``python -m tests.labelled.train --blind round-10`` trains without that round and prints how
right the model is on it; ``--subjects`` does so for each subject of all rounds. Only Python is needed.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from briefing.checks import prose_input, statuses
from briefing.checks.prose_input import ProseSentence
from briefing.language import trained
from tests.checkcases import commitments
from tests.checkcases.commitments import BAD, GOOD
from tests.labelled.sentences import FOLDER, PRACTICE, Labelled, library_of, load, read_of, rounds
from tests.test_architecture import SUBJECTS

ROUNDS = 20
"""How often the training goes over all examples."""
STEP, SHRINKING = 0.3, 0.7
"""The size of the first steps, and how strongly a weight is drawn towards zero."""
LEAST = 2
"""The number of examples from which a feature counts."""
WEIGHTS = Path(str(resources.files("briefing.language"))) / "weights" / "en.tsv"


_OF_PRACTICE = "practice:"
"""A feature of the sentences for practice alone: far more of them say too much than of a brief's."""
CASES, PROSE = "cases", "prose"
"""The names of what is no round: the cases of the checks, and briefs in which nothing says too much."""
BRIEFS = (
    Path(__file__).parent.parent / "sample",
    Path(str(resources.files("briefing"))) / "starters" / "example",
)
"""Projects with such briefs."""


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence that cites a fact with a status."""

    of_round: str
    text: str
    """The labelled text that it is part of."""
    is_too_much: bool
    """Whether that text is labelled as an overclaim."""
    features: tuple[str, ...]
    read: ProseSentence | None = None
    labelled: Labelled | None = None
    """The text with its labels; None for what is no round."""


def examples() -> Iterator[Example]:
    """Yield all sentences that the model can judge."""
    for name in (*rounds(), PRACTICE):
        for item in load(name):
            yield from _read(name, item.text, "overclaim" in item.expected, read_of(item), item)
    for is_too_much, cases in (
        (False, (*GOOD["overclaim"], *GOOD["unqualified"], *BAD["unqualified"])),
        (True, BAD["overclaim"]),
    ):
        for number, case in enumerate(cases):
            yield from _read(CASES, f"{is_too_much} {number}", is_too_much, prose_input.read(case.library))
    for folder in BRIEFS:
        library = library_of(folder)
        yield from _read(PROSE, str(folder), False, prose_input.read(library))


def _read(
    name: str,
    text: str,
    is_too_much: bool,
    sentences: Iterable[ProseSentence],
    labelled: Labelled | None = None,
) -> Iterator[Example]:
    for read in sentences:
        mentioned = statuses.mentioned(read)
        if any(part.status for part in mentioned):
            features = trained.features_of(read.text, mentioned)
            known = (*features, _OF_PRACTICE) if name == PRACTICE else features
            yield Example(name, text, is_too_much, known, read, labelled)


def train(data: Sequence[Example]) -> dict[str, float]:
    """Return the weights of a logistic regression; the bias has an empty name.

    A text of several sentences that says too much says so in one of them, and nobody wrote down in which.
    """
    of_text = Counter((item.of_round, item.text) for item in data)
    taught = [item for item in data if not item.is_too_much or of_text[item.of_round, item.text] == 1]
    counted = Counter(feature for item in taught for feature in item.features)
    names = ["", *sorted(feature for feature, count in counted.items() if count >= LEAST)]
    index = {name: place for place, name in enumerate(names)}
    rows = [
        ([0, *(index[feature] for feature in item.features if feature in index)], float(item.is_too_much))
        for item in taught
    ]
    weights, steps = [0.0] * len(names), [1e-8] * len(names)
    pull = [0.0, *(SHRINKING / counted[name] for name in names[1:])]
    order, chance = list(range(len(rows))), random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for place in order:
            row, wanted = rows[place]
            error = _chance(sum(weights[one] for one in row)) - wanted
            for one in row:
                slope = error + pull[one] * weights[one]
                steps[one] += slope * slope
                weights[one] -= STEP * slope / math.sqrt(steps[one])
    return dict(zip(names, weights, strict=True))


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-score)) if score > -50 else 0.0


def score(weights: dict[str, float], features: Iterable[str]) -> float:
    """Return the logarithm of the odds that a sentence says too much."""
    return weights[""] + sum(weights.get(feature, 0.0) for feature in features)


def digest() -> str:
    """Return a digest of the sentences and facts that the model is trained on."""
    read = hashlib.sha256()
    folders = (*(FOLDER / name for name in (*rounds(), PRACTICE)), *(folder / "content" for folder in BRIEFS))
    for path in (
        Path(str(commitments.__file__)),
        *(path for folder in folders for path in sorted(folder.rglob("*"))),
    ):
        if path.suffix in (".py", ".yaml", ".md"):
            read.update(path.read_bytes())
    return read.hexdigest()


def write(weights: dict[str, float]) -> str:
    """Return the file of weights: in thousandths, without those that are nothing."""
    lines = [
        f"{name}\t{round(1000 * weight)}"
        for name, weight in weights.items()
        if not name or (round(1000 * weight) and name != _OF_PRACTICE and not SUBJECTS.search(name))
    ]
    head = f"# Written by python -m tests.labelled.train; of sentences and facts with the digest {digest()}"
    return "\n".join((head, *lines, ""))


# ----------------------------------------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is made of a text that was left out of the training, in thousandths."""

    model: int
    both: int
    """The score with the vote of the lists."""
    is_listed: bool
    """Whether the lists alone find something in it."""


def blind(data: Sequence[Example], left_out: Iterable[Example]) -> dict[Labelled, Verdict]:
    """Return what is made of each text that was left out, by a model trained on the others."""
    tested = list(left_out)
    apart = {id(item) for item in tested}
    weights = train([item for item in data if id(item) not in apart])
    found: dict[Labelled, Verdict] = {}
    for item in tested:
        assert item.labelled
        assert item.read
        model, is_listed = round(1000 * score(weights, item.features)), any(statuses.listed(item.read))
        both = statuses.weighed(item.read, model, is_listed=is_listed)
        old = found.get(item.labelled, Verdict(model, both, is_listed))
        found[item.labelled] = Verdict(max(old.model, model), max(old.both, both), old.is_listed or is_listed)
    return found


def _print(name: str, judged: Mapping[Labelled, Verdict]) -> None:
    wanted = sum("overclaim" in item.expected for item in judged)
    neutral = sum(item.is_neutral for item in judged)
    print(f"{name}: {len(judged)} texts, {wanted} of them say too much")
    ways: Mapping[str, Callable[[Verdict], bool]] = {
        "the lists": lambda verdict: verdict.is_listed,
        "the model": lambda verdict: verdict.model > 0,
        "both, as an error": lambda verdict: verdict.both > statuses.SURE,
        "both, as a warning": lambda verdict: verdict.both > statuses.DOUBTFUL,
    }
    for title, speaks in ways.items():
        said = [item for item, verdict in judged.items() if speaks(verdict)]
        hits = sum("overclaim" in item.expected for item in said)
        spoken = sum(item.is_neutral for item in said)
        right = f"precision {hits / max(1, len(said)):.2f} recall {hits / max(1, wanted):.2f}"
        print(f"  {title:20} {right}, an alarm on {spoken} of {neutral} neutral mentions")


def main() -> None:
    """Write the weights, or print how right the model is on what it has not seen."""
    data = list(examples())
    if "--blind" in sys.argv:
        for name in sys.argv[sys.argv.index("--blind") + 1 :]:
            _print(name, blind(data, [item for item in data if item.of_round == name]))
    elif "--subjects" in sys.argv:
        subjects: dict[tuple[str, str], list[Example]] = {}
        for item in data:
            if item.labelled and item.of_round != PRACTICE:
                subjects.setdefault((item.of_round, item.labelled.subject), []).append(item)
        judged = {
            item: verdict for left_out in subjects.values() for item, verdict in blind(data, left_out).items()
        }
        _print("each subject without its own sentences", judged)
    else:
        WEIGHTS.write_text(write(train(data)), "utf-8")


if __name__ == "__main__":
    main()
