"""An evaluation for people and for programs."""

from typing import Any

from kg.evaluate.bootstrap import interval
from kg.evaluate.scores import SCORES, SHARES, Evaluation, Score, Share

_TABLE_HEAD = (
    f"{'kind':<26}{'gold':>6}{'found':>7}{'matched':>9}{'P':>8}{'R':>8}{'F1':>8}{'macro':>8}" + f"{'95 % of F1':>16}"
)


def render_table(evaluation: Evaluation) -> str:
    """Return scores and shares as plain text, one line each; kinds without any entry show dashes."""
    lines = [f"{len(evaluation.documents)} documents", "", _TABLE_HEAD]
    lines += [_score_line(evaluation, name) for name in SCORES]
    lines += ["", f"{'share':<26}{'right':>6}{'of':>7}{'':>9}{'share':>8}"]
    lines += [_share_line(name, evaluation.share(name)) for name in SHARES]
    if evaluation.unread:
        lines += ["", f"gold without article: {', '.join(evaluation.unread)}"]
    return "\n".join(lines)


def _score_line(evaluation: Evaluation, name: str) -> str:
    """Return one line of the first table."""
    score = evaluation.score(name)
    ratios = (score.precision, score.recall, score.f1, evaluation.macro_f1(name))
    line = f"{name:<26}{score.wanted:>6}{score.found:>7}{score.matched:>9}"
    if not score.found + score.wanted:
        return line + f"{'–':>8}" * len(ratios)
    low, high = _interval(evaluation, name)
    return line + "".join(f"{ratio:>8.3f}" for ratio in ratios) + f"{low:>9.3f}–{high:.3f}"


def _interval(evaluation: Evaluation, name: str) -> tuple[float, float]:
    return interval([document.scores[name] for document in evaluation.documents])


def _share_line(name: str, share: Share) -> str:
    """Return one line of the second table."""
    return f"{name:<26}{share.right:>6}{share.total:>7}{'':>9}" + (
        f"{share.value:>8.3f}" if share.total else f"{'–':>8}"
    )


def render_misses(evaluation: Evaluation, kind: str = "") -> str:
    """Return the disagreements of one kind, or of all, a line each: document, kind, fault, words; tabs between."""
    return "\n".join(f"{miss.document}\t{miss.kind}\t{miss.fault}\t{miss.words}" for miss in evaluation.misses(kind))


def as_json(evaluation: Evaluation, *, show: bool = False) -> dict[str, Any]:
    """Return an evaluation as a JSON value: scores and shares, micro and by document; with ``show`` the misses too."""
    value: dict[str, Any] = {
        "scores": {
            name: _score_json(evaluation.score(name))
            | {"macroF1": round(evaluation.macro_f1(name), 4)}
            | {"interval": [round(end, 4) for end in _interval(evaluation, name)]}
            for name in SCORES
        },
        "shares": {name: _share_json(evaluation.share(name)) for name in SHARES},
        "documents": {
            document.document: {
                "scores": {name: _score_json(score) for name, score in document.scores.items()},
                "shares": {name: _share_json(share) for name, share in document.shares.items()},
            }
            for document in evaluation.documents
        },
        "unread": list(evaluation.unread),
    }
    if show:
        value["misses"] = [
            {"document": miss.document, "kind": miss.kind, "fault": miss.fault, "words": miss.words}
            for miss in evaluation.misses()
        ]
    return value


def _score_json(score: Score) -> dict[str, float]:
    """Return a score as a JSON object; ratios with four places."""
    return {
        "gold": score.wanted,
        "found": score.found,
        "matched": score.matched,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _share_json(share: Share) -> dict[str, float]:
    """Return a share as a JSON object; the ratio with four places."""
    return {"right": share.right, "total": share.total, "share": round(share.value, 4)}
