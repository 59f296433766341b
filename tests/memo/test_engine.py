"""Results worked out once, and again only after something that their step has read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.memo import kept
from briefing.memo.engine import Beside, Engine, Parts, Rule, View
from briefing.memo.kept import Kept


def _price(view: View, good: str) -> int:
    return int(view.get("label", good) or 0)


def _is_dear(view: View, good: str) -> bool:
    return bool(view.get("price", good) > 10)


def _basket(view: View, names: str) -> str:
    return ", ".join(f"{name}{'!' * view.get('is dear', name)}" for name in names.split())


def _total(view: View, _: str) -> int:
    return sum(view.every("price", (view.get("shelf") or "").split()).values())


SHOP = (
    Rule("label", 0),
    Rule("shelf", 0),
    Rule("price", 1, _price),
    Rule("is dear", 2, _is_dear),
    Rule("basket", 3, _basket),
    Rule("total", 3, _total),
)


def shop(store: Kept | None = None, **prices: int) -> Engine:
    """An engine that knows what goods cost."""
    engine = Engine(store or kept.opened(None, "shop"), SHOP)
    price(engine, **prices)
    return engine


def price(engine: Engine, **prices: int) -> None:
    """Change all prices, and work out what follows."""
    engine.put("label", {name: str(amount) for name, amount in prices.items()})
    engine.put("shelf", {"": " ".join(prices)})
    engine.settle(4)


def test_a_result_is_worked_out_when_it_is_asked_for_and_once() -> None:
    engine = shop(tea=12, milk=2)
    assert engine.worked == {}
    assert engine.get("basket", "tea milk") == "tea!, milk"
    assert engine.get("basket", "tea milk") == "tea!, milk"
    assert engine.worked == {"price": 2, "is dear": 2, "basket": 1}


def test_only_what_read_a_changed_input_is_worked_out_again() -> None:
    engine = shop(tea=12, milk=2, salt=1)
    baskets = ("tea milk", "milk salt", "salt")
    for names in baskets:
        engine.get("basket", names)
    engine.worked.clear()
    price(engine, tea=2, milk=2, salt=1)
    assert [engine.get("basket", names) for names in baskets] == ["tea, milk", "milk, salt", "salt"]
    assert engine.worked == {"price": 1, "is dear": 1, "basket": 1}


def test_what_comes_out_equal_changes_nothing_above_it() -> None:
    engine = shop(tea=12)
    engine.get("basket", "tea")
    engine.worked.clear()
    price(engine, tea=14)
    assert engine.get("basket", "tea") == "tea!"
    assert engine.worked == {"price": 1, "is dear": 1}


def test_reading_all_results_of_a_rule_notices_a_change_a_new_one_and_a_lost_one() -> None:
    engine = shop(tea=12, milk=2)
    assert engine.get("total", "") == 14
    price(engine, tea=12, milk=3)
    assert engine.get("total", "") == 15
    price(engine, tea=12, milk=3, salt=1)
    assert engine.get("total", "") == 16
    price(engine, salt=1)
    assert engine.get("total", "") == 1


def test_an_input_that_is_gone_reads_as_none() -> None:
    engine = shop(tea=12)
    assert engine.get("price", "tea") == 12
    price(engine)
    assert engine.get("price", "tea") == 0


def test_an_input_may_be_more_than_its_mark_and_is_read_only_where_it_has_changed() -> None:
    texts = {"a": "one word", "b": "two words more"}
    read: list[str] = []

    def load(name: str) -> str:
        read.append(name)
        return texts[name]

    def count(view: View, name: str) -> int:
        return len(view.get("text", name).split())

    store = kept.opened(None, "words")
    rules = (Rule("text", 0, load=load), Rule("count", 1, count))
    engine = Engine(store, rules)
    engine.put("text", {"a": "mark 1", "b": "mark 2"})
    assert (engine.get("count", "a"), engine.get("count", "b")) == (2, 3)
    later = Engine(store, rules)
    texts["a"] = "now three words"
    assert later.put("text", {"a": "mark 3", "b": "mark 2"}) == {"a"}
    later.settle(2)
    assert (later.get("count", "a"), later.get("count", "b")) == (3, 3)
    assert read == ["a", "b", "a"]


def test_results_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "results"
    store = kept.opened(path, "shop")
    assert shop(store, tea=12, milk=2).get("basket", "tea milk") == "tea!, milk"
    store.save()
    store.close()
    later = shop(kept.opened(path, "shop"), tea=12, milk=20)
    assert later.get("basket", "tea milk") == "tea!, milk!"
    assert later.worked == {"price": 1, "is dear": 1, "basket": 1}


def test_stale_results_that_nobody_asked_for_wait_for_a_later_run(tmp_path: Path) -> None:
    path = tmp_path / "results"
    store = kept.opened(path, "shop")
    shop(store, tea=12).get("basket", "tea")
    store.save()
    store.close()
    store = kept.opened(path, "shop")
    engine = Engine(store, SHOP)
    engine.put("label", {"tea": "2"})
    engine.settle(2)  # the price, but not what is made of it
    assert engine.worked == {"price": 1}
    store.save()
    store.close()
    assert shop(kept.opened(path, "shop"), tea=2).get("basket", "tea") == "tea"


def test_a_step_reads_lower_levels_only() -> None:
    rules = (Rule("one", 1, lambda view, key: view.get("other", key)), Rule("other", 1, lambda *_: 1))
    engine = Engine(kept.opened(None, ""), rules)
    with pytest.raises(AssertionError, match="a step of 'one' reads 'other', which is not below it"):
        engine.get("one", "")


def test_a_step_may_give_something_beside_its_result_that_is_not_kept() -> None:
    store = kept.opened(None, "")

    def page(view: View, name: str) -> Beside:
        text = f"<p>{view.get('word', name)}</p>"
        return Beside(len(text), text)

    rules = (Rule("word", 0), Rule("page", 1, page))
    first = Engine(store, rules)
    first.put("word", {"a": "tea"})
    assert (first.get("page", "a"), first.extra("page", "a")) == (10, "<p>tea</p>")
    later = Engine(store, rules)
    later.put("word", {"a": "tea"})
    assert later.get("page", "a") == 10
    assert later.worked == {}
    assert later.extra("page", "a") == "<p>tea</p>"
    assert later.worked == {"page": 1}


def _weights(view: View, shelf: str) -> Parts:
    """Light and heavy goods of a shelf: ``tea:1 anvil:90``."""
    goods = (good.split(":") for good in (view.get("goods", shelf) or "").split())
    found: dict[str, list[str]] = {}
    for name, weight in goods:
        found.setdefault("heavy" if int(weight) > 10 else "light", []).append(name)
    return Parts({part: tuple(names) for part, names in found.items()})


def _listed(view: View, part: str) -> str:
    shelves = (view.get("shelves") or "").split()
    found = view.part("weights", part, shelves)
    return "; ".join(f"{shelf}: {' '.join(names)}" for shelf, names in found.items())


STORE = (Rule("goods", 0), Rule("shelves", 0), Rule("weights", 1, _weights), Rule("listed", 2, _listed))


def stock(engine: Engine, **shelves: str) -> dict[str, str]:
    """Put goods on shelves, and return what is light and what is heavy."""
    engine.put("goods", shelves)
    engine.put("shelves", {"": " ".join(shelves)})
    engine.settle(3)
    return {part: engine.get("listed", part) for part in ("light", "heavy")}


def test_who_read_a_part_is_not_concerned_by_a_change_of_another() -> None:
    engine = Engine(kept.opened(None, ""), STORE)
    found = stock(engine, top="tea:1", low="anvil:90 rope:5")
    assert found == {"light": "top: tea; low: rope", "heavy": "low: anvil"}
    engine.worked.clear()
    found = stock(engine, top="tea:1 salt:2", low="anvil:90 rope:5")
    assert found == {"light": "top: tea salt; low: rope", "heavy": "low: anvil"}
    assert engine.worked == {"weights": 1, "listed": 1}


def test_a_part_that_is_gone_or_new_is_noticed() -> None:
    engine = Engine(kept.opened(None, ""), STORE)
    stock(engine, top="tea:1", low="anvil:90")
    assert stock(engine, top="tea:1", low="rope:5") == {"light": "top: tea; low: rope", "heavy": ""}
    assert stock(engine, top="tea:50", low="rope:5") == {"light": "low: rope", "heavy": "top: tea"}
    assert stock(engine, top="tea:50") == {"light": "", "heavy": "top: tea"}
    assert list(engine.differing()) == []


def test_what_is_gone_for_a_while_comes_back_without_its_former_parts() -> None:
    def weights(view: View, shelf: str) -> Parts | None:
        return _weights(view, shelf) if view.get("goods", shelf) else None

    rules = tuple(Rule("weights", 1, weights) if rule.name == "weights" else rule for rule in STORE)
    engine = Engine(kept.opened(None, ""), rules)
    assert stock(engine, top="tea:1 anvil:90") == {"light": "top: tea", "heavy": "top: anvil"}
    assert stock(engine) == {"light": "", "heavy": ""}
    assert stock(engine, top="tea:1") == {"light": "top: tea", "heavy": ""}
    assert list(engine.differing()) == []


def test_parts_outlive_the_process_and_are_worked_out_only_where_they_are_stale(tmp_path: Path) -> None:
    path = tmp_path / "results"
    store = kept.opened(path, "")
    stock(Engine(store, STORE), top="tea:1", low="anvil:90")
    store.save()
    store.close()
    later = Engine(kept.opened(path, ""), STORE)
    assert stock(later, top="tea:1", low="anvil:90 salt:1")["light"] == "top: tea; low: salt"
    assert later.worked == {"weights": 1, "listed": 1}


def test_working_everything_out_again_finds_a_part_that_reads_what_is_not_on_record() -> None:
    unseen = ["tea"]
    rules = (Rule("shelf", 1, lambda *_: Parts({"light": unseen[0], "heavy": "anvil"})),)
    engine = Engine(kept.opened(None, ""), rules)
    engine.get("shelf", "top")
    assert list(engine.differing()) == []
    unseen[0] = "salt"
    assert list(engine.differing()) == [("shelf", "top")]


def test_what_is_beside_a_result_comes_again_while_another_run_writes(tmp_path: Path) -> None:
    rules = (Rule("word", 0), Rule("page", 1, lambda view, key: Beside(1, f"<p>{view.get('word', key)}</p>")))
    path = tmp_path / "results"
    store = Kept(path, "")
    first = Engine(store, rules)
    first.put("word", {"a": "tea"})
    first.get("page", "a")
    store.save()
    store.close()
    store = Kept(path, "")
    later = Engine(store, rules)
    later.put("word", {"a": "tea"})
    store.save()
    other = Kept(path, "")
    other.write("word", "b", 0, b"milk")
    assert later.extra("page", "a") == "<p>tea</p>"
    other.save()


def test_working_everything_out_again_finds_a_result_that_reads_what_is_not_on_record() -> None:
    unseen = ["tea"]
    rules = (Rule("word", 0), Rule("said", 1, lambda view, key: (view.get("word", key), *unseen)))
    engine = Engine(kept.opened(None, ""), rules)
    engine.put("word", {"a": "one"})
    engine.get("said", "a")
    assert list(engine.differing()) == []
    unseen.append("milk")
    assert list(engine.differing()) == [("said", "a")]


PRICES = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 20), max_size=5)


@given(st.lists(st.tuples(PRICES, st.booleans()), min_size=1, max_size=6))
def test_after_any_changes_results_are_as_from_nothing(steps: Iterable[tuple[dict[str, int], bool]]) -> None:
    engine = shop()
    for prices, is_asked in steps:
        price(engine, **prices)
        fresh = shop(None, **prices)
        for rule, key in (("total", ""), ("basket", "a b"), ("basket", "b c d")):
            if is_asked or rule == "total":
                assert engine.get(rule, key) == fresh.get(rule, key)
    assert list(engine.differing()) == []


def test_one_process_takes_up_every_change(tmp_path: Path) -> None:
    engine = shop(tea=12, milk=2)
    assert engine.get("basket", "tea milk") == "tea!, milk"
    for prices, basket in (({"tea": 9, "milk": 2}, "tea, milk"), ({"tea": 11, "milk": 20}, "tea!, milk!")):
        price(engine, **prices)
        assert engine.get("basket", "tea milk") == basket
        assert list(engine.differing()) == []


def test_some_rules_may_be_settled_by_themselves() -> None:
    engine = shop(tea=12)
    assert (engine.get("is dear", "tea"), engine.get("total", "")) == (True, 12)
    engine.put("label", {"tea": "3"})
    engine.worked.clear()
    engine.settle(4, only={"price", "is dear"})
    assert engine.worked == {"price": 1, "is dear": 1}
    assert engine.get("is dear", "tea") is False
    engine.settle(4)
    assert engine.get("total", "") == 3


def test_a_result_that_is_stale_is_worked_out_by_whoever_asks_for_it() -> None:
    engine = shop(tea=12)
    assert engine.get("price", "tea") == 12
    engine.put("label", {"tea": "3"})
    assert engine.get("price", "tea") == 3


def test_the_same_marks_again_change_nothing() -> None:
    engine = shop(tea=12)
    assert engine.put("label", {"tea": "12"}) == frozenset()
    assert engine.put("label", {"tea": "13"}) == {"tea"}
