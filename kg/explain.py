"""Entities, claims and reports as text for the terminal, read from the index of a store."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from kg.errors import QueryError
from kg.index import ClaimRow, EntityRow, EvidenceRow, FigureRow, Index, address_of
from kg.terms import OWL

_CLAIM_KINDS = ("Figure", "PostHolding", "RelationClaim")
_MOST = 500
_HIGHLIGHT, _PLAIN = "\x1b[1;33m", "\x1b[0m"
#: Last part of the key of what a pair of the user keeps apart: the article's key.
_ARTICLE_KEY = re.compile("[0-9a-f]{16}")
#: Code in keys of what belongs to no county.
_NATIONAL = "00"


def resolve_name(index: Index, name: str) -> EntityRow:
    """Return the entity that an IRI, an address below ``id/``, an official code or a name stands for.

    Raises:
        QueryError: if there is none, or several; the message lists what comes near.
    """
    wanted = name.strip().strip("<>")
    address = address_of(wanted.rpartition("/id/")[2]) if "/id/" in wanted else wanted
    for candidate in (address, f"place/{wanted}"):
        entity = index.entity(candidate)
        if entity is not None:
            return entity
    hits = index.search(wanted, limit=10)
    exact = [hit.entity for hit in hits if wanted in {hit.entity.label, *hit.entity.aliases}]
    if len(exact) == 1:
        return exact[0]
    near = "; ".join(
        f"{entity.label} ({entity.kind}, {entity.address})" for entity in exact or [h.entity for h in hits]
    )
    what = f"several entities are called {name!r}" if exact else f"nothing is called {name!r}"
    raise QueryError(what, remedy=f"Name one by its address: {near}." if near else "Try another spelling.")


def render_entity(index: Index, entity: EntityRow) -> str:
    """Return an entity with its names, place, relations, posts and figures."""
    claims = index.claims_of(entity.address, kinds=_CLAIM_KINDS, limit=_MOST)
    lines = [
        f"{entity.label}  {entity.kind}",
        f"  {entity.iri}",
        *_field("also", ", ".join([*entity.aliases, entity.english or ""]).strip(", ")),
        *_field("code", entity.code),
        *_field("part of", " < ".join(parent.label for parent in entity.parents)),
        *_field("articles", str(entity.articles)),
    ]
    figures = [claim.figure for claim in claims if claim.figure is not None]
    lines += _section("figures", (figure_line(figure) for figure in figures))
    lines += _section("posts and relations", (claim_line(claim) for claim in claims if claim.figure is None))
    return "\n".join(lines)


def _field(name: str, words: str | None) -> list[str]:
    return [f"  {name}: {words}"] if words else []


def _section(title: str, lines: Iterable[str]) -> list[str]:
    content = [f"  {line}" for line in lines]
    return ["", title, *content] if content else []


def figure_line(figure: FigureRow) -> str:
    """Return a figure as one line: indicator, value, unit, what limits it, claim."""
    parts = [figure.period or "?", figure.status, figure.accumulation, figure.qualifier, figure.basis or ""]
    limits = ", ".join(part for part in parts if part and part not in {"actual", "exact"})
    mark = "  (figures differ)" if figure.conflicting else ""
    return f"{figure.indicator_text} {figure.value:f} {figure.unit}  [{limits}]{mark}  {figure.key}"


def claim_line(claim: ClaimRow) -> str:
    """Return a post or relation as one line."""
    subject = claim.subject.label if claim.subject else "?"
    object_ = claim.object.label if claim.object else "?"
    word = claim.predicate or claim.text or claim.kind
    return f"{subject} {word} {object_}  {claim.key}"


def render_claim(index: Index, claim: ClaimRow, *, colour: bool) -> str:
    """Return why a claim stands: what it says, its sentences with the words marked, who read it, what disagrees."""
    said = figure_line(claim.figure) if claim.figure else claim_line(claim)
    about = f"{claim.subject.label}: " if claim.subject and claim.figure else ""
    article = index.article(claim.article.address.rpartition("/")[2])
    lines = [
        f"{about}{said}",
        f"  {claim.iri}",
        *_field("article", f"{article.title or article.identifier} ({article.identifier})" if article else ""),
        *_field("period", f"{claim.period} ({claim.period_basis})" if claim.period else ""),
        *_field("read by", claim.extractor),
        *_field("confidence", str(claim.confidence or "")),
    ]
    lines += _section("evidence", (_evidence_line(evidence, colour=colour) for evidence in claim.evidence))
    lines += _section("other figures for the same question", _rivals(index, claim))
    return "\n".join(lines)


def _evidence_line(evidence: EvidenceRow, *, colour: bool) -> str:
    before, after = (_HIGHLIGHT, _PLAIN) if colour else ("【", "】")
    words = f"{evidence.prefix}{before}{evidence.exact}{after}{evidence.suffix}".replace("\n", " ")
    return f"[{evidence.start}, {evidence.end})  …{words}…\n    {evidence.sentence}"


def _rivals(index: Index, claim: ClaimRow) -> Iterator[str]:
    if claim.figure is None or not claim.figure.conflicting:
        return
    for conflict in index.conflicts(limit=_MOST):
        if conflict.slot == claim.figure.slot:
            yield f"preferred because: {conflict.because}"
            yield from (figure_line(figure) for figure in conflict.figures)


def render_mentions(index: Index, entity: EntityRow) -> str:
    """Return the mentions that are one entity, and why: the parts of its key, users' pairs, how each was linked."""
    lines = [
        f"{entity.label}  {entity.kind}",
        f"  {entity.iri}",
        *_field("one because the mentions share", "; ".join(_key_parts(index, entity))),
        *_field("named", ", ".join([entity.label, *entity.aliases])),
        *(line for other in _declared_same(index, entity) for line in _field("the same by a pair of the user", other)),
    ]
    for claim in index.claims_of(entity.address, kinds=("Mention",), limit=_MOST):
        lines += ["", f"{claim.article.label}: {claim.text or 'linked by name'} ({claim.confidence})"]
        lines += [f"  [{each.start}, {each.end}) {each.exact}: {each.sentence}" for each in claim.evidence]
    return "\n".join(lines)


