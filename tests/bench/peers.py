"""The same library for generators of sites that know nothing of facts: as many pages, of the same texts.

Every page of the site has one here, with the texts of the corpus and links between them. The peers get the
least work that makes a site of it: a layout of a few lines, no navigation on each page, no search, no feeds.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import corpus

CHANGED_PAGE = "facts/topic-1.fact-1"
"""The page that is changed before a run."""
_LINK = re.compile(r"\[([^]]*)\]\(fact:([^)]+)\)")
_OWN_LINK = re.compile(r"\[([^]]*)\]\((/[^)]+)\)")
_LAYOUT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/index.html">Ferries</a> <a href="/facts/index.html">Facts</a></nav>
<main>{content}</main></body></html>
"""


@dataclass(frozen=True)
class Page:
    """A page in plain words: a heading begins with ``## ``, an entry of a list with ``- ``."""

    path: str
    """Without an ending."""
    title: str
    blocks: tuple[str, ...]
    """Paragraphs, with links in Markdown."""

    @property
    def markdown(self) -> str:
        """The page as Markdown, without its title."""
        return "\n\n".join(self.blocks) + "\n"


@dataclass(frozen=True)
class Peer:
    """A generator of sites, how its project is written, and its command."""

    name: str
    write: Callable[[Path, int], None]
    command: Callable[[Path, Path, bool], Sequence[str]]
    """Project, folder of the site, whether one page was changed."""
    page: Callable[[Path], Path]
    """The file of the page that is changed."""
    version: Sequence[str]


def pages(briefs: int) -> Iterator[Page]:
    """Yield a page for each that the site of such a project has."""
    sheets = [("common", "Common ground", 0)]
    sheets += [(f"topic-{it}", f"Topic {corpus.letters(it)}", it) for it in range(1, briefs + 1)]
    all_facts = [fact for _, _, number in sheets for fact in corpus.facts(number)]
    for number in range(1, briefs + 1):
        yield _brief(number, briefs)
    for fact in all_facts:
        yield Page(f"facts/{fact.key}", fact.statement.rstrip("."), _of_fact(fact))
    for name, title, number in sheets:
        yield Page(f"topics/{name}", title, tuple(map(_entry, corpus.facts(number))))
    by_kind = {"sources": "source", "actors": "speaker", "systems": "system"}
    for folder, field in by_kind.items():
        grouped: dict[str, list[corpus.Fact]] = {}
        for fact in all_facts:
            grouped.setdefault(getattr(fact, field), []).append(fact)
        for name, group in grouped.items():
            yield Page(f"{folder}/{name}", name, tuple(map(_entry, group)))
        yield _list(f"{folder}/index", [f"/{folder}/{name}.html" for name in grouped])
    entries = tuple(map(_entry, all_facts))
    yield Page("facts/index", "Facts", entries)
    yield Page("timeline", "Timeline", entries)
    yield Page("registers", "Registers", tuple(_entry(fact) for fact in all_facts if fact.is_commitment))
    yield Page("changes/month_2025-03", "Changes in March", entries)
    all_briefs = [f"/briefs/brief-{number}.html" for number in range(1, briefs + 1)]
    for name in (
        "index",
        "changes",
        "coverage",
        "scales",
        "how-to-read",
        "reviews",
        "search",
        "voices",
        "pages/handbook",
        "pages/method",
    ):
        yield _list(name, all_briefs)


def _brief(number: int, briefs: int) -> Page:
    own = corpus.facts(number)
    blocks = [_linked(corpus.bottom_line(number))]
    for heading, sentences in corpus.paragraphs(number, briefs):
        blocks += [f"## {heading}"] * bool(heading) + [_linked(" ".join(sentences))]
    for heading, is_commitment in (("Commitments", True), ("Timeline", False)):
        blocks += [f"## {heading}", *(_entry(fact) for fact in own if fact.is_commitment is is_commitment)]
    return Page(f"briefs/brief-{number}", corpus.title_of(number), tuple(blocks))


def _of_fact(fact: corpus.Fact) -> tuple[str, ...]:
    return (
        f"{fact.amount} ferries, {fact.month}/2025, said by [{fact.speaker}](/actors/{fact.speaker}.html).",
        f"About [{fact.system}](/systems/{fact.system}.html).",
        "## Evidence",
        *(f"- {term}" for term in fact.terms),
        f"[{fact.source}](/sources/{fact.source}.html), paragraph {fact.place}.",
    )


def _entry(fact: corpus.Fact) -> str:
    return f"- [{fact.statement}](/facts/{fact.key}.html) {fact.amount} ferries"


def _list(path: str, addresses: Iterable[str]) -> Page:
    title = path.removesuffix("/index").rpartition("/")[2].capitalize()
    return Page(path, title, tuple(f"- [{address}]({address})" for address in addresses))


def _linked(text: str) -> str:
    """Return prose with links to pages; a fact link without words shows the amount."""

    def link(found: re.Match[str]) -> str:
        sheet, _, place = found[2].partition(".fact-")
        fact = corpus.Fact(int(sheet.removeprefix("topic-")) if sheet != "common" else 0, int(place))
        return f"[{found[1] or f'{fact.amount} ferries'}](/facts/{found[2]}.html)"

    return _LINK.sub(link, text)


