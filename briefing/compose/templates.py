"""Text from templates, in a sandbox. The only module that imports Jinja.

There are two kinds: Markdown templates, in which every printed value is escaped for Markdown, and HTML
templates, in which it is escaped for HTML. In both, a value that is markup has to be marked: with
``| markdown``, or as a Markup value. An undefined name is an error, and templates see only values and pure
functions.

The templates of the program are ours. Those of a project may be somebody else's: where there are any, each
use of a template has bounds (``box.watched``), and what would print other bytes on another day is refused.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import re
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sized
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, TypeVar, cast

import jinja2
from jinja2.bccache import Bucket
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.content import layout
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.facts import Fact
from briefing.model.findings import Finding, FoundProblem, Place
from briefing.model.scales import FigureKind
from briefing.store import box

MAX_RANGE = 10_000
MAX_TEXT = 16_000_000
"""The most characters that a template of a project may print or repeat."""
MAX_BITS = 14_000
"""The most that a number in a template of a project may have: some 4,200 digits, as many as Python prints."""
SECTION_MARK = "\x1e"
_FIELD_MARK = "\x1f"
_REFERENCE = re.compile(r"{%-?\s*(?:extends|import|include|from)\s+['\"]([^'\"]+)['\"]")


_T = TypeVar("_T")
Say = Callable[..., Markup]
"""A function that prints an entry of the words of a language, with its values escaped."""


class TemplateProblem(FoundProblem):
    """A template cannot be rendered."""


class Templates:
    """The templates of a project, compiled on first use; ``texts`` maps file name to text."""

    def __init__(
        self,
        texts: Mapping[str, str],
        read: Callable[[str], object] | None = None,
        own: Mapping[str, str] | None = None,
    ) -> None:
        """``read`` is called with the name of every template that is used, each time.

        ``own`` are those that are not the program's, if the caller knows them.
        """
        self.texts = texts
        self._own = frozenset((layout.own_templates(texts) if own is None else own).items())

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
        self._markdown = self._environment(loader, _for_markdown)
        self._said: dict[jinja2.Environment, Callable[[Words], Say]] = {self._markdown: _in_markdown}
        self._markdown.filters["markdown"] = Markup
        self._markdown.filters["cited"] = _cited
        self._markdown.globals["section"] = _section
        self._html = self._environment(loader, _for_html)
        self._said[self._html] = _in_html

    def markdown(self, name: str, **context: Any) -> str:
        """Render a Markdown template. Raises TemplateProblem.

        Words in the context print an entry, and escape its values: ``say("brief.notes")``.
        """
        return self._render(self._markdown, name, context, lambda template, given: template.render(given))

    def html(self, name: str, **context: Any) -> str:
        """Render an HTML template. Raises TemplateProblem."""
        return self._render(self._html, name, context, lambda template, given: template.render(given))

    def _environment(self, loader: jinja2.BaseLoader, finalize: _Finalize) -> jinja2.Environment:
        return (_bounded_environment if self._own else _environment)(loader, finalize)

    def fragments(self, name: str, macro: str, calls: Iterable[tuple[Any, ...]], **context: Any) -> list[str]:
        """Return what a macro of an HTML template prints for each call of it. Raises TemplateProblem."""

        def print_it(template: jinja2.Template, given: dict[str, Any]) -> list[str]:
            printed = getattr(template.make_module(given), macro)
            return [str(printed(*values)) for values in calls]

        return self._render(self._html, name, context, print_it)

    def _render(
        self,
        environment: jinja2.Environment,
        name: str,
        context: dict[str, Any],
        print_it: Callable[[jinja2.Template, dict[str, Any]], _T],
    ) -> _T:
        said = self._said[environment]
        given = {key: said(item) if isinstance(item, Words) else item for key, item in context.items()}
        if known := _OUT_OF_BOUNDS.get((name, self._own)):
            raise TemplateProblem(known)
        try:
            if not self._own:
                return print_it(environment.get_template(name), given)
            with box.watched(f"templates/{name}", box.TEMPLATE, _may_stop):
                found = print_it(environment.get_template(name), given)
                _steady(found if isinstance(found, str) else "".join(map(str, cast("list[str]", found))))
                return found
        except jinja2.TemplateSyntaxError as error:
            raise _problem(error.name or name, error.lineno, error.message or "cannot be read") from error
        except jinja2.TemplateNotFound as error:
            raise _problem(name, 1, f"there is no template '{error.name}'") from error
        except _OF_TEMPLATES as error:
            raise _problem(*_where(error, name, self.texts), _told(error)) from error
        except Exception as error:
            is_ours = type(error).__module__.startswith("briefing.") and not isinstance(
                error, box.TooLongError
            )
            if (
                is_ours or not self._own
            ):  # a problem of a step that the template had work something out, or a bug
                raise
            problem = _problem(*_where(error, name, self.texts), _told(error))
            if isinstance(error, box.TooLongError | MemoryError):
                _OUT_OF_BOUNDS[name, self._own] = problem.finding
            raise problem from error


def joined(fragments: Iterable[str], between: str = "") -> Markup:
    """Return pieces of HTML as one, which a template prints as it is."""
    return Markup(between.join(fragments))


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


_OUT_OF_BOUNDS: dict[tuple[str, frozenset[tuple[str, str]]], Finding] = {}
"""What passed its bounds in this process, by name and the project's own templates: nothing tries it again."""
_OF_TEMPLATES = (
    jinja2.TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    SyntaxError,
)
"""What a mistake in a template raises, when it is compiled or when it is used."""
_READING = ("parser.py", "lexer.py", "nodes.py", "visitor.py", "compiler.py", "optimizer.py", "idtracking.py")
"""The modules of Jinja that read a template."""


