"""Scenes tell what stands where in a sentence, and the story what the talk is of."""

from kg.extract.scenes import Scene, read_story
from kg.model import Kind
from tests.extract.marked import MAIN, PROVINCE, read_marked


def _scene(text: str) -> Scene:
    """Return the scene of a marked sentence."""
    return read_story(read_marked(text)).scenes[0]


def test_the_last_of_a_chain_is_the_place() -> None:
    """Of places right behind one another the last is meant, and its chain begins with the first."""
    scene = _scene("在[青山县|County][柳树镇|Township][山后村|Village]里")
    (village,) = scene.places
    assert village.kind is Kind.VILLAGE
    assert scene.chain_start(village) == 1


def test_lists_hold_what_is_joined() -> None:
    """Places joined by 、 and 和 are one list, larger places before them left aside."""
    scene = _scene(
        "到[柳树镇|Township][山后村|Village]、[石门镇|Township][河湾村|Village]和[东坡村|Village]看了[西坡村|Village]"
    )
    listed = scene.coordinated(scene.places[1], scene.places)
    assert [node.key[-1] for node in listed] == ["山后村", "河湾村", "东坡村"]


def test_names_within_names_are_inside() -> None:
    """A place within a body's name is no place by itself."""
    reading = read_marked("[青山县委|Organisation]开会。[青山县|County]很大。")
    scene = read_story(reading).scenes[0]
    assert not scene.places


def test_clauses_end_at_marks() -> None:
    """A clause reaches to the next mark on both sides."""
    scene = _scene("春天到了,花开了,真好")
    assert scene.clause(6).of(scene.text) == "花开了"
    assert scene.whole.of(scene.text) == scene.text


def test_the_story_knows_what_lies_in_what() -> None:
    """Places within and around the main place are told from others."""
    story = read_story(read_marked("[山后村|Village]和[东海区|County]结对。"))
    assert story.is_within(("place", "山后村"))
    assert story.is_around(PROVINCE)
    assert story.is_related(MAIN)
    assert not story.is_related(("place", "东海区"))
    assert story.ancestors(("place", "山后村")) == (MAIN, PROVINCE)
    assert story.ancestors(("place", "无此村")) == ()
