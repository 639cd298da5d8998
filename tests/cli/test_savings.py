"""A saving from its proposal to its credit, as people type it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.savings.conftest import billed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer

    Run = Callable[..., Answer]

__all__ = ["billed"]


@pytest.fixture
def run(finops: Run, workspace: Path, billed: Path) -> Run:
    shutil.copytree(billed, workspace)
    (workspace / "finops.toml").write_text("today = 2026-11-18\n")
    return finops


PARTS = ("search/ines=0.5", "web=0.5")
"""Whose the credit of a saving is where nobody says otherwise."""


def ok(answer: Answer) -> Answer:
    assert answer.code == 0, answer.err
    return answer


def proposed(run: Run, scope: str, kind: str) -> str:
    words = ("--title", "Less", "--kind", kind, "--scope", scope, "--team", "search")
    told = ok(run("--as", "ines", "--json", "savings", "propose", *words, "--expected", "270"))
    return str(told.document["key"])


def made(run: Run, *parts: str) -> str:
    key = proposed(run, "ResourceId=gone", "eliminate")
    days = ("--from", "2026-09-01", "--to", "2026-10-01")
    split = [word for part in parts or PARTS for word in ("--share", part)]
    ok(run("--as", "fay", "savings", "agree", key, *days, *split))
    said = ("--on", "2026-09-30", "--evidence", "change 481")
    ok(run("--as", "ines", "savings", "implement", key, *said))
    return key


def test_a_saving_waits_for_somebody_else_to_sign(run: Run) -> None:
    key = made(run)
    waits = ok(run("--json", "savings", "list")).document["savings"][0]
    assert (waits["state"], waits["to_verify"]) == ("implemented", ["2026-10"])

    refused = run("--as", "ines", "savings", "verify", key, "2026-10")
    assert (refused.code, refused.out) == (2, "")
    assert "cannot verify it as well" in refused.err


def test_nobody_of_a_credited_team_signs_its_saving(run: Run) -> None:
    key = made(run, "search=0.5", "data=0.5")
    for name in ("omar", "kenji", "Kenji Watanabe"):
        refused = run("--as", name, "savings", "verify", key, "2026-10")
        assert (refused.code, refused.out) == (2, "")
        assert f"{name} is of data, which is credited with {key}" in " ".join(refused.err.split())
    told = ok(run("--json", "savings", "list")).document
    assert (told["ledger"], told["verified"]) == ([], "0")


def test_what_was_verified_gets_its_fate_and_its_return(run: Run) -> None:
    key = made(run)
    told = ok(run("--as", "fay", "--json", "savings", "verify", key, "2026-10")).document
    assert (told["credited"], told["verdict"], told["state"]) == ("310", "saved", "verified")
    assert (told["projected"], told["correction"]) == ("279", "31")

    ok(run("savings", "fate", key, "reinvested", "--name", "the index", "--amount", "200"))
    over = run("savings", "fate", key, "absorbed", "--amount", "200")
    assert "110.00 is left to decide" in over.err
    found = ok(run("--json", "savings", "list")).document
    assert found["verified"] == "310"
    assert {one["team"]: one["credited"] for one in found["teams"]} == {
        "search": "155",
        "web": "155",
    }
    assert [(one["what"], one["amount"]) for one in found["fates"]] == [
        ("reinvested", "200"),
        ("not decided yet", "110"),
    ]


def test_a_saving_is_shown_with_its_steps_and_what_it_returns(run: Run) -> None:
    key = made(run)
    ok(run("--as", "fay", "savings", "verify", key, "2026-10"))
    shown = ok(run("savings", "show", key)).out
    assert "identified → agreed → implemented → verified" in " ".join(shown.split())
    assert "signed by fay" in " ".join(shown.split())

    ok(run("roi", "cost", "FinOps people", "--period", "2026-10", "--hours", "10", "--rate", "80"))
    ok(run("roi", "target", "7300"))
    roi = ok(run("--json", "roi")).document
    assert (roi["annualized"], roi["cost"], roi["roi"]) == ("3650", "800", "3.5625")
    assert (roi["target"], roi["target_reached"]) == ("7300", "0.5")
    assert "3,650.00 USD a year still holds" in " ".join(ok(run("roi")).out.split())
    assert "310.00 USD is verified" in " ".join(ok(run("savings", "list")).out.split())


def test_what_ends_says_why(run: Run) -> None:
    key = proposed(run, "ResourceId=back", "rightsize")
    assert run("savings", "reject", key, "--reason", " ").code == 2
    told = ok(run("--json", "savings", "reject", key, "--reason", "it is needed"))
    assert told.document["state"] == "rejected"
    other = proposed(run, "ResourceId=back", "rightsize")
    told = ok(run("--json", "savings", "withdraw", other, "--reason", "made otherwise"))
    assert told.document == {"key": other, "state": "withdrawn"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("propose", "--title", "x", "--kind", "magic"), "no kind 'magic'"),
        (("propose", "--finding", "nothing"), "no one finding"),
        (("agree", "S999"), "no saving 'S999'"),
        (("verify", "S999", "October"), "not a billing period"),
        (("fate", "S999", "spent"), "no fate 'spent'"),
        (("agree", "S1", "--share", "search"), "no share"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    run: Run, words: tuple[str, ...], why: str
) -> None:
    answer = run("savings", *words)
    assert (answer.code, answer.out) == (2, "")
    assert why in " ".join(answer.err.split())
