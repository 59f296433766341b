"""Search: an index that holds every word, and a page that finds with it, from files and from a server."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright import sync_api as playwright

from briefing.content.layout import shipped_templates
from briefing.site.search import documents as search_documents
from briefing.site.search import index
from briefing.site.search.index import Document
from tests import ledgers
from tests.conftest import Project


def indexed(documents: Iterable[Document], language: str) -> tuple[index.IndexScript, ...]:
    """The scripts of an index over documents."""
    shelves: dict[str, dict[str, index.Entry]] = {}
    for item in documents:
        shelves.setdefault(item.shelf, {})[item.path] = index.entry(item, language)
    length = max(map(index.length_of_marks, shelves.values()), default=4)
    added = [index.postings(entries.values(), length, language) for entries in shelves.values()]
    shards = [
        shard
        for beginning in index.BEGINNINGS
        for shard in index.shards((words[beginning] for words in added if beginning in words), language)
    ]
    shards += [
        index.facets(table, [keys[table] for keys in added if table in keys])
        for table in index.FACET_TABLES
        if any(table in keys for keys in added)
    ]
    names = {"topic": {"sheet": "The sheet"}, "side": {"telmark": "Telmark", "norrvik": "Norrvik"}}
    return (
        index.settings_script([shard.name for shard in shards], length, language, names),
        *(shelf for entries in shelves.values() for shelf in index.shelves(entries.values(), length)),
        *shards,
    )


def document(
    number: int,
    title: str,
    text: str = "",
    kind: str = "fact",
    kept_with: str = "sheet",
    lead: int = index.TITLE,
    side: str = "norrvik",
    year: str = "2031",
) -> Document:
    facets = ((kept_with,), (side,), (), (year,))
    parts = ((index.TEXT, text),)
    return Document(f"{kind}s/{number}.html", kind, title, parts, kept_with, lead=lead, facets=facets)


def read(pieces: Sequence[index.IndexScript]) -> dict[str, object]:
    """The values that the scripts hand over, by name."""
    found = {}
    for piece in pieces:
        matched = re.fullmatch(r'briefingSearch\("([a-z0-9_-]+)",(.*)\);\n', piece.text, re.DOTALL)
        assert matched, piece.text[:80]
        assert matched[1] == piece.name
        found[piece.name] = json.loads(matched[2])
    return found


def holding(word: str, pieces: Sequence[index.IndexScript]) -> set[str]:
    """Paths of the documents that the index gives for a whole word."""
    values = read(pieces)
    mark = values["settings"]["mark"]  # type: ignore[index]
    found = set()
    for name, shard in values.items():
        if not name.startswith("words-"):
            continue
        for shelf, postings in shard.get(word, {}).items():  # type: ignore[attr-defined]
            for at in range(0, len(postings), mark + 1):
                found.add(values[f"shelf-{shelf}"][postings[at : at + mark]][0])  # type: ignore[index]
    return found


# ------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Élysée", ["elysee"]),
        ("Zelenskyy’s SAMP/T", ["zelenskyy", "s", "zelenskyys", "samp", "t", "sampt"]),
        ("an F‑16", ["an", "f", "16", "f16"]),
        ("4,242 or 3.10", ["4", "242", "4242", "or", "3", "10", "310"]),
        ("Зеленський, Їжак", ["зеленськии", "іжак"]),
        ("Łódź Straße Ørsted", ["lodz", "strasse", "orsted"]),
        ("snake_case — dash", ["snake", "case", "dash"]),
        ("word\N{WORD JOINER}joined", ["wordjoined"]),
        ("", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert list(index.words(text)) == words


_TEXTS = st.text(alphabet="aébcČžßøłйїЇ 0159-/.’,_—é\N{COMBINING ACUTE ACCENT}İς", max_size=40)


@given(_TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert index.folded(index.folded(text)) == index.folded(text)


@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=12), st.sampled_from(["en-GB", "fr"]))
def test_every_word_of_every_text_is_in_the_index_and_no_other(
    texts: list[tuple[str, str]], language: str
) -> None:
    documents = [document(number, *pair) for number, pair in enumerate(texts)]
    pieces = indexed(documents, language)
    wanted: dict[str, set[str]] = {}
    for item in documents:
        for word in {*index.words(item.title), *index.words(item.text)} - {*index.stops(language)}:
            wanted.setdefault(word, set()).add(item.path)
    shards = [value for name, value in read(pieces).items() if name.startswith("words-")]
    assert {word for shard in shards for word in shard} == set(wanted)  # type: ignore[attr-defined]
    assert sum(map(len, shards)) == len(wanted)  # type: ignore[arg-type]
    for word, paths in wanted.items():
        assert holding(word, pieces) == paths


@given(st.permutations([document(number, f"Title {number} of all", "Text") for number in range(8)]))
def test_index_does_not_depend_on_the_order_of_its_documents(documents: list[Document]) -> None:
    assert indexed(documents, "en") == indexed(sorted(documents, key=lambda it: it.path), "en")


def test_results_show_the_marks_that_pages_print_and_no_markup() -> None:
    item = document(1, 'Ada\'s "two" ferries', "Telmark & <Norrvik>: 'yes'")
    (shelf,) = [value for name, value in read(indexed([item], "en")).items() if name.startswith("shelf-")]
    ((_, title, text, _),) = shelf.values()  # type: ignore[attr-defined]
    assert (title, text) == ("Ada’s “two” ferries", "Telmark & <Norrvik>: ‘yes’")


def scores(word: str, *documents: Document) -> dict[str, int]:
    """The scores of a word in the index of facts, by their titles."""
    values = read(indexed(documents, "en"))
    (shard,) = [value for name, value in values.items() if name == f"words-{word[0]}"]
    (marks,) = shard[word].values()  # type: ignore[index]
    (shelf,) = [value for name, value in values.items() if name.startswith("shelf-")]
    return {
        shelf[marks[at : at + 4]][1]: int(marks[at + 4], 36)  # type: ignore[index]
        for at in range(0, len(marks), 5)
    }


def test_a_commitment_counts_for_more_than_what_is_said_of_it() -> None:
    found = scores(
        "ferries",
        document(1, "Ferries come", lead=index.COMMITMENT),
        document(2, "Ferries went", lead=index.STATEMENT),
    )
    assert found["Ferries come"] > found["Ferries went"]


def test_a_word_counts_for_more_in_a_short_text_than_in_a_long_one() -> None:
    found = scores("ferries", document(1, "Ferries"), document(2, "What the port wants to do with ferries"))
    assert found["Ferries"] > found["What the port wants to do with ferries"]


@pytest.mark.parametrize("length", [0, 1, 2, 60, 100_000])
def test_every_score_is_one_digit(length: int) -> None:
    assert 1 <= index._score(index.REST, length) <= index._score(index.TITLE, length) <= 35


def many(number: int) -> list[Document]:
    """Facts on invented matters, as long as facts are."""
    stems = ("ferry", "quay", "harbour", "crane", "tender", "pilot", "ballast", "hull", "anchor", "keel")
    return [
        document(
            item,
            f"The {stems[item % 10]}{item % 97} of port {item} takes {item * 7} crates to dock{item % 211}",
            f"about {item} loads · {1 + item % 28} May 2031 · Person {item % 61} · word{item % 701} stays",
            kept_with=f"topic-{item // 100}",
        )
        for item in range(number)
    ]


def test_long_shards_and_shelves_are_split_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = many(400)
    whole = indexed(documents, "en")
    monkeypatch.setattr(index, "MAX_SHARD", 600)
    monkeypatch.setattr(index, "MAX_SHELF", 2_000)
    split = indexed(documents, "en")
    assert len(split) > 2 * len(whole)
    for word in ("ferry0", "takes", "399", "word17", "may"):
        assert holding(word, split) == holding(word, whole) != set()


@pytest.mark.parametrize(
    ("language", "spellings"),
    [
        ("en", ["zelensky", "zelenskyy", "zelenskij", "зеленськии", "зеленскии"]),
        ("en", ["defence", "defences", "defense"]),
        ("en", ["programme", "programmes", "program", "programs"]),
        ("en", ["harbour", "harbors", "harbours", "harbor"]),
        ("en", ["organise", "organizes", "organize"]),
        ("en", ["centre", "centers", "center"]),
        ("en", ["cancelled", "canceled"]),
        ("en", ["judgement", "judgments"]),
        ("en", ["battery", "batteries"]),
        ("en", ["purchase", "purchases"]),
        ("en", ["class", "classes"]),
        ("en", ["kharkiv", "харків"]),
        ("fr", ["canal", "canaux"]),
        ("fr", ["ferries", "ferrie"]),
    ],
)
def test_spellings_that_are_the_same_word(language: str, spellings: list[str]) -> None:
    assert len({index.alike(index.folded(word), language) for word in spellings}) == 1


@pytest.mark.parametrize(
    ("latin", "other"), [("Macron", "Макрон"), ("Hrytsenko", "Гриценко"), ("Gritsenko", "Гриценко")]
)
def test_a_name_sounds_the_same_in_both_scripts(latin: str, other: str) -> None:
    assert index.sound(index.folded(latin), "en") == index.sound(index.folded(other), "en")


@pytest.mark.parametrize("pair", [("2011", "201"), ("plan", "plane"), ("gas", "has"), ("100", "1000")])
def test_words_that_are_not_the_same(pair: tuple[str, str]) -> None:
    one, other = pair
    assert index.alike(one, "en") != index.alike(other, "en")


def test_all_spellings_of_a_name_are_in_one_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MAX_SHARD", 60)
    names = ["Zelensky", "Zelenskyy", "Зеленський", "Зеленский", "zebra zero zenith zest zeal zinc"]
    pieces = indexed([document(number, name) for number, name in enumerate(names)], "en")
    shards: list[Any] = [value for name, value in read(pieces).items() if name.startswith("words-")]
    (found,) = [shard for shard in shards if "zelensky" in shard]
    assert found.keys() >= {*index.words(" ".join(names[:4]))}


def test_names_of_files_fit_any_disk() -> None:
    documents = [document(1, "Con aux Їжак 中文 \U00010400abc")]
    names = [piece.name for piece in indexed(documents, "en")]
    assert all(re.fullmatch(r"[a-z0-9_-]+", name) for name in names)
    assert len(set(names)) == len(names)


def test_changed_fact_makes_few_pieces_anew() -> None:
    before = many(3000)
    after = list(before)
    item = before[1234]
    after[1234] = Document(
        item.path,
        item.kind,
        item.title.replace("takes", "brings"),
        item.parts,
        item.kept_with,
        facets=item.facets,
    )
    old = {piece.name: piece.text for piece in indexed(before, "en")}
    new = {piece.name: piece.text for piece in indexed(after, "en")}
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    assert "shelf-fact-topic-12" in changed or any(
        name.startswith("shelf-fact-topic-12-") for name in changed
    )
    assert len(changed) <= 3
    assert len(old) > 50


def test_new_fact_moves_no_other() -> None:
    before = many(300)
    after = [*before[:50], document(9000, "Wholly novel", kept_with="topic-0"), *before[50:]]
    old, new = read(indexed(before, "en")), read(indexed(after, "en"))
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)} - {"settings"}
    others = {name for name in changed if not name.startswith(("words-", "facets-"))}
    assert others == {"shelf-fact-topic-0"}
    assert sum(name.startswith("facets-") for name in changed) == 1


def test_index_of_thousands_is_small_and_in_small_pieces() -> None:
    pieces = indexed(many(3000), "en")
    assert sum(len(piece.text) for piece in pieces) < 2_000_000
    assert max(len(piece.text) for piece in pieces) < 64_000


# --------------------------------------------------------------------------------------- what is found


def written(project: Project, folder: Path, *more: Document) -> Path:
    """The site of a project in a folder, without its downloads and fonts; ``more`` documents in the index."""
    for path, text in ledgers.site_of(project).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    if more:
        shutil.rmtree(folder / index.FOLDER)
        (folder / index.FOLDER).mkdir()
        for piece in indexed(more, "en"):
            (folder / index.FOLDER / f"{piece.name}.js").write_text(piece.text, "utf-8")
    return folder


def quiet_server(folder: Path) -> http.server.ThreadingHTTPServer:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Reader:
    """Somebody at a page, who minds every complaint of the browser."""

    def __init__(self, browser: playwright.Browser, address: str, scripts: bool = True) -> None:
        self.context = browser.new_context(java_script_enabled=scripts)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", self.hears)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.goto(address)

    def hears(self, message: playwright.ConsoleMessage) -> None:
        """A complaint; that fonts are missing here is none."""
        if "/fonts/" not in message.location["url"]:
            self.wrong.append(f"{message.text} ({message.location['url']})")

    def looks_for(self, words: str) -> str:
        """What is said once the answer is there."""
        self.page.evaluate("document.getElementById('search-status').textContent = 'wait'")
        self.page.fill("#search-words", "")
        self.page.fill("#search-words", words)
        self.page.wait_for_function(
            "words => document.getElementById('search-status').textContent.includes(words)"
            " || /^(These|A part)/.test(document.getElementById('search-status').textContent)",
            arg=words,
        )
        return self.page.inner_text("#search-status")

    def titles(self) -> list[str]:
        return self.page.locator("#search-results .result-title a").all_inner_texts()

    def leaves(self) -> None:
        self.context.close()
        assert self.wrong == []


@pytest.fixture(params=["files", "server"])
def place(request: pytest.FixtureRequest, project: Project, tmp_path: Path) -> Iterator[str]:
    """The sample's site, from a disk and from a server."""
    folder = written(project, tmp_path / "site")
    if request.param == "files":
        yield f"{folder.as_uri()}/"
        return
    server = quiet_server(folder)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_reader_searches_from_any_page_and_opens_what_is_found(
    browser: playwright.Browser, place: str
) -> None:
    reader = Reader(browser, f"{place}facts/ferry.count.html")
    page = reader.page
    page.fill(".site-search input", "ferries holm")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li")
    assert page.url == f"{place}search.html?q=ferries+holm"
    kinds = page.locator(".result-kind").all_inner_texts()[:3]
    assert "Brief" in kinds
    assert kinds[0].startswith("Statement")
    assert re.match(r"\d+ results for “ferries holm”\.", page.inner_text("#search-status"))
    assert {text.lower() for text in page.locator("mark").all_inner_texts()} <= {
        "ferries",
        "ferry",
        "holm",
        "гольм",
    }
    assert page.locator("#search-results .status").count()
    page.focus("#search-words")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place}facts/*.html")
    page.go_back()
    page.wait_for_selector("#search-results li")
    assert page.input_value("#search-words") == "ferries holm"
    reader.leaves()


def test_address_with_words_shows_what_they_find(browser: playwright.Browser, place: str) -> None:
    reader = Reader(browser, f"{place}search.html?q=ada%20holm")
    reader.page.wait_for_selector("#search-results li")
    assert "Ada Holm" in reader.titles()
    reader.page.fill("#search-words", "quays")
    reader.page.wait_for_function(
        "() => document.getElementById('search-status').textContent.includes('quays')"
    )
    assert reader.page.url.endswith("search.html?q=quays")
    reader.leaves()


def test_without_scripts_the_page_says_so_and_offers_the_lists(
    browser: playwright.Browser, place: str
) -> None:
    reader = Reader(browser, f"{place}index.html", scripts=False)
    reader.page.fill(".site-search input", "ferries")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/search.html?q=ferries")
    assert "Search needs JavaScript" in reader.page.inner_text("main")
    reader.page.click(".search-lists >> text=Statements")
    assert reader.page.inner_text("h1") == "Statements"
    reader.leaves()


_FOUND = [
    document(1, "A declaration of intent was signed", "in Paris · 17 November 2025", side="telmark"),
    document(2, "Missiles are delivered", "Élysée palace · long-range, SAMP/T and F-16", year="2032"),
    document(3, "Boxes of batteries", "The missile is old · Зеленський, 4,242 crates"),
    document(4, "Intent", "about a declaration"),
    document(5, "Policy of purchases", "a class of ships, and status"),
    document(6, "A programme for the harbour defences", "It was organised by Zelenskyy"),
    document(7, "Is there a contract?", "", kind="gap"),
    Document("briefs/x.html", "brief", "Other", ((index.TEXT, "Of a declaration of intent once"),), "x"),
    Document("actors/y.html", "actor", "Łukasz Żółw", names=("Лукаш Жулв",)),
    Document("actors/z.html", "actor", "Ivo Hrytsenko"),
]
_QUESTIONS = {
    "declaration intent": ["A declaration of intent was signed", "Intent", "Other"],
    "the declaration of intent": ["A declaration of intent was signed", "Intent", "Other"],
    '"declaration of intent"': ["A declaration of intent was signed", "Other"],
    "“declaration of intent” signed": ["A declaration of intent was signed", "Other"],
    '"intent of declaration"': ["A declaration of intent was signed", "Intent", "Other"],
    "decl sign": ["A declaration of intent was signed", "Intent", "Other"],
    "elysee": ["Missiles are delivered"],
    "ÉLYSÉE": ["Missiles are delivered"],
    "missiles": ["Missiles are delivered", "Boxes of batteries"],
    "missile": ["Missiles are delivered", "Boxes of batteries"],
    "misiles": ["Missiles are delivered", "Boxes of batteries"],
    "missle": ["Missiles are delivered", "Boxes of batteries"],
    "battery": ["Boxes of batteries"],
    "box": ["Boxes of batteries"],
    "policies": ["Policy of purchases"],
    "purchase": ["Policy of purchases"],
    "classes": ["Policy of purchases"],
    "ship": ["Policy of purchases"],
    "programs": ["A programme for the harbour defences"],
    "harbor": ["A programme for the harbour defences"],
    "defense": ["A programme for the harbour defences"],
    "organized": ["A programme for the harbour defences"],
    "зеленський": ["A programme for the harbour defences", "Boxes of batteries"],
    "Зеленский": ["A programme for the harbour defences", "Boxes of batteries"],
    "zelensky": ["A programme for the harbour defences", "Boxes of batteries"],
    "Zelenskiy": ["A programme for the harbour defences", "Boxes of batteries"],
    "Zelnskyy": ["A programme for the harbour defences", "Boxes of batteries"],
    "зел": ["A programme for the harbour defences", "Boxes of batteries"],
    "Гриценко": ["Ivo Hrytsenko"],
    "жулв": ["Łukasz Żółw"],
    "lukasz zolw": ["Łukasz Żółw"],
    "samp/t": ["Missiles are delivered"],
    "sampt": ["Missiles are delivered"],
    "f-16": ["Missiles are delivered"],
    "f16": ["Missiles are delivered"],
    "f": ["Missiles are delivered"],
    "long range": ["Missiles are delivered"],
    "longrange": ["Missiles are delivered"],
    "4242": ["Boxes of batteries"],
    "4,242": ["Boxes of batteries"],
    "424": [],
    "2025 17": ["A declaration of intent was signed"],
    "contract": ["Is there a contract?"],
    "missiles paris": ["A declaration of intent was signed", "Boxes of batteries", "Missiles are delivered"],
    "<b>": [],
    "__proto__ constructor": [],
}


def test_what_is_asked_is_found_and_nothing_else(
    browser: playwright.Browser, project: Project, tmp_path: Path
) -> None:
    folder = written(project, tmp_path / "site", *_FOUND)
    reader = Reader(browser, (folder / "search.html").as_uri())
    found = {}
    for question in _QUESTIONS:
        reader.looks_for(question)
        found[question] = reader.titles()
    # Where two are equally good, either may stand first.
    assert {question: sorted(titles) for question, titles in found.items()} == {
        question: sorted(titles) for question, titles in _QUESTIONS.items()
    }
    for question in ("declaration intent", "missiles", "missile", "misiles"):
        assert found[question][0] == _QUESTIONS[question][0], question
    assert reader.looks_for("the of").startswith("These words")
    assert reader.looks_for("nowhere") == "No results for “nowhere”."
    reader.leaves()


def test_pages_with_all_words_come_before_those_with_some(
    browser: playwright.Browser, project: Project, tmp_path: Path
) -> None:
    folder = written(project, tmp_path / "site", *_FOUND)
    reader = Reader(browser, (folder / "search.html").as_uri())
    said = reader.looks_for("declaration intent paris")
    assert said == "3 results for “declaration intent paris”. 1 result has all your words."
    assert reader.titles()[0] == "A declaration of intent was signed"
    assert reader.page.inner_text("#search-results h2") == "With some of your words"
    assert reader.page.locator("text=Without: paris").count() == 2
    reader.leaves()


def test_a_word_that_nothing_has_is_answered_with_the_nearest(
    browser: playwright.Browser, project: Project, tmp_path: Path
) -> None:
    folder = written(project, tmp_path / "site", *_FOUND)
    reader = Reader(browser, (folder / "search.html").as_uri())
    reader.looks_for("missle")
    assert reader.page.inner_text(".search-meant") == "No page has “missle”. Did you mean “missile”?"
    reader.page.click(".search-meant a")
    reader.page.wait_for_url("**/search.html?q=missile")
    reader.page.wait_for_selector("#search-results li")
    assert reader.page.locator(".search-meant").count() == 0
    reader.looks_for('"intent of declaration"')
    assert reader.page.inner_text(".search-meant").startswith(
        "No page has “intent of declaration” in this order."
    )
    reader.leaves()


