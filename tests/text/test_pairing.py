import pytest

from kg.model import Span
from kg.text.gbk import LEADS
from kg.text.pairing import Effort, Pairing, Place
from kg.text.pinyin import Traces

NO_LOSS = Traces(hides=False)


def pairing(text: str, traces: Traces = NO_LOSS, *, effort: int = 1000) -> Pairing:
    """Return a text that may be paired again, with the effort allowed."""
    spent = Effort(0)
    spent.left = effort
    return Pairing(text, traces, spent)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("总丝诘?.33%", "人口的\ufffd"), ("总丝趩T", "人口員"), ("总丝凇監", "人口”O"), ("总丝诘", None)],
)
def test_runs_end_with_ascii(text: str, meant: str | None) -> None:
    """A mark, a letter that is a second byte or one that was paired with a byte ends a run; nothing else does."""
    run = pairing(text).run(Place(1, frozenset({0xC8}), 0), 0)
    assert (run and run.text) == meant


def test_what_one_pair_gives_is_certain_and_what_a_mark_hides_is_not() -> None:
    """口 is in the bytes; 的 is the likeliest character whose second byte the mark hides."""
    text = "总丝诘?.33%"
    run = pairing(text).run(Place(1, frozenset({0xC8}), 0), 0)
    assert run is not None
    assert run.text == "人口的\ufffd"
    assert run.certain == (True, True, False, True)
    assert run.span == Span(0, 4)


def test_bytes_that_may_have_vanished_make_doubtful() -> None:
    """Where a decoder may have left out pairs, only what reads much better is certain."""
    text = "总丝诘?.33%"
    lossy = pairing(text, Traces(hides=True)).run(Place(1, frozenset({0xC8}), 0), 0)
    assert lossy is not None
    assert lossy.text == "人口的\ufffd"


def test_bytes_that_allow_nothing_make_no_run() -> None:
    """A run that never ends is none, nor one that the effort does not suffice for."""
    assert pairing("总丝诘").run(Place(1, frozenset({0xC8}), 0), 0) is None
    assert pairing("总丝诘?", effort=0).run(Place(1, frozenset({0xC8}), 0), 0) is None


def test_a_first_byte_may_be_anything() -> None:
    """After a mark that hides a first byte the words tell it."""
    text = "走了?！跋衷谇锾斓?年"
    run = pairing(text).run(Place(3, frozenset(LEADS), 2), 2)
    assert run is not None
    assert run.text.startswith("。“现在秋天")
    assert run.gain > 20
