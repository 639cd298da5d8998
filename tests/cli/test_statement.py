"""`finops statement`: what an owner is shown, what the owner says, and that June stays June."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import yaml

from finops.cli.outcome import run
from tests.faults import bill
from tests.invoicing.closable import charge
from tests.operations.owned import ORGANIZATION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops
    from tests.conftest import Answer

HEADERS = (
    "InvoiceIssuerName,InvoiceId,BillingPeriodStart,Currency,NetAmount,TaxAmount,PayableAmount"
)
RULES = """
pools:
  - {id: disks, name: Disks, when: {service: Disk}, method: metric, metric: calls, fallback: even}
"""
OTHERWISE = """
rules:
  - {id: all, when: {service: VM}, then: {x_Team: data}}
pools:
  - {id: disks, name: Disks of all, when: {service: Disk}, method: fixed, weights: {data: 1}}
"""
METRICS = "date,product,segment,unit,amount,kind,currency,grain,source"


def done(found: Answer) -> Answer:
    assert found.code == 0, found.err
    return found


def files(folder: Path) -> dict[str, Path]:
    """Two teams, a pool, the charges of June and July, and the invoice of June."""
    charges = []
    for month in ("2026-06", "2026-07"):
        charges += [charge("60", month), charge("30", month, ServiceName="Disk", ResourceId="r-2")]
        charges.append(charge("10", month, Tags='{"team": "data"}', ResourceId="r-3"))
    texts = {
        "organization.yaml": yaml.safe_dump(ORGANIZATION, sort_keys=False),
        "rules.yaml": RULES,
        "invoices.csv": f"{HEADERS}\nCloud,2026-06,2026-06-01,USD,100,0,100\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    bill.write(folder / "charges.csv", charges)
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with these, in which June is closed."""
    root, given = tmp_path_factory.mktemp("june"), files(tmp_path_factory.mktemp("files"))
    for words in (
        ("init",),
        ("organization", "publish", str(given["organization"])),
        ("rules", "publish", str(given["rules"]), "--reason", "agreed"),
        ("import", str(given["charges"])),
        ("invoices", "add", str(given["invoices"])),
        ("close", "2026-06", "--as", "Ann"),
        ("close", "2026-06", "--as", "Bob"),
    ):
        assert run(["--workspace", str(root / "workspace"), *words]) == 0
    return root / "workspace"


@pytest.fixture
def june(closed: Path, workspace: Path, finops: Finops) -> Finops:
    """The command line in a copy of it."""
    shutil.copytree(closed, workspace)
    return finops


def published(finops: Finops, folder: Path, what: str, text: str, *more: str) -> None:
    file = folder / f"{what}.yaml"
    file.write_text(text)
    done(finops(what, "publish", str(file), *more))


def test_a_team_reads_its_lines_and_their_sum(finops: Finops, tmp_path: Path) -> None:
    assert finops("init").code == 0
    charges = [bill.costing("100", Tags='{"team": "search"}'), bill.costing("20")]
    assert finops("import", str(bill.write(tmp_path / "april.csv", charges))).code == 0
    found = finops("statement", "search", "--json").document
    assert (found["total"], found["before"], found["budget"]) == ("100", "0", None)
    assert [line["kind"] for line in found["lines"]] == ["direct"]
    assert not found["chargeback"]["ready"]
    said = finops("statement", "--period", "2026-04", "search").out
    assert said.startswith("search bears 100.00 USD of 2026-04, 100.00 more than of the month")
    assert "Direct cost" in said
    assert finops("statement", "nobody").code == 2


def test_an_owner_accepts_and_what_a_chargeback_lacks_is_said(june: Finops) -> None:
    found = done(
        june("statement", "accept", "search", "--period", "2026-06", "--as", "ines", "--json")
    )
    assert found.document["standing"]["word"] == "accepted"
    assert found.document["standing"]["by"] == "ines"
    assert found.document["chargeback"]["lacks"] == [
        "search has not agreed to 2026-04, 2026-05; 3 months in a row are asked"
    ]
    refused = june("statement", "accept", "search", "--period", "2026-07")
    assert (refused.code, refused.out) == (2, "")
    assert "2026-07 is open" in refused.err


