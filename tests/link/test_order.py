"""Links stand in the order of their mentions."""

from hypothesis import given
from hypothesis import strategies as st

from kg.link.order import in_text_order, text_order
from kg.model import Kind, Link, Mention, Span

MENTIONS = st.builds(
    lambda start, length, kind, name: Mention(Span(start, start + length), kind, name, "places"),
    st.integers(0, 5),
    st.integers(1, 3),
    st.sampled_from([Kind.COUNTY, Kind.VILLAGE]),
    st.sampled_from(["甘谷县", "大庄村"]),
)


@given(st.lists(MENTIONS))
def test_the_key_sorts_as_mentions_do(mentions: list[Mention]) -> None:
    """Two offsets and the mention give the same order as the mention alone."""
    assert sorted(mentions, key=text_order) == sorted(mentions)
    links = [Link(mention, ("place", "62"), "main place") for mention in mentions]
    assert [link.mention for link in in_text_order(links)] == sorted(mentions)
