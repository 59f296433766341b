"""The words of the trade, as frozen values; every other package takes and gives these.

Sources are cited by facts; facts live in fact sheets; all of them, linked, are the library. A brief is a
commission. Drafted against the library it is a draft, cited it is an edition. The model knows nothing of
files, YAML or Jinja. A new field is a line with its docstring in the module of its class.
"""
