"""Two people close a month; one of them alone, or a month that moved meanwhile, does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.invoicing import close
from finops.invoicing import seal
from finops.invoicing.closing import Terms
from finops.records import audit
from finops.records.closings import closed_months
from finops.records.closings import steps
from finops.records.closings import waiting
from tests.invoicing import closable
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import MONTH
from tests.invoicing.closable import by
from tests.invoicing.closable import look
from tests.invoicing.closable import step

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

WHAT = {"month": MONTH, "provider": ""}


@pytest.fixture
def april(opened: Workspace, tmp_path: Path) -> Workspace:
    closable.prepare(opened, tmp_path / "april.csv")
    return opened


def events(workspace: Workspace) -> list[str]:
    with workspace.store.reading() as session:
        assert audit.verify(session) == ()
        return [row.event for row in steps(session)]


def test_a_month_is_reconciled_then_closing_then_closed(april: Workspace) -> None:
    assert look(april).state == "reconciled"
    asked = step(april, "Ann")
    assert (asked.state, asked.seal) == ("closing", "")
    done = step(april, "Bob")
    assert done.state == "closed"
    assert len(done.seal) == 64
    assert done.closing is not None
    assert (done.closing.requested_by, done.closing.approved_by) == ("Ann", "Bob")
    assert events(april) == ["closing", "approved", "closed"]
    with april.store.reading() as session:
        assert closed_months(session) == {("", MONTH)}


@pytest.mark.parametrize("name", ["Ann", "ann", " ANN "])
def test_whoever_asked_does_not_agree(april: Workspace, name: str) -> None:
    step(april, "Ann")
    with pytest.raises(NotAllowed, match="a second person must agree"):
        step(april, name)
    assert events(april) == ["closing"]


def test_where_no_second_person_is_asked_for_one_closes_it(april: Workspace) -> None:
    done = step(april, "Ann", terms=Terms(second=False))
    assert done.state == "closed"
    assert events(april) == ["closing", "approved", "closed"]


def test_a_viewer_neither_asks_nor_agrees(april: Workspace) -> None:
    viewer = by("Vic")
    viewer["actor"] = Actor("Vic", frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed, match="may not close periods"):
        close.request(april.store, **viewer, **WHAT, reason="")
    step(april, "Ann")
    with pytest.raises(NotAllowed, match="may not close periods"):
        close.approve(april.store, **viewer, **WHAT, second=True)
    assert events(april) == ["closing"]


def test_what_nobody_asked_for_is_not_approved(april: Workspace) -> None:
    with pytest.raises(Conflict, match="Nobody asks"):
        close.approve(april.store, **by("Bob"), **WHAT, second=True)
    with pytest.raises(Conflict, match="Nobody asks"):
        close.withdraw(april.store, **by("Bob"), **WHAT, reason="")
    with pytest.raises(Conflict, match="not approved"):
        close.put_seal(april.store, **by("Bob"), **WHAT, seal="s", content="{}")


def test_asked_twice_it_waits_once(april: Workspace) -> None:
    step(april, "Ann")
    with pytest.raises(Conflict, match="Ann asked for it"):
        close.request(april.store, **by("Cy"), **WHAT, reason="")
    close.withdraw(april.store, **by("Ann"), **WHAT, reason="too early")
    assert look(april).state == "reconciled"
    assert events(april) == ["closing", "withdrawn"]


def test_charges_that_came_after_the_request_are_not_approved_unseen(
    april: Workspace, tmp_path: Path
) -> None:
    step(april, "Ann")
    more = closable.charge("5", BillingAccountId="2", InvoiceId="I-2")
    bring(april, tmp_path / "more.csv", [more])
    with pytest.raises(Conflict, match="have changed since Ann asked"):
        close.approve(april.store, **by("Bob"), **WHAT, second=True)
    close.request(april.store, **by("Ann"), **WHAT, reason="with the second account")
    close.approve(april.store, **by("Bob"), **WHAT, second=True)
    assert events(april) == ["closing", "closing", "approved"]


def test_what_came_for_another_month_does_not_hold_it_up(april: Workspace, tmp_path: Path) -> None:
    step(april, "Ann")
    closable.prepare(april, tmp_path / "may.csv", "2026-05")
    assert step(april, "Bob").state == "closed"


def test_an_approved_close_is_sealed_by_whoever_opens_the_workspace(april: Workspace) -> None:
    step(april, "Ann")
    close.approve(april.store, **by("Bob"), **WHAT, second=True)
    assert look(april).state == "closing"
    with april.store.reading() as session:
        (approved,) = waiting(session)
    expected = seal.seal(april, approved).seal

    (done,) = close.resume(april, at=AT)

    assert done.seal == expected
    assert close.resume(april, at=AT) == ()
    assert close.finish(april, approved, at=AT, origin="again") == done
    assert events(april) == ["closing", "approved", "closed"]


def test_of_two_overlapping_closes_the_second_seal_follows_the_first(
    april: Workspace, tmp_path: Path
) -> None:
    """The first approver is stopped before the seal; the second one finds that out."""
    closable.prepare(april, tmp_path / "may.csv", "2026-05")
    step(april, "Ann")
    step(april, "Ann", "2026-05")
    close.approve(april.store, **by("Bob"), **WHAT, second=True)
    with pytest.raises(Conflict, match=f"{MONTH} is approved and is being sealed"):
        close.approve(april.store, **by("Bob"), month="2026-05", provider="", second=True)

    second = step(april, "Bob", "2026-05")

    assert events(april) == ["closing", "closing", "approved", "closed", "approved", "closed"]
    with april.store.reading() as session:
        bodies = [json.loads(row.body) for row in steps(session) if row.body]
    assert [body["previous"] for body in bodies] == ["", look(april).seal]
    assert second.state == "closed"


def test_a_double_click_closes_once(april: Workspace) -> None:
    first, second = (
        close.request(april.store, **by("Ann", "click"), **WHAT, reason="") for _ in range(2)
    )
    assert first == second
    assert events(april) == ["closing"]


def test_one_provider_is_closed_apart_and_not_once_the_company_is(
    april: Workspace, tmp_path: Path
) -> None:
    other = closable.charge("7", InvoiceIssuerName="Other", InvoiceId="")
    bring(april, tmp_path / "other.csv", [other])
    assert look(april).state == "provisional"
    step(april, "Ann", provider="Cloud")
    done = step(april, "Bob", provider="Cloud")
    assert done.state == "closed"
    assert [one.state for one in look(april).providers] == ["closed", "open"]
    assert look(april).state == "provisional"
    with april.store.reading() as session:
        assert closed_months(session) == {("Cloud", MONTH)}
    close.request(april.store, **by("Ann"), **WHAT, reason="")
    with pytest.raises(Conflict, match="for the company"):
        close.request(april.store, **by("Ann"), month=MONTH, provider="Other", reason="")


def test_an_empty_workspace_closes_nothing(opened: Workspace) -> None:
    with pytest.raises(Conflict, match="nothing to close"):
        close.request(opened.store, **by("Ann"), **WHAT, reason="")
