"""Starts the program: ``main.py ARGS`` is ``kadin-danisma ARGS``."""

import sys

from kadin_danisma.app import install_hooks, main

if __name__ == "__main__":
    install_hooks()
    sys.exit(main(sys.argv[1:]))
