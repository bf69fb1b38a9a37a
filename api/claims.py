"""One claim as JSON: what it says, and the words of the article that it rests on."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.problems import not_found
from api.requests import ONLY_JSON, AddressIn, CurrentSnapshot
from api.responses import Claim
from kg.index import ClaimRow

router = APIRouter(prefix="/api/v1/claims", tags=["claims"])

Address = Annotated[str, Depends(AddressIn("/api/v1/claims/"))]


def find_claim(snapshot: CurrentSnapshot, key: str) -> ClaimRow:
    """Return a claim.

    Raises:
        ProblemError: if there is none.
    """
    claim = snapshot.index.claim(key)
    if claim is None:
        raise not_found(f"claim {key!r}")
    return claim


@router.get("/{address:path}", dependencies=ONLY_JSON)
def show_claim(snapshot: CurrentSnapshot, address: Address) -> Claim:
    """Show one claim with its sentence, offsets and article."""
    return Claim.model_validate(find_claim(snapshot, address))
