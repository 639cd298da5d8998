"""`finops worklist` as people and scripts call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.corpus import written
from tests.workloads.conftest import rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


@pytest.fixture
def april(finops: Finops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Finops:
    """The dollars of April, on the first of May."""
    monkeypatch.setenv("FINOPS_TODAY", "2026-05-01")
    file = tmp_path / "april.csv"
    file.write_text(written(row for row in rows() if row["BillingCurrency"] == "USD"))
    assert finops("init").code == 0
    assert finops("import", str(file)).code == 0
    return finops


def test_it_tells_each_finding_with_its_price_and_commands(april: Finops) -> None:
    told = april("worklist", "--json").document
    assert (told["from"], told["to"], told["currency"]) == ("2026-04-01", "2026-05-01", "USD")
    found = {one["rule"]: one for one in told["findings"]}
    assert found["aws-gp2"]["gross"] == found["aws-gp2"]["net"] == "6"
    assert found["aws-gp2"]["team"] == "search"
    assert "--volume-ids vol-0ab12345" in found["aws-gp2"]["commands"]["check"]
    assert any("describe-volumes" in one["command"] for one in told["unlocks"])


def test_one_finding_is_shown_in_full(april: Finops) -> None:
    told = april("worklist", "--json").document["findings"]
    key = next(one["key"] for one in told if one["rule"] == "aws-gp2")
    shown = april("worklist", "--finding", key).out
    assert "modify-volume" in shown
    assert "6.00 gross, 6.00 net now" in shown


def test_a_team_sees_its_own(april: Finops) -> None:
    assert "Nothing to do was found in 3 resources" in april("worklist", "--team", "nobody").out
    assert "3 findings" in april("worklist", "--team", "search").out


def test_without_data_it_says_what_to_bring(finops: Finops) -> None:
    finops("init")
    answer = finops("worklist")
    assert answer.code == 2
    assert "no data in this workspace yet" in answer.err


def test_a_finding_is_assigned_approved_and_done(april: Finops) -> None:
    found = april("worklist", "--json").document["findings"]
    key = next(one["key"] for one in found if one["rule"] == "aws-gp2")
    for words in (("assigned", "--owner", "bob"), ("approved",), ("done", "--reason", "#481")):
        assert april("worklist", "set", key, *words).code == 0
    told = april("worklist", "--finding", key, "--json").document["findings"][0]
    assert (told["state"], told["owner"], told["reason"]) == ("done", "bob", "#481")
    assert key not in april("worklist").out
    assert key in april("worklist", "--all").out
    verified = april("--as", "eve", "worklist", "set", key, "verified")
    assert verified.code == 2
    assert "The bill still shows it" in verified.err


def test_what_is_not_worth_it_waits_for_its_day(april: Finops) -> None:
    key = april("worklist", "--json").document["findings"][0]["key"]
    words = ("--reason", "kept for the audit", "--until", "2026-08-01")
    assert april("worklist", "set", key[:6], "not-worth-it", *words).out.endswith("not worth it.\n")
    assert key not in april("worklist").out


@pytest.mark.parametrize(
    "words",
    [("zzz", "open"), ("", "open"), ("a", "sold"), ("a", "open", "--until", "soon")],
)
def test_a_wrong_word_is_said(april: Finops, words: tuple[str, ...]) -> None:
    answer = april("worklist", "set", *words)
    assert answer.code == 2
    assert "Traceback" not in answer.err


def test_it_is_written_as_a_table_with_the_mark_of_its_months(
    april: Finops, tmp_path: Path
) -> None:
    for kind in ("csv", "xlsx"):
        assert april("worklist", "--team", "search", "--out", str(tmp_path / f"w.{kind}")).code == 0
    lines = (tmp_path / "w.csv").read_text("utf-8").splitlines()
    assert len(lines) == 4
    assert all("2026-04 provisional" in line for line in lines[1:])
    assert april("worklist", "--out", str(tmp_path / "w.pdf")).code == 2


def test_it_says_how_much_is_as_it_should_be(april: Finops) -> None:
    told = april("worklist", "--json").document
    assert told["optimized"] == told["coverage"][0]["optimized"]
    assert f"{float(told['optimized']):.1f} % of USD 243.60" in april("worklist").out