def test_results_are_narrowed_by_keyboard_and_the_address_says_so(
    browser: playwright.Browser, project: Project, tmp_path: Path
) -> None:
    folder = written(project, tmp_path / "site", *_FOUND)
    reader = Reader(browser, (folder / "search.html").as_uri())
    page = reader.page
    reader.looks_for("declaration")
    kind, side = page.get_by_label("Kind"), page.get_by_label("Side")
    assert kind.locator("option").all_inner_texts() == ["All", "Briefs (1)", "Statements (2)"]
    assert side.locator("option").all_inner_texts() == ["All", "Norrvik (1)", "Telmark (1)"]
    assert not page.get_by_label("Status").is_visible()
    side.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    playwright.expect(page.locator("#search-results li")).to_have_count(1)
    assert reader.titles() == ["A declaration of intent was signed"]
    assert page.url.endswith("search.html?q=declaration&side=telmark")
    page.goto(page.url)
    page.wait_for_selector("#search-results li")
    assert reader.titles() == ["A declaration of intent was signed"]
    assert page.input_value("#facet-side") == "telmark"
    page.click("#search-clear")
    playwright.expect(page.locator("#search-results li")).to_have_count(3)
    assert page.url.endswith("search.html?q=declaration")
    page.goto(f"{(folder / 'search.html').as_uri()}?kind=gap")
    page.wait_for_selector("#search-results li")
    assert (reader.titles(), page.inner_text("#search-status")) == (["Is there a contract?"], "1 result.")
    reader.leaves()


