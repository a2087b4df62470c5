"""Lists offer first what is used most; how often, is counted from the latest records."""

from datetime import date, datetime

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.store import records
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.usage import code_uses
from kadin_danisma.store.vault import Vault
from tests.builders import a_client, an_application


def test_codes_are_counted_alone_and_among_several(vault: Vault) -> None:
    client = a_client("2026/0001", district="konak")
    stamp = Stamp(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL), vault.user.id)
    with vault.write() as db:
        records.add(db, client, stamp)
        for number, reasons in enumerate([("violence",), ("violence", "divorce")]):
            made = an_application(
                client, number=f"B-{number}", date=date(2026, 11, 3), channel="phone",
                reasons=reasons,
            )  # fmt: skip
            records.add(db, made, stamp)
    with vault.read() as db:
        assert code_uses(db, Kind.APPLICATION, "reasons") == {"violence": 2, "divorce": 1}
        assert code_uses(db, Kind.APPLICATION, "channel") == {"phone": 2}
        assert code_uses(db, Kind.CLIENT, "district") == {"konak": 1}
        assert code_uses(db, Kind.REFERRAL, "method") == {}


def test_what_is_no_field_is_refused(vault: Vault) -> None:
    with vault.read() as db, pytest.raises(ValueError, match="not in tuple"):
        code_uses(db, Kind.CLIENT, "name; DROP TABLE client")
