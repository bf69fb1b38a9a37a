"""The seeds, read by the pipeline and held against their gold."""

from kg.evaluate import Evaluation, evaluate, load_gold
from kg.link import Gazetteer
from kg.pipeline import make_steps, read_article_through
from kg.rdf.ontology import load_ontology
from kg.read import read_article
from tests.quality.gate import GOLD, SEEDS


def evaluate_seeds() -> Evaluation:
    """Return the evaluation of all seeds, read anew."""
    vocabulary = load_ontology().vocabulary
    steps = make_steps(Gazetteer.load(), vocabulary)
    articles = [read_article(path) for path in sorted(SEEDS.glob("*.txt"))]
    readings = {article.identifier: read_article_through(article, steps) for article in articles}
    return evaluate(readings, load_gold(GOLD), vocabulary)