def test_an_excerpt_is_the_sentences_with_the_words(
    browser: playwright.Browser, project: Project, tmp_path: Path
) -> None:
    text = "Nobody asked.\nThe quay was closed in May.\nIt rained.\nA ferry came late."
    folder = written(project, tmp_path / "site", document(1, "Notes", text))
    reader = Reader(browser, (folder / "search.html").as_uri())
    reader.looks_for("ferries quay")
    assert reader.page.inner_text(".result-text") == "The quay was closed in May. … A ferry came late."
    assert reader.page.locator(".result-text mark").all_inner_texts() == ["quay", "ferry"]
    reader.leaves()


@settings(max_examples=40)
@given(data=st.data())
def test_page_cuts_texts_into_words_as_the_program_does(
    data: st.DataObject, browser: playwright.Browser
) -> None:
    texts = data.draw(st.lists(_TEXTS, min_size=1, max_size=20))
    page = _bench(browser)
    shown = page.evaluate("texts => texts.map(briefingFolded)", texts)
    assert shown == [index.folded(text) for text in texts]
    folded = [word for text in texts for word in index.words(text)]
    forms = page.evaluate("words => words.map(briefingForms)", folded)
    assert [(item["alike"], item["sound"]) for item in forms] == [
        (index.alike(word, "en"), index.sound(word, "en")) for word in folded
    ]


