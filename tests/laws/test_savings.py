"""Savings are agreed, made, billed, signed, taken back and restated in any order; the laws hold.

Two claims share a resource and one stands alone. The bill is what each month's scopes fell by.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import precondition
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import run_state_machine_as_test

from finops.access.roles import Role
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.savings.agree import Agreement
from finops.savings.agree import freeze
from finops.savings.credit import balances
from finops.savings.credit import credited
from finops.savings.credit import credits_of
from finops.savings.credit import Line
from finops.savings.credit import TEAM
from finops.savings.fates import decide
from finops.savings.fates import Decided
from finops.savings.fates import fates_of
from finops.savings.fates import What
from finops.savings.fates import whole
from finops.savings.ledger import savings_of
from finops.savings.measure import span_of
from finops.savings.measured import Figures
from finops.savings.measured import weighed
from finops.savings.saving import Baseline
from finops.savings.saving import Kind
from finops.savings.saving import Method
from finops.savings.saving import Saving
from finops.savings.saving import Share
from finops.savings.saving import State
from finops.savings.steps import Done
from finops.savings.steps import End
from finops.savings.steps import implement
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.savings.steps import withdraw
from finops.savings.verification import verifications_of
from finops.savings.verify import keep
from finops.savings.verify import Signing
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

MONTHS = (BillingPeriod(2026, 10), BillingPeriod(2026, 11))
CLOSABLE = (*MONTHS, BillingPeriod(2026, 12))
"""What is signed on the day is booked in the last of them, while that is open."""

TODAY = date(2026, 12, 3)
CLAIMS = {"a": ("shared", "r1"), "b": ("shared", "r2"), "c": ("r3",)}
FALL = st.sampled_from((-50, 0, 1, 90, 100, 310, 400))
THIRDS = (Share(team="x", part=Decimal("0.3333")), Share(team="y", part=Decimal("0.6667")))


class Savings(RuleBasedStateMachine):
    """A store of its own for each run, and what the model knows of the bill."""

    template: Path

    @initialize(falls=st.lists(FALL, min_size=6, max_size=6))
    def begin(self, falls: list[int]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.folder / "own")
        self.workspace = open_workspace(self.folder / "own")
        self.closed: set[BillingPeriod] = set()
        self.falls: dict[tuple[str, BillingPeriod], int] = {}
        self.highest: dict[BillingPeriod, int] = {}
        self.kept: dict[str, tuple[Line, ...]] = {}
        places = [(name, month) for name in CLAIMS for month in MONTHS]
        self.falls.update(zip(places, falls, strict=True))
        for month in MONTHS:
            self.close(month)

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.workspace.close()
            shutil.rmtree(self.folder)

    def saving(self, name: str) -> Saving:
        every = savings_of(self.workspace, today=TODAY)
        return next(one for one in every if one.title == name)

    @rule(name=st.sampled_from(sorted(CLAIMS)), month=st.sampled_from(MONTHS), fall=FALL)
    def bill(self, name: str, month: BillingPeriod, fall: int) -> None:
        """A's fall is a part of b's, as a resource of both fell; a closed month stays."""
        if month not in self.closed:
            self.falls[name, month] = fall

    @rule(month=st.sampled_from(CLOSABLE))
    def shut(self, month: BillingPeriod) -> None:
        self.close(month)

    def close(self, month: BillingPeriod) -> None:
        room.shut(self.workspace, month)
        self.closed.add(month)
        both = max(self.falls.get((name, month), 0) for name in "ab")
        self.highest[month] = max(self.highest.get(month, 0), both)
        booked = tuple(one for one in credits_of(self.workspace) if one.booked == str(month))
        self.kept.setdefault(str(month), booked)

    @precondition(lambda self: self.closed)
    @rule(month=st.sampled_from(CLOSABLE))
    def reopen(self, month: BillingPeriod) -> None:
        room.shut(self.workspace, month, event="reopened")
        self.closed.discard(month)
        self.kept.pop(str(month), None)

    @rule(order=st.permutations(sorted(CLAIMS)), month=st.sampled_from(MONTHS))
    def sign_all(self, order: list[str], month: BillingPeriod) -> None:
        for name in order:
            self.sign(name, month, None)

    @rule(
        name=st.sampled_from(sorted(CLAIMS)),
        month=st.sampled_from(MONTHS),
        back=st.sampled_from((None, None, 10)),
    )
    def sign_one(self, name: str, month: BillingPeriod, back: int | None) -> None:
        self.sign(name, month, back)

    def sign(self, name: str, month: BillingPeriod, back: int | None) -> None:
        one = self.saving(name)
        span = span_of(one, month)
        if span is None:
            return
        fall = Decimal(self.falls.get((name, month), 0))
        figures = Figures(fall, Decimal(1), fall, Decimal(0), Decimal(0))
        day = month.start.replace(day=back) if back else None
        measured = weighed(figures, *span, currency="USD").model_copy(update={"regressed_on": day})
        signing = Signing(
            key=one.key,
            team="x",
            month=str(month),
            measured=measured,
            issuers=("cloud",),
            today=TODAY,
        )
        with pytest.raises(NotAllowed):
            keep(self.workspace.store, **room.call("ines", Role.FINANCE), signing=signing)
        try:
            signed = keep(self.workspace.store, **room.call("fay", Role.FINANCE), signing=signing)
        except Conflict:
            assert month not in self.closed
            return
        assert month in self.closed
        assert signed.credited <= measured.verified <= max(fall, Decimal(0))

    @rule(name=st.sampled_from(sorted(CLAIMS)))
    def take_back(self, name: str) -> None:
        one = self.saving(name)
        said = End(key=one.key, team="x", reason="no", day=TODAY, today=TODAY)
        if one.state is not State.WITHDRAWN:
            withdraw(self.workspace.store, **room.call("ines"), said=said)

    @rule(name=st.sampled_from(sorted(CLAIMS)), amount=st.integers(min_value=1, max_value=200))
    def spend(self, name: str, amount: int) -> None:
        one = self.saving(name)
        said = Decided(
            key=one.key, team="x", what=What.ABSORBED, amount=Decimal(amount), today=TODAY
        )
        left = credited(credits_of(self.workspace), saving=one.key).credited
        try:
            decide(self.workspace.store, **room.call("fay", Role.FINANCE), said=said)
        except UsageError:
            return
        assert Decimal(amount) <= left

    @invariant()
    def the_laws_hold(self) -> None:
        if not hasattr(self, "workspace"):
            return
        lines = credits_of(self.workspace)
        assert balances(lines)
        for month, booked in self.kept.items():
            assert tuple(one for one in lines if one.booked == month) == booked
        for one in verifications_of(self.workspace):
            now = credited(lines, saving=one.saving, month=one.month)
            assert now.credited == one.credited <= one.measured.verified
        known = {one.key: one for one in savings_of(self.workspace, today=TODAY)}
        for period in MONTHS:
            both = total(
                one.net
                for one in lines
                if one.account == TEAM
                and one.month == str(period)
                and known[one.saving].title in "ab"
            )
            assert both <= self.highest.get(period, 0)
        verified = {key: (credited(lines, saving=key).credited, "USD") for key in known}
        fates = whole(fates_of(self.workspace), verified)
        assert total(one.amount for one in fates) == total(one for one, _ in verified.values())


def made(workspace: Workspace) -> None:
    """The three claims, agreed and made."""
    for name, kind in zip(CLAIMS, (Kind.ELIMINATE, Kind.MODERNIZE, Kind.SCHEDULE), strict=True):
        said = Proposal(title=name, kind=kind, scope=name, team="x", day=room.MADE)
        kept = propose(workspace.store, **room.call("ines"), said=said)
        frozen = Baseline(
            method=Method.RESOURCE,
            start=date(2026, 9, 1),
            end=date(2026, 10, 1),
            currency="USD",
            rates="2026-09",
            snapshot="1",
            points=(),
            resources=CLAIMS[name],
        )
        terms = Agreement(key=kept.key, team="x", baseline=frozen, split=THIRDS, today=room.MADE)
        freeze(workspace.store, **room.call("fay", Role.FINANCE), agreement=terms)
        done = Done(key=kept.key, team="x", day=room.MADE, evidence="c", today=TODAY)
        implement(workspace.store, **room.call("ines"), said=done)


def test_the_laws_of_savings_hold_whatever_happens(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "template")
    made(workspace)
    workspace.close()
    Savings.template = tmp_path / "template"
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    modest = settings(
        max_examples=10, stateful_step_count=10, deadline=None, suppress_health_check=checks
    )
    run_state_machine_as_test(Savings, settings=modest)
