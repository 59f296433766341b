"""Issued editions: frozen, kept in the ledger, printed again as they were.

In goes an edition with all that it rests on; out come the texts of the ledger, and editions printed again. A
new field of the ledger has its type in ``model.ledger``.
"""
