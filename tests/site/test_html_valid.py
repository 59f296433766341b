"""Every page holds to the standard of HTML: html-validate, as .setup/package.json pins it, finds nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import needs

NODE = Path(sys.prefix) / "bin" / "node"
VALIDATOR = Path(sys.prefix) / "node" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"

pytestmark = [
    needs(VALIDATOR.exists(), "html-validate is not installed; .setup/test does it"),
    pytest.mark.process,
]

RULES: dict[str, Any] = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
    "elements": [
        "html5",
        # A claim's button is empty and named by its label, which the validator does not look for: axe does.
        {"button": {"textContent": "default"}},
    ],
    "rules": {
        # A matter of taste, and ours is the other.
        "doctype-style": ["error", {"style": "lowercase"}],
        # For what comes from other hosts. Nothing does; and of files no browser checks it.
        "require-sri": ["error", {"target": "crossorigin"}],
        # Facts are called SHEET.NAME, and so are the ids of their notes.
        "valid-id": ["error", {"relaxed": True}],
        # A fact's page is called by its statement, and that may be a long sentence.
        "long-title": "off",
    },
}


def faults(pages: Sequence[Path], folder: Path) -> list[str]:
    """What the validator finds in pages, a line each; warnings count."""
    rules = folder / "rules.json"
    rules.write_text(json.dumps(RULES), "utf-8")
    done = subprocess.run(
        [NODE, VALIDATOR, "--config", rules, "--formatter", "json", *pages],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(page['filePath']).name}:{item['line']}: {item['ruleId']}: {item['message']}"
        for page in json.loads(done.stdout)
        for item in page["messages"]
    ]


def test_every_page_of_the_shipped_content_is_valid(shipped: Path, tmp_path: Path) -> None:
    pages = sorted(shipped.rglob("*.html"))
    assert len(pages) > 200
    assert faults(pages, tmp_path) == []


def test_every_page_of_a_story_is_valid(story: Path, tmp_path: Path) -> None:
    """Editions, withdrawals, former addresses, a redline."""
    pages = [*sorted((story / "site").rglob("*.html")), story / "redline.html"]
    assert len(pages) > 20
    assert faults(pages, tmp_path) == []


def test_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html>\n<html lang=en><head><title>Bad</title></head><body>"
        '<p id="a"><div id="a"></div></p><img src="x.png"><button type="button"></button></body></html>\n',
        "utf-8",
    )
    found = {item.split(": ")[1] for item in faults([bad], tmp_path)}
    assert found >= {"no-dup-id", "wcag/h37", "close-order"}
