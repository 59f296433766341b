"""Names that are bound to keys: who may sign, what a signature covers, and what no forger gets past."""

from __future__ import annotations

import dataclasses
import datetime
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model.library import Library
from briefing.model.values import EditionNumber
from briefing.store import signing
from tests import signers
from tests.conftest import Project, needs, tries
from tests.signers import ADA, BOB, KEYS, LETTER, Office

pytestmark = [pytest.mark.process, needs(signers.SSH, "there is no ssh-keygen on this computer")]
PURCHASE = "content/briefs/letter.md"
SIGNATURES = f"{LETTER}/signatures.yaml"
LISTS = "content/signers-signed.yaml"


@pytest.fixture(scope="module")
def _opened_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return signers.opened(tmp_path_factory.mktemp("opened"))


@pytest.fixture
def office(_opened_once: Office, tmp_path: Path) -> Office:
    """A project that asks for signatures; nothing is issued or accepted yet."""
    return _opened_once.copy(tmp_path)


@pytest.fixture(scope="module")
def _issued_once(_opened_once: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = _opened_once.copy(tmp_path_factory.mktemp("issued"))
    made.expect("issue", "letter", "--note", "First.")
    made.expect("withdraw", "letter", "1", "--reason", "A figure was wrong.", by=BOB)
    return made


@pytest.fixture
def issued(_issued_once: Office, tmp_path: Path) -> Office:
    """The same after an edition of Ada's, which Bob has withdrawn."""
    return _issued_once.copy(tmp_path)


def messages(office: Office) -> str:
    return "\n".join(f"{item.at}: {item.message}; {item.hint}" for item in office.problems)


# ------------------------------------------------------------------------------------------ who may sign


@pytest.mark.pdf
def test_what_each_person_wrote_is_signed_with_that_persons_key(issued: Office) -> None:
    found = issued.library.signed["letter"]
    assert [(item.signature.by, item.problem) for item in found] == [(ADA, ""), (BOB, "")]
    assert [item.record for item in found[1].signature.covers] == ["withdrawal 1"]
    assert "edition 1" in [item.record for item in found[0].signature.covers]
    said = issued.project.call("check")
    assert said.exit_code == 0, said.text


def test_nobody_signs_in_the_name_of_another_person(office: Office) -> None:
    said = office.call("accept", "letter", by=ADA, key="bob")
    assert said.exit_code == 2
    assert "nothing was written: it was made with another key, SHA256:" in said.err
    assert not (office.project.root / LETTER).exists()


def test_a_name_without_a_key_is_refused_with_those_that_have_one(office: Office) -> None:
    said = office.call("accept", "letter", by="Ada March", key="ada")
    assert said.exit_code == 2
    assert "'Ada March' has no key in content/signers.yaml; did you mean 'Ada Marsh'?" in said.err


def test_without_the_private_key_the_message_names_the_ways(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    said = office.project.call("accept", "letter", "--by", ADA)
    assert said.exit_code == 2
    assert "load the key into the agent with 'ssh-add', or name its file with --key" in said.err


def test_the_key_is_found_in_the_folder_of_the_users_keys(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(office.keys, tmp_path / ".ssh")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    said = office.project.call("accept", "letter", "--by", BOB)
    assert said.exit_code == 0, said.text
    assert office.problems == ()


@needs(shutil.which("ssh-agent"), "there is no ssh-agent on this computer")
def test_the_agent_signs_so_no_file_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    said = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    for name, value in re.findall(r"(SSH_\w+)=([^;]+);", said):
        monkeypatch.setenv(name, value)
    try:
        subprocess.run(["ssh-add", "-q", office.keys / "ada"], check=True)
        done = office.project.call("accept", "letter", "--by", ADA)
    finally:
        subprocess.run(["ssh-agent", "-k"], capture_output=True, check=True)
    assert done.exit_code == 0, done.text
    assert office.problems == ()


def test_a_project_that_asks_for_none_needs_no_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, project: Project
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert project.call("accept", "overview", "--by", ADA).exit_code == 0


def test_a_computer_without_the_program_says_what_to_install(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = office.project.call("check")
    assert said.exit_code == 2
    assert "there is no ssh-keygen on this machine; install the package openssh-client of Debian" in said.err


def test_a_program_that_does_not_answer_is_not_waited_for(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sleeper = tmp_path / "ssh-keygen"
    sleeper.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    sleeper.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(signing, "VERIFY_SECONDS", 0.2)
    said = office.project.call("check")
    assert said.exit_code == 2
    assert "ssh-keygen did not answer within 0.2 seconds" in said.err


# ------------------------------------------------------------------------------------- the list of keys


def test_a_list_that_nobody_signed_is_an_error_where_the_project_asks(office: Office) -> None:
    (office.project.root / LISTS).unlink()
    (found,) = office.problems
    assert "nobody has signed the list of keys" in found.message
    assert str(found.at).startswith("content/project.yaml:")
    said = office.call("accept", "letter")
    assert said.exit_code == 1
    assert "Nothing of letter is accepted" in said.out


def test_a_key_that_somebody_adds_is_an_error_until_a_person_on_the_list_confirms_it(office: Office) -> None:
    key = signers.make_key(office.keys.parent, f"eve-{office.project.root.parent.name}")
    office.project.write(KEYS, office.project.read(KEYS) + signers.entry("eve", "Eve Adder", key))
    (found,) = office.problems
    assert found.message.startswith("the key 'eve' of Eve Adder was added after Ada Marsh signed the list")
    assert (found.at.path, found.at.line) == (KEYS, 7)
    said = office.call("signers", by="Eve Adder", key=f"../{office.keys.parent.name}/eve")
    assert said.exit_code == 2
    assert "'Eve Adder' has no key" in said.err
    office.expect("signers", by=BOB)
    assert office.problems == ()


def test_a_second_key_of_a_person_that_only_a_forger_has_is_an_error(office: Office) -> None:
    key = signers.make_key(office.keys.parent, f"forged-{office.project.root.parent.name}")
    office.project.write(KEYS, office.project.read(KEYS) + signers.entry("ada-two", ADA, key))
    assert "the key 'ada-two' of Ada Marsh was added after" in messages(office)
    # The list of before is thrown away, and begun again with the new key.
    (office.project.root / LISTS).unlink()
    forged = office.keys.parent / f"forged-{office.project.root.parent.name}"
    assert office.project.call("signers", "--by", ADA, "--key", str(forged)).exit_code == 0
    assert office.problems == (), "without any signature on record, nothing shows a list begun again"


@pytest.mark.pdf
def test_a_list_begun_again_fits_no_signature_of_before(issued: Office) -> None:
    (issued.project.root / LISTS).unlink()
    issued.expect("signers", by=BOB)
    assert "it names a list of keys that is not in content/signers-signed.yaml" in messages(issued)


def test_a_list_in_the_middle_cannot_be_replaced(office: Office) -> None:
    text = office.project.read(KEYS)
    for day in ("2040-01-01", "2041-01-01"):
        office.project.write(KEYS, text.replace(f"  name: {BOB}", f"  name: {BOB}\n  valid_before: {day}"))
        office.expect("signers")
    assert office.problems == ()
    office.project.write(LISTS, office.project.read(LISTS).replace("2040-01-01", "2042-01-01"))
    assert "list 2 of the keys: it does not fit what it covers" in messages(office)


def test_two_names_with_one_key_are_one_person(office: Office) -> None:
    key = (office.keys / "ada.pub").read_text("utf-8").split()
    other = " ".join([*key[:2], "another comment"])
    office.project.write(KEYS, office.project.read(KEYS) + signers.entry("twin", "A. Twin", other))
    assert "'A. Twin' has the key of 'Ada Marsh', so they count as one person" in messages(office)


def test_what_is_no_key_is_refused_at_its_line(office: Office) -> None:
    office.project.write(
        KEYS, office.project.read(KEYS) + signers.entry("eve", "Eve Adder", "ssh-ed25519 AAAA")
    )
    found = next(item for item in office.problems if item.check == "does-not-fit")
    assert (found.at.path, found.at.line) == (KEYS, 9)
    assert "not a public key of SSH or GPG" in found.message


def test_the_rule_itself_cannot_be_taken_back_unseen(office: Office) -> None:
    office.project.change("content/project.yaml", "signed_since: 2020-01-01\n", "")
    assert "the project no longer asks for signatures" in messages(office)
    office.project.change(
        "content/project.yaml", "paper: Letter\n", "paper: Letter\nsigned_since: 2039-01-01\n"
    )
    assert "'signed_since' or 'two_persons_since' was changed after Ada Marsh signed" in messages(office)


@pytest.mark.pdf
def test_without_rule_and_list_the_signatures_still_show_it(issued: Office) -> None:
    issued.project.change("content/project.yaml", "signed_since: 2020-01-01\n", "")
    (issued.project.root / LISTS).unlink()
    assert "the records of letter are signed, and the project no longer asks" in messages(issued)


# ------------------------------------------------------------------------------------------- days of keys


def change_key(office: Office, *lines: str) -> None:
    """Write lines below Ada's key, and let Bob confirm them."""
    text = office.project.read(KEYS)
    office.project.write(KEYS, text.replace("bob:\n", "".join(f"  {line}\n" for line in lines) + "bob:\n"))
    office.expect("signers", by=BOB)


@pytest.mark.pdf
def test_what_a_key_signed_before_its_end_stays_signed(issued: Office) -> None:
    day = issued.library.signed["letter"][0].signature.day.latest
    change_key(issued, f"valid_before: {day.replace(year=day.year + 1)}")
    assert issued.problems == ()


@pytest.mark.pdf
def test_what_a_key_signed_after_its_end_does_not_count(issued: Office) -> None:
    day = issued.library.signed["letter"][0].signature.day.edtf
    change_key(issued, f"valid_before: {day}")
    assert f"no key of Ada Marsh was valid on {day}" in messages(issued)
    assert f"{LETTER}/1.yaml" in messages(issued)
    said = issued.call("accept", "letter")
    assert said.exit_code == 1, "the brief is held back, so nothing of it is accepted"


def test_a_key_of_another_time_signs_nothing(office: Office) -> None:
    change_key(office, "valid_after: 2999-01-01")
    said = office.call("accept", "letter")
    assert said.exit_code == 2
    assert "no key of Ada Marsh was valid on" in said.err


@pytest.mark.pdf
def test_nothing_that_a_revoked_key_signed_counts(issued: Office) -> None:
    change_key(issued, "revoked: stolen with a bag")
    assert "the key 'ada' of Ada Marsh is revoked: stolen with a bag" in messages(issued)


# ------------------------------------------------------------------------------------------------ forgers


@pytest.mark.pdf
def test_a_signature_for_another_purpose_does_not_count(issued: Office) -> None:
    found = issued.library.signed["letter"][0].signature
    from briefing.content import signed

    done = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", issued.keys / "ada"],
        input=signed.statement(found),
        capture_output=True,
        check=True,
    )
    text = issued.project.read(SIGNATURES)
    indented = "\n".join(f"    {line}" for line in done.stdout.decode().strip().splitlines())
    old = "\n".join(f"    {line}" for line in found.signature.splitlines())
    assert old in text
    issued.project.write(SIGNATURES, text.replace(old, indented))
    signers.seal_again(issued.project)
    assert "namespace does not match" in messages(issued)


@pytest.mark.pdf
def test_an_edition_under_another_number_is_not_signed(issued: Office) -> None:
    (edition,) = issued.library.issued["letter"]
    signers.forge(issued.project, dataclasses.replace(edition, id=EditionNumber("2")))
    assert f"{LETTER}/2.yaml:1:1: edition 2 of letter, by Ada Marsh: it is not signed" in messages(issued)


@pytest.mark.pdf
def test_records_of_one_brief_prove_nothing_for_another(issued: Office) -> None:
    project = issued.project
    project.write("content/briefs/copy.md", project.read(PURCHASE).replace("formerly: [paper]\n", ""))
    shutil.copytree(project.root / LETTER, project.root / "content/editions/copy")
    for name in ("1", "signatures"):
        path = f"content/editions/copy/{name}.yaml"
        project.write(path, project.read(path).replace("brief: letter", "brief: copy"))
    signers.seal_again(project, "copy")
    found = {
        item.message.partition(": ")[0]: item.message for item in issued.problems if item.brief == "copy"
    }
    assert "it was changed after it was signed" in found["edition 1 of copy, by Ada Marsh"]
    assert "it was changed after it was signed" in found["the withdrawal of edition 1 of copy, by Bob Reed"]
    assert "does not fit what it covers" in found["the acceptance of 'text.1' of copy, by Ada Marsh"]
    assert len(found) == 2 + len(issued.library.accepted["copy"].acceptances)
    project.write(path, project.read(path).replace("brief: copy", "brief: letter"))
    assert "this signature of 'letter' is in the folder of 'copy'" in messages(issued)


@pytest.mark.pdf
def test_a_record_in_anothers_name_is_not_signed_by_that_person(issued: Office) -> None:
    (edition,) = issued.library.issued["letter"]
    signers.forge(issued.project, dataclasses.replace(edition, by=BOB))
    assert "edition 1 of letter, by Bob Reed: it was changed after it was signed" in messages(issued)


@pytest.mark.pdf
def test_without_its_signatures_every_record_is_an_error(issued: Office) -> None:
    (issued.project.root / SIGNATURES).unlink()
    signers.seal_again(issued.project)
    found = [item.message for item in issued.problems]
    assert "edition 1 of letter, by Ada Marsh: it is not signed" in found
    assert "the withdrawal of edition 1 of letter, by Bob Reed: it is not signed" in found
    assert "the acceptance of 'text.1' of letter, by Ada Marsh: it is not signed" in found
    said = issued.project.build("--format", "markdown")
    assert said.exit_code == 1
    assert not (issued.project.output / "briefs/letter.md").exists()
    assert "error[signature]" in said.err
    assert issued.project.call("plan").exit_code == 1


def _places(office: Office) -> Iterator[tuple[str, int]]:
    """Every character of every signed file, apart from its first line, which is a comment."""
    for name in (
        f"{LETTER}/1.yaml",
        f"{LETTER}/accepted.yaml",
        f"{LETTER}/withdrawn.yaml",
        SIGNATURES,
        LISTS,
        KEYS,
    ):
        text = office.project.read(name)
        begin = text.index("\n") if text.startswith("#") else 0
        yield from ((name, index) for index in range(begin, len(text)))


@pytest.mark.pdf
def test_any_byte_changed_in_what_is_signed_is_an_error(_issued_once: Office) -> None:
    """Whatever a person changes and seals again: it is an error, or every record says what it said."""
    project = _issued_once.project
    places = list(_places(_issued_once))
    before = _issued_once.library
    kept = {name: project.read(name) for name, _ in places}
    seals = project.read(f"{LETTER}/seals.yaml")

    @settings(max_examples=tries(60))
    @given(st.sampled_from(places), st.sampled_from("x0:-A +\n#'"))
    def change(place: tuple[str, int], new: str) -> None:
        name, index = place
        text = kept[name]
        if text[index] == new:
            return
        try:
            project.write(name, text[:index] + new + text[index + 1 :])
            if not any(item.is_error and item.check != "ledger" for item in signers.problems(project)):
                signers.seal_again(project)
            found = signers.problems(project)
            after = signers.library(project) if not found else before
            assert found or _said_by(after) == _said_by(before), (name, index, new)
        finally:
            for path, words in kept.items():
                project.write(path, words)
            project.write(f"{LETTER}/seals.yaml", seals)

    change()
    assert _issued_once.problems == ()


def _said_by(library: Library) -> object:
    return library.issued["letter"], library.accepted["letter"], library.signing_keys, library.signed_keys


# -------------------------------------------------------------------------- names of then, records of before


def test_a_renamed_fact_and_a_renamed_brief_stay_signed(office: Office) -> None:
    office.expect("accept", "letter", by=BOB)
    project = office.project
    sheet = "content/facts/drones.yaml"
    project.change(sheet, "\n  price:\n", "\n  cost:\n    formerly: [drones.price]\n")
    for path in sorted((project.root / "content").rglob("*.*")):
        if "editions" not in path.parts:
            name = path.relative_to(project.root).as_posix()
            text = re.sub(r"(?<!formerly: \[)drones\.price", "drones.cost", project.read(name))
            project.write(name, text)
    project.write("content/briefs/note.md", project.read(PURCHASE).replace("[paper]", "[paper, letter]"))
    (project.root / PURCHASE).unlink()
    project.change("content/project.yaml", "home: [letter]", "home: [note]")
    assert office.problems == ()
    project.change("content/briefs/note.md", "gives thanks for the letter", "gives its thanks for the letter")
    office.expect("accept", "note", by=ADA)
    assert "drones.cost" in project.read("content/editions/note/accepted.yaml")
    assert office.problems == ()


def test_older_records_are_adopted_by_a_signature_that_says_so(tmp_path: Path) -> None:
    office = signers.opened(tmp_path, since="2999-01-01")
    project = office.project
    project.change("content/project.yaml", "signed_since: 2999-01-01\n", "")
    lists = project.read(LISTS)
    (project.root / LISTS).unlink()
    assert project.call("accept", "letter", "--by", "C. Gone").exit_code == 0
    project.write(LISTS, lists)
    project.change("content/project.yaml", "paper: Letter\n", "paper: Letter\nsigned_since: 2999-01-01\n")
    assert "by C. Gone: it is not signed; restore" in messages(office)
    assert "run 'briefing adopt letter --by NAME'" in messages(office)
    said = office.call("adopt", "letter")
    assert said.exit_code == 0, said.text
    assert "12 older records of letter signed by Ada Marsh:" in said.out
    assert office.problems == ()
    again = office.call("adopt", "letter")
    assert "No older record of letter lacks a signature" in again.out


def test_a_later_record_is_never_adopted(office: Office) -> None:
    office.expect("accept", "letter", by=BOB)
    (office.project.root / SIGNATURES).unlink()
    signers.seal_again(office.project)
    said = office.call("adopt", "letter")
    assert "nothing was written" in said.out
    assert "by Bob Reed: it is not signed" in messages(office)
    assert "adopt" not in messages(office)


def test_the_memory_of_earlier_runs_does_not_hide_a_change(office: Office) -> None:
    office.expect("accept", "letter")
    assert office.project.build("--format", "markdown").exit_code == 0
    change_key(office, "valid_before: 2021-01-01")
    said = office.project.build("--format", "markdown")
    assert said.exit_code == 1
    assert "no key of Ada Marsh was valid on" in said.err


# -------------------------------------------------------------------------------------------------- GPG


@pytest.fixture
def gpg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A keyring with one key for a year; its public half."""
    home = tmp_path / "gpg"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    quiet = ["gpg", "--batch", "--quiet"]
    who = "Gus Pratt <gus@office.example>"
    subprocess.run(
        [*quiet, "--passphrase", "", "--quick-gen-key", who, "ed25519", "sign", "1y"],
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        [*quiet, "--armor", "--export", "gus@office.example"], check=True, capture_output=True, text=True
    )
    yield done.stdout.strip()
    subprocess.run(["gpgconf", "--kill", "all"], check=False, capture_output=True)


@needs(signers.GPG, "there is no gpg on this computer")
def test_a_key_of_gpg_signs_as_well(office: Office, gpg: str) -> None:
    key = "|\n" + "\n".join(f"    {line}".rstrip() for line in gpg.splitlines())
    office.project.write(KEYS, office.project.read(KEYS) + signers.entry("gus", "Gus Pratt", key))
    office.expect("signers")
    said = office.project.call("accept", "letter", "--by", "Gus Pratt")
    assert said.exit_code == 0, said.text
    assert "BEGIN PGP SIGNATURE" in office.project.read(SIGNATURES)
    assert office.problems == ()
    record = f"{LETTER}/accepted.yaml"
    office.project.write(record, office.project.read(record).replace("by: Gus Pratt", "by: Gus Prat"))
    signers.seal_again(office.project)
    assert "it was changed after it was signed" in messages(office)


@needs(signers.GPG, "there is no gpg on this computer")
def test_what_a_key_of_gpg_signed_counts_only_unchanged_and_within_its_time(gpg: str) -> None:
    made = signing.sign(b"The words.", [gpg])
    day = datetime.date.today()  # gpg made the key now, and signs now
    later = day.replace(year=day.year + 2)
    assert signing.problem(b"The words.", made, [gpg], day) == ""
    assert signing.problem(b"Other words.", made, [gpg], day) == "it does not fit what it covers"
    assert signing.problem(b"The words.", made, [], day) == "it was made with another key"
    assert signing.problem(b"The words.", made, [gpg], later) == "its key had expired"
