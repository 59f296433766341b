"""Projects that nobody would write, and disks that fail: what the program says to them, and what it leaves.

``mutations`` makes a project from a seed, ``judge`` runs commands on it and yields what is wrong with their
answers, ``faults`` ends and fails commands at every change of the disk. A short part runs with the tests
(``tests/fuzz/test_fuzz.py``); the long one is ``python -m tests.fuzz --help``.
"""
