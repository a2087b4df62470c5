"""The key files beside a vault: how slots are written down, sealed and read again.

``<vault>.keys`` and its second copy ``<vault>.keys2`` are JSON. The whole file carries a generation
number and a keyed checksum under a subkey of the vault key (two while that key is being exchanged),
so that nobody without one of them can change, mix or thin out slots unnoticed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kadin_danisma.domain.role import Role
from kadin_danisma.foreign import read_regular
from kadin_danisma.store import keys, sealing, signing
from kadin_danisma.store.files import beside, write_atomically
from kadin_danisma.store.identity import IDENTITY_BYTES, PublicKeys
from kadin_danisma.store.journal import Entry
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.slots import (
    FORMAT,
    ROOT_BYTES,
    SEAL_BYTES,
    UNSIGNED,
    Holding,
    Slot,
    SlotFile,
    canonical,
    format_name,
    same,
)

ENDINGS = (".keys", ".keys2")
_FORMATS = {format_name(number): number for number in (UNSIGNED, FORMAT)}
#: A key file of a hundred people is under 150 kB, the roster of ten years under 1 MB more.
LARGEST_FILE = 4 << 20
_HEADER_BYTES = 16
#: No key file is written so often; a larger number could not be counted on from.
_LAST_GENERATION = 1 << 53
#: The file as it is, and as it will be once its key is exchanged; a seal for each.
_MOST_HEADERS = 2
_PARTS_OF_ENTRY = 6
#: A line that is none at all, and that nobody believes.
_NO_ENTRY = Entry("", "", "", "", 0)


class UnreadableError(ValueError):
    """A key file is damaged, or claims what no key file of ours does."""


def paths(vault: Path) -> tuple[Path, ...]:
    """Return where the key file of a vault and its second copy lie."""
    return tuple(beside(vault, ending) for ending in ENDINGS)


def encode(file: SlotFile, mac_keys: Sequence[bytes]) -> bytes:
    """Return the bytes of a key file, sealed once for each beginning the vault may have."""
    said = _file_to_json(file)
    seals = [keys.mac(each, canonical(said)).hex() for each in mac_keys]
    return json.dumps(said | {"macs": seals}, indent=1).encode()


def decode(content: bytes) -> SlotFile:
    """Read a key file without trusting it yet.

    Raises:
        UnreadableError: It is damaged, or a slot claims a cost below the floor.
    """
    try:
        said = json.loads(content)
        number = _FORMATS[said["format"]]
        slots = tuple(slot_from_json(slot) for slot in said["slots"])
        headers = tuple(bytes.fromhex(header) for header in said["headers"])
        _require(1 <= len(said["macs"]) <= _MOST_HEADERS and bool(_macs(said)))
        _require(1 <= len(set(headers)) == len(headers) <= _MOST_HEADERS)
        _require(all(len(header) == _HEADER_BYTES for header in headers) and bool(slots))
        _require(all(len(slot.boxes) in {0, len(headers)} for slot in slots))
        vault_id, generation = _text(said["vault"]), _whole(said["generation"])
        _require(0 < generation < _LAST_GENERATION)
        copied = _text(said.get("copied", ""))
        bare = SlotFile(vault_id, headers, generation, slots, copied=copied)
        _require(bare.format == number)
        return _with_the_rest(bare, said) if number == FORMAT else bare
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableError from error


def is_genuine(content: bytes, mac_keys: Iterable[bytes]) -> bool:
    """Tell whether a holder of one of these keys wrote this key file, to the last sign."""
    said = json.loads(content)
    macs = _macs(said)
    said.pop("macs", None)
    spelt = canonical(said)
    seals = [keys.mac(each, spelt) for each in mac_keys]
    return any(same(mac, seal) for seal in seals for mac in macs)


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
            found.append(read_regular(path, LARGEST_FILE))
        except FileNotFoundError:
            continue
    return found


def _macs(said: dict[str, Any]) -> list[bytes]:
    return [bytes.fromhex(mac) for mac in said["macs"]]


def _file_to_json(file: SlotFile) -> dict[str, Any]:
    return {
        "format": format_name(file.format),
        "vault": file.vault_id,
        "headers": [header.hex() for header in file.headers],
        "generation": file.generation,
        "slots": [slot_to_json(slot) for slot in file.slots],
        "journal": [_entry_to_json(entry) for entry in file.journal],
        "roster": file.roster.hex(),
        "enrolments": {user_id: sealed.hex() for user_id, sealed in file.enrolments},
        **({"copied": file.copied} if file.copied else {}),
    }


def _with_the_rest(bare: SlotFile, said: dict[str, Any]) -> SlotFile:
    """Return a file with what stands beside the slots since the fourth format."""
    return replace(
        bare,
        journal=tuple(map(_entry_from_json, said["journal"])),
        roster=bytes.fromhex(said["roster"]),
        enrolments=tuple(
            (user_id, bytes.fromhex(sealed)) for user_id, sealed in said["enrolments"].items()
        ),
    )


def _entry_to_json(entry: Entry) -> list[str | int]:
    signature = entry.signature.hex()
    return [entry.at, entry.by, entry.action, entry.subject, entry.number, signature]


def _entry_from_json(said: Any) -> Entry:
    """Return a line as it stands there; what is none at all is a line that nobody believes.

    Looked at before it is tried: there may be two million of them, and a fault costs.
    """
    if type(said) is not list or len(said) != _PARTS_OF_ENTRY:
        return _NO_ENTRY
    try:
        at, by, action, subject, number, signature = said
        texts = _text(at), _text(by), _text(action), _text(subject)
        return Entry(*texts, _whole(number), bytes.fromhex(_text(signature)))
    except (TypeError, ValueError):
        return _NO_ENTRY


def slot_to_json(slot: Slot) -> dict[str, Any]:
    """Return a slot as it is written down."""
    said = {**slot.described(), "nonce": slot.nonce.hex(), "sealed": slot.sealed.hex()}
    boxes = [box.hex() for box in slot.boxes]
    return {**said, "holds": slot.holding.value, "wrapped": boxes, "former": slot.former.hex()}


def slot_from_json(said: dict[str, Any]) -> Slot:
    """Return a slot that was written down, without trusting it.

    Raises:
        ValueError: It claims what no slot of ours does (also KeyError, TypeError).
    """
    is_signed = "signing" in said
    slot = Slot(
        _text(said["user"]),
        _text(said["name"]),
        bytes.fromhex(said["salt"]),
        Kdf(_whole(said["memory_mib"]), _whole(said["passes"])),
        bytes.fromhex(said["nonce"]),
        bytes.fromhex(said["sealed"]),
        key_file=_truth(said["key_file"]),
        own=_truth(said["own"]),
        public=_public(said, is_signed=is_signed),
        holding=Holding(said["holds"]),
        boxes=tuple(bytes.fromhex(box) for box in said["wrapped"]),
        former=bytes.fromhex(said.get("former", "")),
        role=None if is_signed else Role(said["role"]),
    )
    inside = IDENTITY_BYTES + ROOT_BYTES if is_signed else sealing.PRIVATE_BYTES
    _require(len(slot.salt) == keys.SALT_BYTES and len(slot.nonce) == keys.NONCE_BYTES)
    _require(len(slot.sealed) - SEAL_BYTES == inside)
    return slot


def _public(said: dict[str, Any], *, is_signed: bool) -> PublicKeys:
    if not is_signed:
        public = PublicKeys(bytes.fromhex(said["public"]))
    else:
        public = PublicKeys(bytes.fromhex(said["sealing"]), bytes.fromhex(said["signing"]))
        _require(len(public.signing) == signing.PUBLIC_BYTES)
    _require(len(public.sealing) == sealing.PRIVATE_BYTES)
    return public


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
