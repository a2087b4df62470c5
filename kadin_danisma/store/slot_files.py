"""The key files beside a vault: how slots are written down, sealed and read again.

``<vault>.keys`` and its second copy ``<vault>.keys2`` are JSON. The whole file carries a generation
number and a keyed checksum under a subkey of the vault key (two while that key is being exchanged),
so that nobody without one of them can change, mix or thin out slots unnoticed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from kadin_danisma.domain.role import Role
from kadin_danisma.store import keys, sealing
from kadin_danisma.store.files import beside, write_atomically
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.slots import (
    FORMAT,
    OLD_FORMATS,
    SEAL_BYTES,
    Entry,
    Holding,
    Slot,
    SlotFile,
    canonical,
    format_name,
    same,
)

ENDINGS = (".keys", ".keys2")
_FORMATS = {format_name(number): number for number in (*OLD_FORMATS.values(), FORMAT)}
#: A key file of a hundred people is under 150 kB; anything far larger is none of ours.
_LARGEST_FILE = 1 << 20
_HEADER_BYTES = 16
#: The file as it is, and as it will be once its key is exchanged.
_MOST_HEADERS = 2


class UnreadableError(ValueError):
    """A key file is damaged, or claims what no key file of ours does."""


def paths(vault: Path) -> tuple[Path, ...]:
    """Return where the key file of a vault and its second copy lie."""
    return tuple(beside(vault, ending) for ending in ENDINGS)


def encode(file: SlotFile, mac_keys: Sequence[bytes]) -> bytes:
    """Return the bytes of a key file, sealed once for each beginning the vault may have."""
    said = _file_to_json(file)
    seals = [keys.mac(each, canonical(said)).hex() for each in mac_keys]
    sealed = {"macs": seals} if file.format == FORMAT else {"mac": seals[0]}
    return json.dumps(said | sealed, ensure_ascii=False, indent=1).encode()


def decode(content: bytes) -> SlotFile:
    """Read a key file without trusting it yet.

    Raises:
        UnreadableError: It is damaged, or a slot claims a cost below the floor.
    """
    try:
        said = json.loads(content)
        is_new = _FORMATS[said["format"]] == FORMAT
        slots = tuple(_slot_from_json(slot) for slot in said["slots"])
        headers = said["headers"] if is_new else [said["header"]]
        headers = tuple(bytes.fromhex(header) for header in headers)
        _require(bool(_macs(said)) and 1 <= len(set(headers)) == len(headers) <= _MOST_HEADERS)
        _require(all(len(header) == _HEADER_BYTES for header in headers) and bool(slots))
        _require(all(len(slot.boxes) in {0, len(headers)} for slot in slots))
        journal = tuple(Entry(*map(_text, entry)) for entry in said.get("journal", ()))
        roster = bytes.fromhex(said.get("roster", ""))
        vault_id, generation = _text(said["vault"]), _whole(said["generation"])
        return SlotFile(vault_id, headers, generation, slots, journal, roster)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableError from error


def is_genuine(content: bytes, mac_keys: Iterable[bytes]) -> bool:
    """Tell whether a holder of one of these keys wrote this key file, to the last sign."""
    said = json.loads(content)
    macs = _macs(said)
    said.pop("mac", None)
    said.pop("macs", None)
    spelt = canonical(said)
    return any(same(mac, keys.mac(each, spelt)) for each in mac_keys for mac in macs)


def write(vault: Path, file: SlotFile, mac_keys: Sequence[bytes]) -> None:
    """Write both copies; at any moment one of them is whole."""
    content = encode(file, mac_keys)
    for path in paths(vault):
        write_atomically(path, content)


def read_copies(vault: Path) -> list[bytes]:
    """Return the contents of the copies that are there, first and second."""
    found = []
    for path in paths(vault):
        try:
            with path.open("rb") as file:
                found.append(file.read(_LARGEST_FILE))
        except FileNotFoundError:
            continue
    return found


def _macs(said: dict[str, Any]) -> list[bytes]:
    written = said["macs"] if _FORMATS[said["format"]] == FORMAT else [said["mac"]]
    return [bytes.fromhex(mac) for mac in written]


def _file_to_json(file: SlotFile) -> dict[str, Any]:
    headers = [header.hex() for header in file.headers]
    begins = {"headers": headers} if file.format == FORMAT else {"header": headers[0]}
    return {
        "format": format_name(file.format),
        "vault": file.vault_id,
        **begins,
        "generation": file.generation,
        "slots": [_slot_to_json(slot) for slot in file.slots],
        **_beside(file),
    }


def _beside(file: SlotFile) -> dict[str, Any]:
    """Return what stands beside the slots since the third format."""
    journal = [list(astuple(entry)) for entry in file.journal]
    return {"journal": journal, "roster": file.roster.hex()} if file.format == FORMAT else {}


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    said = {**slot.described(), "nonce": slot.nonce.hex(), "sealed": slot.sealed.hex()}
    if slot.format < FORMAT:
        return said
    return {**said, "holds": slot.holding.value, "wrapped": [box.hex() for box in slot.boxes]}


def _slot_from_json(said: dict[str, Any]) -> Slot:
    sealed = bytes.fromhex(said["sealed"])
    is_new = "public" in said
    slot = Slot(
        _text(said["user"]),
        _text(said["name"]),
        "" if is_new else _text(said["title"]),
        Role(said["role"]),
        bytes.fromhex(said["salt"]),
        Kdf(_whole(said["memory_mib"]), _whole(said["passes"])),
        bytes.fromhex(said["nonce"]),
        sealed,
        format=FORMAT if is_new else OLD_FORMATS[len(sealed) - SEAL_BYTES],
        key_file=is_new and _truth(said["key_file"]),
        own=not is_new or _truth(said["own"]),
        public=bytes.fromhex(said["public"]) if is_new else b"",
        holding=Holding(said["holds"]) if is_new else Holding.VAULT,
        boxes=tuple(bytes.fromhex(box) for box in said["wrapped"]) if is_new else (),
    )
    _require(len(slot.salt) == keys.SALT_BYTES and len(slot.nonce) == keys.NONCE_BYTES)
    if is_new:
        _require(len(sealed) - SEAL_BYTES == len(slot.public) == sealing.PRIVATE_BYTES)
    return slot


def _text(value: object) -> str:
    _require(isinstance(value, str))
    return str(value)


def _whole(value: object) -> int:
    _require(isinstance(value, int) and not isinstance(value, bool))
    return int(str(value))


def _truth(value: object) -> bool:
    _require(isinstance(value, bool))
    return bool(value)


def _require(condition: bool) -> None:  # noqa: FBT001 (reads as a sentence)
    if not condition:
        raise ValueError