def _put(root: Path, texts: Iterable[tuple[str, str]]) -> None:
    folders: set[Path] = set()
    for path, text in texts:
        file = root / path
        if file.parent not in folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            folders.add(file.parent)
        file.write_text(text, "utf-8")


def _write_hugo(root: Path, briefs: int) -> None:
    _put(
        root,
        {
            "hugo.json": json.dumps(
                {
                    "baseURL": "/",
                    "title": "Ferries",
                    "uglyURLs": True,
                    "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "404", "section"],
                }
            ),
            "layouts/_default/single.html": _LAYOUT.format(title="{{ .Title }}", content="{{ .Content }}"),
            "layouts/index.html": _LAYOUT.format(title="{{ .Title }}", content="{{ .Content }}"),
        }.items(),
    )
    for page in pages(briefs):
        # Hugo keeps the name "index" for the only page of a folder.
        path = "_index" if page.path == "index" else page.path.replace("/index", "/all")
        head = json.dumps({"title": page.title, "url": f"/{page.path}.html"})
        _put(root / "content", [(f"{path}.md", f"{head}\n\n{page.markdown}")])


def _write_mkdocs(root: Path, briefs: int) -> None:
    _put(
        root,
        {
            # JSON is YAML, and a theme of one's own has no navigation of thousands of pages on each of them.
            "mkdocs.yml": json.dumps(
                {
                    "site_name": "Ferries",
                    "theme": {"name": None, "custom_dir": "theme"},
                    "use_directory_urls": False,
                    "plugins": [],
                    "validation": {"absolute_links": "ignore"},
                }
            ),
            "theme/main.html": _LAYOUT.format(title="{{ page.title }}", content="{{ page.content }}"),
        }.items(),
    )
    _put(root / "docs", ((f"{it.path}.md", f"# {it.title}\n\n{it.markdown}") for it in pages(briefs)))


def _write_sphinx(root: Path, briefs: int) -> None:
    _put(
        root,
        {
            "conf.py": "project = 'Ferries'\nhtml_theme = 'basic'\nhtml_use_index = False\n"
            "html_copy_source = False\nhtml_sidebars = {'**': []}\nsuppress_warnings = ['toc.not_included']\n"
            "smartquotes = False\n\n\ndef setup(app):\n"
            "    from sphinx.builders.html import StandaloneHTMLBuilder\n\n"
            "    StandaloneHTMLBuilder.search = False\n"
        }.items(),
    )
    _put(root, ((f"{page.path}.rst", _restructured(page)) for page in pages(briefs)))


def _restructured(page: Page) -> str:
    """Return a page as reStructuredText, in which every link has an address and no name."""
    blocks = [f"{page.title}\n{'=' * len(page.title)}"]
    for block in page.blocks:
        text = _OWN_LINK.sub(r"`\1 <\2>`__", block)
        blocks.append(f"{text[3:]}\n{'-' * len(text)}" if text.startswith("## ") else text)
    return "\n\n".join(blocks) + "\n"


def write_markdown(root: Path, briefs: int) -> None:
    """Write the pages as Markdown and nothing else."""
    _put(root, ((f"{page.path}.md", f"# {page.title}\n\n{page.markdown}") for page in pages(briefs)))


def everyone(environment: Path) -> tuple[Peer, ...]:
    """Return all peers. mkdocs and Sphinx are in an environment of their own, which may not be there."""
    python = str(environment / "bin/python")
    return (
        Peer(
            "Hugo",
            _write_hugo,
            lambda project, site, _: [
                "hugo",
                "--quiet",
                "--source",
                str(project),
                "--destination",
                str(site),
            ],
            lambda project: project / f"content/{CHANGED_PAGE}.md",
            ("hugo", "version"),
        ),
        Peer(
            "mkdocs",
            _write_mkdocs,
            lambda project, site, is_change: [
                *(python, "-m", "mkdocs", "build", "--quiet"),
                *(["--dirty"] if is_change else []),
                *("--config-file", str(project / "mkdocs.yml"), "--site-dir", str(site)),
            ],
            lambda project: project / f"docs/{CHANGED_PAGE}.md",
            (python, "-m", "mkdocs", "--version"),
        ),
        Peer(
            "Sphinx",
            _write_sphinx,
            lambda project, site, _: [python, "-m", "sphinx", "-Q", "-j", "auto", str(project), str(site)],
            lambda project: project / f"{CHANGED_PAGE}.rst",
            (python, "-m", "sphinx", "--version"),
        ),
    )


def installed(environment: Path) -> tuple[list[Peer], list[str]]:
    """Return the peers of this machine, and the names of those that it lacks."""
    has = {peer.name: version_of(peer) for peer in everyone(environment)}
    found = [peer for peer in everyone(environment) if has[peer.name]]
    return found, [name for name, version in has.items() if not version]


def install(folder: Path) -> None:
    """Install mkdocs and Sphinx into an environment of their own. Hugo comes with the system."""
    if not (folder / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run(
        [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "mkdocs", "sphinx"], check=True
    )


def version_of(peer: Peer) -> str:
    """Return what a peer says of its version; empty where it is not installed."""
    try:
        said = subprocess.run(peer.version, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else "?"
