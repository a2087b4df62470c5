"""A copy of a vault by somebody who cannot open it: the file as it lies, its pages checked."""

import shutil
from pathlib import Path

from kadin_danisma.progress import Progress
from kadin_danisma.store import anchor, slot_files
from kadin_danisma.store.copies import refuse_existing
from kadin_danisma.store.failures import BrokenVaultError, known_faults
from kadin_danisma.store.files import beside, make_folder, write_atomically
from kadin_danisma.store.pages import broken_pages
from kadin_danisma.store.unfinished import clear_unfinished, in_the_making, refuse_as_source


def write_raw_copy(
    vault: Path, target: Path, said: bytes, page_key: bytes, progress: Progress | None
) -> None:
    """Copy a vault with its anchor and what a crash left; whole, or not there.

    Args:
        vault: The vault file; nobody may have it open.
        target: The copy.
        said: What its key files shall say.
        page_key: The key of its page seals.
        progress: Told (pages done, pages in all); cancels by raising.

    Raises:
        VaultExistsError: Something lies at the target.
        BrokenVaultError: The seal of a page does not match in the copy.
    """
    with known_faults():
        refuse_as_source(target, vault)
        clear_unfinished(target)
        refuse_existing(target)
        make_folder(target.parent)
        rest = (anchor.path_of(vault), beside(vault, "-wal"))
        with in_the_making(target) as part:
            with vault.open("rb") as mine, part.open("wb") as copy:
                shutil.copyfileobj(mine, copy)
            for path in slot_files.paths(part):
                write_atomically(path, said)
            for source in filter(Path.is_file, rest):
                beside_it = beside(part, source.name.removeprefix(vault.name))
                write_atomically(beside_it, source.read_bytes())
            if broken_pages(part, page_key, progress):
                raise BrokenVaultError
