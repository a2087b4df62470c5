"""Stories drive the real program: from the empty screen, through the real window."""

from tests.ui.conftest import look, turkish, typist

__all__ = ["look", "turkish", "typist"]
