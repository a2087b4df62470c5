"""Calls into Qt give back what they took; one release did not, and ended the program for it."""

import sys

from PySide6.QtWidgets import QApplication, QLabel

CALLS = 500


def test_calls_without_a_result_cost_no_reference_to_none(qapp: QApplication) -> None:
    label = QLabel()
    for call in (label.update, lambda: label.setText("ğ"), qapp.processEvents):
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            call()
        # Other threads may take or give back a few in the meantime.
        assert sys.getrefcount(None) - before > -CALLS / 10
