"""Tells people of one name apart within an article: 天河村的张强 and 石门村的张强 are two.

Only where they live, as the article says it right before the name, tells them apart: a village of each, with a word for
residents or a post of the village. Offices change, and officials have several; they separate nobody. Each mention
belongs to the one introduced last. People of one name in articles of their own are one entity of their county, until a
user says that they differ (:mod:`kg.curation`).
"""

import re
from collections.abc import Mapping, Sequence

from kg.model import EntityKey, Kind, Link, Mention, Reading

#: What may stand between a village and the one who lives there: 天河村(的)(建档立卡)贫困户张强.
_RESIDENT = re.compile(
    r"(?:的)?(?:[一二三四五六七八九十\d]{1,3}(?:组|社|队))?(?:的)?(?:建档立卡|返乡|脱贫|普通|党员)?"
    r"(?:村民|居民|贫困户|脱贫户|低保户|五保户|农户|牧民|农民|党员|老人|村医|村支书|党支部书记|村党支部书记|村委会主任|村主任|村会计)"
)
_LONGEST_LEAD = 24
_NAMESAKES = 2
#: Moving house gives one person two villages.
_MOVES = re.compile("搬|迁|安置")


def tell_apart(reading: Reading) -> Mapping[Mention, str]:
    """Return the village that tells each mention of a person with a namesake apart; no other mentions.

    Args:
        reading: With its places linked.
    """
    people: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.kind is Kind.PERSON:
            people.setdefault(mention.name, []).append(mention)
    homes = {link.mention.span.end: link.entity for link in reading.links if _is_village(reading, link)}
    repeated = (mentions for mentions in people.values() if len(mentions) > 1)
    return {mention: home for mentions in repeated for mention, home in _apart(reading, mentions, homes)}


def _is_village(reading: Reading, link: Link) -> bool:
    """Tell whether a link is that of a village; communities are where people move to."""
    return link.mention.kind is Kind.VILLAGE and reading.entities[link.entity].name.endswith("村")


def _apart(
    reading: Reading, mentions: Sequence[Mention], homes: Mapping[int, EntityKey]
) -> Sequence[tuple[Mention, str]]:
    """Return the mentions of one name with the village of each, or none where the article knows but one."""
    stated = [_home(reading, mention, homes) for mention in mentions]
    keys = list(dict.fromkeys(key for key in stated if key))
    if len(keys) < _NAMESAKES or any(_moves(reading, mention) for mention in mentions):
        return ()
    names = _village_names(reading, keys)
    at, told = keys[0], list[tuple[Mention, str]]()
    for mention, key in zip(mentions, stated, strict=True):
        at = key or at
        told.append((mention, names[at]))
    return told


def _home(reading: Reading, mention: Mention, homes: Mapping[int, EntityKey]) -> EntityKey | None:
    """Return the village whose resident a mention's own words name, or None where they do not."""
    text, end = reading.document.text, mention.span.start
    starts = range(max(0, end - _LONGEST_LEAD), end)
    return next((homes[at] for at in starts if at in homes and _RESIDENT.fullmatch(text, at, end)), None)


def _moves(reading: Reading, mention: Mention) -> bool:
    """Tell whether the sentence of a mention speaks of moving house."""
    sentence = reading.document.sentence_at(mention.span.start)
    return sentence is None or bool(_MOVES.search(reading.document.text, sentence.span.start, sentence.span.end))


def _village_names(reading: Reading, keys: Sequence[EntityKey]) -> Mapping[EntityKey, str]:
    """Return the names of villages, with their townships' where two have one name."""
    plain = {key: reading.entities[key].name for key in keys}
    if len(set(plain.values())) == len(plain):
        return plain
    above = {key: reading.entities.get(reading.entities[key].parent or ()) for key in keys}
    return {key: (parent.name if (parent := above[key]) else "/".join(key)) + plain[key] for key in keys}
