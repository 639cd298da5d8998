"""Making the demo company: its bills, its organization, its rates, and the truth about them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from finops.demo import accrued
from finops.demo import inventory
from finops.demo import restated
from finops.demo import saved
from finops.demo.adjustments import adjust
from finops.demo.agreed import facts as rule_facts
from finops.demo.agreed import rules_yaml
from finops.demo.book import Book
from finops.demo.business import business
from finops.demo.closes import closed
from finops.demo.clusters import namespaces
from finops.demo.clusters import opencost_csv
from finops.demo.company import load_company
from finops.demo.coverage import commit
from finops.demo.economics import unit_facts
from finops.demo.invoices import Bill
from finops.demo.invoices import bills
from finops.demo.invoices import expected
from finops.demo.invoices import headers_csv
from finops.demo.invoices import invoices
from finops.demo.ledger import Ledger
from finops.demo.organization import organization_yaml
from finops.demo.plans import budgets
from finops.demo.plans import budgets_csv
from finops.demo.plans import event_facts
from finops.demo.plans import events_csv
from finops.demo.plans import plan_facts
from finops.demo.rates import missing
from finops.demo.rates import rates
from finops.demo.seasons import MONTHS
from finops.demo.seasons import story
from finops.demo.sharing import shared_facts
from finops.demo.truth import facts
from finops.demo.usage import site
from finops.demo.usage import usage
from finops.demo.waste import Waste
from finops.demo.write import write_charges

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from finops.demo.rates import Rates
    from finops.demo.restated import Restated
    from finops.demo.seasons import Month
    from finops.demo.truth import Fact
    from finops.demo.usage import Site


def generate(directory: Path, *, today: date, seed: int = 1, months: int = MONTHS) -> None:
    """Write the demo company into a folder; the same day and seed give the same bytes.

    Writes `charges/<provider>/<YYYY-MM>.parquet` (FOCUS 1.2), the same below `late` where a closed
    month is restated, and beside them every other file that `finops` reads, and `truth.json`.

    Args:
        directory: where to write; it is made if it is not there.
        today: the day on which the story is told.
        seed: another seed tells another story of the same company.
        months: how many of the 25 months to write, counted from the last.
    """
    company, book, every = load_company(), Book(), story(today)
    chosen = every[-months:]
    here, ledger = site(company, book, seed), Ledger(company, book)
    billed, later, wasted = _bills(directory, here, ledger, chosen)
    exchange = rates(company.rates, every, seed, today)
    issued = invoices(company, billed, exchange)
    truth = {
        "company": company.organization["name"],
        "today": today.isoformat(),
        "seed": seed,
        "periods": [str(month.period) for month in chosen],
        "closed": closed([str(month.period) for month in chosen]),
        "facts": {
            **facts(ledger, exchange, chosen),
            **_business(directory, here, ledger, every, chosen),
            "rates": missing(exchange),
            "rules": rule_facts(company, every),
            "true_ups": accrued.facts(issued, accrued.month([str(m.period) for m in chosen])),
            "invoices": expected(issued) + restated.matches(later, chosen[-1]),
            "restatements": restated.facts(later, chosen[-1]),
            **_waste(directory, wasted, exchange, every),
        },
    }
    _write(directory / "rates.csv", exchange.csv())
    _write(directory / "invoices.csv", headers_csv(issued))
    _write(directory / "organization.yaml", organization_yaml(company, every))
    _write(directory / "rules.yaml", rules_yaml(company, every))
    _write(directory / "truth.json", json.dumps(truth, indent=1) + "\n")


def _bills(
    directory: Path, here: Site, ledger: Ledger, chosen: tuple[Month, ...]
) -> tuple[list[Bill], tuple[Restated, ...], Waste]:
    """Write every provider's charges, and what is said later of months that are closed.

    All of it is recorded as it is made: what came late where the last month books it.
    """
    billed: list[Bill] = []
    later: list[Restated] = []
    wasted = Waste(here, chosen[-1])
    over = closed([str(month.period) for month in chosen])
    for month in chosen:
        for provider in here.company.providers.values():
            rows = usage(here, provider.key, month)
            rows = commit(here, rows, provider.key, month)
            rows = adjust(here, rows, provider.key, month)
            for one in (ledger, wasted):
                one.record(rows, provider.key, month)
            billed += bills(rows, here.book, provider, month)
            path = directory / "charges" / provider.key / f"{month.period}.parquet"
            write_charges(path, rows, here.book, provider, month)
            if str(month.period) in over:
                later += restated.restate(directory, here, provider, month, rows)
    restated.record(tuple(later), ledger, chosen[-1])
    return billed, tuple(later), wasted


def _waste(
    directory: Path, wasted: Waste, exchange: Rates, every: tuple[Month, ...]
) -> dict[str, list[Fact]]:
    """Write what people's commands print of the resources; give what is wasted, and saved."""
    told = wasted.here, wasted.last
    _write(directory / inventory.PRINTED, inventory.printed(*told))
    _write(directory / inventory.METRICS, inventory.metrics_csv(*told))
    found = {"waste": wasted.facts(exchange), "near_waste": wasted.near()}
    return found | {"savings": saved.facts(wasted.here, every)}


def _business(
    directory: Path, here: Site, ledger: Ledger, every: tuple[Month, ...], chosen: tuple[Month, ...]
) -> dict[str, list[Fact]]:
    """Write metrics, budgets and events; give what is true of them."""
    told = here.company.business
    sold = business(here, told, chosen)
    planned = budgets(told, here.company.organization, every)
    used = {month: namespaces(sold.counts, month) for month in chosen}
    _write(directory / "metrics.csv", sold.csv())
    _write(directory / "opencost.csv", opencost_csv(used))
    _write(directory / "budgets.csv", budgets_csv(planned))
    _write(directory / "events.csv", events_csv(told, every))
    return {
        "metrics": sold.facts(),
        "budgets": plan_facts(planned, every[-1]),
        "events": event_facts(told, every),
        "shared": shared_facts(ledger, used),
        "unit_costs": unit_facts(here, ledger, chosen),
    }


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
