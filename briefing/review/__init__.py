"""Review: which prose a person has signed off, what has made it suspect since, and when facts are due again.

In go the library and the records of sign-off; out come paragraphs with their state, reasons in words and a
schedule.
"""
