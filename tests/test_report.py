"""The sums of a report: they are those of its articles."""

from kg.report import Totals

REPORT = {
    "identifier": "a.txt",
    "charset": "gb18030",
    "characters": {"raw": 100, "cleaned": 90, "content": 70},
    "dropped": [
        {"span": [0, 5], "role": "header", "reason": "navigation"},
        {"span": [6, 10], "role": "header", "reason": "navigation"},
        {"span": [90, 100], "role": "furniture", "reason": "copyright"},
    ],
    "repairs": {"pinyin": 3},
    "guessed": [[20, 22]],
    "damages": [{"span": [30, 31], "reason": "lost"}],
    "unlinked": [],
    "rejected": [],
    "claims": {"Figure": 2},
}


def test_sums_are_those_of_the_articles() -> None:
    """Characters, lines by reason, repairs, guesses, damages, claims and charsets add up; nothing is left out."""
    totals = Totals()
    totals.add(REPORT)
    totals.add({**REPORT, "charset": "utf-8", "damages": [], "dropped": []})
    sums = totals.as_json()
    assert sums["articles"] == 2
    assert sums["characters"] == {"raw": 200, "cleaned": 180, "content": 140, "dropped": 19}
    assert sums["dropped"] == {
        "copyright": {"lines": 1, "characters": 10},
        "navigation": {"lines": 2, "characters": 9},
    }
    assert (sums["repairs"], sums["guessed"], sums["claims"]) == ({"pinyin": 6}, 2, {"Figure": 4})
    assert (sums["damages"], sums["damaged_articles"]) == (1, 1)
    assert sums["damaged_places"] == [{"article": "a.txt", "span": [30, 31], "reason": "lost"}]
    assert sums["charsets"] == {"gb18030": 1, "utf-8": 1}


def test_nothing_has_sums_too() -> None:
    """A report of no articles has every sum, at nothing."""
    sums = Totals().as_json()
    assert (sums["articles"], sums["characters"]["dropped"], sums["guessed"], sums["damages"]) == (0, 0, 0, 0)