@functools.cache
def _bench(browser: playwright.Browser) -> playwright.Page:
    """An empty page with the function of the shipped script that folds."""
    script = shipped_templates()[search_documents.SCRIPT]
    functions = script[script.index("  function folded(") : script.index("  /* The end of a query")]
    page = browser.new_page()
    table = json.dumps(index.settings((), 4, "en", {}))
    page.evaluate(
        f"""() => {{ {functions}
            const found = {table};
            const compiled = (rules) => rules.map(([pattern, text]) => [new RegExp(pattern, "g"), text]);
            const table = {{ ...found, alike: compiled(found.alike), sound: compiled(found.sound) }};
            window.briefingFolded = (text) => folded(text, table);
            window.briefingForms = (word) => formsOf(word, table);
        }}"""
    )
    return page


def test_a_question_to_thousands_of_facts_reads_a_small_part_of_the_index(
    browser: playwright.Browser, project: Project, tmp_path: Path
) -> None:
    """The script goes through what it loads once for each word, so that is the work of an answer."""
    folder = written(project, tmp_path / "site", *many(3000))
    sizes = {path.stem: path.stat().st_size for path in (folder / index.FOLDER).iterdir()}
    words = {name: size for name, size in sizes.items() if name.startswith("words-")}
    read_: dict[str, dict[str, int]] = {}
    for question in ("ferry20", "harbour crates", "port 1234", "person 7 may", "wo", "dock17 31", "hrabour"):
        reader = Reader(browser, (folder / "search.html").as_uri())
        assert reader.looks_for(question)[0].isdigit(), question
        loaded = reader.page.locator("script[src*='/search/']").evaluate_all("all => all.map((it) => it.src)")
        names = [Path(source).stem for source in loaded]
        read_[question] = {name: words[name] for name in names if name in words}
        assert len(names) == len(set(names)) < 12 + 20 + 1 + len(read_[question]) + 1
        assert reader.titles()[20:] == []
        reader.leaves()
    assert {question: found for question, found in read_.items() if sum(found.values()) > 150_000} == {}
    assert sum(words.values()) > 600_000
    reader = Reader(browser, (folder / "search.html").as_uri())
    reader.looks_for("takes")
    playwright.expect(reader.page.locator("#search-results li")).to_have_count(20)
    reader.page.click("#search-results .more")
    playwright.expect(reader.page.locator("#search-results li")).to_have_count(70)
    reader.leaves()


def test_missing_piece_is_told(browser: playwright.Browser, project: Project, tmp_path: Path) -> None:
    folder = written(project, tmp_path / "site", *_FOUND)
    (folder / index.FOLDER / "words-m.js").unlink()
    reader = Reader(browser, (folder / "search.html").as_uri())
    assert reader.looks_for("missiles").startswith("A part of the search index is missing.")
    assert reader.looks_for("intent").startswith("3 results")
    assert reader.wrong.pop().endswith("words-m.js)")
    reader.leaves()
