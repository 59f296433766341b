"""Review: which prose a person has accepted, why it has become suspect since, and when facts are due again.

It reads the library and the recorded acceptances, and returns paragraphs with their state, reasons in words
and a schedule.
"""
