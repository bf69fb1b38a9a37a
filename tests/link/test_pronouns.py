import doctest

import pytest

import kg.link.pronouns
from kg.model import Kind
from tests.link.test_coreference import read, references

PEOPLE = [(Kind.PERSON, name) for name in ("王小兰", "李大山", "赵春梅")]


def test_examples_hold() -> None:
    """The examples in the docstrings hold."""
    assert doctest.testmod(kg.link.pronouns).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王小兰来到李大山的房前，她笑了。", ["王小兰"]),
        ("李大山的房子漏雨，他发愁。", ["李大山"]),
        ("李大山的妻子生病，她常年吃药，他去打工。", ["李大山"]),
        ("李大山种地。一位村民来了，他很高兴。", []),
        ("李大山和赵春梅种地，他很高兴。", []),
        ("李大山和赵春梅大姐种地，他很高兴，她也笑。", ["李大山", "赵春梅"]),
        ("李大山，男，种地。王小兰，女，养牛，他们高兴。他种花。", ["李大山"]),
        ("妻子王小兰来了，李大山大叔在家，她说好。", ["王小兰"]),
        ("在他的帮助下，李大山脱了贫。", []),
        ("王小兰说：“他帮了我们。”李大山来了，他说好。", ["李大山"]),
        ("王小兰说：“李大山好，他能干。”她笑了。", ["李大山", "王小兰"]),
        ("李大山种地。王小兰养牛。\n她家富了。", []),
        ("丈夫李大山种地。王小兰养牛。\n她家富了，她笑。", ["王小兰", "王小兰"]),
        ("李大山种地。\n天晴。\n他走了。", []),
        ("他走了。", []),
    ],
)
def test_a_pronoun_means_whom_the_article_goes_on_about(text: str, expected: list[str]) -> None:
    """他 and 她 mean the one who fits, never across unnamed people, lists, quotations and paragraphs on others."""
    assert [name for _, name in references(read(text, *PEOPLE))] == expected
