import re

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from ground.static_build import FONTS, KERN, NodeModulesMissing, build

pytestmark = pytest.mark.skipif(not (settings.BASE_DIR / KERN).is_dir(), reason="npm ci has not run")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    target = tmp_path_factory.mktemp("build")
    assert build(settings.BASE_DIR, target) is True
    return target


def test_a_second_build_does_nothing(built):
    before = (built / "portal.css").stat().st_mtime_ns
    assert build(settings.BASE_DIR, built) is False
    assert (built / "portal.css").stat().st_mtime_ns == before


def test_a_build_without_the_design_system_says_so(tmp_path):
    with pytest.raises(NodeModulesMissing):
        build(tmp_path, tmp_path / "build")


@pytest.mark.parametrize("name", FONTS)
def test_a_font_is_small_and_can_write_german(built, name):
    font = TTFont(built / "fonts" / name)
    missing = [sign for sign in "AaÄäßẞ09 €×–„“‚‘…→←−%łŐşč\u00a0" if ord(sign) not in font.getBestCmap()]
    assert missing == []
    assert (built / "fonts" / name).stat().st_size < 30_000
    assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_the_style_sheet_asks_for_our_fonts_only(built):
    sheet = (built / "portal.css").read_text()
    assert re.findall(r'url\("?(?!data:)([^")]+)', sheet) == [f"fonts/{name}" for name in FONTS]
    assert sheet.count("@font-face") == len(FONTS)
