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
        "sources": {"gazette": ("ferry.count",)},
    }
    found = lookups.counts_of(
        keys_of, {"norrvik": ("norrvik", "minister"), "port": ("port",), "empty": ("empty",)}
    )
    assert found["actors"] == {"norrvik": 3, "minister": 2, "port": 1}
    assert found["sources"] == {"gazette": 1}
