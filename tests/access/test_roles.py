"""Roles: what each may do is one table, and it holds what it promises."""

from __future__ import annotations

from finops.access.roles import GRANTS
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.access.roles import roles_that

SIGNS_IN = {Permission.SIGN_IN}
WRITES = {permission for permission in Permission if not permission.startswith("read")} - SIGNS_IN


def test_every_role_is_in_the_table() -> None:
    assert set(GRANTS) == set(Role)


def test_every_permission_is_somebodys() -> None:
    assert all(roles_that(permission) for permission in Permission)


def test_an_auditor_reads_everything_and_writes_nothing() -> None:
    assert GRANTS[Role.AUDITOR] == set(Permission) - WRITES


def test_a_viewer_writes_nothing() -> None:
    assert GRANTS[Role.VIEWER] == {Permission.READ_COST} | SIGNS_IN


def test_whoever_decides_takes_part_in_the_review_and_whoever_prepares_it_runs_it() -> None:
    runs = (Role.FINANCE, Role.FINOPS, Role.ADMIN)
    assert roles_that(Permission.RUN_REVIEW) == runs
    takes_part = (Role.ENGINEER, Role.PRODUCT, Role.LEADERSHIP, *runs)
    assert set(roles_that(Permission.REVIEW)) == set(takes_part)


def test_a_service_brings_bills_and_nothing_else() -> None:
    assert GRANTS[Role.SERVICE] == {Permission.IMPORT_COST}


def test_the_roles_that_bring_rates() -> None:
    assert roles_that(Permission.WRITE_RATES) == (Role.FINANCE, Role.FINOPS, Role.ADMIN)


def test_who_measures_the_business_who_plans_and_who_tells_what_happened() -> None:
    assert roles_that(Permission.WRITE_METRICS) == (Role.PRODUCT, Role.FINOPS, Role.ADMIN)
    assert roles_that(Permission.WRITE_BUDGETS) == (Role.FINANCE, Role.FINOPS, Role.ADMIN)
    tellers = (Role.ENGINEER, Role.PRODUCT, Role.FINANCE, Role.FINOPS, Role.ADMIN)
    assert roles_that(Permission.WRITE_EVENTS) == tellers
