"""Small bills to draw pages from: FOCUS 1.2 files of a few charges a day."""

from __future__ import annotations

import csv
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.exchange_rate import ExchangeRate
from finops.core.period import BillingPeriod
from finops.exchange.rates import add_rates
from finops.ingestion import ingest
from finops.ingestion import invoices
from finops.ingestion.budgets import BUDGETS
from finops.ingestion.events import EVENTS
from finops.ingestion.ingest import Options
from finops.ingestion.metrics import METRICS
from finops.portal.forms import template

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.kept import Subject

TODAY = date(2026, 11, 18)
HOSTILE = "$x$ :red[a] [l](http://evil.example) `c` <b>:material/home:"
"""A name that would color, link and draw if a page took it for more than text."""

SERVICES = (
    ("Compute", "10.10", "search"),
    (HOSTILE, "3.333333333333333333", "ml"),
    ("Disks", "2", ""),
)


def charges(month: str, *, last: int = 31, factor: int = 1) -> list[dict[str, str]]:
    """A charge a day and service, up to a day of the month."""
    names, example = list(csv.reader(template().splitlines()))
    period, usual = BillingPeriod.parse(month), dict(zip(names, example, strict=True))
    usual |= {"BillingPeriodStart": f"{period.start}T00:00:00Z"}
    usual |= {"BillingPeriodEnd": f"{period.end}T00:00:00Z"}
    days = (period.start + timedelta(days=step) for step in range(min(last, period.days)))
    return [
        usual | _charge(day, service, cost, team, factor)
        for day in days
        for service, cost, team in SERVICES
    ]


def _charge(day: date, service: str, cost: str, team: str, factor: int) -> dict[str, str]:
    whole, _, fraction = cost.partition(".")
    number = f"{int(whole) * factor}.{fraction or 0}"
    return {
        "ChargePeriodStart": f"{day}T00:00:00Z",
        "ChargePeriodEnd": f"{day + timedelta(days=1)}T00:00:00Z",
        "ServiceName": service,
        "BilledCost": number,
        "EffectiveCost": number,
        "ListCost": number,
        "ContractedCost": number,
        "Tags": f'{{"team": "{team}"}}' if team else "",
    }


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows as a csv file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring(workspace: Workspace, *files: Path, options: Options | None = None) -> None:
    """Import files as anybody would."""
    ingest.run(
        workspace,
        [str(file) for file in files],
        actor=local_actor(),
        at=clock.now(),
        options=options or Options(),
    )


def three_months(folder: Path) -> Path:
    """A workspace with September, October, and November up to the 12th; two rows were left out."""
    workspace = make_workspace(folder / "workspace")
    (folder / "workspace" / "finops.toml").write_text(f"today = {TODAY}\n")
    november = charges("2026-11", last=12)
    november[4]["BilledCost"] = "1,5"
    november[7]["ChargeCategory"] = "Use"
    months = (charges("2026-09"), charges("2026-10", factor=2))
    for place, rows in enumerate(months):
        bring(workspace, write(folder / f"month-{place}.csv", rows))
    late = write(folder / "november.csv", november)
    bring(workspace, late)
    bring(workspace, late, options=Options(accept_rejects=True))
    workspace.close()
    return folder / "workspace"


def abroad(folder: Path) -> Path:
    """The three months, and 2 EUR a day in September (at 1.10 USD) and October (at 1.20 USD).

    October ended at 1.25; for November there is no rate.
    """
    made = three_months(folder)
    workspace = open_workspace(made)
    for month in ("2026-09", "2026-10"):
        other = {"BillingCurrency": "EUR", "InvoiceIssuerName": "Euro Cloud", "Tags": ""}
        disks = [row for row in charges(month) if row["ServiceName"] == "Disks"]
        rows = [row | other | {"ServiceName": "Hosting"} for row in disks]
        bring(workspace, write(folder / f"euro-{month}.csv", rows))
    told = (("average", "2026-09", "1.1"), ("average", "2026-10", "1.2"))
    ends = (("month-end", "2026-09", "1.1"), ("month-end", "2026-10", "1.25"))
    rates = tuple(
        ExchangeRate("EUR", "USD", kind, month, "", Decimal(number))
        for kind, month, number in (*told, *ends)
    )
    add_rates(
        workspace.store, actor=local_actor(), at=clock.now(), origin="", rates=rates, file="r.csv"
    )
    workspace.close()
    return made


def invoiced(folder: Path, payable: str, invoice: str = "INV-1") -> Path:
    """The three months, with an invoice of October: its charges come to 943.43 and a third cent."""
    made = three_months(folder)
    row = {
        "InvoiceIssuerName": "Example Cloud",
        "InvoiceId": invoice,
        "BillingPeriodStart": "2026-10-01",
        "Currency": "USD",
        "NetAmount": payable,
        "TaxAmount": "0",
        "PayableAmount": payable,
    }
    workspace = open_workspace(made)
    file = write(folder / "invoices.csv", [row])
    invoices.bring(workspace, file, actor=local_actor(), at=clock.now())
    workspace.close()
    return made


def nothing(folder: Path) -> Path:
    """A workspace with nothing in it."""
    make_workspace(folder / "workspace").close()
    return folder / "workspace"


def planned(folder: Path) -> Path:
    """The three months, with orders that lack a day, payments, a budget of search and an event."""
    folder = three_months(folder)
    workspace = open_workspace(folder)
    days = [f"2026-10-{day:02}" for day in range(1, 32)]
    orders = [
        f"{day},checkout,orders,{place},units" for place, day in enumerate(days) if place != 2
    ]
    paid = [f"{day},payments,payments,100,units" for day in days]
    files: dict[Subject[Any], list[str]] = {
        METRICS: ["date,product,unit,amount,kind", *orders, *paid],
        BUDGETS: ["fiscal_period,scope,amount,currency", "FY26,x_Team=search,3000,USD"],
        EVENTS: ["date,team,kind,text", "2026-10-07,search,deploy,New ranking goes live"],
    }
    who = {"actor": local_actor(), "at": clock.now(), "origin": "test"}
    for subject, lines in files.items():
        file = folder / f"{subject.name}.csv"
        file.write_text("\n".join(lines))
        subject.bring_file(workspace, file, who=who)
    workspace.close()
    return folder
