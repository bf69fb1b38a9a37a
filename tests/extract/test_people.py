import csv
from importlib.resources import files
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.names_build import common_words, write_lists
from kg.extract.names_lists import load_acts, load_everyday
from kg.extract.names_shape import NameShapes, dotted_names
from kg.extract.people import PeopleExtractor, PostExtractor
from kg.model import Kind, Reading
from tests.extract.named import extended, names, read_entities, read_places
from tests.factories import make_document

CASES = Path(__file__).parent.parent / "cases"


def rows(name: str) -> list[tuple[str, str]]:
    """Return text and expectation of each case in a table."""
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["expected"]) for row in csv.DictReader(file, delimiter="\t")]


def expected_list(expected: str) -> list[str]:
    """Return the entries of an expectation; a dash stands for none."""
    return [] if expected == "-" else expected.split(" ")


def people(text: str, *, authors: tuple[str, ...] = ()) -> list[str]:
    """Return the people found in a text."""
    reading = read_places(text, authors=authors)
    return names(extended(reading, PeopleExtractor().extract(reading)), Kind.PERSON)


def posts(reading: Reading) -> list[str]:
    """Return the posts of a reading as holder/title/place."""
    found = PostExtractor().extract(reading).claims
    return [f"{reading.entities[c.holder].name}/{c.title}/{reading.entities[c.at].name}" for c in found]  # type: ignore[union-attr]


@pytest.mark.parametrize(("text", "expected"), rows("names"))
def test_names_are_found_whole(text: str, expected: str) -> None:
    """People are found with their whole names, and words that begin like a surname are not."""
    assert sorted(people(text)) == sorted(expected_list(expected))


@pytest.mark.parametrize(("text", "expected"), rows("posts"))
def test_posts_are_read_with_their_place(text: str, expected: str) -> None:
    """Each title is given to its holder at the body or place that the words or its level mean."""
    assert posts(read_entities(text)) == expected_list(expected)


def test_every_occurrence_is_a_mention() -> None:
    """A name found once is a mention wherever it returns, within the sentences alone."""
    reading = read_places("贫困户宋芳在车间上班。后来，宋芳的收入多了。邻居都夸宋芳。")
    mentions = PeopleExtractor().extract(reading).mentions
    assert [reading.document.words(mention.span) for mention in mentions] == ["宋芳"] * 3


def test_surname_and_post_are_an_alias() -> None:
    """李书记 is a mention of the only 李, with its words as another name."""
    reading = read_places("县委书记李晓梦来了。“李书记，请坐。”")
    last = PeopleExtractor().extract(reading).mentions[-1]
    assert (last.name, last.aliases) == ("李晓梦", ("李书记",))


def test_authors_are_no_people_of_the_article() -> None:
    """Who wrote the article is left out, even where the text names them."""
    assert people("村民徐小明说，路通了。村民何大江说，水也通了。", authors=("徐小明",)) == ["何大江"]


def test_places_are_no_people() -> None:
    """A place after a standing is no name."""
    assert people("张掖市高台县的农户高台县人很勤劳。") == []


def test_evidence_holds_title_and_name() -> None:
    """The evidence of a post is the stretch from where it is held to the holder's name."""
    reading = read_entities("昨天，绥阳县坪乐镇副镇长徐继艳来了。")
    claim = PostExtractor().extract(reading).claims[0]
    assert reading.document.words(claim.evidence[0]) == "坪乐镇副镇长徐继艳"


def test_a_post_without_sentence_is_left_out() -> None:
    """A mention outside all sentences makes no claim."""
    reading = read_entities("绥阳县坪乐镇副镇长徐继艳来了。")
    bare = Reading(make_document(""), links=reading.links, mentions=reading.mentions, entities=reading.entities)
    assert PostExtractor().extract(bare).claims == ()


def test_no_text_has_no_people() -> None:
    """An empty document gives nothing."""
    assert people("") == []


@given(st.text(alphabet="村民书记李王和的说在家党员高兴张三年岁今，。“”·马热也", max_size=40))
def test_mentions_lie_in_one_sentence_and_spell_a_name(text: str) -> None:
    """Whatever the text, a mention lies within one sentence and its words are its name or an alias."""
    reading = read_places(text)
    for mention in PeopleExtractor().extract(reading).mentions:
        sentence = reading.document.sentence_at(mention.span.start)
        assert sentence is not None
        assert sentence.span.contains(mention.span)
        assert reading.document.words(mention.span) in {mention.name, *mention.aliases}


def test_shapes_find_nothing_where_no_name_can_begin() -> None:
    """Neither the end of a text nor a letter begins a name."""
    shapes = NameShapes("的确")
    assert shapes.best("的确", 2) is None
    assert shapes.best("A1", 0) is None


def test_names_with_dots_stand_anywhere() -> None:
    """A name with dots is found without introduction, other rows with dots are not."""
    assert list(dotted_names("昨天玉山江·吐尔逊一人来了，甘肃·临夏也来了")) == [(2, "玉山江·吐尔逊")]


def test_everyday_words_come_from_the_dictionary(tmp_path: Path) -> None:
    """The lists are made from the dictionary's lines, sorted, without names of people and rare words."""
    lines = "来自 900 v\n李白 900 nr\n集镇 361 n\n马铃薯 80 n\n罕见 2 a\n高高兴 20 nr"
    write_lists(lines, tmp_path)
    made = {path.stem: path.read_text("utf-8").splitlines()[2:] for path in tmp_path.iterdir()}
    assert made == {"common_acts": ["来自"], "common_things": ["集镇"], "common_long": ["马铃薯"]}
    assert list(common_words("李白 900 nr", length=2, min_count=1)) == []


def test_packaged_lists_are_what_the_dictionary_gives(tmp_path: Path) -> None:
    """The committed lists are not stale."""
    with jieba.get_dict_file() as file:
        write_lists(file.read().decode("utf-8"), tmp_path)
    packaged = files("kg.extract") / "words"
    for made in sorted(tmp_path.iterdir()):
        assert made.read_text("utf-8") == (packaged / made.name).read_text("utf-8")


def test_packaged_everyday_words_hold_no_names() -> None:
    """The packaged lists know verbs and things of the genre, and no person's name."""
    assert {"来自", "担任"} <= load_acts()
    assert "集镇" in load_everyday()
    assert "李白" not in load_everyday()
