"""truth.json: questions that the product must answer, with the answers of the demo's own ledger.

Facts are grouped by subject; a question is written as `finops query` would be asked, and money
and quantities are decimal strings. A later capability adds a subject of its own.
"""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.demo.commitments import term
from finops.demo.decided import decision_facts
from finops.demo.differences import different_numbers
from finops.demo.ledger import Key
from finops.demo.money import digits
from finops.demo.money import SCALE
from finops.demo.moved import moved
from finops.demo.rates import RATE_SCALE
from finops.demo.statements import recharge_facts
from finops.demo.statements import statement_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.core.period import BillingPeriod
    from finops.demo.company import Commitment
    from finops.demo.ledger import Ledger
    from finops.demo.ledger import Sums
    from finops.demo.rates import Rates
    from finops.demo.seasons import Month

COSTS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")

# Subject in truth.json, and the column it is asked by.
BREAKDOWNS = (
    ("providers", "ProviderName"),
    ("teams", "x_Team"),
    ("products", "x_Product"),
    ("environments", "x_Environment"),
    ("cost_centers", "x_CostCenter"),
    ("services", "ServiceName"),
    ("charge_categories", "ChargeCategory"),
    ("sub_accounts", "SubAccountId"),
)
_REPORTED = ("providers", "teams", "products", "environments", "cost_centers")

Fact = dict[str, Any]


def facts(ledger: Ledger, rates: Rates, months: tuple[Month, ...]) -> dict[str, list[Fact]]:
    """Every fact by subject."""
    found = {name: list(_breakdown(ledger, column)) for name, column in BREAKDOWNS}
    for name, column in BREAKDOWNS:
        if name in _REPORTED:
            found[name] += _reported(ledger, column, rates)
    accounts = ledger.company.organization["general_ledger_accounts"]
    codes = {kind: one["id"] for one in accounts for kind in one["charge_categories"]}
    found["general_ledger_accounts"] = list(
        _breakdown(ledger, "ChargeCategory", name="x_GeneralLedgerAccount", rename=codes)
    )
    found["unowned"] = list(_unowned(ledger))
    found["tax"] = list(_only(ledger, "Tax", "Tax"))
    found["credits"] = list(_only(ledger, "Credit", "Credits"))
    found["quantities"] = list(_quantities(ledger))
    found["resources"] = list(_resources(ledger))
    found["tag_coverage"] = list(_coverage(ledger))
    found["commitments"] = list(_commitments(ledger, months))
    found["numbers"] = list(different_numbers(ledger, rates, months[-1].period))
    found["moved"] = moved(ledger, months)
    found["decisions"] = decision_facts(ledger, months)
    found["statements"] = statement_facts(ledger, rates, months)
    found["recharged"] = recharge_facts(ledger, months)
    return found


def _grouped(ledger: Ledger, subject: str) -> dict[tuple[str, BillingPeriod], list[Key]]:
    """Keys of a subject by axis and month, in order."""
    groups: dict[tuple[str, BillingPeriod], list[Key]] = {}
    for key in sorted(key for key in ledger.sums if key.subject == subject):
        groups.setdefault((key.axis, key.period), []).append(key)
    return groups


def _question(
    measure: tuple[str, ...], by: tuple[str, ...], place: tuple[str, BillingPeriod], **more: object
) -> Fact:
    axis, period = place
    asked = {"measure": list(measure), "by": list(by), "period": str(period), "axis": axis}
    return asked | {"currency": "billing"} | more


def _costs(sums: Sums) -> Fact:
    money = {name: digits(sums.amounts[name]) for name in COSTS}
    return {"Charges": str(sums.charges), **money}


def _breakdown(
    ledger: Ledger, column: str, *, name: str = "", rename: dict[str, str] | None = None
) -> Iterator[Fact]:
    """The four costs and the number of charges by a column, in billing currency."""
    by = (name or column, "BillingCurrency")
    for place, keys in _grouped(ledger, column).items():
        rows = [
            {
                by[0]: (rename or {}).get(key.label, key.label),
                by[1]: key.currency,
                **_costs(ledger.sums[key]),
            }
            for key in keys
        ]
        yield {"question": _question(("Charges", *COSTS), by, place), "answer": {"rows": rows}}


