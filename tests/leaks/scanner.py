"""Looks through a content for what must not be in it."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.leaks.forms import Form, forms, secret_forms
from tests.leaks.markers import CENTRE_CORE, CORE, KIMLIK_NO, PHONE, PHONE_SHOWN, STAFF_CORE
from tests.leaks.unpacking import views

PERSONS = "a person"
CENTRE = "the centre"
STAFF = "a member of staff"


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Something that was found.

    Args:
        what: Whose it is.
        where: The file, and the way into it.
        form: How it stands there.
    """

    what: str
    where: str
    form: str


@dataclass(slots=True)
class Scanner:
    """Knows everything to look for; keys are added as they are made."""

    sought: dict[str, tuple[Form, ...]] = field(
        default_factory=lambda: {
            PERSONS: tuple(
                form
                for text in (CORE, KIMLIK_NO, PHONE.removeprefix("0"), PHONE_SHOWN)
                for form in forms(text)
            ),
            CENTRE: forms(CENTRE_CORE),
            STAFF: forms(STAFF_CORE),
        }
    )

    def add_secret(self, name: str, secret: bytes) -> None:
        """Look for a key, too."""
        self.sought[name] = secret_forms(secret)

    def add_text(self, name: str, text: str) -> None:
        """Look for a text that is long enough not to come about by chance."""
        self.sought[name] = forms(text)

    def scan(self, content: bytes, where: str = "") -> set[Leak]:
        """Return what is found in a content and in everything packed in it."""
        return {
            Leak(what, f"{where}{way}", form.name)
            for way, view in views(content)
            for what, sought in self.sought.items()
            for form in sought
            if form.content in view
        }

    def scan_folder(self, folder: Path) -> set[Leak]:
        """Return what is found in the names and contents of everything below a folder."""
        found: set[Leak] = set()
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder))
            found |= self.scan(name.encode(), f"name {name}")
            if path.is_file() and not path.is_symlink():
                found |= self.scan(path.read_bytes(), name)
        return found
