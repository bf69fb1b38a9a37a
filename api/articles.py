"""Articles as JSON, with their claims, and the raw text that all offsets count in."""

from fastapi import APIRouter, Depends
from starlette.responses import PlainTextResponse

from api.negotiate import PLAIN_TEXT
from api.problems import not_found
from api.requests import ONLY_JSON, CurrentSnapshot, Offer, Paged
from api.responses import Article, ArticleClaims, Claim, Page
from kg.index import ArticleRow

router = APIRouter(prefix="/api/v1/articles", tags=["articles"])

#: Kinds of claims that an article is listed with; a mention says no more than that the name stands there.
CLAIM_KINDS = ("Figure", "PostHolding", "RelationClaim")


def find_article(snapshot: CurrentSnapshot, key: str) -> ArticleRow:
    """Return an article.

    Raises:
        ProblemError: if there is none.
    """
    article = snapshot.index.article(key)
    if article is None:
        raise not_found(f"article {key!r}")
    return article


@router.get("", dependencies=ONLY_JSON)
def list_articles(snapshot: CurrentSnapshot, paged: Paged) -> Page[Article]:
    """List articles in the order of their keys."""
    rows = snapshot.index.articles(after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.key)
    return Page(items=[Article.model_validate(row) for row in items], next=cursor)


@router.get("/{key}", dependencies=ONLY_JSON)
def show_article(snapshot: CurrentSnapshot, paged: Paged, key: str) -> ArticleClaims:
    """Show one article with a page of its claims, mentions left out."""
    article = find_article(snapshot, key)
    rows = snapshot.index.claims_in(key, kinds=CLAIM_KINDS, after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.key)
    claims = [Claim.model_validate(row) for row in items]
    return ArticleClaims(article=Article.model_validate(article), claims=claims, next=cursor)


@router.get("/{key}/text", response_class=PlainTextResponse, dependencies=[Depends(Offer(PLAIN_TEXT))])
def show_text(snapshot: CurrentSnapshot, key: str) -> PlainTextResponse:
    """Show the raw text of an article; it belongs to its publisher."""
    text = snapshot.index.article_text(key)
    if text is None:
        raise not_found(f"text of article {key!r}")
    return PlainTextResponse(text.encode("utf-8", "surrogatepass"))
