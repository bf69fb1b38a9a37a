"""Reads who holds which post where: 县委副书记、县长刘兆武; 刘天波,清水县委书记; X担任村党支部书记.

The title stands directly before the name, in a chain with 、, or after it. Where it is held is the organisation or
place named in the same words; else what the earlier part of the chain names; else, by the level that the title shows
(县长, 镇长, 村支书), the place of that level the article spoke of last. A title without such a place makes no claim.
When a post was held is read by :mod:`kg.extract.names_terms`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.lexicon import alternatives
from kg.extract.names_lists import load_words
from kg.extract.names_terms import Terms
from kg.model import PLACE_KINDS, Entity, EntityKey, Extraction, Kind, Link, PostHolding, Reading, Span

_HEAD = alternatives(load_words("posts"))
_ENDS_IN_POST = re.compile(f"(?P<head>{_HEAD})$")
_ENDS_IN_STANDING = re.compile(f"{alternatives(load_words('standings'))}$")
#: Posts are often quoted (“第一书记”); the marks are read as _QUOTE, which belongs to no word.
_QUOTED = re.compile(f'[“"]({_HEAD})[”"]')
_QUOTE = "\u2060"
_CHAIN_EDGE = re.compile(r"[，,。！？!?；;：:“”\"‘’…—\s（）()《》]")
#: Between two titles; 和 only behind one, since bodies have it in their names.
_CHAIN_MARK = re.compile(r"[、兼]|(?:(?<=书记)|(?<=主任)|(?<=委员)|(?<=主席)|(?<=[村镇乡县社会事部局校]长))[和及]")
_TOOK_OFFICE = re.compile(
    r"(?:[，,]?(?:自|从|于|早在|在)?[0-9]{2,4}年[^，,。；;、]{0,9}?(?:[，,](?:开始)?)?(?:担任|出任|兼任|当选为?|被任命为|被选为|挂任|接任|任|当上)了?"
    r"|[，,]|[，,]?(?:现在|现|时|曾|原|当时|后来|又|还)?(?:在[^，,。、]{1,12}?)?(?:担任|出任|兼任|当选为?|被任命为|被选为|被选派到?|挂任|接任|任|是|当上|到)了?)"
)
_AFTER_NAME = re.compile(
    rf"(?P<words>[^，,。！？!?；;：:“”\"…—\s]{{0,60}}?{_HEAD}{_QUOTE}?)(?=$|[，,。；;）)]|时|已|期间|以来|后)"
)
#: Levels that a title shows, with the kinds of places that have them; general knowledge of the posts.
_LEVELS = (
    (re.compile(r"^省|^自治区|省长"), frozenset({Kind.PROVINCE})),
    (re.compile(r"^州|^盟|州长"), frozenset({Kind.PREFECTURE})),
    (re.compile(r"^市|^副?市长"), frozenset({Kind.PREFECTURE, Kind.COUNTY})),
    (re.compile(r"^县|^区|^旗|县长|区长|旗长"), frozenset({Kind.COUNTY})),
    (re.compile(r"^镇|^乡|镇长|乡长|^街道|^党工委"), frozenset({Kind.TOWNSHIP})),
    (re.compile(r"^村|^社区|^驻村|村长|支书|第一书记|^党(?:总)?支部|^居?委会|村官"), frozenset({Kind.VILLAGE})),
)
#: The word for a level in a title: 市 in 市政协委员 and 副市长; a county's head is never a city's.
_LEVEL_WORD = re.compile(r"^[省市州县区旗盟]|[省市州县区旗盟](?=长)")
#: Bodies that stay part of the title: 县委书记, 政协主席, but 局长 at the bureau.
_IN_TITLE = re.compile(
    r"(?:村委会|居委会|村民委员会|(?:[省市州县区旗盟镇乡村]|社区|街道)?"
    r"(?:纪委监委|纪委|监委|党工委|党委|党组|党总支|党支部|支部|总支|(?<=[省市州县区旗盟地工])委|军委|人大常委会|人大|政协"
    r"|人民政府|政府))$"
)
#: Posts that the body has from elsewhere: 洪山村委会驻村第一书记.
_SENT_THERE = re.compile(r"的?(?:派驻|驻村|第一书记)")
_FORMER = re.compile(r"^[的和与及]?(?:时任|原任|现任|原|前任|前)?")
_FORMER_HEAD = re.compile(rf"(?:原|前任?)(?=(?:常务|党委|党组)?副?{_HEAD}$)")
#: 时任县委书记的, before a name.
_HELD_THEN = re.compile(r"(?:时任|曾任|担任|现任|兼任)[^，,。]*的$")
#: What one title has and another form of it leaves out: 驻村第一书记, 村党支部书记.
_VILLAGE = re.compile(r"^(?:派驻|驻)?村(?!长|官|医)")
#: Titles that several people have at a time, and what may stand between their names.
_SEVERAL = re.compile(r"副|常委$|委员$")
_LIST_MARKS = frozenset("、和与及")
_BEFORE_TITLE = re.compile(
    r".*(?:[的叫是他她在]|一[家名位个所]|随着|由(?!于)|为(?!民)|担任|出任|就任|当选|来自|安排|聘任|聘请|选聘|选派|选为|派驻|下派|驻(?!村)|(?<!主)任(?![^，]{0,2}$))"
)
_HIGHEST = re.compile(r"总书记")
_LONGEST_TITLE = 16


@dataclass(frozen=True, slots=True)
class _Post:
    """A title found in a sentence: what it is and where its words stand in the document."""

    title: str
    at: EntityKey
    span: Span


class PostExtractor:
    """Finds the posts that people hold."""

    name = "posts"
    version = "3"
    requires = frozenset(
        {"document", "metadata", "main_place", "mentions:people", "entities:places", "entities", "references"}
    )
    assigns = frozenset({"claims:posts"})

    def extract(self, reading: Reading) -> Extraction:
        """Return one claim for each person, title and place, with its first evidence."""
        titles = _Titles(reading)
        claims: dict[tuple[EntityKey, str, EntityKey], PostHolding] = {}
        for link in reading.links:
            if link.mention.kind is Kind.PERSON:
                for claim in _claims(link, reading, titles):
                    claims.setdefault((claim.holder, _VILLAGE.sub("", claim.title), claim.at), claim)
        return Extraction(claims=tuple(claims.values()))


def _claims(link: Link, reading: Reading, titles: "_Titles") -> Iterator[PostHolding]:
    """Yield the posts that the words around a mention give; those before it only where it is a name."""
    name = link.mention.span
    sentence = reading.document.sentence_at(name.start)
    if sentence is None:
        return
    before = () if link.mention.anaphor else titles.before(name, sentence.span)
    for post in (*before, *titles.after(name, sentence.span)):
        evidence = Span(min(post.span.start, name.start), max(post.span.end, name.end))
        confidence = min(Decimal("0.9"), link.confidence)
        period = titles.terms.period(evidence, sentence)
        yield PostHolding(link.entity, post.title, post.at, (evidence,), PostExtractor.name, confidence, period)


class _Titles:
    """Reads the titles before and after the names of one document."""

    def __init__(self, reading: Reading) -> None:
        self._where = _Where(reading)
        self.terms = Terms(reading)
        self._text = _QUOTED.sub(rf"{_QUOTE}\1{_QUOTE}", reading.document.text)
        people = (link.mention for link in reading.links if link.mention.kind is Kind.PERSON)
        self._people = {one.span.end: one.span for one in people if not one.anaphor}

    def before(self, name: Span, sentence: Span) -> Sequence[_Post]:
        """Return the posts of the chain that ends where the name begins, in text order."""
        end = sentence.start + len(self._text[sentence.start : name.start].rstrip(" \u3000"))
        edges = (edge.end() for edge in _CHAIN_EDGE.finditer(self._text, sentence.start, end))
        people = (at for at in self._people if sentence.start < at <= end)
        start = max((*edges, *people), default=sentence.start)
        end -= bool(_HELD_THEN.search(self._text, start, end))
        return tuple(self._read(self._chain(start, end))) or self._shared(name, sentence)

    def _shared(self, name: Span, sentence: Span) -> Sequence[_Post]:
        """Return the posts of several that a list gives once: 副县长张三、李四."""
        first = self._people.get(name.start - 1) if self._text[name.start - 1] in _LIST_MARKS else None
        if first is None or first.start < sentence.start:
            return ()
        return tuple(post for post in self.before(first, sentence) if _SEVERAL.search(post.title))

    def after(self, name: Span, sentence: Span) -> Sequence[_Post]:
        """Return the posts that the words after the name give: 总书记; 担任…书记; ,…县长,."""
        if office := _HIGHEST.match(self._text, name.end, sentence.end):
            return tuple(self._read([Span(*office.span())]))
        verb = _TOOK_OFFICE.match(self._text, name.end, sentence.end)
        words = _AFTER_NAME.match(self._text, verb.end(), sentence.end) if verb else None
        return tuple(self._read(self._chain(*words.span("words")))) if words else ()

    def _chain(self, start: int, end: int) -> list[Span]:
        """Return the parts of a chain of titles, in text order, back to one that is no title."""
        parts: list[Span] = []
        while end > start:
            at = max((mark.end() for mark in _CHAIN_MARK.finditer(self._text, start, end)), default=start)
            words = self._text[at:end].rstrip(_QUOTE)
            if not (_ENDS_IN_POST.search(words) or _ENDS_IN_STANDING.search(words)):
                break
            parts.append(Span(at, end))
            end = at - 1
        return parts[::-1]

    def _read(self, parts: list[Span]) -> Iterator[_Post]:
        chained: EntityKey | None = None
        for part in parts:
            named = self._where.named_in(part)
            if self._where.is_unknown(part, named):
                continue
            title = self._title(part, self._where.title_start(named, part) if named else part.start)
            chained = at = named.entity if named else self._where.by_level(title, part.start, chained)
            if title and at is not None:
                yield _Post(title, at, Span(named.mention.span.start if named else part.start, part.end))

    def _title(self, part: Span, start: int) -> str:
        """Return the title in a part of a chain without the verbs and marks before it, or "" where it is none."""
        words = self._text[start : part.end].rstrip(_QUOTE)
        head = _ENDS_IN_POST.search(words)
        if head is None:
            return ""
        before = _BEFORE_TITLE.match(words, 0, head.start())
        title = _FORMER.sub("", words[before.end() if before else 0 :].strip(_QUOTE)).replace(_QUOTE, "")
        title = _FORMER_HEAD.sub("", title)
        return title if len(title) <= _LONGEST_TITLE else head.group()


class _Where:
    """Answers where a title is held, for one document."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        holders = (*PLACE_KINDS, Kind.ORGANISATION)
        self._links = [link for link in reading.links if link.mention.kind in holders]
        self._starts = [link.mention.span.start for link in self._links]
        linked = {link.mention.span for link in reading.links}
        places = (mention.span for mention in reading.mentions if mention.kind in PLACE_KINDS)
        self._unknown = [span for span in places if span not in linked]

    def named_in(self, part: Span) -> Link | None:
        """Return the organisation or place named last in a part of a chain; the longer where two end together."""
        inside = (link for link in self._links if part.contains(link.mention.span))
        return max(inside, key=lambda link: (link.mention.span.end, len(link.mention.span)), default=None)

    def is_unknown(self, part: Span, named: Link | None) -> bool:
        """Tell whether a part of a chain names a place last that nothing is known of."""
        behind = named.mention.span.end if named else part.start
        return any(behind <= span.start and part.contains(span) for span in self._unknown)

    def title_start(self, last: Link, part: Span) -> int:
        """Return where the title begins: 县委 belongs to 县委书记, 就业局 does not belong to 局长."""
        span = last.mention.span
        if last.mention.kind is not Kind.ORGANISATION:
            return span.end - (self._reading.document.text[span.end : span.end + 1] == "委")
        words = self._reading.document.words(Span(part.start, span.end))
        if span.end == part.end:  # the mention covers the title's own words: 总书记
            return span.start
        sent = _SENT_THERE.match(self._reading.document.text, span.end)
        body = None if sent else _IN_TITLE.search(words)
        return span.end - len(body.group()) if body else span.end

    def by_level(self, title: str, before: int, chained: EntityKey | None) -> EntityKey | None:
        """Return the place of the title's level that was named last, the chain's own body first."""
        kinds = next((kinds for pattern, kinds in _LEVELS if pattern.search(title)), None)
        if kinds is None:
            return chained or self._body_before(before)
        if (place := self._place_of(chained)) is not None and self._entity(place).kind in kinds:
            return place
        level = _LEVEL_WORD.search(title)
        ending = level.group() if level else ""
        if (main := self._main_of(kinds, ending)) is not None:
            return main
        return next((key for key in self._back_from(before) if self._is_of(key, kinds, ending)), None)

    def _body_before(self, offset: int) -> EntityKey | None:
        """Return the organisation that the same sentence named last: 合作社成立，X担任理事长."""
        sentence = self._reading.document.sentence_at(offset)
        start = sentence.span.start if sentence else offset
        before = [link for link in self._links if start <= link.mention.span.start < offset]
        return next((link.entity for link in before[::-1] if link.mention.kind is Kind.ORGANISATION), None)

    def _place_of(self, key: EntityKey | None) -> EntityKey | None:
        """Return a place itself, or the division that an organisation belongs to: 县长 behind 县委常委."""
        if key is None or self._entity(key).kind is not Kind.ORGANISATION:
            return key
        place = ("place", key[1])
        return place if place in self._reading.entities else None

    def _main_of(self, kinds: frozenset[Kind], ending: str) -> EntityKey | None:
        """Return the main place, or what it is part of, where that is of one of the kinds and its name ends so."""
        key = self._reading.main_place
        while key is not None and key in self._reading.entities:
            if self._is_of(key, kinds, ending):
                return key
            key = self._entity(key).parent
        return None

    def _is_of(self, key: EntityKey, kinds: frozenset[Kind], ending: str) -> bool:
        """Tell whether a place is of one of the kinds and its name ends in the word for a level."""
        entity = self._entity(key)
        return entity.kind in kinds and entity.name.endswith(ending)

    def _back_from(self, offset: int) -> Iterator[EntityKey]:
        for at in range(bisect_right(self._starts, offset) - 1, -1, -1):
            yield self._links[at].entity

    def _entity(self, key: EntityKey) -> Entity:
        return self._reading.entities[key]
