"""Session: which workspace a command works in, for whom, on which day, and how it answers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace
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


LOCAL = "local"
"""Whoever does it where nobody is named."""


NARROWED = (
    *("query", "doctor", "events add", "organization export", "rules export"),
    *("users list", "users set", "users remove", "scopes list", "scopes restrict", "scopes open"),
)
"""The commands that show a person only what that person may see; all others need sight of all."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """What was said before the command; everything else is looked up when it is needed."""

    workspace: Path
    person: str = LOCAL
    as_json: bool = False
    command: str = ""

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
        """Who does what the command does, with roles and sight as they are now.

        A person whom the workspace does not know has every role: whoever can read its files can
        do anything with them. Where people sign in, a name must be one of theirs.
        """
        from finops.access.actor import Actor
        from finops.access.actor import local_actor
        from finops.access.users import actor_named

        if self.person == LOCAL or not self.workspace.is_dir():
            return local_actor(self.person)
        with self.opened.store.reading() as records:
            found = actor_named(records, self.person)
        stranger = Actor(self.person) if self.settings.sign_in else local_actor(self.person)
        return found or stranger

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

    @property
    def open(self) -> Workspace:
        """The workspace, for a command that this person may give.

        Raises:
            UsageError: there is none in the folder.
            NotAllowed: the command tells of all cost, and this person sees a part of it.
        """
        from finops.access.scope import require_whole

        if self.person != LOCAL and self.command not in NARROWED:
            require_whole(self.actor, f"finops {self.command}")
        return self.opened

    @cached_property
    def opened(self) -> Workspace:
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
    """The session that the root of the command line made, with the command's full name."""
    session: Session = context.obj
    if not session.command:
        session = context.obj = replace(session, command=context.command_path.partition(" ")[2])
    return session
