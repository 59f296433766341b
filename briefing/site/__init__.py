"""The site: a page for every brief, fact, source, actor and system, linked both ways.

It takes cited editions and the library, and gives prepared files with the facts that each of them shows. A
new page is a function of ``printer`` (lays pages out) and ``lookups`` (knows which page links to which) in
``pages``, named in its ``SECTIONS``, with its template in ``templates/site`` and its data file in
``exports.data_files``.
"""
