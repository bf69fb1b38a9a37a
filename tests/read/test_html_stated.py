"""The markup of a page states title, date, source and names."""

import pytest

from kg.model import Metadata
from kg.read.html import read_html

PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个，带动六百多户贫困户增收。"


def stated(page: str) -> Metadata:
    """Return what the markup of a page states."""
    return read_html(page.encode(), identifier="page.html", where="page.html").stated


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2020-12-17T23:30:00Z">', "2020-12-18"),
        ('<meta name="weibo: article:create_at" content="2019-11-25 18:57:38">', "2019-11-25"),
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2019-05-16"}]}</script>', "2019-05-16"),
        ('<script type="application/ld+json">[{"pubDate": "2019-05-16T10:00:00"}]</script>', "2019-05-16"),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ('<meta name="lastmodifiedtime" content="2019-05-16"><meta name="others" content="2023-10-23">', None),
        ('<meta name="PubDate" content="2 小时前">', None),
    ],
)
def test_dates_of_publication_are_stated_by_tags(head: str, published: str | None) -> None:
    """Tags and JSON-LD that mean publication are read; those of change and of the server's clock are not."""
    assert stated(f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>").published == published


def test_a_marked_element_dates_the_page() -> None:
    """Microdata counts as markup."""
    body = f'<span itemprop="datePublished">2020年09月11日 18:05</span><p>{PROSE}</p>'
    assert stated(f"<html><body>{body}</body></html>").published == "2020-09-11"


@pytest.mark.parametrize(
    ("title", "heading", "found"),
    [
        ("老支书的致富之路_某某网", "老支书的致富之路", "老支书的致富之路"),
        ("老支书的致富之路 - 某某网", "", "老支书的致富之路"),
        ("老支书的致富之路--时政--某某网", "", "老支书的致富之路"),
        ("老支书的“致富”之路_某某网", "老支书的“致富”之路", "老支书的“致富”之路"),
        ("", "老支书的致富之路", ""),
    ],
)
def test_a_title_loses_the_name_of_the_site(title: str, heading: str, found: str) -> None:
    """The line of the page that the title begins with is the headline; else what follows a mark is cut."""
    page = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1><p>{PROSE}</p></body></html>"
    assert stated(page).title == found


def test_authors_of_json_ld_are_persons() -> None:
    """A person is an author, an organisation is none."""
    record = '{"author": [{"@type": "Person", "name": "王小明"}, {"@type": "Organization", "name": "某某网"}]}'
    page = f'<html><head><script type="application/ld+json">{record}</script></head><body><p>{PROSE}</p></body></html>'
    assert stated(page).authors == ("王小明",)


def test_a_source_is_named_in_chinese() -> None:
    """Numbers of a site's own system are no source; what is named first in the standard's order is taken."""
    head = '<meta name="source" content="1610"><meta name="mediaid" content="某某日报">'
    page = f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>"
    assert stated(page).publisher == "某某日报"


def test_a_government_site_names_its_author() -> None:
    """The author tag counts where the standard's tags are; elsewhere it names the site."""
    author = '<meta name="author" content="王小明 某某网">'
    page = "<html><head>{}</head><body><p>" + PROSE + "</p></body></html>"
    assert stated(page.format('<meta name="ArticleTitle" content="老支书的致富之路">' + author)).authors == ("王小明",)
    assert stated(page.format(author)).authors == ()
