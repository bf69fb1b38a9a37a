import doctest
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.link import Gazetteer, gazetteer, names, rows
from kg.model import Kind


@pytest.fixture(scope="module")
def packaged() -> Gazetteer:
    """Return the packaged gazetteer."""
    return Gazetteer.load()


def found(packaged: Gazetteer, name: str, below: str = "") -> list[str]:
    """Return the codes that a name has."""
    return [division.code for division in packaged.find(name, below=below)]


@pytest.mark.parametrize("module", [gazetteer, names, rows])
def test_examples_hold(module: object) -> None:
    """The examples in the documentation are right."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("甘肃省", "62"),
        ("甘肃", "62"),
        ("内蒙古", "15"),
        ("香港", "81"),
        ("天水", "6205"),
        ("黔西南州", "5223"),
        ("甘谷县", "620523"),
        ("甘谷", "620523"),
        ("沿河", "520627"),
        ("沿河县", "520627"),
        ("仙桃市", "429004"),
        ("靖西县", "451081"),
        ("东丽", "120110"),
    ],
)
def test_upper_divisions_are_found_by_full_and_short_names(packaged: Gazetteer, name: str, code: str) -> None:
    """A province, prefecture or county is found under its full name and its usual short ones."""
    assert found(packaged, name) == [code]


def test_a_short_name_of_several_divisions_gives_them_all(packaged: Gazetteer) -> None:
    """白银 is a prefecture and a county, 东乡 two counties."""
    assert found(packaged, "白银") == ["6204", "620402"]
    assert found(packaged, "东乡") == ["361003", "622926"]


def test_a_province_keeps_its_short_name_for_itself(packaged: Gazetteer) -> None:
    """河南 is never the autonomous county in Qinghai, and 海南 never the prefecture."""
    assert found(packaged, "河南") == ["41"]
    assert found(packaged, "海南") == ["46"]


def test_villages_are_found_below_a_place(packaged: Gazetteer) -> None:
    """A village is found in the township asked for, under the name of any year."""
    assert found(packaged, "大庄村", "620523") == ["620523102259", "620523109201"]
    assert found(packaged, "大庄村", "620523109") == ["620523109201"]
    assert found(packaged, "大庄村", "620523109201") == []
    assert found(packaged, "不在名单村") == []


def test_names_of_the_whole_country_are_known(packaged: Gazetteer) -> None:
    """A full name that some division bears is one; a chain of two is none."""
    assert packaged.is_name("大庄村")
    assert packaged.is_name("甘谷县")
    assert not packaged.is_name("甘谷县大庄镇")


def test_find_can_ask_for_one_level(packaged: Gazetteer) -> None:
    """Asked for a level, only divisions of it are found."""
    assert [one.kind for one in packaged.find("白银", kind=Kind.COUNTY)] == [Kind.COUNTY]
    assert packaged.find("白银", kind=Kind.VILLAGE) == ()


def test_one_code_may_have_two_names(packaged: Gazetteer) -> None:
    """A renamed village keeps its code; the latest name is the division's."""
    assert {(one.name, one.years) for one in packaged.names_of("620523109201")} == {
        ("大庄村", (2019,)),
        ("席家大庄村", (2023,)),
    }
    division = packaged.division("620523109201")
    assert division is not None
    assert (division.name, division.kind, division.parent) == ("席家大庄村", Kind.VILLAGE, "620523109")


@pytest.mark.parametrize("code", ["", "9", "99", "620523999", "6205231"])
def test_an_unknown_code_is_no_division(packaged: Gazetteer, code: str) -> None:
    """There is no division for a code that no list holds."""
    assert packaged.division(code) is None


def test_ancestors_pass_over_pseudo_divisions(packaged: Gazetteer) -> None:
    """Districts of a municipality and counties without a prefecture lie in their province; 市辖区 is no place."""
    assert [one.name for one in packaged.ancestors("620523109201")] == ["大庄镇", "甘谷县", "天水市", "甘肃省"]
    assert [one.name for one in packaged.ancestors("120110")] == ["天津市"]
    assert [one.name for one in packaged.ancestors("429004")] == ["湖北省"]
    assert packaged.find("市辖区") == ()


