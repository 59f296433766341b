"""The table of letters that look like a letter of ASCII, made from Unicode's ``confusables.txt``.

``python -m tests.look_alikes confusables.txt > briefing/model/look_alikes.py`` writes it; the file is that of
https://www.unicode.org/Public/security/latest/confusables.txt.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.model.characters import UNMIXED, script_of

_IN_USE = "ıþɣʋ"
"""Letters of living Latin alphabets, which stand in names: Diyarbakır, Þórshöfn."""
_HEAD = '''"""Letters that look like a letter or digit of ASCII, by that; from {source}.

Written by ``python -m tests.look_alikes``. Left out are scripts whose letters nobody takes for Latin
ones, and characters whose compatibility form (NFKC) is ASCII already.
"""

LOOK_ALIKES = {{
'''


def look_alikes(lines: Iterable[str]) -> dict[str, list[str]]:
    """Return the letters that look like each letter or digit of ASCII."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        codes = line.partition("#")[0].split(";")
        if len(codes) < 3:
            continue
        letter, plain = ("".join(chr(int(code, 16)) for code in part.split()) for part in codes[:2])
        if len(letter) != 1 or not unicodedata.category(letter).startswith("L") or letter in _IN_USE:
            continue
        script = script_of(letter) or unicodedata.name(letter).partition(" ")[0]
        if script not in UNMIXED and not unicodedata.normalize("NFKC", letter).isascii():
            plain = "I" if plain == "l" and letter.isupper() else plain
            if len(plain) == 1 and plain.isascii() and plain.isalnum():
                found[plain].add(letter)
    return {plain: sorted(found[plain]) for plain in sorted(found)}


def module(text: str) -> Iterator[str]:
    """Yield the lines of the module."""
    version = next(line for line in text.splitlines() if line.startswith("# Version:")).split()[-1]
    yield _HEAD.format(source=f"Unicode's confusables.txt {version}")
    for plain, letters in look_alikes(text.splitlines()).items():
        written = "".join(item if item.isprintable() else ascii(item)[1:-1] for item in letters)
        yield f'    "{plain}": "{written}",\n'
    yield '}\n"""ASCII letter or digit -> the letters that look like it."""\n'


if __name__ == "__main__":
    sys.stdout.writelines(module(Path(sys.argv[1]).read_text("utf-8-sig")))
