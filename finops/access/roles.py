"""Roles and what each may do, as one table."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person, or a machine, is here for."""

    VIEWER = "viewer"
    ENGINEER = "engineer"
    PRODUCT = "product"
    FINANCE = "finance"
    LEADERSHIP = "leadership"
    FINOPS = "finops"
    ADMIN = "admin"
    AUDITOR = "auditor"
    SERVICE = "service"


class Permission(StrEnum):
    """One thing that may be done or seen."""

    READ_COST = "read cost"
    IMPORT_COST = "import cost"
    WRITE_RATES = "write rates"
    WRITE_INVOICES = "write invoices"
    CLOSE_PERIODS = "close periods"
    WRITE_METRICS = "write business metrics"
    WRITE_BUDGETS = "write budgets"
    WRITE_EVENTS = "write events"
    WRITE_INVENTORY = "write the inventory of resources"
    WORK = "work off the worklist"
    CLAIM_SAVINGS = "propose savings and say when they are made"
    KEEP_SAVINGS = "agree, verify and refuse savings"
    SET_SAVINGS_TARGET = "set the target of savings"
    WRITE_SCENARIOS = "write scenarios and unit-cost targets"
    WRITE_ORGANIZATION = "write the organization"
    WRITE_RULES = "write the rules"
    REVIEW = "take part in the review"
    RUN_REVIEW = "run the review"
    READ_AUDIT = "read the audit"
    SIGN_IN = "sign in"
    MANAGE_ACCESS = "manage who may do and see what"


_READS = frozenset({Permission.READ_COST, Permission.SIGN_IN})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: _READS,
    Role.ENGINEER: _READS
    | {Permission.WRITE_EVENTS, Permission.WRITE_SCENARIOS, Permission.REVIEW}
    | {Permission.WRITE_INVENTORY, Permission.WORK, Permission.CLAIM_SAVINGS},
    Role.PRODUCT: _READS
    | {Permission.WRITE_METRICS, Permission.WRITE_EVENTS, Permission.WRITE_SCENARIOS}
    | {Permission.REVIEW, Permission.CLAIM_SAVINGS},
    Role.LEADERSHIP: _READS | {Permission.REVIEW, Permission.SET_SAVINGS_TARGET},
    Role.FINANCE: _READS
    | {Permission.WRITE_RATES, Permission.WRITE_INVOICES, Permission.CLOSE_PERIODS}
    | {Permission.WRITE_RULES, Permission.REVIEW, Permission.RUN_REVIEW}
    | {Permission.WRITE_BUDGETS, Permission.WRITE_EVENTS, Permission.READ_AUDIT}
    | {Permission.WORK, Permission.CLAIM_SAVINGS, Permission.KEEP_SAVINGS},
    Role.FINOPS: frozenset(Permission) - {Permission.MANAGE_ACCESS},
    Role.ADMIN: frozenset(Permission),
    Role.AUDITOR: _READS | {Permission.READ_AUDIT},
    Role.SERVICE: frozenset({Permission.IMPORT_COST}),
}
"""What each role may do; what is not granted is refused. An auditor never writes."""


def roles_that(permission: Permission) -> tuple[Role, ...]:
    """The roles that have a permission, in the order of the table."""
    return tuple(role for role, granted in GRANTS.items() if permission in granted)
