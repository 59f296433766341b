"""How a sentence reads to the model of overclaims, and that its weights are those of today's sentences."""

from __future__ import annotations

from briefing.language import trained
from briefing.model.scales import Degree
from tests.labelled import train
from tests.labelled.train import Example

TEXT = "The town has bought the trams."
TRAMS = TEXT.index("the trams"), TEXT.index("the trams") + len("the trams")


def score(text: str, status: Degree = Degree.INTENT) -> int:
    start = text.index("the trams")
    judged = trained.judge(text, (trained.link(start, start + 9, status, is_money=False),), "en")
    assert judged
    return judged.score


def test_the_weights_are_those_of_the_sentences() -> None:
    """After a change of labelled sentences: ``python -m tests.labelled.train``."""
    head = train.WEIGHTS.read_text("utf-8").splitlines()[0]
    assert head.endswith(train.digest())


def test_a_purchase_reads_as_more_than_a_wish() -> None:
    assert score("The town has bought the trams.") > score("The town would like to have the trams.")
    assert score("Passengers rode the trams every morning.") > score("Opponents mock the trams.")


def test_what_is_true_of_a_thing_depends_on_how_far_it_is() -> None:
    said = "The town has ordered the trams."
    assert score(said, Degree.INTENT) > score(said, Degree.CONTRACTED) > score(said, Degree.DELIVERED)


def test_names_and_figures_are_read_as_such() -> None:
    def features(text: str) -> tuple[str, ...]:
        return trained.features_of(text, [trained.name(0, 4, is_system=False)])

    assert features("Oslo paid 12 crowns.") == features("Bern paid 99 crowns.")


def test_without_a_status_or_weights_nothing_is_judged() -> None:
    assert trained.judge(TEXT, (trained.link(*TRAMS, None, is_money=False),), "en") is None
    assert trained.judge(TEXT, (trained.link(*TRAMS, Degree.INTENT, is_money=False),), "xx") is None


def test_the_word_that_says_it_most_plainly_is_named() -> None:
    judged = trained.judge(TEXT, (trained.link(*TRAMS, Degree.INTENT, is_money=False),), "en")
    assert judged
    assert TEXT[judged.start : judged.end] in ("town", "has", "bought")


def test_training_learns_what_tells_two_sorts_apart() -> None:
    def example(text: str, is_too_much: bool) -> Example:
        return Example("one", text, is_too_much, trained.features_of(text, [trained.link(0, 3, None, False)]))

    texts = [
        ("It runs daily", True),
        ("It runs well", True),
        ("It is a plan", False),
        ("It is a wish", False),
    ]
    weights = train.train([example(text, is_too_much) for text, is_too_much in texts])
    read = {text: train.score(weights, example(text, True).features) for text, _ in texts}
    assert min(read[text] for text, is_too_much in texts if is_too_much) > 0
    assert max(read[text] for text, is_too_much in texts if not is_too_much) < 0
