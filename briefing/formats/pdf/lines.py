"""Lines of text, broken once: WeasyPrint breaks the same text at the same width several times.

It lays out all notes of a page again with each note that joins them, and measures the cells of a table
before it sets them; the short forms of a brief repeat the sentences of the long one. Each time, Pango shapes
the text. A line depends only on its text, its width and a few properties of its style, so a process remembers
it. WeasyPrint has no public place for this: ``remembering`` wraps ``split_first_line``, which two modules of
its layout call. ``tests/formats/test_lines.py`` fails where another version does this in another way.
"""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable
from typing import Any

PROPERTIES = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "white_space",
    "word_break",
    "word_spacing",
)
"""The properties of a style that decide where a line ends and how large it is, but for one."""
DECORATION = "text_decoration_line"
"""The one: a line with any decoration also says where it goes. The value is a set, which no key can hold."""
_KEPT = 10_000
"""The number of lines that a process remembers; a long brief has a thousand."""
_style = operator.itemgetter(*PROPERTIES)


def remembering(split: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's ``split_first_line`` with a memory."""
    known: dict[Any, Any] = {}

    def split_first_line(text: str, style: Any, context: Any, *arguments: Any, **named: Any) -> Any:
        is_plain = style[DECORATION] == "none"
        key = (text, arguments, *named.items(), style.font_config, is_plain, _style(style))
        try:
            found = known.get(key)
        except TypeError:  # a value that only the layout calculates
            return split(text, style, context, *arguments, **named)
        if found is None:
            if len(known) >= _KEPT:
                known.clear()
            found = known[key] = split(text, style, context, *arguments, **named)
        # A box changes the line that it has: it justifies it, or cuts it off with an ellipsis.
        return (copy.copy(found[0]), *found[1:])

    return split_first_line
