"""What lies in a folder, byte for byte, and ways to do harm to it."""

import json
from pathlib import Path
from typing import Any

from kadin_danisma.store import slot_files, slots
from kadin_danisma.store.slots import SlotFile


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def flip(path: Path, place: int) -> None:
    """Turn one bit of a file over."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def keys_of(vault: Path) -> tuple[Path, Path]:
    """Return the two key files of a vault."""
    return vault.with_name(vault.name + ".keys"), vault.with_name(vault.name + ".keys2")


def slot_file_of(vault: Path) -> SlotFile:
    """Return what the key files of a vault say; the first that can be read speaks."""
    return slot_files.decode(slot_files.read_copies(vault)[0])


def anchor_of(vault: Path) -> Path:
    """Return the anchor of a vault."""
    return vault.with_name(vault.name + ".anchor")


def edit_slot(path: Path, name: str, /, **changes: Any) -> None:
    """Change fields of one person's slot, as an attacker with an editor would."""
    said = json.loads(path.read_text(encoding="utf-8"))
    for slot in said["slots"]:
        if slot["name"] in {name, slots.trace_of(name, bytes.fromhex(slot["salt"]))}:
            slot.update(changes)
    path.write_text(json.dumps(said), encoding="utf-8")
