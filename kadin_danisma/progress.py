"""How long work tells how far it is, and how it is cancelled."""

from collections.abc import Callable

#: Told after each step: (done, of how many). The work is cancelled by raising from it.
Progress = Callable[[int, int], None]
