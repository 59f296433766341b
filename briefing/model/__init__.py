"""The vocabulary of the program, as frozen values that all other packages exchange.

Facts cite sources and are kept in fact sheets; all of them, linked, are the library. A brief is a commission.
Laid out from the library it is a draft; with its facts cited it is an edition. The model knows nothing about
files, YAML or Jinja. To add a field, write a line with its docstring in the module of its class.
"""
