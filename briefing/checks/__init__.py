"""The checks: each looks at the library and its editions and yields findings.

In goes a subject, which is the library with its editions and sentences; out come findings. Nothing here
changes anything. A new check is a function and an entry in the ``CHECKS`` of its module; its slug is
permanent.
"""
