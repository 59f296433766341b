"""Reports: what a command found and did, in plain text for people or as records for programs.

In go findings, outcomes and answers as values; out come lines of text or a JSON record. Nothing here decides
anything. A new way to report is a module here, which the commands that print it import.
"""
