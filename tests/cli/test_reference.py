"""The reference is the program's own word, and the committed copy is that word."""

from pathlib import Path

import click
import pytest

from briefing.checks import runner
from briefing.cli import main, reference
from briefing.content import ladders
from briefing.formats import registry
from briefing.language import scale_texts, wording
from briefing.language.wording import MESSAGES
from briefing.model import findings

ROOT = Path(__file__).parents[2]
TEXT = reference.text(main)


def test_the_committed_reference_is_what_the_program_prints() -> None:
    committed = (ROOT / "REFERENCE.md").read_text("utf-8")
    assert committed == TEXT, "write it anew: .venv/bin/briefing reference > REFERENCE.md"


@pytest.mark.parametrize(("command", "item"), [*reference.commands(main)])
def test_every_command_and_option_is_explained(command: str, item: click.Command) -> None:
    assert f"### briefing {command}" in TEXT
    for option in (option for option in item.params if isinstance(option, click.Option)):
        assert option.opts[0] in TEXT


@pytest.mark.parametrize("name", [name for name in wording.FORMS if name])
def test_every_form_is_explained(name: str) -> None:
    assert f"| `#{name}` |" in TEXT


def test_every_check_scale_format_and_record_is_explained() -> None:
    for check in runner.CHECKS:
        assert f"### {check.slug}\n" in TEXT
    for slug, meaning in findings.FOUND_BEFORE.items():
        assert f"| `{slug}` | {meaning} |" in TEXT
    for scale in scale_texts.every(ladders.of_program().values(), MESSAGES.say):
        assert f"### {scale.title}\n" in TEXT
    for name in registry.by_name():
        assert f"| `{name}` |" in TEXT
    for field in ("version", "command", "exit_code", "findings", "decisions", "failures", "held"):
        assert f"| `{field}` |" in TEXT
