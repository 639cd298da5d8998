"""Who may do what: the table is the commands', and each command refuses whom the table refuses."""

from __future__ import annotations

import re
from datetime import datetime
from datetime import UTC
from pathlib import Path

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.access.workspace import make_workspace
from finops.errors import NotAllowed
from finops.portal import permissions
from finops.records import audit

PROJECT = Path(__file__).parents[2]
REFUSED = [
    (command, role)
    for command in permissions.commands()
    for role in (None, *Role)
    if role is None or not Actor("Eve", frozenset({role})).may(command.permission)
]


def test_every_command_in_the_code_is_in_the_table() -> None:
    marked = re.compile(r'^@command\(\s*"([^"]+)"', re.MULTILINE)
    files = (PROJECT / "finops").rglob("*.py")
    written = {name for file in files for name in marked.findall(file.read_text())}
    assert written == {command.name for command in permissions.commands()}


def test_each_command_refuses_each_role_without_its_permission(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    now = datetime(2026, 11, 21, tzinfo=UTC)
    for command, role in REFUSED:
        actor = Actor("Eve", frozenset({role} if role else ()))
        with pytest.raises(NotAllowed, match=f"Eve may not {command.permission}"):
            command(workspace.store, actor=actor, at=now, origin="test")
    with workspace.store.reading() as session:
        assert audit.head(session).sequence == 0
    workspace.close()


def test_each_cell_says_what_the_service_does() -> None:
    refused = {(command.name, role) for command, role in REFUSED}
    told = {row["What"]: row for row in permissions.rows()}
    for command in permissions.commands():
        for role in Role:
            assert (told[command.name][role] == "") == ((command.name, role) in refused)


def test_an_auditor_may_give_no_command_but_to_sign_in_and_out() -> None:
    refused = {command for command, role in REFUSED if role is Role.AUDITOR}
    given = {command.name for command in permissions.commands() if command not in refused}
    assert given == {"session.begin", "session.end"}


def test_the_table_has_a_row_for_each_look_and_each_command() -> None:
    assert len(permissions.table().columns["What"]) == len(permissions.commands()) + 2


def test_the_document_has_the_same_rows() -> None:
    lines = [line for line in permissions.document().splitlines() if line.startswith("| ")]
    assert len(lines) == len(permissions.rows()) + 2
    assert lines[0].count("|") == len(Role) + 3
