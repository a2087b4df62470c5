"""Starts the program: ``main.py ARGS`` is ``kadin-danisma ARGS``."""

import sys

from kadin_danisma.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