def test_a_statement_is_written_with_how_final_its_month_is(june: Finops, tmp_path: Path) -> None:
    marks = {}
    for period in ("2026-06", "2026-07"):
        out = tmp_path / f"{period}.csv"
        done(june("statement", "search", "--period", period, "--out", str(out)))
        rows = list(csv.DictReader(out.read_text().splitlines()))
        amounts = [Decimal(row["Amount"]) for row in rows]
        assert sum(amounts[:-1]) == amounts[-1]
        marks[period] = {row["Period state"] for row in rows}
    (sealed,) = marks["2026-06"]
    assert sealed.startswith("closed ")
    assert marks["2026-07"] == {"provisional"}


def test_a_line_is_disputed_with_a_rule_and_answered_by_the_other_owner(
    june: Finops, tmp_path: Path
) -> None:
    file = tmp_path / "rule.yaml"
    file.write_text("rules: [{id: disks, when: {service: Disk}, then: {x_Team: data}}]")
    said = ("--line", "Direct cost", "--reason", "the disks are of data", "--rule", str(file))
    raised = done(
        june(
            "statement", "dispute", "search", *said, "--period", "2026-06", "--as", "ines", "--json"
        )
    )
    key = raised.document["dispute"]["key"]
    told = [(one["month"], one["value"], one["effective"]) for one in raised.document["preview"]]
    assert told == [("2026-06", "data", "30"), ("2026-06", "search", "-30")]
    listed = june("statement", "disputes", "--json").document["disputes"]
    assert [(one["key"], one["to"], one["settlement"]) for one in listed] == [(key, "data", "open")]
    alone = june("statement", "answer", key, "--how", "agreed", "--text", "yes", "--as", "ines")
    assert alone.code == 2
    done(june("statement", "answer", key, "--how", "agreed", "--text", "yes", "--as", "kenji"))
    assert "agreed" in june("statement", "disputes", "--team", "search").out
    waits = june("statement", "search", "--period", "2026-06", "--json").document
    assert waits["standing"]["word"] == "waiting"


@pytest.mark.thorough
def test_statements_of_june_are_the_same_bytes_whatever_holds_from_july(
    june: Finops, tmp_path: Path
) -> None:
    def statements() -> list[str]:
        owners = ("search", "data", "UNALLOCATED", "CC-1", "CC-2")
        return [done(june("statement", one, "--period", "2026-06")).out for one in owners]

    def july() -> str:
        found = june("statement", "CC-2", "--period", "2026-07", "--json").document["total"]
        return str(found)

    before, then = statements(), july()
    teams = [
        ORGANIZATION["teams"][0] | {"valid_to": "2026-06"},
        ORGANIZATION["teams"][0] | {"cost_center": "CC-2", "valid_from": "2026-07"},
        ORGANIZATION["teams"][1],
    ]
    body = yaml.safe_dump(ORGANIZATION | {"teams": teams}, sort_keys=False)
    published(june, tmp_path, "organization", body)
    assert statements() == before
    assert july() != then


def test_a_closed_month_and_a_frozen_pack_read_the_same_after_new_rules_and_metrics(
    june: Finops, tmp_path: Path
) -> None:
    done(june("review", "new", "--day", "2026-07-20", "--month", "2026-06"))

    def told() -> list[str]:
        asked = (
            ("review", "agenda", "--json"), ("allocate", "--period", "2026-06"),
            ("statement", "data", "--period", "2026-06"), ("reconcile", "--period", "2026-06"),
        )  # fmt: skip
        return [done(june(*one)).out for one in asked]

    def figures() -> object:
        found = june("allocate", "--period", "2026-07", "--json").document["allocations"]
        return json.dumps(found)

    before, then = told(), figures()
    assert json.loads(before[0])["items"] or json.loads(before[0])["by_default"]
    published(june, tmp_path, "rules", OTHERWISE, "--reason", "anew")
    file = tmp_path / "metrics.csv"
    file.write_text(f"{METRICS}\n2026-06-01,,data,calls,9,usage,,month,meter\n")
    done(june("metrics", "add", str(file)))
    assert told() == before
    assert figures() != then
