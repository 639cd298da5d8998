"""Roles by commands by sight, as one matrix: what SECURITY.md says is what the service does."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.command import no_part
from finops.access.roles import Role
from finops.errors import NotAllowed
from finops.portal import permissions
from finops.records import audit
from finops.records.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.records.store import Store

SECURITY = Path(__file__).parents[2] / "data" / "reference" / "SECURITY.md"
AT = datetime(2026, 4, 1, tzinfo=UTC)
SEARCH = (("x_Team", frozenset({"search"})),)
SIGHTS: dict[str, dict[str, Any]] = {
    "no scope is kept": {},
    "another's scope is kept": {"hidden": SEARCH},
    "nothing but the own scope is seen": {"sees": SEARCH},
}
COMMANDS = {one.name: one for one in permissions.commands()}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty record store, which all of this leaves empty."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('matrix') / 'records.sqlite'}")
    yield store
    with store.reading() as session:
        assert audit.head(session).sequence == 0
    store.close()


def promised() -> dict[str, dict[str, bool]]:
    """Which role may give which command, as the document says that is shown to people."""
    lines = [line for line in SECURITY.read_text().splitlines() if line.startswith("| ")]
    heads, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    told = {row[0]: dict(zip(heads[2:], row[2:], strict=True)) for row in rows}
    return {
        name: {role: said == permissions.MAY for role, said in told[name].items()}
        for name in COMMANDS
    }


def got_in(name: str, actor: Actor, records: Store) -> bool:
    """Whether a command lets somebody in; called with nothing to do, it then does not know what."""
    try:
        COMMANDS[name](records, actor=actor, at=AT, origin="test")
    except NotAllowed:
        return False
    except TypeError as error:
        return "missing" in str(error)
    return True


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("role", Role)
def test_each_role_gives_the_commands_that_are_promised_and_no_other(
    role: Role, sight: str, records: Store
) -> None:
    promise = promised()
    assert len(promise) >= 40
    actor = Actor("somebody", frozenset({role}), **SIGHTS[sight])
    for name, roles in promise.items():
        whole = not SIGHTS[sight]
        of_a_part = COMMANDS[name].within is not None
        assert got_in(name, actor, records) == (roles[role] and (whole or of_a_part)), name


def test_who_has_no_role_gives_no_command(records: Store) -> None:
    assert [name for name in COMMANDS if got_in(name, Actor("nobody"), records)] == []


def test_roles_add_up_and_take_nothing_from_each_other(records: Store) -> None:
    promise = promised()
    both = Actor("both", frozenset({Role.VIEWER, Role.PRODUCT}))
    for name, roles in promise.items():
        assert got_in(name, both, records) == (roles["viewer"] or roles["product"]), name


def test_an_auditor_and_a_viewer_write_nothing_but_their_own_sessions() -> None:
    promise = promised()
    for role in ("auditor", "viewer"):
        assert {name for name in COMMANDS if promise[name][role]} == {
            "session.begin",
            "session.end",
        }


def test_what_is_about_no_part_of_the_cost_is_about_who_may_come_in() -> None:
    """Every other command is refused to whoever sees a part, unless it says which part."""
    free = {name for name, one in COMMANDS.items() if one.within is no_part}
    assert {name.partition(".")[0] for name in free} <= {"session", "users", "scopes"}
