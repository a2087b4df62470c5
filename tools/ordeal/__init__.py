"""Ordeals of the vault: killed, cut off from power, filled up, flipped and brought back older.

``python3 dev.py ordeal`` runs them at full length, inside pytest, and prints one table; a short
version of the same runs in the suite (tests/store/test_durability.py).

What is done meanwhile are the works of ``work*``: records, migrations, backups and restores, IT's
raw backup, the roster (founded, minded by IT, somebody let in and removed), passphrases and key
files, the key of the vault, recovery sheets, a file that is sealed to a circle. After each accident
the vault is opened by everybody who should come in (``doors``), in turn as to who comes first, and:
nothing acknowledged is lost, nobody removed comes in, what was sealed opens for those it was sealed
to, and the log tells of no tampering (``work.ALARMS``), for there was none.
"""
