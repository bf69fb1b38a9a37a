"""Makes the lists ``words/common_*.txt`` from jieba's dictionary: ``python -m kg.extract.names_build``.

The lists tell where a name ends and an everyday word begins. They are committed because reading the dictionary of five
megabytes costs half a second in every process; the dictionary and so the lists are under the MIT licence.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba

from kg.extract.names_lists import load_characters

#: Words seen less often in the dictionary's corpus are as rare as names; general experience, tuned on nothing.
_MIN_COUNT = 50
_MIN_COUNT_LONG = 10
_LINE_CHARACTERS = 120
#: Parts of speech that stand between names: verbs, adverbs, prepositions, conjunctions, pronouns, numerals, times.
_ACTS = frozenset({"v", "vd", "vi", "vg", "d", "p", "c", "r", "m", "mq", "q", "t", "f", "u", "y"})
_HEAD = """\
# {} Written without spaces.
# From jieba's dictionary (MIT licence) without names of people; made by kg/extract/names_build.py.
"""


def common_words(dictionary: str, *, length: int, min_count: int) -> Iterator[tuple[str, str]]:
    r"""Yield the everyday words of one length with their part of speech, names of people left out.

    >>> list(common_words("高兴 5387 b\n李白 900 nr\n集镇 12 n", length=2, min_count=50))
    [('高兴', 'b')]

    Args:
        dictionary: Lines of word, count and part of speech, as jieba ships them.
        length: Characters a word.
        min_count: Words with a smaller count are left out.
    """
    for line in dictionary.splitlines():
        word, count, tag = line.split(" ")
        if len(word) == length and int(count) >= min_count and not tag.startswith("nr") and word.isalpha():
            yield word, tag


def write_lists(dictionary: str, folder: Path) -> None:
    """Write the three lists into a folder, the same bytes for the same dictionary."""
    pairs = list(common_words(dictionary, length=2, min_count=_MIN_COUNT))
    acts = {word for word, tag in pairs if tag in _ACTS}
    _write(folder, "common_acts", "Everyday verbs, adverbs, prepositions and times of two characters.", acts)
    _write(folder, "common_things", "Other everyday words of two characters.", {word for word, _ in pairs} - acts)
    longer = common_words(dictionary, length=3, min_count=_MIN_COUNT_LONG)
    begun = [word for word, _ in longer if word[0] in load_characters("surnames")]
    _write(folder, "common_long", "Everyday words of three characters that begin like a surname.", begun)


def main() -> None:
    """Write the lists beside this module."""
    with jieba.get_dict_file() as file:
        dictionary = file.read().decode("utf-8")
    write_lists(dictionary, Path(__file__).parent / "words")


def _write(folder: Path, name: str, title: str, words: Iterable[str]) -> None:
    characters = "".join(sorted(words))
    rows = (characters[at : at + _LINE_CHARACTERS] for at in range(0, len(characters), _LINE_CHARACTERS))
    target = folder / f"{name}.txt"
    target.write_text(_HEAD.format(title) + "\n".join(rows) + "\n", "utf-8")
    sys.stdout.write(f"{target.name}: {len(characters)} characters\n")


if __name__ == "__main__":
    main()
