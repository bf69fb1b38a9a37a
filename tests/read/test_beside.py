"""What stands beside a text: it comes back as it was."""

import pytest

from kg.model import Article, Metadata, Span
from kg.read.beside import article_of, beside_of

WHOLE = Article(
    "n-17",
    "全县脱贫。",
    stated=Metadata(title="脱贫", published="2020-11", publisher="某报", authors=("王某", "李某"), editors=("赵某",)),
    address="http://example.org/n/17",
    fetched="2020-12-01T08:00:00Z",
    charset="gb18030",
    main=(Span(0, 2), Span(2, 5)),
)


@pytest.mark.parametrize("article", [WHOLE, Article("a.txt", "全县脱贫。"), Article("页面", "文", main=())])
def test_an_article_comes_back_whole(article: Article) -> None:
    """Every field survives, and equal articles are written alike."""
    assert article_of(article.raw, beside_of(article)) == article


@pytest.mark.parametrize("beside", ["[]", "{}", '{"identifier": "a", "colour": 1}', "no JSON"])
def test_what_is_no_such_object_is_refused(beside: str) -> None:
    """A damaged row is no article."""
    with pytest.raises(ValueError, match=r"."):
        article_of("文", beside)
