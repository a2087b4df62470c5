"""How each person must find the vault after an accident: as acknowledged, or as was under way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kadin_danisma.errors import KeyFileNeededError, WrongCredentialsError
from kadin_danisma.store.failures import KeepersAccountError, PendingAccountError
from kadin_danisma.store.keys import KEY_BYTES
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tools.ordeal.work import CLOCK, PASSPHRASE, Harm

STICK = bytes(range(KEY_BYTES))


class Door(StrEnum):
    """What a vault does to somebody who comes with a passphrase."""

    OPENS = "opens"
    #: IT looks after it.
    KEEPER = "keeper"
    WAITS = "waits"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Way:
    """What somebody finds, and with what she comes."""

    door: Door
    passphrase: str = ""
    key_file: bytes | None = None


_SECOND, _TOLD, _CHOSEN = (
    "mavi kapı ağır ağır açıldı", "gri martı çatıda uyudu dün", "yeşil defter masada kaldı yine",
)  # fmt: skip
#: By the words with which the child tells of them.
WAYS = {
    "first": Way(Door.OPENS, PASSPHRASE),
    "second": Way(Door.OPENS, _SECOND),
    "second+stick": Way(Door.OPENS, _SECOND, STICK),
    "keeps": Way(Door.KEEPER, PASSPHRASE),
    "keeps-second": Way(Door.KEEPER, _SECOND),
    "keeps-second+stick": Way(Door.KEEPER, _SECOND, STICK),
    "told": Way(Door.WAITS, _TOLD),
    "chosen": Way(Door.WAITS, _CHOSEN),
    "let-in": Way(Door.OPENS, _CHOSEN),
    "out": Way(Door.SHUT),
}


class Doors:
    """What people may find.

    Args:
        said: The words of the child: ``will elif second`` before a change, ``has elif second`` once
            it was acknowledged.
        at_first: What each found at the beginning.
    """

    def __init__(self, said: Iterable[str], at_first: Mapping[str, str]) -> None:
        self._stands = dict(at_first)
        self._coming: dict[str, str] = {}
        self._ever = {name: {way} for name, way in at_first.items()}
        for word in said:
            verb, *rest = word.split(" ")
            if verb not in {"will", "has"}:
                continue
            name, way = rest
            self._ever[name].add(way)
            if verb == "will":
                self._coming = {name: way}
            else:
                self._stands[name], self._coming = way, {}

    def found(self, path: Path, turn: int = 0) -> dict[str, str]:
        """Return what each finds, of what she may find; nobody in it who finds something else.

        Args:
            path: The vault.
            turn: Who comes first.
        """
        names = list(self._stands)
        first = turn % len(names)
        met = {}
        for name in names[first:] + names[:first]:
            coming = [self._coming[name]] if name in self._coming else []
            for way in [self._stands[name], *coming]:
                if self._finds(path, name, way):
                    met[name] = way
                    break
        return met

    def missed(self, met: Mapping[str, str]) -> Harm | None:
        """Return the harm of whoever finds something that she may not."""
        names = [name for name in self._stands if name not in met]
        if not names:
            return None
        what = f"{names[0]} finds neither {self._stands[names[0]]} nor what was under way"
        return Harm(lost=len(names), what=what)

    def _finds(self, path: Path, name: str, word: str) -> bool:
        way = WAYS[word]
        if way.door is Door.SHUT:
            other = {WAYS[each] for each in self._ever[name]} - {way}
            return all(_door(path, name, each) is Door.SHUT for each in other)
        bare = replace(way, key_file=None)
        if way.key_file and _door(path, name, bare) is not Door.SHUT:
            return False
        return _door(path, name, way) is way.door


def sign_in_by(path: Path, name: str, word: str) -> Vault:
    """Open a vault as somebody who comes by a way."""
    way = WAYS[word]
    return Vault.open(path, name, way.passphrase, CLOCK, key_file=way.key_file)


def _door(path: Path, name: str, way: Way) -> Door:
    try:
        Vault.open(path, name, way.passphrase, CLOCK, key_file=way.key_file).close()
    except (WrongCredentialsError, KeyFileNeededError):
        return Door.SHUT
    except PendingAccountError:
        return Door.WAITS
    except KeepersAccountError:
        Stewardship.open(path, name, way.passphrase, CLOCK, key_file=way.key_file).close()
        return Door.KEEPER
    return Door.OPENS
