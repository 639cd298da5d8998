"""Events: a deploy, a launch, a migration, a change of price; what may have moved a cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.organization import EMPTY
from finops.core.references import names
from finops.ingestion import cells
from finops.ingestion import owned
from finops.ingestion.kept import keep
from finops.ingestion.kept import Kept
from finops.ingestion.kept import Subject
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile
from finops.records import models
from finops.records.revisions import newest

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.core.organization import Organization
    from finops.dataset import Snapshot


class EventKind(StrEnum):
    """What kind of thing happened."""

    DEPLOY = "deploy"
    LAUNCH = "launch"
    MIGRATION = "migration"
    PRICE_CHANGE = "price change"
    CAMPAIGN = "campaign"
    INCIDENT = "incident"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened on a day, to which team's service; an empty team is everybody's."""

    day: date
    team: str
    service: str
    kind: EventKind
    text: str
    link: str = ""
    state: str = ""


@command("events.add", permission=Permission.WRITE_EVENTS)
def add_events(transaction: Transaction, *, records: tuple[Event, ...], file: str) -> Kept:
    """Keep events; one that says the same of the same day is replaced from now on."""
    rows = [
        models.Event(
            revision=transaction.revision,
            day=one.day.isoformat(),
            team=one.team,
            service=one.service,
            kind=one.kind.value,
            text=one.text,
            link=one.link,
            state=one.state,
            file=file,
        )
        for one in records
    ]
    return keep(transaction, rows, file=file)


def events_of(workspace: Workspace, snapshot: Snapshot | None) -> tuple[Event, ...]:
    """The events as a snapshot knows them, the earliest first."""
    with workspace.store.reading() as session:
        rows = newest(session, models.Event, revision=snapshot.revision if snapshot else None)
    return tuple(
        Event(
            day=date.fromisoformat(row.day),
            team=row.team,
            service=row.service,
            kind=EventKind(row.kind),
            text=row.text,
            link=row.link,
        )
        for row in rows
        if row.state != owned.WITHDRAWN
    )


def file_of(organization: Organization = EMPTY) -> RecordFile[Event]:
    """A file of events, its teams held to the organization's."""
    return RecordFile(
        noun="event",
        columns=owned.offering(COLUMNS, "team", names(organization, "teams")),
        make=lambda line: Event(
            day=line["date"],
            team=owned.known(line, "team", names(organization, "teams")),
            service=line["service"],
            kind=EventKind(line["kind"]),
            text=line["text"],
            link=line["link"],
            state=line["state"],
        ),
        key=lambda one: (one.day, one.team, one.service, one.kind, one.text),
        once="text",
    )


_ANY = cells.maybe(cells.text, "")
_ADDRESS = cells.shaped(re.compile(r"https?://[^\s]+"), "an address such as https://…")

COLUMNS = (
    Column("date", cells.day, "2026-10-07"),
    Column("team", _ANY, "search", needed=False),
    Column("service", _ANY, "search-api", needed=False),
    Column("kind", cells.one_of(EventKind), "deploy", choices=tuple(EventKind)),
    Column("text", cells.text, "New ranking goes live"),
    Column("link", cells.maybe(_ADDRESS, ""), "https://example.com/changes/481", needed=False),
    owned.STATE,
)
"""The columns of a file of events."""

EVENTS = Subject(
    name="events",
    noun="event",
    permission=Permission.WRITE_EVENTS,
    file_of=file_of,
    add=add_events,
    of=events_of,
)
"""What the command line and the portal need to bring events in."""
