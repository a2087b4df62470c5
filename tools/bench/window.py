"""The window: how long until it asks who is there, and how fast it finds while somebody types."""

import os
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

from kadin_danisma.services import finding
from kadin_danisma.services.desk import Desk
from tools.bench import bare
from tools.bench.figure import Figure, medians, milliseconds, percentile

ROOT = Path(__file__).resolve().parents[2]
_BARE_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1366, 768)
window.show()
while not window.windowHandle().isExposed():
    app.processEvents()
app.processEvents()
"""
#: The program as it starts, except that it ends once its first window has been drawn.
_OUR_WINDOW = """
import sys
from kadin_danisma.app import main
from PySide6.QtWidgets import QApplication

def drawn(*_):
    app = QApplication.instance()
    while not all(window.isExposed() for window in app.topLevelWindows() if window.isVisible()):
        app.processEvents()
    app.processEvents()
    return 0

QApplication.exec = drawn
sys.exit(main(["--vault", sys.argv[1]]))
"""


def start(vault: Path) -> Figure:
    """Measure from the start of the process to the sign-in, beside an empty window of Qt."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # As installed: modules are compiled once, not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(script: str) -> None:
        command = [sys.executable, "-c", script, str(vault)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)

    run(_OUR_WINDOW)
    ours, plain = medians(9, lambda: run(_OUR_WINDOW), lambda: run(_BARE_WINDOW))
    return Figure(
        "start to the sign-in screen", ours, plain, 2.5, "ms", relative=True,
        bare_is="an empty PySide6 window",
    )  # fmt: skip


def search(desk: Desk, clients: int) -> Figure:
    """Measure from a key to the model's reset, for names, file numbers and telephones."""
    from PySide6.QtWidgets import QApplication

    from kadin_danisma.ui.look import Look
    from kadin_danisma.ui.pages.clients import ClientsPage
    from kadin_danisma.ui.shell.main_window import MainWindow
    from kadin_danisma.ui.workplace import Workplace

    app = QApplication.instance() or QApplication(["bench", "-platform", "offscreen"])
    assert isinstance(app, QApplication)
    place = Workplace(desk, Look(app))
    window = MainWindow(place, lambda: None)
    window.show()
    window.search("")
    page = window.page
    assert isinstance(page, ClientsPage)
    typed = list(_beginnings(desk))
    resets: list[float] = []
    page.model.modelReset.connect(lambda: resets.append(0))
    ours = [milliseconds(partial(page.search.setText, word)) for word in typed]
    if len(resets) < len(set(typed)) // 2:
        raise SystemExit("bench: the list was not filled anew")
    with desk.vault.read() as db:
        plain = [milliseconds(partial(bare.find_token, db, word)) for word in typed]
    window.close()
    place.background.close()
    return Figure(
        f"a key in the search, {clients:,} files", percentile(ours, 0.95), percentile(plain, 0.95),
        16, "ms", relative=False, bare_is="one look-up by index",
    )  # fmt: skip


def _beginnings(desk: Desk) -> list[str]:
    """Return what stands in the search after every key, for 60 files typed letter by letter."""
    chance = random.Random(1)
    total = finding.all_clients(desk, 2000)
    typed = []
    for line in chance.sample(total, 60):
        whole = chance.choice([line.name.lower() or line.file_no, line.file_no, line.phone[-4:]])
        typed += [whole[:length] for length in range(1, len(whole) + 1)]
    return typed
