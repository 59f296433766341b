"""Issued editions: frozen, kept in the ledger, printed again as they were.

Input: an edition with everything that it rests on. Output: the texts of the ledger, and editions to print
again. A new field of the ledger has its type in ``model.ledger``.
"""
