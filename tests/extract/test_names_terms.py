from dataclasses import replace

import pytest

from kg.extract.people import PostExtractor
from kg.model import Metadata, PostHolding
from tests.extract.named import read_entities


def terms(text: str) -> list[tuple[str, str | None]]:
    """Return title and period of each post in an article of December 2020."""
    reading = replace(read_entities(text), metadata=Metadata(published="2020-12-03"))
    claims = [claim for claim in PostExtractor().extract(reading).claims if isinstance(claim, PostHolding)]
    return [(claim.title, claim.period.value if claim.period else None) for claim in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018年3月，李志强担任清水县红堡镇党委书记。村民李志强说好。", [("党委书记", "2018-03")]),
        ("村民李志强2018年3月任清水县红堡镇党委书记。", [("党委书记", "2018-03")]),
        ("村民李志强自2016年起担任清水县红堡镇党委书记。", [("党委书记", "2016/2020")]),
        ("2017年，时任清水县红堡镇镇长的李志强来了。", [("镇长", "2017")]),
        ("清水县红堡镇镇长李志强2019年说，路通了。", [("镇长", None)]),
        ("2019年，清水县红堡镇镇长李志强说，路通了。", [("镇长", None)]),
        ("清水县的路通了。2019年，路又宽了。村民李志强担任清水县红堡镇镇长。", [("镇长", None)]),
        ("2019年，清水县红堡镇负责主任务的镇长李志强来了。", [("镇长", None)]),
    ],
)
def test_a_post_has_the_time_that_its_verb_has(text: str, expected: list[tuple[str, str | None]]) -> None:
    """Taking or holding an office gives the post the time stated with it; nothing else does."""
    assert terms(text) == expected
