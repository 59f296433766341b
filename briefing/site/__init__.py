"""The site: a page for every brief, fact, source, actor and system, linked both ways.

In go cited editions and the library; out come prepared files with the facts that each of them shows. A new
page is a function of ``printer`` (lays out) and ``lookups`` (knows what leads where) in ``pages``, called by
one of its ``SECTIONS``, with its template in ``templates/site`` and its data file in ``exports.data_files``.
"""
