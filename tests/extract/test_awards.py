"""Awards and designations are found where something is given them."""

import pytest

from kg.extract.awards import find_awards


@pytest.mark.parametrize(
    ("text", "awards"),
    [
        ("青山县曾是国家级贫困县", ["国家级贫困县"]),
        ("全省有12个深度贫困县", []),
        ("是深度贫困村56个的大县", []),
        ("地处乌蒙山片区,是省定贫困县之一", ["省定贫困县"]),
        ("荣获全国脱贫攻坚先进集体", ["全国脱贫攻坚先进集体"]),
        ("被授予“全省文明单位”称号", ["全省文明单位"]),
        ("获得群众点赞", []),
        ("列入中国传统村落名录", ["中国传统村落名录"]),
    ],
)
def test_awards_are_given(text: str, awards: list[str]) -> None:
    """A prize, honour or standing is one where a verb of giving stands before it."""
    assert [span.of(text) for span in find_awards(text)] == awards
