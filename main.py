"""Starts the program: ``main.py ARGS`` is ``kadin-danisma ARGS``."""

import sys

from kadin_danisma.app import main, tell_fault

if __name__ == "__main__":
    sys.excepthook = tell_fault
    sys.exit(main(sys.argv[1:]))
