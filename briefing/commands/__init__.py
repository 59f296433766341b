"""The work of every command that is not the build: issue, accept, verify, add, compare, look up, list.

In goes a request with the texts of a project; out comes a value that a report prints. A new command has its
work in a module here and its options in ``cli``.
"""
