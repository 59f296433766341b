"""Readers of foreign files as they may be: the box runs each in a child process."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from briefing.model.findings import MissingLibraryError, UsageError


def sizes(data: bytes, name: str) -> object:
    return [name, len(data)]


def turns(data: bytes, name: str) -> object:
    while True:
        pass


def grows(data: bytes, name: str) -> object:
    return len(bytearray(2_000_000_000))


def fails(data: bytes, name: str) -> object:
    return 1 / len(data)


def fails_at_length(data: bytes, name: str) -> object:
    raise ValueError("first line\nsecond line")


def nests(data: bytes, name: str) -> object:
    return nests(data, name)


def crashes(data: bytes, name: str) -> object:
    return ctypes.string_at(0)


def leaves(data: bytes, name: str) -> object:
    os._exit(3)


def has_no_words(data: bytes, name: str) -> object:
    return {1, 2}


def waits(data: bytes, name: str) -> object:
    time.sleep(60)
    return None


def repeats(data: bytes, name: str) -> object:
    return "x" * 5000


def refuses(data: bytes, name: str) -> object:
    raise UsageError(f"{name} has no words")


def lacks(data: bytes, name: str) -> object:
    raise MissingLibraryError(f"{name} has no words")


def prints(data: bytes, name: str) -> object:
    os.write(1, b'["answer", "loud"]')
    print("loud")
    return "quiet"


def tells(data: bytes, name: str) -> object:
    Path(name).write_text(str(os.getpid()), "ascii")
    time.sleep(60)
    return None
