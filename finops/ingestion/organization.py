"""The organization comes in by file: a version is published, and charges find their place anew."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import rules_at
from finops.core.mapping import check
from finops.core.organization import Organization
from finops.errors import InputError
from finops.ingestion.remap import remap
from finops.records.models import OrganizationVersion

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.command import Transaction


@dataclass(frozen=True)
class Published:
    """The hash of the version that holds now, and the snapshot that has it, if there is data."""

    content_hash: str
    snapshot: str


@command("organization.publish", permission=Permission.WRITE_ORGANIZATION)
def publish_organization(
    transaction: Transaction, *, root: Path, organization: Organization
) -> Published:
    """Make an organization the one that holds; charges are not rewritten, only what is derived.

    Raises:
        InputError: the mapping rules decide something that this organization does not have.
    """
    rules = rules_at(transaction.session)
    check(rules, organization)
    # Unsorted: the order of the dimensions is part of what is said.
    body = json.dumps(organization.to_mapping(), default=str)
    content_hash = hashlib.sha256(body.encode()).hexdigest()
    transaction.session.add(
        OrganizationVersion(revision=transaction.revision, content_hash=content_hash, body=body)
    )
    snapshot = remap(transaction, root=root, organization=organization, rules=rules)
    transaction.record(
        subject=organization.name, after={"hash": content_hash, "snapshot": snapshot}
    )
    return Published(content_hash, snapshot)


def read(path: Path) -> Organization:
    """Read an organization from a YAML file.

    Raises:
        InputError: it is no YAML, or something in it cannot be; the path of that is named.
    """
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"{path.name} cannot be read as YAML: {str(error).splitlines()[0]}."
        raise InputError(message) from error
    if not isinstance(body, dict):
        message = f"{path.name} holds no organization."
        raise InputError(message, remedy="Begin it with name, teams and dimensions.")
    return Organization.from_mapping(body)
