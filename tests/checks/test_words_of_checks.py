"""The words by which checks decide are in the lexicons: their expressions have shapes alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import checks
from briefing.language import lexicon
from tests.conftest import parsed

MODULES = sorted(Path(checks.__file__).parent.glob("*.py"))
_NO_WORDS = re.compile(
    r"@[a-z_.]+@|\(\?P<\w+>|\(\?P=\w+\)|\(\?[a-z-]+[:)]|\\u[0-9a-f]{4}|\\N\{[^}]*\}|\\.|\[[^\]]*\]|\{[^}]*\}"
)
"""What is no letter of a text in an expression: places of phrases, names and flags of groups, classes."""


def words_in(expression: str) -> list[str]:
    """Return the words of a language that an expression looks for."""
    return re.findall(r"[^\W\d_]{2,}", _NO_WORDS.sub(" ", expression))


def expressions(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that are expressions: raw ones, and those that ``re`` is called with."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            for part in node.args:
                yield from ((node.lineno, text) for text in _texts(part))
        if isinstance(node, ast.Assign | ast.Return) and node.value:
            found = _texts(node.value)
            yield from ((node.lineno, text) for text in found if re.search(r"\\[swdb]|\(\?", text))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.BinOp | ast.Tuple):
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                yield from _texts(part)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_expression_of_a_check_has_a_word(path: Path) -> None:
    assert [(line, words) for line, text in expressions(parsed(path)) if (words := words_in(text))] == []


def test_a_word_in_an_expression_is_found() -> None:
    assert words_in(r"(?i)\s+(?:of|about)\s(?P<noun>[a-z]{3,})\b") == ["of", "about"]
    assert words_in(r"(?i)\s+(?:@grammar.of@)\s\d{2}[,;]") == []
    module = ast.parse('_OF = re.compile(rf"{x}\\s+of")\n_AT = r"\\sat\\s"\n')
    assert [words_in(text) for _, text in expressions(module)] == [["at"], ["of"]]


def test_phrases_take_the_places_that_an_expression_names() -> None:
    english = lexicon.of_language("en-GB")
    assert english
    found = lexicon.filled(english, r"(?i)(?:@grammar.articles@)\s(?P<noun>\w+)").search("Of The boats")
    assert found
    assert found["noun"] == "boats"
    with pytest.raises(KeyError):
        lexicon.filled(english, "@grammar.nothing@")
