"""Published: the versions of the mapping rules, and the one command that adds to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.allocation.compared import compare
from finops.core.fault import point
from finops.core.mapping import check
from finops.core.mapping import EMPTY
from finops.core.mapping import RuleSet
from finops.errors import Conflict
from finops.errors import UsageError
from finops.ingestion.remap import remap
from finops.records.models import RuleSetVersion
from finops.records.revisions import newest

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot

FEW = 3
"""How many changes of somebody else a sentence names."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One published version; number 0 is before any, and has no rules."""

    number: int
    author: str = ""
    reason: str = ""
    at: str = ""
    content_hash: str = ""
    rules: RuleSet = EMPTY


@dataclass(frozen=True)
class Published:
    """The number and the hash of the version that holds now, and the snapshot that has it.

    `status` is `unchanged` where the rules were just so already; nothing is written then.
    """

    version: int
    content_hash: str
    snapshot: str
    status: str


@command("rules.publish", permission=Permission.WRITE_RULES)
def publish_rules(
    transaction: Transaction, *, root: Path, rules: RuleSet, base: int, reason: str
) -> Published:
    """Make rules the ones that hold: a version more, and the open months find their owners anew.

    `base` is the number of the version that was read before it was changed.

    Raises:
        UsageError: there is no reason.
        InputError: a rule decides what the organization does not have.
        Conflict: somebody else has published since; nothing is lost of either.
    """
    session = transaction.session
    if not reason.strip():
        message = "Rules are published with a reason."
        raise UsageError(message, remedy="Say it with --reason.")
    now = current(session)
    if now.number != base:
        raise _conflict(now, versions_in(session), base)
    organization = organization_at(session)
    check(rules, organization)
    if rules.digest == now.content_hash:
        transaction.record(subject=f"version {base}", after="unchanged")
        return Published(base, rules.digest, "", "unchanged")
    point("rules:before-version")
    session.add(_row(transaction, rules, number=base + 1, reason=reason.strip()))
    point("rules:before-remap")
    snapshot = remap(transaction, root=root, organization=organization, rules=rules)
    transaction.record(
        subject=f"version {base + 1}",
        before={"version": base, "hash": now.content_hash},
        after={"version": base + 1, "hash": rules.digest, "reason": reason.strip()},
    )
    point("rules:before-records")
    return Published(base + 1, rules.digest, snapshot, "published")


def current(session: Session) -> Version:
    """The version that holds now."""
    return (Version(number=0), *versions_in(session))[-1]


def versions_in(session: Session, revision: int | None = None) -> tuple[Version, ...]:
    """Every version, oldest first, as of a revision."""
    return tuple(_version(row) for row in newest(session, RuleSetVersion, revision=revision))


def versions(workspace: Workspace, snapshot: Snapshot | None = None) -> tuple[Version, ...]:
    """Every published version as a snapshot knows them, oldest first."""
    with workspace.store.reading() as session:
        return versions_in(session, snapshot.revision if snapshot else None)


def newest_version(workspace: Workspace) -> Version:
    """The version that holds now; number 0 where none was ever published."""
    return (Version(number=0), *versions(workspace))[-1]


def _row(transaction: Transaction, rules: RuleSet, *, number: int, reason: str) -> RuleSetVersion:
    return RuleSetVersion(
        revision=transaction.revision,
        number=number,
        content_hash=rules.digest,
        author=transaction.actor.name,
        reason=reason,
        at=transaction.at.isoformat(),
        body=json.dumps(rules.to_mapping()),
    )


def _version(row: RuleSetVersion) -> Version:
    return Version(
        number=row.number,
        author=row.author,
        reason=row.reason,
        at=row.at,
        content_hash=row.content_hash,
        rules=RuleSet.from_mapping(json.loads(row.body)),
    )


def _conflict(now: Version, found: tuple[Version, ...], base: int) -> Conflict:
    """Say who was first, and what they changed since."""
    read = next((one.rules for one in found if one.number == base), EMPTY)
    told = [change.words for change in compare(read, now.rules)]
    more = f" and {len(told) - FEW} more" if len(told) > FEW else ""
    message = (
        f"{now.author} has published version {now.number} since you read version {base}: "
        f"{'; '.join(told[:FEW])}{more}. Nothing of yours was written."
    )
    return Conflict(message, remedy="Read the newer version and put your change on it.")
