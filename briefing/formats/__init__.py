"""The formats: each turns an edition into one file, in two steps.

``prepare`` is cheap and settles every input; ``make`` turns what was prepared into bytes and looks at nothing
else: no clock, no disk, no environment. A new format is a module here and its line in ``registry``.
"""
