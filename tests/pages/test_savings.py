"""Savings & credit as people use it: agreed, made, signed by somebody else, and its fate."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.access.workspace import open_workspace
from finops.portal import desk
from finops.portal import saved
from finops.savings.credit import credits_of
from finops.savings.fates import fates_of
from finops.savings.ledger import savings_of
from finops.savings.measure import measure
from finops.savings.saving import Kind
from finops.savings.saving import State
from tests.savings import room
from tests.savings.conftest import billed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from finops.savings.measure import Ground
    from finops.savings.measured import Measured
    from finops.savings.saving import Saving
    from tests.pages.conftest import Visit

__all__ = ["billed"]

PAGE = "optimize/savings.py"


@pytest.fixture
def shop(billed: Path, tmp_path: Path) -> Path:
    """A copy of the bill, with a saving that was made and waits to be signed."""
    folder = tmp_path / "shop"
    shutil.copytree(billed, folder)
    (folder / "finops.toml").write_text(f"today = {room.TODAY}\n")
    workspace = open_workspace(folder)
    key = room.agreed(workspace, "ResourceId=gone", Kind.ELIMINATE, by="omar")
    room.done(workspace, key, by="omar")
    workspace.close()
    return folder


def text(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.markdown, *at.caption)).replace("\\", "")


def said(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.success, *at.error)).replace("\\", "")


def fill(at: AppTest, place: str, field: str, value: str) -> None:
    every = at.text_input
    next(o for o in every if f"{place}-" in str(o.key) and str(o.key).endswith(f"-{field}")).input(
        value
    )


def send(at: AppTest, place: str) -> None:
    every = at.button
    next(o for o in every if str(o.key).startswith(place) and str(o.key).endswith("-send")).click()
    at.run()


def test_a_closed_month_is_signed_and_credited_and_the_money_has_a_fate(
    visit: Visit, shop: Path
) -> None:
    at = visit(shop, PAGE)
    assert "Nothing is verified yet: 1 saving proposed, 1 saving waits for a signature" in text(at)
    send(at, "saving-sign")
    assert not at.exception
    assert "saved, 310.00\xa0USD credited" in said(at)
    assert "310.00\xa0USD is verified" in at.markdown[0].value
    fill(at, "saving-fate", "name", "the index")
    next(o for o in at.selectbox if str(o.key).endswith("-what")).select_index(1)
    send(at, "saving-fate")
    assert "310.00\xa0USD reinvested" in said(at)
    workspace = open_workspace(shop)
    assert [one.name for one in credits_of(workspace)] == ["ResourceId=gone", "search"]
    (fate,) = fates_of(workspace)
    assert (fate.what.value, fate.name) == ("reinvested", "the index")
    workspace.close()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("omar", "claims"),
        ("Omar Ops", "claims"),
        ("ines", "is of search, which is credited"),
        ("Ines Moreau", "is of search, which is credited"),
        ("fay", "neither finance"),
    ],
)
def test_who_may_not_sign_has_no_form_and_is_told_why(
    visit: Visit, shop: Path, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    role = Role.ENGINEER if name == "fay" else Role.FINANCE
    monkeypatch.setattr(desk, "actor", lambda: Actor(name, frozenset({role})))
    at = visit(shop, PAGE)
    assert f"Somebody else signs it: {name}" in text(at)
    assert why in text(at)
    keys = ("saving-sign", "saving-reject")
    assert not [o for o in at.button if str(o.key).startswith(keys)]


def test_whoever_may_verify_a_claim_may_reject_it_for_a_reason(visit: Visit, shop: Path) -> None:
    at = visit(shop, PAGE)
    send(at, "saving-reject")
    assert "is rejected for a reason" in said(at)
    fill(at, "saving-reject", "reason", "the table is needed")
    send(at, "saving-reject")
    assert "Less ResourceId=gone: rejected." in said(at)
    assert "rejected, claimed by omar. It ended on" in text(at)
    assert "the table is needed" in text(at)
    workspace = open_workspace(shop)
    (found,) = savings_of(workspace, today=room.TODAY)
    assert (found.state, found.reason) == (State.REJECTED, "the table is needed")
    assert credits_of(workspace) == ()
    workspace.close()


def test_what_was_measured_is_measured_anew_for_nothing_that_was_said_since(
    visit: Visit, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[str] = []

    def spied(ground: Ground, saving: Saving, span: tuple[date, date]) -> Measured:
        measured.append(saving.key)
        return measure(ground, saving, span)

    monkeypatch.setattr(saved, "measure", spied)
    at = visit(shop, PAGE)
    (key,) = measured
    workspace = open_workspace(shop)
    room.agreed(workspace, "ResourceId=cut", team="data", by="kenji")
    workspace.close()
    at.run()
    assert "2 savings proposed" in at.markdown[0].value
    assert measured == [key]


def test_a_saving_is_proposed_agreed_and_made_by_hand(
    visit: Visit, billed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(billed, folder)
    (folder / "finops.toml").write_text(f"today = {room.TODAY}\n")
    at = visit(folder, PAGE)
    assert "No saving is proposed yet" in at.markdown[0].value
    fill(at, "saving-new", "title", "Smaller machine")
    fill(at, "saving-new", "scope", "ResourceId=smaller")
    send(at, "saving-new")
    assert "is proposed: Smaller machine" in said(at)
    send(at, "saving-agree")
    assert "its baseline is frozen" in said(at)
    fill(at, "saving-made", "evidence", "change 7")
    send(at, "saving-made")
    assert "made, on the record" in said(at)
    workspace = open_workspace(folder)
    (found,) = savings_of(workspace, today=room.TODAY)
    assert (found.state, found.evidence) == (State.IMPLEMENTED, "change 7")
    workspace.close()
