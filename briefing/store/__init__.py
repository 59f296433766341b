"""The disk, and the record of the last build.

In come texts and what was built before; out go files, each whole or not at all. No other package reads or
writes files of a project.
"""