def _told(error: Exception) -> str:
    """Return what is wrong, in words about the template."""
    if isinstance(error, box.TooLongError):
        return (
            f"it takes more than {box.TEMPLATE.processor_seconds} seconds of processor time; look for loops"
        )
    if isinstance(error, MemoryError):
        return f"it needs more than {box.TEMPLATE.megabytes // 1024} GB of memory"
    if isinstance(error, SyntaxError):  # Python's own, which Jinja's compiled template goes through
        return f"it cannot be compiled: {error.msg}"
    if isinstance(error, RecursionError):
        frames = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
        calls = Counter(code.co_name for code in frames if _is_template(code.co_filename))
        often = [name for name, count in calls.items() if count > _OFTEN]
        if often:
            is_whole = any(name in ("root", "top-level template code") for name in often)
            return "the template includes itself" if is_whole else "a macro or a loop calls itself too often"
        is_read = any(PurePath(code.co_filename).name in _READING for code in frames[-3:])
        return "it is nested too deeply to be read" if is_read else "a value is nested too deeply"
    return str(error) or type(error).__name__


_OFTEN = 20
"""A template that calls itself without end is in a traceback more often than this."""


def _is_template(file_name: str) -> bool:
    """Return whether the file of a frame is a template: those have no folder."""
    return not file_name.startswith("<") and PurePath(file_name).name == file_name


def _may_stop(file_name: str) -> bool:
    """Return whether code of a file may be broken off: a template or Jinja, but nothing of ours."""
    return _is_template(file_name) or PurePath(file_name).parent.name in ("jinja2", "markupsafe")


_ADDRESS = re.compile(r"\bat 0x[0-9A-Fa-f]{4,}")


def _steady(text: str) -> str:
    """Return a rendered text. Raises TemplateRuntimeError if it would be another one the next time."""
    if len(text) > MAX_TEXT:
        raise jinja2.TemplateRuntimeError(f"it prints more than {MAX_TEXT // 1_000_000} million characters")
    _refuse_address(text)
    return text


def _refuse_address(text: str) -> None:
    if " at 0x" in text and _ADDRESS.search(text):
        raise jinja2.TemplateRuntimeError(
            "it prints a function or a sequence that is not worked out, which reads otherwise each time; "
            "call it, or add | list"
        )


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


class _BoundedSandbox(_Sandbox):
    """The sandbox for templates that are not ours: numbers and texts that grow have bounds."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator, unless it is too large. Raises TemplateRuntimeError."""
        if _size(operator, left, right) > (MAX_BITS if _is_number(left, right) else MAX_TEXT):
            raise jinja2.TemplateRuntimeError(f"the result of {operator} is too large")
        return super().call_binop(context, operator, left, right)


def _is_number(left: Any, right: Any) -> bool:
    return isinstance(left, int) and isinstance(right, int)


