"""Reports: what a command found and did, in plain text for people or as records for programs.

Input: findings, outcomes and answers as values. Output: lines of text or a JSON record. Nothing here decides
anything. To report in a new way, add a module here and import it in the commands that print it.
"""
