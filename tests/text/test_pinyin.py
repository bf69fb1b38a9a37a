import pytest

from kg.text.pinyin import Gloss, Traces, explains, find_traces, owner_of, readings

PAGE = "白銀區(qū)推進(jìn)脫貧攻堅(jiān)。"


def gloss_of(text: str) -> Gloss:
    """Return the last gloss of a text that starts with a bracket or a mark."""
    found = [gloss for at in range(len(text)) if (gloss := Traces().gloss_at(text, at))]
    return found[-1]


@pytest.mark.parametrize(
    ("text", "syllable", "mark", "bracket"),
    [
        ("區(qū)", "qū", False, True),
        ("總?cè)", "cè", True, False),
        ("總\ufffd(cè)", "cè", True, True),
        ("區(q(xx)ū)", "qū", False, True),
    ],
)
def test_glosses_are_told_by_their_head(text: str, syllable: str, mark: bool, bracket: bool) -> None:  # noqa: FBT001 - a table of cases
    """A bracket, a mark or both may stand before a syllable, and another gloss within it."""
    gloss = next(gloss for at in range(len(text)) if (gloss := Traces().gloss_at(text, at)))
    assert (gloss.syllable, gloss.mark, gloss.bracket) == (syllable, mark, bracket)


@pytest.mark.parametrize(
    ("text", "right"),
    [("區(qū)", True), ("Ｗo(hù)", True), ("區(jìn)", False), ("(qū)", False), ("a(qū)", False)],
)
def test_glosses_belong_to_a_character_or_a_letter_after_half_of_one(text: str, right: bool) -> None:  # noqa: FBT001 - a table of cases
    """A syllable explains what is read so, be it whole or split."""
    whole = [gloss for at in range(len(text)) if (gloss := Traces().gloss_at(text, at)) and gloss.is_whole]
    assert explains(text, whole[-1]) is right


@pytest.mark.parametrize(("text", "owner"), [("總?cè)", "總"), ("貧(pín)?cè)", "貧"), ("\n?cè)", "")])
def test_owners_stand_before_their_own_gloss(text: str, owner: str) -> None:
    """The character that a run begins in is found past its gloss, within the line."""
    assert owner_of(text, gloss_of(text)) == owner


@pytest.mark.parametrize(
    ("text", "glossed"),
    [
        (PAGE, {"區", "進", "堅"}),
        ("區(qū)、進(jìn)", set()),
        (f"{PAGE}區進堅", set()),
        ("蕺(jí)、魍(wǎng)、跫(qióng)", set()),
    ],
)
def test_a_converter_is_told_from_an_author(text: str, glossed: set[str]) -> None:
    """A converter glosses traditional characters, each time; an author glosses rare ones, once."""
    assert find_traces(text).glossed == glossed


@pytest.mark.parametrize(
    ("text", "keeps", "silent"),
    [
        (PAGE, False, False),
        (f"{PAGE}總?cè)丝诘?", False, False),
        (f"{PAGE}總\ufffd(cè)丝诘\ufffd3", True, False),
        (f"{PAGE}總(cè)丝诘3", True, True),
        (f"{PAGE}總cè)丝诘", False, True),
    ],
)
def test_decoders_are_told_by_what_they_left(text: str, keeps: bool, silent: bool) -> None:  # noqa: FBT001 - a table of cases
    """Whether brackets and marks stand before syllables shows how undecodable bytes were read."""
    traces = find_traces(text)
    assert (traces.keeps, traces.silent) == (keeps, silent)


def test_the_page_tells_its_other_accidents() -> None:
    """ASCII commas tell of narrowed marks, private characters that pairs were kept, cut marks that it was cut up."""
    assert find_traces("贫困,脱贫").narrowed
    assert find_traces("贫困").hides
    assert not find_traces("贫\ue123困").hides
    assert find_traces("走了?！跋衷").cut == 1


def test_tables_hold_what_the_page_shows() -> None:
    """A character without gloss in garbled lines is in no table; an unseen one may be, if it is of the right script."""
    traces = find_traces(f"{PAGE}總人口")
    assert traces.may_gloss("區", "qū")
    assert not traces.may_gloss("總", "zǒng")
    assert traces.may_gloss("業", "yè")
    assert not traces.may_gloss("人", "rén")
    assert traces.spelt("人") == "人"
    assert readings("") == frozenset()