def _size(operator: str, left: Any, right: Any) -> int:
    """Return about how large the result of an operator is: in bits for numbers, in items for sequences."""
    if _is_number(left, right):
        bits: int = left.bit_length()
        return bits * max(right, 0) if operator == "**" else bits + int(right.bit_length())
    for many, often in ((left, right), (right, left)):
        if isinstance(often, int) and isinstance(many, Sized):
            return len(many) * often
    return 0


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, by name and text, for one kind of environment.

    Compiling takes a sixth of a small build. All are kept as long as the process, because ``issue`` and
    ``diff`` read a project twice; those of the program also where Python keeps this module compiled, under
    the same conditions, so that nothing else is left anywhere.
    """

    def __init__(self, kind: str) -> None:
        self._code: dict[tuple[str, str], Any] = {}
        self._kind = kind

    @functools.cached_property
    def _lasting(self) -> jinja2.BytecodeCache | None:
        """The cache of files; None where Python keeps no compiled modules."""
        if sys.dont_write_bytecode:
            return None
        folder = Path(importlib.util.cache_from_source(__file__)).parent
        try:
            made_by = f"{jinja2.__version__} {Path(__file__).read_text('utf-8')}"
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        version = hashlib.sha256(made_by.encode()).hexdigest()[:12]
        return jinja2.FileSystemBytecodeCache(str(folder), f"template-{version}-{self._kind}-%s.pyc")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code of the same text under this name, if it was compiled."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))
        if bucket.code or bucket.checksum not in _of_program() or not self._lasting:
            return
        try:
            self._lasting.load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError):  # a file that was cut short
            bucket.reset()
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        self._code[bucket.key, bucket.checksum] = bucket.code
        if bucket.checksum in _of_program() and self._lasting:
            with contextlib.suppress(OSError):
                self._lasting.dump_bytecode(bucket)


@functools.cache
def _of_program() -> frozenset[str]:
    """Return the checksums of the shipped templates, as Jinja works them out."""
    checksum = jinja2.BytecodeCache().get_source_checksum
    return frozenset(map(checksum, layout.shipped_templates().values()))


_Finalize = Callable[[object], object]


@functools.cache
def _compiled(*kind: str) -> _Compiled:
    """Return the compiled templates of a kind of environment, by the names of what distinguishes it."""
    return _Compiled("-".join(kind))


def _environment(
    loader: jinja2.BaseLoader, finalize: _Finalize, sandbox: type[_Sandbox] = _Sandbox
) -> jinja2.Environment:
    environment = sandbox(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,  # asks on every use whether a template is current, which puts the use on record
        cache_size=-1,
        bytecode_cache=_compiled(sandbox.__name__, finalize.__name__),
    )
    environment.globals.pop("lipsum")
    environment.filters.pop("random")  # a page is the same bytes each time
    environment.globals["range"] = _range
    return environment


def _bounded_environment(loader: jinja2.BaseLoader, finalize: _Finalize) -> jinja2.Environment:
    return _environment(loader, _STEADY[finalize], _BoundedSandbox)


def _for_markdown(value: object) -> object:
    """Return a printed value as Markdown: a fact becomes a link to itself, a text is escaped."""
    if isinstance(value, Fact):
        return Markup(fact_links.write(value.id))
    if isinstance(value, Markup | jinja2.Undefined):
        return value
    return Markup(fact_links.escape(_plain(value)))


def _for_html(value: object) -> object:
    return value.value if isinstance(value, Enum) else "" if value is None else value


def _for_steady(finalize: _Finalize) -> _Finalize:
    """Return how a value is printed, unless that reads otherwise each time."""

    @functools.wraps(finalize)
    def printed(value: object) -> object:
        if not isinstance(value, str | int | float | Enum | Fact | jinja2.Undefined):
            _refuse_address(str(value))
        return finalize(value)

    return printed


_STEADY: dict[_Finalize, _Finalize] = {
    finalize: _for_steady(finalize) for finalize in (_for_markdown, _for_html)
}


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
    for frame, at in traceback.walk_tb(error.__traceback__):
        file_name = frame.f_code.co_filename
        if _is_template(file_name) and file_name in known:
            where, line = file_name, at
        elif isinstance(reading := frame.f_locals.get("self"), Parser):
            where, line = reading.name or name, reading.stream.current.lineno
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
