"""The floors: the bare cost of the libraries, without anything of the program.

    python -m tests.bench.floors FOLDER TARGET

writes every Markdown file of a folder as a page, with markdown-it and Jinja alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><nav><a href="/index.html">Ferries</a> <a href="/facts/index.html">Facts</a></nav>
<main>{{ content | safe }}</main></body></html>
"""


def main(folder: str, target: str) -> None:
    """Write a page for every Markdown file."""
    import jinja2
    import markdown_it

    markdown = markdown_it.MarkdownIt()
    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    for here, _, names in os.walk(folder):
        to = Path(target) / Path(here).relative_to(folder)
        to.mkdir(parents=True, exist_ok=True)
        for name in names:
            text = (Path(here) / name).read_text("utf-8")
            title = text.partition("\n")[0].removeprefix("# ")
            page = template.render(title=title, content=markdown.render(text))
            (to / f"{name.removesuffix('.md')}.html").write_text(page, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
