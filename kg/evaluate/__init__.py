"""Scores of what was read out of articles against gold annotations, by kind.

The rules are those of the annotation guidelines ("Matching", "Edge rules"): within one document, entries are paired one
to one, greedily from the best pair; the counts of all documents are added (micro average). Gold entries marked
optional are neither asked for nor counted as too much. How articles are read is left to the pipeline, and how scores
are held against floors to the tests.
"""

from kg.evaluate.agreement import dice, fold_name, indicator_share, same_period, same_unit
from kg.evaluate.compare import evaluate
from kg.evaluate.gold import RELATIONS, Gold, GoldEntity, GoldFigure, GoldRelation, load_gold
from kg.evaluate.pairs import Pair, pair_up
from kg.evaluate.render import as_json, render_misses, render_table
from kg.evaluate.scores import (
    ENTITY_GROUPS,
    FIGURE_STEPS,
    SCORES,
    SHARES,
    DocumentScores,
    Evaluation,
    Miss,
    Score,
    Share,
)

__all__ = [
    "ENTITY_GROUPS",
    "FIGURE_STEPS",
    "RELATIONS",
    "SCORES",
    "SHARES",
    "DocumentScores",
    "Evaluation",
    "Gold",
    "GoldEntity",
    "GoldFigure",
    "GoldRelation",
    "Miss",
    "Pair",
    "Score",
    "Share",
    "as_json",
    "dice",
    "evaluate",
    "fold_name",
    "indicator_share",
    "load_gold",
    "pair_up",
    "render_misses",
    "render_table",
    "same_period",
    "same_unit",
]
