"""The code of conduct everybody accepts before she works here, in the words that stand today.

The laws are named and not quoted; ``_SOURCES`` lists them once. When the text changes its version
changes with it, and everybody is asked again. To be checked by the municipality's lawyer, above
all: law 657 for staff on contract, article 280 of the Penal Code for psychologists.
"""

from kadin_danisma.i18n import N_, _

#: Which text it is; stands in the log beside the day on which somebody accepted it.
VERSION = "2026-12"

_SENTENCES = (
    N_(
        "What I learn here about a woman, her children or anybody else, I tell nobody who does not "
        "work on her file: not at home, not to family, not to whoever asks by telephone. That she "
        "came here is confidential too."
    ),
    N_(
        "I open only files I work on. I know that every view, search and print is recorded under "
        "my name."
    ),
    N_(
        "I sign in with my own name only, tell nobody my passphrase, and lock the screen with F12 "
        "when I leave it."
    ),
    N_(
        "I take nothing out by any other route: no photo, no copy, no message, no USB stick. What "
        "leaves is the protected report, the letter the woman agreed to, and the encrypted backup."
    ),
    N_(
        "Where the law obliges me to report something, I report it. I ask the coordinator first, "
        "but the duty is mine and must not be delayed. I never promise a woman more "
        "confidentiality than we can keep."
    ),
    N_("All of this continues after I stop working here."),
)
_SOURCES = N_(
    "Based on: Turkish Penal Code (5237) art. 134, 136, 137, 258; Personal Data Protection Act "
    "(6698) art. 12/4; Law 6284 art. 8/6; for lawyers Attorneyship Act (1136) art. 36; for civil "
    "servants Law 657 art. 31. Duty to report: Penal Code art. 279 (health professionals art. "
    "280); Law 6284 art. 7 and art. 4 of its Regulation; for children Law 5395 art. 6."
)


def sentences() -> tuple[str, ...]:
    """Return what is accepted, a paragraph each."""
    return tuple(_(sentence) for sentence in _SENTENCES)


def sources() -> str:
    """Return the laws it rests on, in two sentences."""
    return _(_SOURCES)


def review() -> str:
    """Return who has to read the text before it binds anybody."""
    return _("Legal text: to be checked by the municipality's lawyer.")
