"""The work of every command except the build: issue, accept, verify, add, compare, look up, list.

Input: a request and the texts of a project. Output: a value that a report prints. To add a command, put its
work into a module here and its options into ``cli``.
"""
