"""Search by name: Chinese in either script, parts of names, pinyin, initials, one wrong character, codes."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.limits import MAX_WORDS_CHARS
from api.requests import ONLY_JSON, CurrentSnapshot, KindName, Limit, kinds_of
from api.responses import Hit, Results

router = APIRouter(prefix="/api/v1", tags=["search"])

_DEFAULT_HITS = 20


@router.get("/search", dependencies=ONLY_JSON)
def search(
    snapshot: CurrentSnapshot,
    q: Annotated[str, Query(max_length=MAX_WORDS_CHARS, description="A name, or what comes close to one.")],
    type: KindName = None,  # noqa: A002 - the parameter's name in the contract
    limit: Limit = _DEFAULT_HITS,
) -> Results[Hit]:
    """Find entities by name, the best first; each hit says which name matched and why."""
    rows = snapshot.index.search(q, kinds=kinds_of(type), limit=limit)
    return Results(items=[Hit.model_validate(row) for row in rows])
