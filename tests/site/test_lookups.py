"""What pages look up: how many statements each record has on its page."""

from __future__ import annotations

from briefing.site import lookups


def test_a_side_counts_what_its_speakers_say_once_beside_what_names_it() -> None:
    named: dict[str, tuple[str, ...]] = {
        "norrvik": ("ferry.count", "ferry.price"),
        "minister": ("ferry.count", "ferry.date"),
        "port": ("ferry.quay",),
    }
    spoken: dict[str, tuple[str, ...]] = {"minister": ("ferry.count", "ferry.date"), "norrvik": ()}
    keys_of: dict[str, dict[str, tuple[str, ...]]] = {
        "actors": named,
        "speakers": spoken,
        "concerned": {"norrvik": ("ferry.count", "ferry.price"), "port": ("ferry.quay",)},
        "outlets": {"courier": ("ferry.date",)},
        "sources": {"gazette": ("ferry.count",)},
    }
    found = lookups.counts_of(
        keys_of, {"norrvik": ("norrvik", "minister"), "port": ("port",), "empty": ("empty",)}
    )
    assert found["actors"] == {"norrvik": 3, "minister": 2, "port": 1, "courier": 1}
    assert found["sources"] == {"gazette": 1}


def test_what_others_say_is_apart_from_what_an_actor_says_and_what_it_alone_relays() -> None:
    keys_of: dict[str, dict[str, tuple[str, ...]]] = {
        "speakers": {"courier": ("ferry.view",), "minister": ("ferry.date",)},
        "outlets": {"courier": ("ferry.date", "ferry.view")},
        "concerned": {"courier": ("ferry.view", "ferry.date", "ferry.quarrel")},
    }
    found = lookups.OfActor.of("courier", keys_of, ("courier",))
    assert found.said == ("ferry.view",)
    assert found.relayed == ("ferry.date",)
    assert found.concerning == ("ferry.quarrel",)
