"""A generated project with its builds, and the edits of the benchmark.

Every edit can be made again and again: each time the text becomes one that it was not before, so that every
run has the same work.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from briefing.content import layout
from briefing.store import disk, versions
from tests.bench import corpus
from tests.bench.measure import PYTHON, Run, run

OF_PAGES, OF_SOURCES = "site-page.html.j2", "site-source.html.j2"
"""The templates that are changed: that of plain pages, of which there are two, and that of every source."""
APART, WHOLE, FRESH = "output", "whole", "fresh"
"""The builds: PDFs apart, with them, and from nothing."""
_VALUE = re.compile(r"value: \{amount: (\d+), unit: ferries[^}]*\}")
_PHRASES = ("nobody confirms it", "nobody has confirmed it")


@dataclass(frozen=True)
class Library:
    """A project of made-up briefs in a folder that is kept between calls of the benchmark."""

    root: Path
    briefs: int

    def write(self) -> None:
        """Write the project with a template of its own, unless it is there."""
        if corpus.write(self.root, self.briefs):
            # The first change also says that the value is ours, which is more work than each that follows.
            self.change_fact()
            self.change_hub()
        (self.root / "templates").mkdir(exist_ok=True)
        for name in (OF_PAGES, OF_SOURCES):
            template = self.root / "templates" / name
            if template.exists():
                continue
            shipped = layout.shipped_templates()[name]
            template.write_text(
                shipped.replace("{% block main %}\n", "{% block main %}\n<!-- 0 -->\n"), "utf-8"
            )

    def command(self, name: str, output: str = APART) -> list[str]:
        """Return a command of the program, with PDFs apart where the folder of results is for that."""
        module = "briefing" if output == WHOLE else "tests.bench.apart"
        chosen = [] if name == "check" else ["--output", str(self.root / output)]
        return [PYTHON, "-m", module, name, "--project", str(self.root), *chosen]

    def settle(self, output: str = APART, limit: float | None = None) -> Run | None:
        """Build what an edit has left to do. Return the run if it made everything from nothing."""
        stamp = self.root / f"{output}.txt"
        now = json.dumps([self._inputs(), versions.of_everything(), str(datetime.date.today())])
        if stamp.exists() and stamp.read_text("utf-8") == now:
            return None
        is_first = not (self.root / output).exists()
        stamp.unlink(missing_ok=True)
        done = run(self.command("build", output), limit)
        stamp.write_text(now, "utf-8")
        return done if is_first else None

    def change_fact(self) -> None:
        """Give a fact another value: one that its own brief shows and another cites."""
        self._change_value(corpus.CHANGED_SHEET)

    def change_hub(self) -> None:
        """Give the fact another value that every tenth brief cites."""
        self._change_value(corpus.HUB_SHEET)

    def change_prose(self) -> None:
        """Reword a sentence of one brief."""
        path = self.root / f"content/briefs/{corpus.CHANGED_BRIEF}.md"
        text = path.read_text("utf-8")
        old, new = _PHRASES if _PHRASES[0] in text.partition("## Part 2")[0] else reversed(_PHRASES)
        assert old in text, f"{path} does not hold '{old}'"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def change_template(self, name: str) -> None:
        """Change what a template prints."""
        path = self.root / "templates" / name
        text = path.read_text("utf-8")
        found = re.search(r"<!-- (\d+) -->", text)
        assert found, f"{path} does not hold the comment to change"
        path.write_text(text.replace(found[0], f"<!-- {int(found[1]) + 1} -->", 1), "utf-8")

    def forget(self) -> None:
        """Put aside what a check could use of earlier runs."""
        state = self.root / APART / ".briefing"
        if state.exists():
            state.rename(self.root / "aside")

    def remember(self) -> None:
        """Put back what was put aside."""
        aside = self.root / "aside"
        if aside.exists():
            shutil.rmtree(self.root / APART / ".briefing", ignore_errors=True)
            aside.rename(self.root / APART / ".briefing")

    def remove(self, output: str = FRESH) -> None:
        """Remove the results in a folder."""
        shutil.rmtree(self.root / output, ignore_errors=True)
        (self.root / f"{output}.txt").unlink(missing_ok=True)

    def pages(self, output: str = APART) -> int:
        """Return how many pages the site has."""
        return sum(1 for _ in (self.root / output / "site").rglob("*.html"))

    def _change_value(self, sheet: str) -> None:
        path = self.root / sheet
        text = path.read_text("utf-8")
        found = _VALUE.search(text)
        assert found, f"{path} does not hold a value to change"
        # Always three digits, and as no passage states it, it is marked as ours.
        amount = 100 + (int(found[1]) + 1) % 900
        value = f"value: {{amount: {amount}, unit: ferries, inferred: [amount], basis: so {amount}}}"
        path.write_text(text.replace(found[0], value, 1), "utf-8")

    def _inputs(self) -> list[str]:
        """Return what the edits leave in the project."""
        paths = (
            corpus.CHANGED_SHEET,
            corpus.HUB_SHEET,
            f"content/briefs/{corpus.CHANGED_BRIEF}.md",
            f"templates/{OF_PAGES}",
            f"templates/{OF_SOURCES}",
            corpus.STAMP,
        )
        return [disk.digest((self.root / path).read_bytes()) for path in paths]
