"""Pages garbled by the converter are read again; what was guessed and what is lost is marked."""

import random
import re
from pathlib import Path

import pytest

from kg.model import Repair, Span
from kg.text.clean import clean
from kg.text.edits import Changes, Mapped
from kg.text.garbled import repair_garbled
from tests.text.garbling import garble, glossable, narrowed, traditional

SEEDS = Path(__file__).parents[2] / "seeds"
#: Three glosses that make a page a garbled one.
PAGE = "白銀區(qū)推進(jìn)脫貧攻堅(jiān)。"


def repaired(text: str) -> str:
    """Return a text with its pinyin undone."""
    return Mapped.of(text).apply(repair_garbled(text)).text


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("", ""),
        ("農業總?cè)丝诘?.33%", "農業總人口的\ufffd.33%"),
        ("來源:甘肅日?qǐng)?bào)", "來源:甘肅日報"),
        ("村“動?dìng)T(yuán)會", "村“動員會"),
        ("English (really) and (x) stay", "English (really) and (x) stay"),
        ("真的嗎?(sic)", "真的嗎?(sic)"),
    ],
)
def test_accidents_of_the_converter_are_undone(garbled: str, meant: str) -> None:
    """Glosses go, wrongly paired bytes are paired again, a swallowed digit stays unknown."""
    assert repaired(PAGE + garbled) == f"白銀區推進脫貧攻堅。{meant}"


@pytest.mark.parametrize(
    "text", ["區(qū)、進(jìn)", "蕺(jí)菜、魍(wǎng)魎、跫(qióng)音", "區(qū)進(jìn)堅(jiān)區進堅", ""]
)
def test_glosses_of_an_author_stay(text: str) -> None:
    """Too few glosses, glosses of characters that are not traditional, or glosses given once are no damage."""
    assert repair_garbled(text) == Changes()


def test_every_change_is_logged_with_its_certainty() -> None:
    """A removed gloss is certain; a character that the bytes leave open is a guess; what is lost is a damage."""
    text = f"{PAGE}農業總?cè)丝诘?.33%"
    changes = repair_garbled(text)
    mark = text.index("?.33")
    assert changes.repairs[0] == Repair(Span(3, 7), "", "pinyin")
    run = {repair.text: repair.certain for repair in changes.repairs if repair.text}
    assert run == {"人": True, "口": True, "的": False, "\ufffd": True}
    assert [damage.raw for damage in changes.damages] == [Span(mark, mark + 1)]


def test_what_the_bytes_do_not_allow_is_left_and_reported() -> None:
    """A mark with a syllable that fits no character is a damage and stays as it is."""
    text = f"{PAGE}\n?qū)貧\nA?qū)"
    assert repaired(text).endswith("\n?qū)貧\nA?qū)")
    assert ["could not be undone" in damage.reason for damage in repair_garbled(text).damages] == [True, True]


def test_seed_001_is_readable() -> None:
    """The garbled seed equals its text as edited by hand, the destroyed digit apart, which is the one damage."""
    expected = (Path(__file__).parents[1] / "cases" / "seed-001.txt").read_text("utf-8").split()
    mapped = clean((SEEDS / "001_fcd2deebf2371fda.txt").read_text("utf-8"))
    assert all(paragraph in mapped.text for paragraph in expected)
    assert not re.search("[āáǎàēéěèīíǐìōóǒòūúǔùǘǚǜ]", mapped.text)
    assert len(mapped.damages) == 1
    assert sum(not repair.certain for repair in mapped.repairs) == 1


@pytest.mark.parametrize("seed", range(12))
def test_replayed_damage_is_undone(seed: int) -> None:
    """On text garbled with a random table in random order nothing wrong stands outside of marked spans."""
    chance = random.Random(seed)  # noqa: S311 - the same tables in every run, and no secret
    source = sorted(SEEDS.glob("00[234]*.txt"))[seed % 3].read_text("utf-8")
    page = traditional(source[:4000])
    known = glossable(page)
    table = chance.sample(known, chance.randint(20, min(150, len(known))))
    garbled = garble(page, table)
    written, meant = (narrowed(garbled), narrowed(page)) if seed % 2 else (garbled, page)
    mapped, truth = clean(written), clean(meant).text
    assert _digits(mapped.text) in {_digits(truth), _digits(truth[: len(mapped.text)])} or mapped.damages
    assert _wrong(_marked(mapped), truth) == ""


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


def _marked(mapped: Mapped) -> str:
    """Return the text with a wildcard for everything that is marked as guessed or lost."""
    open_spans = [repair.raw for repair in mapped.repairs if not repair.certain] + [it.raw for it in mapped.damages]
    doubtful = {at for span in open_spans for at in range(span.start, span.end)}
    places = [mapped.raw(Span(at, at + 1)).start for at in range(len(mapped.text))]
    return "".join("\0" if place in doubtful else mapped.text[at] for at, place in enumerate(places))


def _wrong(marked: str, truth: str) -> str:
    """Return the first unmarked stretch that is not where the truth has it, or an empty string."""
    at = 0
    for stretch in re.split("\0+", marked):
        found = truth.find(stretch, at)
        if found < 0 or found > at + 40:
            return stretch
        at = found + len(stretch)
    return ""
