"""The disk, and the record of the last build.

Input: the texts of a project and the record of the last build. Output: files, each written whole or not at
all. No other package reads or writes files of a project.
"""
