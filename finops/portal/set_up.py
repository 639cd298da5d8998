"""Set-up: what this workspace's settings say: its terms, its accounts, and whom it tells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from finops.config import load_settings
from finops.errors import ConfigError
from finops.invoicing.closing import Terms
from finops.invoicing.posting import Accounts
from finops.operations.standing import Terms as OwnersTerms
from finops.portal import reading

if TYPE_CHECKING:
    from finops.config import Settings


def settings() -> Settings:
    """The settings of the workspace that the portal was started on, read once in a run.

    Raises:
        ConfigError: none was named, or a setting cannot be used.
    """
    folder = os.environ.get("FINOPS_WORKSPACE")
    if not folder:
        message = "No workspace is named."
        raise ConfigError(message, remedy="Start the portal with `finops serve`.")
    return reading.once(("settings", folder), lambda: load_settings(Path(folder)))


def terms() -> Terms:
    """What this workspace's settings ask of a close."""
    told = settings()
    return Terms(coverage=told.close_coverage, second=told.close_second_approver)


def owners_terms() -> OwnersTerms:
    """What this workspace's settings agree with the owners of statements."""
    told = settings()
    return OwnersTerms(told.statement_quiet_days, told.chargeback_quiet_months)


def accounts() -> Accounts:
    """The accounts on which this workspace's journal is booked."""
    return Accounts.of(settings().journal_accounts)


def tracker() -> str:
    """The tracker in which new issues are made of actions; empty where none is set."""
    return settings().issues


def notified() -> tuple[str, ...]:
    """The addresses that the digest of a meeting is sent to."""
    return settings().notify


def notified_within() -> bool:
    """Whether such an address may lead into a private network."""
    return settings().notify_private
