"""Text from templates, in a sandbox. The only module that imports Jinja.

There are two kinds: Markdown templates, in which every printed value is escaped for Markdown, and HTML
templates, in which it is escaped for HTML. In both, a value that is markup has to be marked: with
``| markdown``, or as a Markup value. An undefined name is an error, and templates see only values and pure
functions.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.facts import Fact
from briefing.model.findings import Finding, FoundProblem, Place
from briefing.model.scales import FigureKind

MAX_RANGE = 10_000
SECTION_MARK = "\x1e"
_FIELD_MARK = "\x1f"
_REFERENCE = re.compile(r"{%-?\s*(?:extends|import|include|from)\s+['\"]([^'\"]+)['\"]")


Say = Callable[..., Markup]
"""A function that prints an entry of the words of a language, with its values escaped."""


class TemplateProblem(FoundProblem):
    """A template cannot be rendered."""


class Templates:
    """The templates of a project, compiled on first use; ``texts`` maps file name to text."""

    def __init__(self, texts: Mapping[str, str], read: Callable[[str], object] | None = None) -> None:
        """``read`` is called with the name of every template that is used, each time."""
        self.texts = texts

        def is_current(name: str, text: str) -> bool:
            if read:
                read(name)
            return texts.get(name) == text

        def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            if read:
                read(name)
            text = texts.get(name)
            return None if text is None else (text, name, functools.partial(is_current, name, text))

        loader = jinja2.FunctionLoader(source)
        self._markdown = _environment(loader, _for_markdown, _COMPILED_MARKDOWN)
        self._said: dict[jinja2.Environment, Callable[[Words], Say]] = {self._markdown: _in_markdown}
        self._markdown.filters["markdown"] = Markup
        self._markdown.filters["cited"] = _cited
        self._markdown.globals["section"] = _section
        self._html = _environment(loader, _for_html, _COMPILED_HTML)
        self._said[self._html] = _in_html

    def markdown(self, name: str, **context: Any) -> str:
        """Render a Markdown template. Raises TemplateProblem.

        Words in the context print an entry, and escape its values: ``say("brief.notes")``.
        """
        return self._render(self._markdown, name, context)

    def html(self, name: str, **context: Any) -> str:
        """Render an HTML template. Raises TemplateProblem."""
        return self._render(self._html, name, context)

    def _render(self, environment: jinja2.Environment, name: str, context: dict[str, Any]) -> str:
        said = self._said[environment]
        given = {key: said(item) if isinstance(item, Words) else item for key, item in context.items()}
        try:
            return environment.get_template(name).render(given)
        except jinja2.TemplateSyntaxError as error:
            raise _problem(error.name or name, error.lineno, error.message or "cannot be read") from error
        except jinja2.TemplateNotFound as error:
            raise _problem(name, 1, f"there is no template '{error.name}'") from error
        except RecursionError as error:
            raise _problem(name, 1, "the template includes itself") from error
        except (
            jinja2.TemplateError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
        ) as error:
            where, line = _where(error, name, self.texts)
            raise _problem(where, line, str(error)) from error


def closure(name: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return a template and all those that it extends, imports or includes, by name."""
    found = [name]
    for known in found:
        found += [other for other in _REFERENCE.findall(texts.get(known, "")) if other not in found]
    return tuple(sorted(found))


def sections(text: str) -> list[tuple[str, str, str, str]]:
    """Return the sections of a rendered Markdown template, each as (role, title, text, kind of figure)."""
    found = []
    for part in text.split(SECTION_MARK)[1:]:
        head, _, body = part.partition("\n")
        role, title, figure = [*head.split(_FIELD_MARK), "", ""][:3]
        found.append((role, title, body.strip("\n"), figure))
    return found


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a cache by type and attribute, because its answers depend on nothing else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._answers: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may see an attribute."""
        asked = (type(obj), attr)
        if asked not in self._answers:
            self._answers[asked] = super().is_safe_attribute(obj, attr, value)
        return self._answers[asked]


class _Compiled(jinja2.BytecodeCache):
    """The compiled templates of this process, by name and text, for one kind of environment.

    Compiling takes longer than all other work of a plan, and ``issue`` and ``diff`` read a project twice.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code of the same text under this name, if it was compiled."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED_MARKDOWN, _COMPILED_HTML = _Compiled(), _Compiled()


def _environment(loader: jinja2.BaseLoader, finalize: Any, compiled: _Compiled) -> jinja2.Environment:
    environment = _Sandbox(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,  # asks on every use whether a template is current, which puts the use on record
        cache_size=-1,
        bytecode_cache=compiled,
    )
    environment.globals.pop("lipsum")
    environment.globals["range"] = _range
    return environment


def _for_markdown(value: object) -> object:
    """Return a printed value as Markdown: a fact becomes a link to itself, a text is escaped."""
    if isinstance(value, Fact):
        return Markup(fact_links.write(value.id))
    if isinstance(value, Markup | jinja2.Undefined):
        return value
    return Markup(fact_links.escape(_plain(value)))


def _for_html(value: object) -> object:
    return value.value if isinstance(value, Enum) else "" if value is None else value


def _in_html(words: Words) -> Say:
    def say(key: str, /, **values: object) -> Markup:
        escaped = Markup.escape(words.pattern(key, values.get("n")))
        # An editor shows no difference between the two spaces.
        return Markup(str(escaped).replace("\N{NO-BREAK SPACE}", "&#160;")).format(**words.shown(values))

    return say


def _in_markdown(words: Words) -> Say:
    def say(key: str, /, **values: object) -> Markup:
        escaped = {name: _for_markdown(value) for name, value in words.shown(values).items()}
        return Markup(words.pattern(key, values.get("n")).format(**escaped))

    return say


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else str(value)


def _cited(fact: Fact, form: str = "", words: str = "") -> Markup:
    """Return a fact link, in a form or with its own words."""
    return Markup(fact_links.write(fact.id, form, fact_links.escape(words)))


def _section(role: str, title: str = "", figure: str = "") -> Markup:
    """Begin a section of the draft; its role is its name in styles, its figure shows the facts it cites."""
    if figure and figure not in list(FigureKind):
        raise ValueError(f"there is no figure '{figure}'; the figures are {', '.join(FigureKind)}")
    return Markup(f"{SECTION_MARK}{role}{_FIELD_MARK}{title}{_FIELD_MARK}{figure}\n")


def _range(*arguments: int) -> range:
    numbers = range(*arguments)
    if len(numbers) > MAX_RANGE:
        raise ValueError(f"a range in a template may have at most {MAX_RANGE} numbers")
    return numbers


def _where(error: Exception, name: str, known: Mapping[str, str]) -> tuple[str, int]:
    """Return the template and line of an error: Jinja puts template frames into the traceback."""
    where, line = name, 1
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in known:
            where, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return where, line


def _problem(name: str, line: int, message: str) -> TemplateProblem:
    return TemplateProblem(
        Finding(
            "template",
            message,
            Place(f"templates/{name}", line),
            "correct the template, or restore the shipped one",
        )
    )