def test_children_are_the_next_level(packaged: Gazetteer) -> None:
    """Children are one level down, whichever level that is."""
    assert {one.kind for one in packaged.children("12")} == {Kind.COUNTY}
    assert {one.kind for one in packaged.children("42")} == {Kind.PREFECTURE, Kind.COUNTY}
    assert {one.kind for one in packaged.children("4419")} == {Kind.TOWNSHIP}
    assert {one.code for one in packaged.children("620523")} == {one.code for one in packaged.townships("620523")}
    assert packaged.children("620523109201") == ()
    assert len(packaged.within("620523")) > len(packaged.children("620523"))


@pytest.mark.parametrize(
    ("name", "kind", "below", "code"),
    [
        ("金承村", Kind.VILLAGE, "520323104", "520323104004"),
        ("湖北口乡", Kind.TOWNSHIP, "420322", "420322202"),
        ("福田河乡", Kind.TOWNSHIP, "421181", "421181112"),
    ],
)
def test_related_names_are_found(packaged: Gazetteer, name: str, kind: Kind, below: str, code: str) -> None:
    """A place is found although its status changed, or its nationality is left out."""
    assert [one.code for one in packaged.find_related(name, kind, below=below)] == [code]


def test_every_parent_of_the_upper_levels_exists(packaged: Gazetteer) -> None:
    """Every county and prefecture lies in a division that is there."""
    upper = {one for named in packaged.forms.values() for one in named}
    codes = {one.code for one in upper}
    assert {one.parent for one in upper if one.parent} <= codes
    assert {one.code for one in upper if one.parent is None} == {one.code for one in upper if one.kind is Kind.PROVINCE}


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("220381", "220184"),
        ("140929208", "140929102"),
        ("140929208200", "140929102200"),
        ("620523", None),
        ("620523109201", None),
    ],
)
def test_a_replaced_code_leads_to_its_successor(packaged: Gazetteer, code: str, successor: str | None) -> None:
    """A county under another city and a township that became a town have one; what keeps its code has none."""
    division = packaged.division(code)
    assert division is not None
    found = packaged.successor(division)
    assert (found.code if found else None) == successor


def test_english_names_go_by_rule(packaged: Gazetteer) -> None:
    """A division's English name is its reading and the word for its level."""
    assert packaged.english(packaged.find("甘谷县")[0]) == "Gangu County"


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("北京市", "Beijing"),
        ("内蒙古自治区", "Inner Mongolia Autonomous Region"),
        ("陕西省", "Shaanxi Province"),
        ("吕梁市", "Lüliang City"),
        ("黔西南布依族苗族自治州", "Qianxinan Bouyei Miao Autonomous Prefecture"),
        ("龙胜各族自治县", "Longsheng Multi-Ethnic Autonomous County"),
        ("六安市", "Lu'an City"),
        ("洋川街道", "Yangchuan Subdistrict"),
        ("大庄村", "Dazhuang Village"),
        ("三塘", "Santang"),
    ],
)
def test_english_names_know_exceptions(name: str, english: str) -> None:
    """Established names, nationalities and apostrophes are right."""
    assert names.english_name(name) == english


def test_related_forms_keep_what_has_no_level() -> None:
    """A name without the word for its level has no related forms, and 环县 is not shortened."""
    assert names.related_forms("三塘", Kind.VILLAGE) == ()
    assert names.related_forms("环县", Kind.COUNTY) == ()
    assert names.related_forms("天水市", Kind.PREFECTURE) == ()


def test_regions_are_found_by_each_name(packaged: Gazetteer) -> None:
    """A region is the same under all its names."""
    assert packaged.regions["六盘山片区"] is packaged.regions["六盘山区"]
    assert packaged.regions["秦巴山区集中连片特殊困难地区"] is packaged.regions["秦巴片区"]
    assert packaged.regions["三区三州"].aliases == ()
    assert "深度贫困地区" not in packaged.regions


def test_a_folder_without_gazetteer_is_an_error(tmp_path: Path) -> None:
    """The error names the folder and how to make the files."""
    with pytest.raises(StoreError, match="gazetteer_build"):
        Gazetteer(tmp_path)
