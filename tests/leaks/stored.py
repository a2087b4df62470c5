"""What the vault holds in the end: the markers that were typed really were kept."""

from kadin_danisma.domain.records import KIND_OF, Record
from kadin_danisma.services import casework, finding, trainings
from kadin_danisma.services.desk import Desk
from tests.leaks.planting import free_fields
from tests.leaks.watcher import Report


def tell_stored(report: Report, desk: Desk) -> None:
    """Tell what stands in every free field of every record the signed-in person can read."""
    for line in finding.all_clients(desk, 1000):
        page = casework.client_page(desk, line.id)
        for record in (page.client, *(entry.record for entry in page.timeline)):
            _tell(report, record)
            kind = KIND_OF[type(record)]
            for change in casework.history(desk, kind, record.id):
                report.say("stored", f"{kind}.{change.field}", change.old)
    for training in trainings.trainings(desk):
        _tell(report, training)


def _tell(report: Report, record: Record) -> None:
    kind = type(record)
    for name in free_fields(kind):
        report.say("stored", f"{KIND_OF[kind]}.{name}", getattr(record, name))
