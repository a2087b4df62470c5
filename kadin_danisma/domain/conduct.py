"""The code of conduct everybody accepts before she works here, in the words that stand today.

The laws are named and not quoted. When the text changes its version changes with it, and everybody
is asked again. What is named: Turkish Penal Code 5237, art. 134, 136, 258 and 279; Personal Data
Protection Act 6698, art. 12; Law 6284, art. 8; Attorneyship Act 1136, art. 36.
"""

from kadin_danisma.i18n import N_, _

#: Which text it is; stands in the log beside the day on which somebody accepted it.
VERSION = "2026-11"

_SENTENCES = (
    N_(
        "What I learn here about a woman, her children or anybody else, I tell nobody who does not "
        "work on her file: not at home, not to her family, not to whoever asks by telephone. That "
        "she came at all is part of it."
    ),
    N_(
        "I look only at files I work on. I know that every look, search and print stands in the "
        "log under my name."
    ),
    N_(
        "I sign in with my own name only, tell nobody my passphrase, and lock the screen with F12 "
        "when I leave it."
    ),
    N_(
        "Nothing leaves in ways of my own: no photo, no copy, no message, no stick. What leaves is "
        "the protected report, the letter a woman agreed to, and the encrypted backup."
    ),
    N_(
        "Where the law obliges us to report something, we do. I decide that with the coordinator, "
        "and I promise no woman more secrecy than we can keep."
    ),
    N_("All of this goes on when I no longer work here."),
)
_SOURCES = N_(
    "It rests on: Turkish Penal Code art. 134, 136 and 258; Personal Data Protection Act (6698) "
    "art. 12; Law 6284 art. 8; for lawyers also Attorneyship Act art. 36. The duty to report: "
    "Turkish Penal Code art. 279."
)


def sentences() -> tuple[str, ...]:
    """Return what is accepted, a paragraph each."""
    return tuple(_(sentence) for sentence in _SENTENCES)


def sources() -> str:
    """Return the laws it rests on, in one sentence."""
    return _(_SOURCES)
