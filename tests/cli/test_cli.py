"""The program as it is called: help, exit codes, records, the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from briefing import __version__
from briefing.cli import main, reference
from tests import forks
from tests.conftest import QUICK, Project, call, contents, environment, run

COMMANDS = dict(reference.commands(main))
"""Every command that can be called, by its full name: ``source add``."""
SLOW_LIBRARIES = (
    *("jinja2", "yaml", "markdown_it", "babel", "weasyprint", "fontTools", "difflib"),
    *("trafilatura", "pypdfium2", "icalendar"),
)


# ----------------------------------------------------------------------------------------------- help


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_does_and_what_each_option_means(command: str) -> None:
    said = call(*command.split(), "--help")
    assert said.exit_code == 0
    assert said.out.startswith("Usage: ")
    assert f" {command} [OPTIONS]" in said.out
    assert "\\b" not in said.out
    item = COMMANDS[command]
    assert item.help
    assert item.help.rstrip().endswith(".")
    for option in (option for option in item.params if isinstance(option, click.Option)):
        text = option.help or ""
        assert text, option.name
        assert text[0].isupper()
        assert text.endswith(".")
    assert max(map(len, said.out.splitlines())) <= 80


def test_help_names_the_commands_and_the_exit_codes() -> None:
    said = call("--help")
    assert said.exit_code == 0
    assert all(f"\n  {command} " in said.out for command in main.commands)
    text = " ".join(said.out.split())
    assert (
        "Exit status: 0 all is well, 1 the content has errors, 2 the call or the computer has a problem."
        in text
    )
    assert call("-h").out == said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_ends_with_the_exit_codes(command: str) -> None:
    last = call(*command.split(), "--help").out.rstrip().rpartition("\n\n")[2]
    assert last.lstrip().startswith("Exit status: 0 all is well")


def test_version_is_told() -> None:
    assert call("--version").out == f"briefing, version {__version__}\n"


@pytest.mark.process
def test_module_can_be_run() -> None:
    said = run("--version")
    assert (said.exit_code, said.out) == (0, f"briefing, version {__version__}\n")
    assert run("--help").out.startswith("Usage: briefing [OPTIONS] COMMAND")


@pytest.mark.process
def test_shell_completes_commands_and_options() -> None:
    script = run(env=environment(_BRIEFING_COMPLETE="bash_source"))
    assert script.exit_code == 0
    assert "complete -o nosort -F _briefing_completion briefing" in script.out
    words = {"_BRIEFING_COMPLETE": "bash_complete", "COMP_WORDS": "briefing build --f", "COMP_CWORD": "2"}
    assert run(env=environment(**words)).out == "plain,--format\n"
    words |= {"COMP_WORDS": "briefing build --format ", "COMP_CWORD": "3"}
    assert {line.removeprefix("plain,") for line in run(env=environment(**words)).out.split()} == {
        *("markdown", "html", "pdf", "two-page", "flash", "site")
    }


# ------------------------------------------------------------------------------------------ exit codes


@pytest.mark.parametrize("command", ["check", "plan", "build"])
def test_exit_code_is_0_for_good_content_and_1_for_errors(command: str, project: Project) -> None:
    scope = () if command == "check" else QUICK
    assert project.call(command, *scope).exit_code == 0
    project.change("content/facts/ferry.yaml", "status: discussed", "status: discused")
    said = project.call(command, *scope)
    assert said.exit_code == 1
    assert "error[unknown-word] 'status' cannot be 'discused'" in said.err
    assert "help: did you mean 'discussed'?" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--project", "/no/such/folder"),
        ("check", "--project", "/no/such/folder"),
        ("plan", "--as-of", "yesterday"),
        ("plan", "--as-of", "2031-02-30"),
        ("build", "--jobs", "0"),
        ("build", "--jobs", "many"),
        ("build", "--format", "docx"),
        ("build", "--no-such-option"),
        ("no-such-command",),
        ("check", "superfluous"),
        ("check", "--format", "pdf"),
    ],
)
def test_mistake_in_the_call_is_2_and_one_sentence(arguments: tuple[str, ...]) -> None:
    said = call(*arguments)
    assert said.exit_code == 2
    assert said.out == ""
    assert "Traceback" not in said.err
    assert said.err.strip()


def test_folder_that_is_no_project_is_named(tmp_path: Path) -> None:
    said = call("check", "--project", tmp_path)
    assert said.exit_code == 2
    assert said.err == (
        f"briefing: {tmp_path} is not a project: it has no content/project.yaml; "
        f"'briefing init {tmp_path}' makes one\n"
    )


# --------------------------------------------------------------------------------------------- output


@pytest.mark.process
def test_findings_go_to_the_one_stream_and_the_summary_to_the_other(project: Project, tmp_path: Path) -> None:
    project.change("content/facts/ferry.yaml", "review_by: 2099-12-31", "review_by: 2020-01-01")
    said = forks.at_files(tmp_path, "check", "--project", project.root)
    assert said.out == "0 errors, 1 warning\n"
    assert said.err.startswith("content/facts/ferry.yaml:15:16: warning[review-due] ferry.letter was due for")


@pytest.mark.process
def test_json_is_one_record_and_nothing_else(project: Project, tmp_path: Path) -> None:
    project.change("content/facts/ferry.yaml", "review_by: 2099-12-31", "review_by: 2020-01-01")
    for command, scope in (("check", ()), ("plan", QUICK), ("build", QUICK), ("build", QUICK)):
        said = forks.at_files(tmp_path, command, "--json", "--project", project.root, *scope)
        assert said.err == ""
        found = json.loads(said.out)
        names = ["version", "command", "exit_code", "findings", "decisions", "failures", "held"]
        assert list(found) == [*names, *(["impact"] if command == "plan" else [])]
        assert (found["version"], found["command"], found["exit_code"]) == (1, command, said.exit_code)
        assert len(found["findings"]) == 1


def test_json_of_a_remembered_build_is_that_of_the_first_but_for_what_was_made(project: Project) -> None:
    first, second = (project.build("--json", *QUICK).record for _ in range(2))
    assert [item["path"] for item in first["decisions"]] == [item["path"] for item in second["decisions"]]
    assert {item["action"] for item in second["decisions"]} == {"keep"}
    assert {**first, "decisions": []} == {**second, "decisions": []}


@pytest.mark.process
def test_pipe_gets_neither_colour_nor_progress(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "status: discussed", "status: discused")
    said = run("build", "--project", project.root, "--format", "pdf")
    assert "\x1b" not in said.text
    assert "\r" not in said.text


def on_a_terminal(*arguments: str, **settings: str) -> str:
    """What the program writes where both its streams are a terminal."""
    import pty

    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", *arguments],
        env=environment(**{"TERM": "xterm-256color", **settings}),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        close_fds=True,
    )
    os.close(terminal)
    found = b""
    while True:
        try:
            data = os.read(controller, 65536)
        except OSError:
            break
        if not data:
            break
        found += data
    process.wait()
    os.close(controller)
    return found.decode()


@pytest.mark.process
def test_terminal_gets_colour(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "status: discussed", "status: discused")
    arguments = ("check", "--project", str(project.root))
    assert "\x1b[31m" in on_a_terminal(*arguments)


@pytest.mark.process
def test_no_color_is_honoured(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "status: discussed", "status: discused")
    assert "\x1b[3" not in on_a_terminal("check", "--project", str(project.root), NO_COLOR="1")


@pytest.mark.process
def test_terminal_gets_progress_that_is_wiped_out(project: Project) -> None:
    text = on_a_terminal("build", "--project", str(project.root), "--format", "pdf")
    assert "2 of 2" in text
    lines = text.replace("\r\n", "\n").split("\n")
    assert not [line for line in lines if " of 2" in line.rpartition("\r")[2]]
    assert "2 files: 2 made" in text


@pytest.mark.process
def test_narrow_encoding_of_the_terminal_is_no_reason_to_fail(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "status: discussed", "status: ґ…")
    said = run("check", "--project", project.root, env=environment(PYTHONIOENCODING="ascii", PYTHONUTF8="0"))
    assert said.exit_code == 1
    assert "Traceback" not in said.err


@pytest.mark.process
def test_reader_that_stops_early_is_no_reason_for_a_traceback(project: Project) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", "plan", "--json", "--project", str(project.root)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    process.wait()
    assert "Traceback" not in errors


# ----------------------------------------------------------------------------------------- environment


def test_options_can_be_given_by_the_environment(project: Project, tmp_path: Path) -> None:
    output = tmp_path / "by environment"
    settings = {"BRIEFING_BUILD_OUTPUT": str(output), "BRIEFING_BUILD_FORMAT": "markdown"}
    assert call("build", "--project", project.root, env=settings).exit_code == 0
    assert set(contents(output)) == {"briefs/overview.md", "briefs/ferry-purchase.md"}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BRIEFING_CHECK_PROJECT", "/no/such/folder"),
        ("BRIEFING_CHECK_ONLY", "no-such-brief"),
        ("BRIEFING_BUILD_PROJECT", "/no/such/folder"),
        ("BRIEFING_BUILD_ONLY", "no-such-brief"),
        ("BRIEFING_BUILD_FORMAT", "no-such-format"),
    ],
)
def test_variables_are_named_like_the_options(variable: str, value: str, project: Project) -> None:
    command = variable.split("_")[1].lower()
    arguments = (command,) if variable.endswith("PROJECT") else (command, "--project", str(project.root))
    said = call(*arguments, env={variable: value})
    assert said.exit_code == 2
    assert value in said.err


def test_json_can_be_asked_for_by_the_environment(project: Project) -> None:
    said = call("build", "--project", project.root, *QUICK, env={"BRIEFING_BUILD_JSON": "1"})
    assert json.loads(said.out)["command"] == "build"


# ---------------------------------------------------------------------------------------------- speed


@pytest.mark.process
@pytest.mark.parametrize(
    "arguments", [("build", *QUICK), ("plan", *QUICK), ("--help",), ("--version",)], ids=lambda a: a[0]
)
def test_what_has_nothing_to_do_imports_nothing_slow(arguments: tuple[str, ...], project: Project) -> None:
    assert project.build(*QUICK).exit_code == 0
    where = ("--project", str(project.root)) if not arguments[0].startswith("-") else ()
    code = (
        "import sys\n"
        "from briefing.cli import main\n"
        "try:\n"
        "    main(sys.argv[1:])\n"
        "finally:\n"
        f"    print([name for name in {SLOW_LIBRARIES!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, *where],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == "[]\n"


def test_name_of_a_file_that_a_space_cut_in_two_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "Ashby Herald of May.txt"
    file.write_text("The Ashby Herald\n\nThe council voted 9 to 5.\n")
    cut = str(file).split()
    for call_of in ((*cut, "--captures", tmp_path), ("--captures", tmp_path, *cut)):
        said = call("source", "add", *map(str, call_of))
        assert said.exit_code == 2
        assert f'a name with a space needs quotation marks: "{file}"' in " ".join(said.err.split())


def test_word_too_many_is_still_one_too_many() -> None:
    said = call("source", "show", "one", "more", "--captures", "captures")
    assert said.exit_code == 2
    assert "unexpected extra argument" in said.err


def test_project_file_with_a_second_ending_is_to_be_renamed(project: Project) -> None:
    named = project.root / "content/project.yaml"
    named.rename(named.with_name("project.yaml.txt"))
    said = project.call("check")
    assert said.exit_code == 2
    assert "rename content/project.yaml.txt to project.yaml" in said.err


def test_lines_to_copy_begin_at_the_margin(project: Project) -> None:
    sheet = next((project.root / "content/facts").glob("*.yaml"))
    sheet.write_text(sheet.read_text("utf-8").replace("said_by: [", "said_by: [joan-pell, ", 1), "utf-8")
    assert "\njoan-pell:\n  name: Joan Pell " in project.call("check").err
