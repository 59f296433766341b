"""Signatures as git makes them: this is the only module that runs ``ssh-keygen`` and ``gpg``.

Private keys are never read here. The agent has them, or the program that makes the signature reads the file
and asks for its passphrase. Public keys come from the content, so that a check gives the same on any machine.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.model.findings import BriefingError
from briefing.model.signatures import PGP_BEGIN

NAMESPACE = "briefing"
"""The purpose that is part of each SSH signature: one made for git or for mail is not taken for ours."""
SSH = "ssh-keygen"
GPG = "gpg"
SIGN_SECONDS = 120
"""A person types a passphrase or touches a key in this time."""
VERIFY_SECONDS = 20
_FOUND_IN = {
    SSH: "the package openssh-client of Debian, or the optional feature OpenSSH Client of Windows",
    GPG: "the package gnupg of Debian, or Gpg4win on Windows",
}
_SSH_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_PGP_BEGIN = "-----BEGIN PGP SIGNATURE-----"
_SSH_KEY = re.compile(
    r"(?P<key>(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)"
    r"@openssh\.com) [A-Za-z0-9+/]{40,}={0,2})(?: [^\r\n]*)?"
)
_PGP_KEY = re.compile(rf"{PGP_BEGIN}\n[A-Za-z0-9+/=:;,.@ ()<>\n-]+\n-----END PGP PUBLIC KEY BLOCK-----")
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/=]+")


def ssh_key(text: str) -> str:
    """Return the kind and the bytes of a public SSH key, without its comment; empty if the text is none."""
    match = _SSH_KEY.fullmatch(text.strip())
    return match["key"] if match else ""


def is_key(text: str) -> bool:
    """Return whether a text is a public key, of SSH or of GPG."""
    return bool(ssh_key(text) or _PGP_KEY.fullmatch(text.strip()))


def sign(message: bytes, keys: Sequence[str], file: str = "") -> str:
    """Return a signature over a message, made with the private half of one of some public keys.

    ``file`` is the file of an SSH key; without it, the agent or the folder of the user's keys has it. Raises
    BriefingError if none of the keys is at hand.
    """
    of_ssh = [key for key in map(ssh_key, keys) if key]
    of_gpg = [key for key in keys if not ssh_key(key)]
    try:
        if of_ssh:
            return _sign_with_ssh(message, of_ssh, file)
    except BriefingError:
        if file or not of_gpg:
            raise
    return _sign_with_gpg(message, of_gpg)


def problem(message: bytes, signature: str, keys: Sequence[str], day: datetime.date) -> str:
    """Return why a signature over a message was not made with one of some keys; empty if it was.

    ``day`` is when it was made. A key of GPG has its own end, and has to be valid on that day.
    """
    if signature.startswith(_SSH_BEGIN):
        return _problem_of_ssh(message, signature, [key for key in map(ssh_key, keys) if key])
    if signature.startswith(_PGP_BEGIN):
        return _problem_of_gpg(message, signature, [key for key in keys if not ssh_key(key)], day)
    return "expected a signature of SSH or GPG, found another text"


# ---------------------------------------------------------------------------------------------------- SSH


def _sign_with_ssh(message: bytes, keys: Sequence[str], file: str) -> str:
    with _folder() as folder:
        places = (
            [file] if file else [_place(key, folder / f"{number}.pub") for number, key in enumerate(keys)]
        )
        said = ""
        for place in places:
            done = _run([SSH, "-Y", "sign", "-n", NAMESPACE, "-f", place], message, SIGN_SECONDS)
            if done.returncode == 0:
                return done.stdout.decode("ascii", "replace").strip()
            said = said or _last_line(done.stderr)
    raise BriefingError(
        f"{SSH} made no signature ({said}); load the key into the agent with 'ssh-add', or name its file "
        "with --key"
    )


def _place(key: str, otherwise: Path) -> str:
    """Return the file of a public key among those of the user, or one with the key for the agent."""
    folder = Path(os.path.expanduser("~")) / ".ssh"  # noqa: PTH111 - it never raises
    for path in sorted(folder.glob("*.pub")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if ssh_key(path.read_text("utf-8")) == key:
                return str(path)
    otherwise.write_text(f"{key}\n", "ascii")
    return str(otherwise)


def _problem_of_ssh(message: bytes, signature: str, keys: Sequence[str]) -> str:
    with _folder() as folder:
        allowed, signed = folder / "allowed", folder / "signature"
        allowed.write_text("".join(f'signer namespaces="{NAMESPACE}" {key}\n' for key in keys), "ascii")
        signed.write_text(f"{signature}\n", "utf-8")
        verify = ["-Y", "verify", "-f", str(allowed), "-I", "signer"]
        done = _run([SSH, *verify, "-n", NAMESPACE, "-s", str(signed)], message, VERIFY_SECONDS)
        if done.returncode == 0:
            return ""
        # It is not valid. Who made it, if it is a signature over this message at all, only explains why.
        looked_at = _run(
            [SSH, "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signed)], message, VERIFY_SECONDS
        )
    maker = _FINGERPRINT.search(looked_at.stdout.decode("ascii", "replace"))
    if looked_at.returncode == 0 and maker:
        return f"it was made with another key, {maker[0]}"
    return f"it does not fit what it covers ({_last_line(done.stderr)})"


# ---------------------------------------------------------------------------------------------------- GPG


def _sign_with_gpg(message: bytes, keys: Sequence[str]) -> str:
    said = ""
    for key in keys:
        shown = _run([GPG, "--batch", "--with-colons", "--show-keys"], key.encode(), VERIFY_SECONDS)
        lines = (line.split(":") for line in shown.stdout.decode("utf-8", "replace").splitlines())
        fingerprint = next((fields[9] for fields in lines if fields[0] == "fpr" and len(fields) > 9), "")
        if not fingerprint:
            said = said or _last_line(shown.stderr)
            continue
        sign = [GPG, "--armor", "--detach-sign", "--local-user", fingerprint, "--output", "-"]
        done = _run(sign, message, SIGN_SECONDS)
        if done.returncode == 0:
            return done.stdout.decode("ascii", "replace").strip()
        said = said or _last_line(done.stderr)
    raise BriefingError(f"{GPG} made no signature ({said}); its keyring has to have the private key")


def _problem_of_gpg(message: bytes, signature: str, keys: Sequence[str], day: datetime.date) -> str:
    # As of the end of that day in every time zone: whether a key has expired must not depend on the clock.
    then = f"{day + datetime.timedelta(2):%Y%m%d}T000000!"
    with _folder() as folder:
        signed, said = folder / "signature", ""
        signed.write_text(f"{signature}\n", "utf-8")
        gpg = [GPG, "--homedir", str(folder), "--batch", "--no-autostart", "--no-auto-key-retrieve"]
        if keys:
            said = _last_line(_run([*gpg, "--import"], "\n".join(keys).encode(), VERIFY_SECONDS).stderr)
        verify = ["--trust-model", "always", "--faked-system-time", then, "--status-fd", "1", "--verify"]
        done = _run([*gpg, *verify, str(signed), "-"], message, VERIFY_SECONDS)
    found = [line.split() for line in done.stdout.decode("utf-8", "replace").splitlines()]
    status = {fields[1] for fields in found if len(fields) > 1 and fields[0] == "[GNUPG:]"}
    if done.returncode == 0 and {"GOODSIG", "VALIDSIG"} <= status:
        return ""
    if "BADSIG" in status:
        return "it does not fit what it covers"
    if "NO_PUBKEY" in status:
        return "it was made with another key"
    reasons = {
        "EXPKEYSIG": "its key had expired",
        "REVKEYSIG": "its key is revoked",
        "EXPSIG": "it has expired",
    }
    known = next((words for name, words in reasons.items() if name in status), "")
    return known or f"{GPG} does not accept it ({_last_line(done.stderr) or said})"


# ---------------------------------------------------------------------------------------------- processes


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _run(arguments: Sequence[str], message: bytes, seconds: int) -> subprocess.CompletedProcess[bytes]:
    """Run a program of the system. Raises BriefingError if it is missing, too old, or takes too long."""
    program = arguments[0]
    found = shutil.which(program)
    if found is None:
        raise BriefingError(
            f"this project asks for signatures, and there is no {program} on this machine; install "
            f"{_FOUND_IN[program]}"
        )
    try:
        done = subprocess.run(
            [found, *arguments[1:]], input=message, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BriefingError(f"{program} did not answer within {seconds} seconds") from error
    except OSError as error:
        raise BriefingError(f"{found} cannot be started: {error.strerror}") from error
    if re.search(rb"(?:unknown|illegal|unrecognized) option", done.stderr):
        raise BriefingError(
            f"{found} is too old: signatures need OpenSSH 8.1 or newer, or GnuPG 2.2 or newer"
        )
    return done


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines else "without a message"
