"""What a computer remembers of vaults, kept apart for tools: theirs are made anew all the time."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Where the program looks for the settings of the user (``kadin_danisma.paths.anchors_folder``).
_VARIABLE = "APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME"


@contextmanager
def own_settings() -> Iterator[Path]:
    """Lend an empty folder of settings to this process and those it starts; it is gone afterwards.

    The program takes a vault that came to a known place anew for one that was put back, which is
    refused; a tool that makes its vault again at the same place would meet that.
    """
    before = os.environ.get(_VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[_VARIABLE] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ[_VARIABLE]
            else:
                os.environ[_VARIABLE] = before
