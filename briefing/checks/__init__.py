"""The checks: each looks at the library and its editions and yields findings.

A check takes a subject, which is the library with its editions and sentences, and yields findings; it
changes nothing. A new check is a function and an entry in the ``CHECKS`` of its module; its slug is
permanent.
"""
