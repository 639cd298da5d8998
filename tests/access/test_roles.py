"""Roles: what each may do is one table, and it holds what it promises."""

from __future__ import annotations

import pytest

from finops.access.roles import GRANTS
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.access.roles import roles_that

WRITES = {permission for permission in Permission if not permission.startswith("read")}


def test_every_role_is_in_the_table() -> None:
    assert set(GRANTS) == set(Role)


def test_every_permission_is_somebodys() -> None:
    assert all(roles_that(permission) for permission in Permission)


def test_an_auditor_reads_everything_and_writes_nothing() -> None:
    assert GRANTS[Role.AUDITOR] == set(Permission) - WRITES


@pytest.mark.parametrize("role", [Role.VIEWER, Role.LEADERSHIP])
def test_a_reader_writes_nothing(role: Role) -> None:
    assert GRANTS[role] == {Permission.READ_COST}


def test_a_service_brings_bills_and_nothing_else() -> None:
    assert GRANTS[Role.SERVICE] == {Permission.IMPORT_COST}


def test_the_roles_that_bring_rates() -> None:
    assert roles_that(Permission.WRITE_RATES) == (Role.FINANCE, Role.FINOPS, Role.ADMIN)


def test_who_measures_the_business_who_plans_and_who_tells_what_happened() -> None:
    assert roles_that(Permission.WRITE_METRICS) == (Role.PRODUCT, Role.FINOPS, Role.ADMIN)
    assert roles_that(Permission.WRITE_BUDGETS) == (Role.FINANCE, Role.FINOPS, Role.ADMIN)
    tellers = (Role.ENGINEER, Role.PRODUCT, Role.FINANCE, Role.FINOPS, Role.ADMIN)
    assert roles_that(Permission.WRITE_EVENTS) == tellers
