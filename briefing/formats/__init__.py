"""The formats: each turns an edition into one file, in two steps.

``prepare`` is cheap and determines every input; ``make`` turns the result into bytes and reads nothing else:
no clock, no disk, no environment. A new format is a module here and its line in ``registry``.
"""
