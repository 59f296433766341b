"""Sources: captures, the terms in them, and what of them facts cite.

In go captures as text and the library; out come the places of terms and what is cited, explained or open. A
new kind of file that can be a source is a module in ``extract``.
"""
