"""The agenda: what the figures and the records themselves put before a meeting, in order.

Rank = amount x surprise x whether it can be decided now; unanswered requests go first. What stays
within the bands that the series agreed is listed as accepted by default.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar
from typing import NamedTuple
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.amount import split
from finops.invoicing.marks import mark
from finops.operations.commentary import AHEAD
from finops.operations.commentary import Commentary
from finops.operations.entries import Entry
from finops.operations.entries import write
from finops.operations.material import Item
from finops.operations.material import Written
from finops.operations.outcomes import Outcome
from finops.operations.saved_since import PACK
from finops.operations.saved_since import SAVED
from finops.operations.sources import FROZEN
from finops.operations.sources import LIVE
from finops.operations.sources import OPENS

if TYPE_CHECKING:
    from datetime import date

    from finops.access.command import Transaction
    from finops.operations.entries import Kept
    from finops.operations.entries import Log
    from finops.operations.material import Material
    from finops.operations.review import Meeting
    from finops.operations.review import Series


class Pack(Entry):
    """The figures of a meeting, frozen: every item as one snapshot has it.

    Its name is the meeting's. Later imports do not change it; preparing the meeting again does,
    until the minutes are final.
    """

    kind: ClassVar[str] = PACK

    snapshot: int
    snapshot_id: str
    mark: str = ""
    """How final the month's figures were: `closed 1a2b3c4d`, or `provisional`."""
    items: tuple[Item, ...] = ()


class Agenda(NamedTuple):
    """The items to talk about with their minutes, and those accepted unless somebody speaks up."""

    items: tuple[Item, ...]
    by_default: tuple[Item, ...]


class Prepared(BaseModel):
    """What preparing a meeting writes: the pack and the requests to the owners of variances."""

    model_config = ConfigDict(frozen=True)

    pack: Pack
    requests: tuple[Commentary, ...]

    def __body__(self) -> dict[str, object]:
        """What two requests are compared by."""
        return self.model_dump(mode="json")


@command("review.prepare", permission=Permission.RUN_REVIEW)
def keep_pack(transaction: Transaction, *, prepared: Prepared) -> Kept:
    """Freeze the pack of a meeting and send the requests for commentary.

    Raises:
        EditConflict: somebody else has prepared it meanwhile.
        Conflict: its minutes are final.
    """
    pack = prepared.pack
    kept = write(transaction, pack)
    for place, request in enumerate(prepared.requests):
        key = f"{request.letter}{transaction.revision}.{place + 1}"
        write(transaction, request.model_copy(update={"key": key}))
    told = {"snapshot": pack.snapshot_id, "items": len(pack.items)}
    told["requests"] = len(prepared.requests)
    transaction.record(subject=f"meeting {pack.meeting}", after=told)
    return kept


def prepare(material: Material) -> Prepared:
    """The pack of a meeting as the figures are now, and the requests that were not made before."""
    found = tuple(item for source in FROZEN for item in source(material))
    snapshot, meeting = material.dataset.snapshot, material.meeting
    there = material.log.find(Pack, meeting.key)
    asked = {one.team for one in material.log.of(Commentary, meeting.key)}
    wanted = (one for one in found if one.source == "variances" and not one.default)
    requests = (_request(material, one) for one in wanted)
    return Prepared(
        pack=Pack(
            key=meeting.key,
            meeting=meeting.key,
            version=there.version if there else 0,
            snapshot=snapshot.number,
            snapshot_id=snapshot.id,
            mark=mark(material.books.closings, meeting.month).text,
            items=found,
        ),
        requests=tuple(one for one in requests if one.team not in asked),
    )


def agenda(log: Log, meeting: Meeting, *, series: Series, today: date) -> Agenda:
    """The agenda as it stands: the frozen pack, and what people have written since.

    A variance that waits for its owner's answer stands on the agenda once, as the request.
    """
    pack = log.find(Pack, meeting.key)
    live = tuple(
        item for source in LIVE for item in source(Written(log, meeting, today, _currency(pack)))
    )
    waiting = {item.scope for item in live if item.first and item.scope}
    settled = waiting | {one.key for one in log.of(Outcome)}
    frozen = pack.items if pack else ()
    items = [
        *live,
        *(one for one in frozen if not ({one.key, _asked(one)} & settled)),
    ]
    order = sorted(items, key=_place)
    talked = [one for one in order if not one.default]
    return Agenda(_timed(talked, series.minutes), tuple(one for one in order if one.default))


def _place(item: Item) -> tuple[bool, bool, Decimal, str]:
    """What was saved and what decisions brought opens, then what leads, then by rank."""
    return (item.source not in {SAVED, OPENS}, not item.first, -item.rank, item.title)


def _request(material: Material, item: Item) -> Commentary:
    team = item.scope.partition("=")[2]
    return Commentary(
        meeting=material.meeting.key,
        team=team,
        owner=item.owner,
        month=str(material.period),
        due=material.meeting.day - AHEAD,
        change=item.amount,
        start=item.start,
        currency=item.currency,
        causes=item.detail,
    )


def _asked(item: Item) -> str:
    """The scope whose owner is asked about it; none where it is no variance."""
    return item.scope if item.source == "variances" else "none"


def _currency(pack: Pack | None) -> str:
    """The currency that the pack's items are told in."""
    return next((one.currency for one in pack.items if one.currency), "") if pack else ""


def _timed(items: list[Item], minutes: int) -> tuple[Item, ...]:
    """Each item with its minutes: the earlier ones get more, together they fill the meeting."""
    if not items:
        return ()
    weights = [Decimal(len(items) + 1 - place) for place in range(len(items))]
    shares = split(Decimal(minutes), weights, Decimal(1))
    return tuple(
        item.model_copy(update={"minutes": int(share)})
        for item, share in zip(items, shares, strict=True)
    )
