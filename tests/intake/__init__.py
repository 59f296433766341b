"""A measured standard for taking files in: generated pages and PDFs of invented text, with their truth.

``python -m tests.intake`` measures the readers and prints the table of CONTRIBUTING; a sample is in
``tests/sources/test_intake.py``. A new kind of page or PDF is a function in ``pages`` or ``papers``.
"""
