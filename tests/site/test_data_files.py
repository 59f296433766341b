"""Every page has a twin for machines, and says of itself what is known: no more, and nothing hidden."""

from __future__ import annotations

import dataclasses
import json
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import decode, encode
from briefing.content.yaml_nodes import parse
from briefing.model import facts, sources
from briefing.model.scales import DatePart
from briefing.model.values import Date
from briefing.site import page_metadata, urls
from briefing.site.exports import data_files, discovery
from tests import ledgers
from tests.conftest import Page, Project
from tests.site.test_pages import _with_secrets

BASE_ADDRESS = "base_url: https://skerry.example/desk\n"
BASE = f"{BASE_ADDRESS}drafts: until-issued\ncontact:"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def pages_of(made: Mapping[str, str]) -> Iterator[tuple[str, Page]]:
    yield from ((path, Page(text)) for path, text in made.items() if path.endswith(".html"))


def is_forwarding(page: Page) -> bool:
    return any(item.get("http-equiv") == "refresh" for item in page.every("meta"))


def data_of(text: str) -> dict[str, Any]:
    """The JSON-LD of a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert len(found) == 1
    value = json.loads(found[0])
    assert isinstance(value, dict)
    return value


# ------------------------------------------------------------------------------------------------- twins


def test_every_page_names_its_twins_in_its_head_and_at_its_foot(told_site: Mapping[str, str]) -> None:
    for path, page in pages_of(told_site):
        named = [
            item["href"]
            for item in page.every("link")
            if item.get("rel") == "alternate" and item["type"] != "application/atom+xml"
        ]
        places = [posixpath.join(posixpath.dirname(path), name) for name in named]
        assert all(place in told_site for place in places), path
        shown = [item["href"] for item in page.every("a") if item["href"] in named and "type" in item]
        assert shown == named
        is_brief = path.startswith(("briefs/", "drafts/"))  # its files are downloads: there are none here
        is_part = "_" in posixpath.basename(path)  # of a page whose twin has all of it
        assert bool(named) is not (path == "search.html" or is_brief or is_part or is_forwarding(page)), path


def test_whole_site_is_listed_with_its_twins(told_site: Mapping[str, str]) -> None:
    listed = json.loads(told_site[data_files.WHOLE])
    pages = {path for path, page in pages_of(told_site) if not is_forwarding(page)}
    assert {item["path"] for item in listed["pages"]} == {
        path for path in pages if not path.startswith("drafts/")
    }
    for item in listed["pages"]:
        assert all(path in told_site for path in item["twins"].values())
        assert item["title"]
        assert item["kind"] in {
            "brief",
            "fact",
            "topic",
            "source",
            "actor",
            "system",
            "page",
            "edition",
            "list",
        }
    assert listed["marking"] == "CLEAR"
    assert [item["id"] for item in listed["briefs"]] == ["at-a-glance", "ferry-purchase"]


def test_records_can_be_read_back_from_their_twins(project: Project) -> None:
    from tests.conftest import snapshot_of

    library = snapshot_of(project.root).library
    assert library
    made = ledgers.site_of(project)
    for folder, kind, cls in (
        ("actors", "actor", sources.Actor),
        ("systems", "system", sources.System),
        ("sources", "source", sources.Source),
        ("facts", "fact", facts.Fact),
    ):
        for name, record in getattr(library, folder).items():
            twin = json.loads(made[f"{folder}/{name}.json"])
            assert twin["id"] == name
            assert twin["page"] in made
            node, findings = parse(json.dumps(twin[kind], ensure_ascii=False), "twin.json")
            assert node, findings
            value, misfits = decode.shape(cls, node, id=name)
            assert value == record, misfits


def test_twin_of_a_fact_says_where_it_is_used(told_site: Mapping[str, str]) -> None:
    twin = json.loads(told_site["facts/ferry.count.json"])
    assert {item["id"] for item in twin["used_in"]} == {"at-a-glance", "ferry-purchase"}
    assert twin["topic"] == "ferry"
    assert twin["words"]["value"] == "5 ferries"
    assert twin["fact"]["value"] == {"amount": "5", "unit": "ferries"}
    assert twin["independent_origins"] == 2


def test_twin_of_a_list_leads_to_everything_on_it(told_site: Mapping[str, str]) -> None:
    for kind in ("facts", "sources", "actors", "systems"):
        listed = json.loads(told_site[f"{kind}/index.json"])[kind]
        assert listed
        for item in listed:
            assert item["page"] in told_site
            assert item["data"] in told_site


def test_twins_of_the_registers_hold_every_entry(told_site: Mapping[str, str]) -> None:
    registers = json.loads(told_site["registers.json"])
    assert "ferry.contract" in registers["gaps"]
    assert "ferry.name-of-document" in registers["disagreements"]
    changes = json.loads(told_site["changes.json"])["days"]
    assert [item["brief"] for day in changes for item in day["withdrawn"]] == ["at-a-glance"]
    timeline = json.loads(told_site["timeline.json"])
    listed = [*timeline["timeline"], *timeline["undated"]]
    assert all(f"facts/{item['fact']}.html" in told_site for item in listed)
    assert json.loads(told_site["scales.json"])["scales"]
    assert json.loads(told_site["coverage.json"])["sources"].keys() >= {"gazette"}


def test_plain_page_is_markdown_whose_links_lead_to_facts(told_site: Mapping[str, str]) -> None:
    text = told_site["pages/method.md"]
    assert text.startswith("# ")
    assert "(fact:" not in text
    for target in re.findall(r"\]\(\.\./(facts/[^)]+)\)", text):
        assert target in told_site


# ----------------------------------------------------------------------------------- what pages say


_NASTY = "</script><script>alert()</script><!-- & \u2028 \" ' ]]>"


def test_nothing_ends_the_script_that_holds_data(project: Project) -> None:
    project.change("content/project.yaml", "subtitle: ", f"subtitle: {json.dumps(_NASTY)} # ")
    made = ledgers.site_of(project)
    assert data_of(made["index.html"])["description"] == _NASTY
    for path, _ in pages_of(made):
        assert "<script>alert" not in made[path]


@given(st.text())
def test_data_of_a_page_is_read_as_it_was_written(text: str) -> None:
    written = str(page_metadata.script({"name": text}))
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"name": text}


def test_draft_has_no_day_of_publication_and_an_edition_has(project: Project) -> None:
    ledgers.issue(project, "overview", "2031-04-11")
    made = ledgers.site_of(project)
    draft, issued = data_of(made["briefs/ferry-purchase.html"]), data_of(made["briefs/overview.html"])
    assert draft["@type"] == issued["@type"] == "Report"
    assert draft["creativeWorkStatus"] == "Draft"
    assert "datePublished" not in draft
    assert "version" not in draft
    assert (issued["datePublished"], issued["version"]) == ("2031-04-11", "1")
    assert data_of(made["editions/overview-1.html"])["datePublished"] == "2031-04-11"


def test_withdrawn_edition_says_so(told_site: Mapping[str, str]) -> None:
    assert data_of(told_site["editions/at-a-glance-1.html"])["creativeWorkStatus"] == "Withdrawn"


def test_only_what_a_source_states_is_said_of_it(project: Project) -> None:
    source = data_of(ledgers.site_of(project)["sources/gazette.html"])
    assert source["@type"] == "CreativeWork"
    day = Date("2031-04-03")
    for date, told in ((day, "2031-04-03"), (Date("2031-04"), ""), (None, "")):
        assert page_metadata._day(date) == told
    assert page_metadata._day(dataclasses.replace(day, inferred=(DatePart.YEAR,))) == ""


def test_claim_names_who_said_it_and_where(project: Project) -> None:
    claim = data_of(ledgers.site_of(project)["facts/ferry.count.html"])
    assert claim["@type"] == "Claim"
    assert {"@type": "Person", "name": "Ada Holm"} in claim["author"]
    assert all(item["@type"] == "CreativeWork" for item in claim["appearance"])


def test_addresses_stand_only_where_the_site_s_own_is_known(project: Project) -> None:
    made = ledgers.site_of(project)
    assert not {"sitemap.xml", "robots.txt"} & made.keys()
    for path, page in pages_of(made):
        named = {item.get("property", "") for item in page.every("meta")}
        assert not named & {"og:url", "og:image"}, path
        if not is_forwarding(page):
            assert {"og:title", "og:type"} <= named
            assert not any(item.get("rel") == "canonical" for item in page.every("link"))
    assert "@id" not in data_of(made["index.html"])
    assert "potentialAction" not in data_of(made["index.html"])
    project.change("content/project.yaml", "contact:", BASE)
    made = ledgers.site_of(project)
    home = data_of(made["index.html"])
    assert home["url"] == "https://skerry.example/desk/"
    target = home["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://skerry.example/desk/search.html?q={search_term_string}"
    page = Page(made["facts/ferry.count.html"])
    (canonical,) = (item["href"] for item in page.every("link") if item.get("rel") == "canonical")
    assert canonical == "https://skerry.example/desk/facts/ferry.count.html"


# ------------------------------------------------------------------------------------ the whole site


def test_sitemap_names_every_page_once_with_the_day_of_its_newest_fact(told: Project, tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(told.root, tmp_path / "project")))
    project.change("content/project.yaml", "contact:", f"{BASE_ADDRESS}contact:")
    made = ledgers.site_of(project)
    root = ElementTree.fromstring(made["sitemap.xml"])
    days = {
        (item.findtext(f"{MAP}loc") or "").removeprefix("https://skerry.example/desk/"): item.findtext(
            f"{MAP}lastmod"
        )
        for item in root.findall(f"{MAP}url")
    }
    listed = {path for path, page in pages_of(made) if not is_forwarding(page)}
    pages = {path for path in listed - {"search.html", "index.html"} if not path.startswith("drafts/")}
    assert set(days) == pages | {""}
    assert days["editions/ferry-purchase-2.html"] == "2031-05-02"
    assert days["editions/at-a-glance-1.html"] == "2031-05-03"
    assert days["scales.html"] is None
    assert days["timeline.html"]
    assert made["robots.txt"].endswith("Sitemap: https://skerry.example/desk/sitemap.xml\n")


def test_what_is_not_for_everybody_is_in_no_search_engine(project: Project) -> None:
    project.change("content/project.yaml", "contact:", BASE)
    project.change("content/project.yaml", "marking: CLEAR", "marking: GREEN")
    made = ledgers.site_of(project)
    assert made["robots.txt"] == "User-agent: *\nDisallow: /\n"
    assert "sitemap.xml" not in made
    for path, page in pages_of(made):
        assert any(item.get("name") == "robots" for item in page.every("meta")), path


def test_sitemap_holds_signs_of_markup() -> None:
    text = discovery.sitemap({"https://x.example/a&b<c>.html": None})
    assert ElementTree.fromstring(text)[0].findtext(f"{MAP}loc") == "https://x.example/a&b<c>.html"


def test_guide_for_models_has_the_form_and_leads_to_what_is_there(project: Project) -> None:
    made = ledgers.site_of(project)
    lines = made["llms.txt"].splitlines()
    assert lines[0].startswith("# ")
    assert lines[2].startswith("> ")
    assert sum(line.startswith("# ") for line in lines) == 1
    assert [line for line in lines if line.startswith("## ")] == [
        "## Briefs",
        "## Topics",
        "## Data",
        "## Optional",
    ]
    targets = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", made["llms.txt"], re.MULTILINE)
    assert len(targets) == sum(line.startswith("- ") for line in lines)
    assert all(target in made for target in targets)


@pytest.mark.parametrize(
    "address",
    ["www.x.example", "ftp://x.example", "https://", "https://x.example/?a", "https://x.example/#a",
     "https://me@x.example/", "https://x.example:port/", "https://x .example/", "javascript:alert(1)"],
)  # fmt: skip
def test_address_of_a_site_is_one(project: Project, address: str) -> None:
    project.change("content/project.yaml", "contact:", f"base_url: {json.dumps(address)}\ncontact:")
    said = project.call("check")
    assert said.exit_code == 1
    assert "is not the address of a site" in said.text


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://x.example", "https://x.example/a/b/"])
def test_good_address_passes(project: Project, address: str) -> None:
    project.change("content/project.yaml", "contact:", f"base_url: {address}\ncontact:")
    assert project.call("check").exit_code == 0


# ------------------------------------------------------------------------------------------- leaks


def test_what_is_marked_stricter_is_in_no_twin_list_or_index(project: Project) -> None:
    _with_secrets(project)
    project.change("content/project.yaml", "contact:", BASE)
    made = ledgers.site_of(project)
    assert {"index.json", "llms.txt", "sitemap.xml", "assets/search/settings.js"} <= made.keys()
    for path, text in made.items():
        assert not re.search("zebra|4,?242", f"{path} {text}", re.IGNORECASE), path


# ------------------------------------------------------------------------------------------ pictures


@pytest.mark.pdf
def test_pictures_are_made_only_where_somebody_can_ask_for_them(project: Project) -> None:
    project.change("content/project.yaml", "contact:", BASE)
    said = project.build("--format", "site")
    assert said.exit_code == 0, said.text
    site = project.output / "site"
    pictures = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.png"))
    assert pictures == ["assets/poster.png", "briefs/ferry-purchase.png", "briefs/overview.png"]
    for name in pictures:
        data = (site / name).read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == urls.SIZE
    page = Page((site / "briefs/overview.html").read_text("utf-8"))
    named = {item["property"]: item["content"] for item in page.every("meta") if "property" in item}
    assert named["og:image"] == "https://skerry.example/desk/briefs/overview.png"
    again = project.decided("build", "--format", "site")
    assert again == {}
    before = (site / "briefs/overview.png").read_bytes()
    (site / "briefs/overview.png").unlink()
    project.build("--format", "site")
    assert (site / "briefs/overview.png").read_bytes() == before


def test_unshaped_values_are_plain_data(told_site: Mapping[str, str]) -> None:
    for path, text in told_site.items():
        if path.endswith(".json"):
            assert json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" == text, path
    assert encode.to_plain(None) == "not stated"
