"""What of a workbook the vault does not hold yet (contract.md section 2, "Twice")."""

from collections import Counter

from kadin_danisma.domain.records import Record, Referral
from kadin_danisma.exchange.content import Content, Known, NoteTest, content
from kadin_danisma.exchange.drafts import Draft, Refuse
from kadin_danisma.i18n import _


class Novelty:
    """Tells new rows from those the vault holds already.

    Args:
        known: What the vault holds.
        refuse: Called with what is refused.
    """

    def __init__(self, known: Known, refuse: Refuse) -> None:
        self._known = known
        self._refuse = refuse
        self._met: Counter[Content] = Counter()
        #: Of the referrals that stand, those no row was recognised as yet.
        self._left: dict[Content, list[NoteTest]] = {}

    def is_new(self, draft: Draft, record: Record) -> bool:
        """Tell whether a record is to be added.

        A row with a number is recognised by it, and refused when its content is another than the
        vault's. A row without one is an event each time it stands, but for as many times as the
        vault holds it already.
        """
        number = draft.sheet.number
        tells_note = "note" not in draft.absent
        if number is None:
            found = content(record, self._known.restricted)
            if isinstance(record, Referral) and tells_note:
                return self._has_new_note(found, record.note)
            self._met[found] += 1
            return self._met[found] > self._known.events.get(found, 0)
        known = self._known.numbered(draft.sheet.kind, draft.text(number))
        if known is None:
            return True
        if not self._known.says_the_same(known, record, tells_note=tells_note):
            self._refuse(draft, number, _("The vault has this number with other content."))
        return False

    def _has_new_note(self, found: Content, note: str) -> bool:
        """Tell whether none of the referrals that stand and say the rest has this note."""
        left = self._left.setdefault(found, list(self._known.referral_notes.get(found, ())))
        for place, is_its_note in enumerate(left):
            if is_its_note(note):
                del left[place]
                return False
        return True
