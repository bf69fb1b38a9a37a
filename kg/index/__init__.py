"""The index: one SQLite file of names, claims, figures and texts, made by the build and read by REST and pages."""

from kg.index.address import address_of, address_path
from kg.index.build import build_index
from kg.index.read import FigureFilter, Index
from kg.index.rows import (
    ArticleRow,
    Backlink,
    ClaimRow,
    Conflict,
    EntityRow,
    EvidenceRow,
    FigureRow,
    Hit,
    LabelRow,
    Ref,
    SourceRow,
    Statement,
)

__all__ = [
    "ArticleRow",
    "Backlink",
    "ClaimRow",
    "Conflict",
    "EntityRow",
    "EvidenceRow",
    "FigureFilter",
    "FigureRow",
    "Hit",
    "Index",
    "LabelRow",
    "Ref",
    "SourceRow",
    "Statement",
    "address_of",
    "address_path",
    "build_index",
]
