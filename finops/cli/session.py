"""Session: which workspace a command works in, for whom, on which day, and how it answers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from finops.access.actor import Actor
    from finops.access.workspace import Workspace
    from finops.config import Settings


@dataclass(frozen=True, kw_only=True)
class Session:
    """What was said before the command; everything else is looked up when it is needed."""

    workspace: Path
    person: str = "local"
    as_json: bool = False

    @cached_property
    def settings(self) -> Settings:
        """The settings of the workspace.

        Raises:
            ConfigError: one of them cannot be used.
        """
        from finops.config import load_settings

        return load_settings(self.workspace)

    @cached_property
    def actor(self) -> Actor:
        """Who does what the command does: in local mode the named person, with every role."""
        from finops.access.actor import local_actor

        return local_actor(self.person)

    @cached_property
    def today(self) -> date:
        """The day that counts as today: the workspace's own, or the day that it is."""
        from finops.access import clock

        return self.settings.today or clock.now().date()

    @cached_property
    def moment(self) -> datetime:
        """When the command is done: now, on the day that counts as today."""
        from finops.access import clock

        now = clock.now()
        return now.replace(year=self.today.year, month=self.today.month, day=self.today.day)

    @cached_property
    def open(self) -> Workspace:
        """The workspace, opened; a close that was approved and not sealed is sealed first.

        Raises:
            UsageError: there is none in the folder.
        """
        from finops.access.workspace import open_workspace

        settings = self.settings
        workspace = open_workspace(
            self.workspace, url=settings.records_url, memory=settings.memory_limit
        )
        self._resume(workspace)
        return workspace

    def _resume(self, workspace: Workspace) -> None:
        """Seal what waits for it; where that cannot be done now, whoever only reads may go on."""
        from finops.errors import TieoutError
        from finops.records.closings import waiting

        with workspace.store.reading() as records:
            if not waiting(records):
                return
        from finops.invoicing.close import resume

        with suppress(TieoutError):
            resume(workspace, at=self.moment)


def session_of(context: typer.Context) -> Session:
    """The session that the root of the command line made."""
    session: Session = context.obj
    return session
