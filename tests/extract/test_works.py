"""Works are found in title marks and under set names."""

from kg.extract.works import find_first_documents, find_teachings, find_titled


def test_titles_are_works_and_newspapers_are_not() -> None:
    """What stands in title marks is a work, unless it is a newspaper."""
    text = "《山歌》在《河山日报》连载"
    assert [span.of(text) for span in find_titled(text)] == ["山歌"]


def test_collected_statements_have_a_set_form() -> None:
    """Statements are named by their speaker and matter."""
    text = "学习习近平总书记关于扶贫工作重要论述,贯彻精神"
    assert [span.of(text) for span in find_teachings(text)] == ["习近平总书记关于扶贫工作重要论述"]


def test_first_documents_have_the_name_of_their_body() -> None:
    """The document of the county's committee is named after the county, that of the centre after the centre."""
    text = "中央一号文件下发,县委一号文件跟进,市委1号文件在后"
    assert [name for _, name in find_first_documents(text, "青山县")] == ["中央一号文件", "青山县委一号文件"]
    assert [name for _, name in find_first_documents(text, "")] == ["中央一号文件"]