def _reported(ledger: Ledger, column: str, rates: Rates) -> Iterator[Fact]:
    """The same in the reporting currency, at the average rate of the month on that axis."""
    currency = ledger.company.organization["reporting_currency"]
    scale = SCALE + RATE_SCALE
    for place, keys in _grouped(ledger, column).items():
        table: dict[str, dict[str, int]] = {}
        for key in keys:
            row = table.setdefault(key.label, dict.fromkeys(COSTS, 0))
            rate = rates.average(key.currency, currency, key.period)
            for cost in COSTS:
                row[cost] += ledger.sums[key].amounts[cost] * rate
        rows = [
            {column: label, **{cost: digits(row[cost], scale) for cost in COSTS}}
            for label, row in table.items()
        ]
        total = {cost: digits(sum(row[cost] for row in table.values()), scale) for cost in COSTS}
        question = _question(COSTS, (column,), place, currency=currency, rate="average")
        yield {"question": question, "answer": {"rows": rows, "total": total}}


def _unowned(ledger: Ledger) -> Iterator[Fact]:
    """The four costs of what no team owns, by sub account."""
    for place, keys in _grouped(ledger, "unowned").items():
        rows = [
            {"SubAccountId": key.label, "BillingCurrency": key.currency, **_costs(ledger.sums[key])}
            for key in keys
        ]
        by = ("SubAccountId", "BillingCurrency")
        question = _question(("Charges", *COSTS), by, place, where=["x_Team=UNALLOCATED"])
        yield {"question": question, "answer": {"rows": rows}}


def _only(ledger: Ledger, category: str, measure: str) -> Iterator[Fact]:
    """What is billed under one charge category, as a measure of its own."""
    for place, keys in _grouped(ledger, "ChargeCategory").items():
        rows = [
            {
                "BillingCurrency": key.currency,
                measure: digits(ledger.sums[key].amounts["BilledCost"]),
            }
            for key in keys
            if key.label == category
        ]
        question = _question((measure,), ("BillingCurrency",), place)
        yield {"question": question, "answer": {"rows": rows}}


def _quantities(ledger: Ledger) -> Iterator[Fact]:
    """Usage quantity by unit."""
    for place, keys in _grouped(ledger, "ConsumedUnit").items():
        units: dict[str, int] = {}
        for key in keys:
            amount = ledger.sums[key].amounts["ConsumedQuantity"]
            units[key.label] = units.get(key.label, 0) + amount
        rows = [{"ConsumedUnit": unit, "ConsumedQuantity": digits(n)} for unit, n in units.items()]
        yield {
            "question": _question(("ConsumedQuantity",), ("ConsumedUnit",), place),
            "answer": {"rows": rows},
        }


def _resources(ledger: Ledger) -> Iterator[Fact]:
    """How many resources were charged, by provider."""
    names = {key: one.name for key, one in ledger.company.providers.items()}
    for key in sorted(ledger.resources):
        question = _question(
            ("Resources",),
            (),
            (key.axis, key.period),
            where=[f"ProviderName={names[key.label]}"],
        )
        yield {
            "question": question,
            "answer": {"total": {"Resources": str(len(ledger.resources[key]))}},
        }


def _coverage(ledger: Ledger) -> Iterator[Fact]:
    """Usage that carries a tag key, by spend and by count; unused commitments are left out."""
    for subject in sorted({key.subject for key in ledger.sums if key.subject.startswith("tag ")}):
        for place, keys in _grouped(ledger, subject).items():
            rows = [
                {"BillingCurrency": key.currency, "state": key.label, **_costs(ledger.sums[key])}
                for key in keys
            ]
            question = _question(
                ("Charges", *COSTS),
                ("BillingCurrency",),
                place,
                tag_key=subject.removeprefix("tag "),
                rows="usage, without unused commitments",
            )
            yield {"question": question, "answer": {"rows": rows}}


def _commitments(ledger: Ledger, months: tuple[Month, ...]) -> Iterator[Fact]:
    """What each commitment cost, used and left unused, month by month."""
    for one in ledger.company.commitments:
        currency = ledger.company.providers[one.provider].currency
        for month in months:
            span = term(one, month)
            question = _question(
                ("CommitmentUsed", "CommitmentUnused"),
                (),
                ("charge", month.period),
                where=[f"CommitmentDiscountId={one.id}"],
            )
            answer = {
                "BillingCurrency": currency,
                "total": {
                    "CommitmentUsed": _of_commitment(ledger, "Used", one, month.period),
                    "CommitmentUnused": _of_commitment(ledger, "Unused", one, month.period),
                },
                "committed": digits(span.cost * len(span.within(month))),
                "purchased": _of_commitment(ledger, "Purchase", one, month.period),
            }
            yield {"question": question | {"name": one.name}, "answer": answer}


def _of_commitment(ledger: Ledger, kind: str, one: Commitment, period: BillingPeriod) -> str:
    currency = ledger.company.providers[one.provider].currency
    sums = ledger.sums.get(Key("commitment", "charge", period, currency, f"{kind} {one.id}"))
    cost = "BilledCost" if kind == "Purchase" else "EffectiveCost"
    return digits(sums.amounts[cost]) if sums else "0"
