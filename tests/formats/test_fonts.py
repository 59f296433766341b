"""The fonts of the site: small, complete for the scripts in use, the same every time."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from fontTools import ttLib

from briefing.formats import fonts
from briefing.store import versions

FACES = {face.name: face for face in fonts.FACES}
SIGNS = "AZaz09 ÀÿŒœŁłĐđ ҐґЄєІіЇїЙйЩщЬьЮюЯя’ʼ „“”‘–—… • ′ ″ € ₴ № ™ → − ¶ § ° « »"


@pytest.fixture(scope="module")
def cut(built_sample: Path) -> dict[str, bytes]:
    return {name: (built_sample / "output/site/assets/fonts" / name).read_bytes() for name in FACES}


@pytest.mark.parametrize("name", FACES)
def test_font_draws_every_sign_of_ordinary_text(name: str, cut: dict[str, bytes]) -> None:
    characters = ttLib.TTFont(io.BytesIO(cut[name])).getBestCmap()
    assert [sign for sign in SIGNS if ord(sign) not in characters] == []


@pytest.mark.parametrize("name", FACES)
def test_font_is_small_woff2_with_its_weights(name: str, cut: dict[str, bytes]) -> None:
    assert cut[name].startswith(b"wOF2")
    assert len(cut[name]) < 250_000
    font = ttLib.TTFont(io.BytesIO(cut[name]))
    weight = next(axis for axis in font["fvar"].axes if axis.axisTag == "wght")
    low, high = fonts._WEIGHTS
    assert weight.minValue <= low
    assert weight.maxValue >= high


@pytest.mark.parametrize("name", FACES)
def test_licence_stays_in_the_font(name: str, cut: dict[str, bytes]) -> None:
    """The SIL licence asks that copyright and licence go with every copy."""
    names = {record.nameID for record in ttLib.TTFont(io.BytesIO(cut[name]))["name"].names}
    assert {0, 13} <= names or {0, 14} <= names


@pytest.mark.parametrize("name", FACES)
def test_cut_font_does_not_bear_the_reserved_name(name: str, cut: dict[str, bytes]) -> None:
    """The licence reserves "Source" for fonts that nobody changed; its own records still say whose it is."""
    records = ttLib.TTFont(io.BytesIO(cut[name]))["name"].names
    legal = {0, 7, 13, 14}  # copyright, trade mark, licence and its address
    texts = [record.toUnicode() for record in records if record.nameID not in legal]
    assert [text for text in texts if "source" in text.lower()] == []
    family = next(record.toUnicode() for record in records if record.nameID == 1)
    assert family.startswith("Briefing S")
    assert any("Source" in record.toUnicode() for record in records if record.nameID == 0)


def test_font_is_the_same_at_another_time(cut: dict[str, bytes]) -> None:
    time.sleep(1.1)  # times in fonts are whole seconds
    assert fonts.make(fonts.prepare(FACES["sans.woff2"])) == cut["sans.woff2"]


def test_style_sheet_names_every_file_and_no_other() -> None:
    sheet = fonts.style_sheet("fonts/")
    assert re.findall(r'url\("fonts/([^"]+)"\)', sheet) == list(FACES)
    assert sheet.count("@font-face") == len(FACES)


def test_fingerprint_covers_package_and_scripts() -> None:
    prepared = fonts.prepare(FACES["sans.woff2"])
    assert versions.of_packages("fontpkg_source_sans_3")[0] in prepared.versions
    assert fonts.UNICODES in prepared.styles
    assert prepared.fingerprint != fonts.prepare(FACES["serif.woff2"]).fingerprint
