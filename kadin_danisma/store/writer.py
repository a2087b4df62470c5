"""Whoever is signed in, as somebody who writes: her signature, and the keys she writes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.store.circle_book import CircleBook
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signing import Author, Part


@dataclass(frozen=True, slots=True)
class Writer:
    """What a person writes with.

    Args:
        author: Who signs; in a vault from before signatures nobody does.
        roster: Who is who.
        circles: The circles of restricted files as they were signed.
    """

    author: Author
    roster: Roster
    circles: CircleBook

    @property
    def disciplines(self) -> Mapping[Discipline, bytes]:
        """The public keys of the disciplines as they were signed; none before there is a roster."""
        return self.roster.disciplines

    def sign(self, purpose: str, *said: Part) -> bytes:
        """Return her signature; empty where she has no signing key yet."""
        return self.author.sign(purpose, *said) if self.author.seed else b""
