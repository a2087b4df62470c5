"""Ordeals of the vault: killed, cut off from power, filled up, flipped and brought back older.

``python3 dev.py ordeal`` runs them at full length, inside pytest, and prints one table; a short
version of the same runs in the suite (tests/store/test_durability.py).
"""