def _key_parts(index: Index, entity: EntityRow) -> Iterator[str]:
    """Yield what the parts of an entity's key mean (docs/architecture.md, "Entity keys")."""
    root, *parts = map(unquote, entity.address.split("/"))
    if len(parts) > 1 and _ARTICLE_KEY.fullmatch(parts[-1]):
        yield f"a pair of the user that keeps them apart in article {parts.pop()}"
    if root == "place" and len(parts) == 1:
        yield f"the official code {parts[0]}"
        return
    if len(parts) == 1:
        yield f"the name {parts[0]}, wherever it stands"
        return
    place, name, *apart = parts if root != "programme" else [parts[0], *reversed(parts[1:])]
    yield f"the name {name}"
    yield _place_part(index, place)
    if apart:
        yield f"{'the system' if root == 'programme' else 'what tells homonyms apart:'} {apart[0]}"


def _place_part(index: Index, code: str) -> str:
    if code == _NATIONAL:
        return "no county: national, foreign, or of an article about no one place"
    return f"the place {index.ref(f'place/{code}').label} ({code})" if code != "region" else "being a region"


def _declared_same(index: Index, entity: EntityRow) -> Iterator[str]:
    """Yield the IRIs of the entities that a user declared to be this one."""
    for statement in index.statements(entity.iri, limit=_MOST):
        if statement.predicate == OWL.sameAs.value:
            yield statement.value


def render_rejected(index: Index, article: str) -> str:
    """Return what was looked at in an article and not taken, in text order; the article by key, IRI or identifier.

    Raises:
        QueryError: if the store has no such article.
    """
    wanted = article.rpartition("/id/article/")[2]
    found = [json.loads(report) for report in index.article_reports(wanted)]
    if not found:
        known = ", ".join(row.identifier for row in index.articles(limit=10))
        raise QueryError(f"the store has no article {article!r}", remedy=f"It has: {known}." if known else "")
    rows = sorted(
        (row for report in found for row in report["rejected"]), key=lambda row: (row["span"], row["extractor"])
    )
    return "\n".join(
        f"[{row['span'][0]}, {row['span'][1]})  {row['words']}  {row['extractor']}: {row['reason']}" for row in rows
    )


def render_stats(index: Index, summary: Mapping[str, Any], *, each_article: bool) -> Iterator[str]:
    """Yield, line by line, what the graph holds, and what the build read, kept, dropped and repaired."""
    yield from (f"{number:>8}  {kind}" for kind, number in index.totals("kind").items())
    yield from (f"{number:>8}  {name}" for name, number in index.totals("graph").items())
    if "totals" in summary:
        yield ""
        yield from _inputs_lines(summary["inputs"])
        yield from _totals_lines(summary["totals"])
    if each_article:
        for report in index.article_reports():
            yield from _article_lines(json.loads(report))


def _inputs_lines(inputs: Mapping[str, Any]) -> Iterator[str]:
    copies = sum(len(row["copies"]) for row in inputs["copies"])
    yield f"read: {inputs['read']} articles; {copies} copies; left aside: {_counts(inputs['ignored'])}"
    yield from (f"skipped: {row['reason']}" for row in inputs["skipped"])
    yield from (f"copies of {row['identifier']}: {', '.join(row['copies'])}" for row in inputs["copies"])


def _totals_lines(totals: Mapping[str, Any]) -> Iterator[str]:
    size = totals["characters"]
    yield "characters: " + ", ".join(f"{size[name]} {name}" for name in ("raw", "cleaned", "content", "dropped"))
    for reason, row in totals["dropped"].items():
        yield f"  dropped: {reason}: {row['lines']} lines, {row['characters']} characters"
    yield f"charsets: {_counts(totals['charsets'])}"
    yield f"repairs: {_counts(totals['repairs'])}"
    yield f"guessed spans: {totals['guessed']}"
    yield f"damaged spans: {totals['damages']} in {totals['damaged_articles']} articles"
    for place in totals["damaged_places"]:
        yield f"  damaged: {place['article']} [{place['span'][0]}, {place['span'][1]}): {place['reason']}"
    if (more := totals["damages"] - len(totals["damaged_places"])) > 0:
        yield f"  damaged: {more} more (kg stats --articles)"
    yield f"claims: {_counts(totals['claims'])}; unlinked names: {totals['unlinked']}; not taken: {totals['rejected']}"


def _article_lines(row: Mapping[str, Any]) -> Iterator[str]:
    size = row["characters"]
    yield ""
    yield f"{row['identifier']}  {row['title']}"
    yield f"  {size['content']} of {size['cleaned']} characters are content; {len(row['dropped'])} lines left out"
    yield f"  repairs: {_counts(row['repairs'])}; guessed: {len(row['guessed'])}; damaged: {len(row['damages'])}"
    yield f"  entities: {row['entities']}; claims: {_counts(row['claims'])}; unlinked names: {len(row['unlinked'])}"
    yield from (f"  damaged [{each['span'][0]}, {each['span'][1]}): {each['reason']}" for each in row["damages"])


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items()) or "none"
