"""Starts the program: ``main.py ARGS`` is ``kadin-danisma ARGS``."""

import sys


def start() -> int:
    """Load the program and do what the command line says; Ctrl+C may come while it loads."""
    try:
        from kadin_danisma.app import install_hooks, main

        install_hooks()
        return main(sys.argv[1:])
    except KeyboardInterrupt:
        from kadin_danisma.app import tell_stopped

        return tell_stopped()


if __name__ == "__main__":
    sys.exit(start())
