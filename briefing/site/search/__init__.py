"""Search without a server: an index in small scripts, each loaded by the browser when a word needs it.

The package takes the documents that can be found, and gives the scripts of the index. A new kind of document
is an entry in ``KINDS`` and a function in ``documents``.
"""
