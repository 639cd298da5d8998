"""`finops explain-number`: why is my number different?"""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from rich.console import Console

    from finops.cli.session import Session
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.difference import NumberExplained
    from finops.invoicing.difference import Step
    from finops.invoicing.difference import Way

_BASES = {"effective": "EffectiveCost", "billed": "BilledCost"}


def explain_number(
    context: typer.Context,
    amount: Annotated[
        str, typer.Argument(metavar="AMOUNT", help="Such as 12345.67, 12,345.67 EUR or 1.2M.")
    ],
    period: Period = "",
    scope: Annotated[
        list[str], typer.Option(metavar="SCOPE", help="A team, an account …, or D=V.")
    ] = [],  # noqa: B006
    source: Annotated[
        str, typer.Option("--from", metavar="SOURCE", help="console, portal, ledger, deck or team.")
    ] = "",
    basis: Annotated[
        str, typer.Option(metavar="BASIS", help="The portal's: effective or billed.")
    ] = "effective",
) -> None:
    """Say why a number is different from the portal's."""
    session = session_of(context)
    found = _found(session, amount, period=period, scope=scope, source=source, basis=basis)
    emit(session, document(found), lambda console: _show(console, found))
    if not found.explained:
        raise typer.Exit(1)


def _found(
    session: Session, amount: str, *, period: str, scope: list[str], source: str, basis: str
) -> NumberExplained:
    from finops.access.scope import viewer_of
    from finops.invoicing import difference

    given = difference.read_amount(amount)
    if basis not in _BASES:
        message = f"--basis {basis!r} is none."
        raise UsageError(message, remedy="It is effective or billed.")
    workspace = session.open
    try:
        viewer = viewer_of(session.actor)
        dataset = workspace.dataset(viewer)
        month = _month(dataset, period)
        asked = difference.Asked(
            given=given,
            period=month,
            source=source,
            cost=_BASES[basis],
            where=difference.read_scopes(dataset, scope),
            taxes=difference.untold_taxes(workspace, dataset, month),
        )
        then = difference.earlier(workspace, dataset, month, viewer)
        return difference.explain_number(dataset, asked, then)
    finally:
        workspace.close()


def document(found: NumberExplained) -> dict[str, object]:
    """The explanation as the JSON document that the contract promises."""
    return {
        "period": found.period,
        "snapshot": found.snapshot,
        "currency": found.currency,
        "basis": ". ".join(found.basis),
        "from": found.source,
        "portal": found.portal,
        "given": found.given,
        "explained": found.explained,
        "steps": _told(found.steps),
        "remainder": found.remainder,
        "alternatives": [
            {"steps": _told(way.steps), "remainder": way.remainder} for way in found.alternatives
        ],
        "hint": _told([found.hint])[0] if found.hint else None,
    }


def _told(steps: Sequence[Step]) -> list[dict[str, object]]:
    return [
        {"reason": str(step.reason), "amount": step.amount, "said": step.said} for step in steps
    ]


def _month(dataset: Dataset, period: str) -> BillingPeriod:
    from finops.core.period import BillingPeriod

    months = [part.month for part in dataset.snapshot.charges]
    if not (period or months):
        message = "There are no charges to compare a number with."
        raise UsageError(message, remedy="Bring a bill with `finops import FILE`.")
    return BillingPeriod.parse(period or max(months))


def _show(console: Console, found: NumberExplained) -> None:
    console.print(f"{found.period}, {found.currency}. The portal's: {'. '.join(found.basis)}.")
    console.print(table(("", "Amount"), _walk(found, found.steps, found)))
    for place, way in enumerate(found.alternatives, start=2):
        console.print(table((f"Or {place}.", "Amount"), _walk(found, way.steps, way)))
    if found.explained:
        return
    console.print("No set of standard differences leads there.")
    if found.hint:
        console.print(f"Nearest, but no explanation: {found.hint.said} ({found.hint.amount:+,f}).")


def _walk(
    found: NumberExplained, steps: Sequence[Step], way: NumberExplained | Way
) -> list[tuple[str, Decimal]]:
    rest = "Rounding" if found.explained else "Not explained"
    remains = [(rest, way.remainder)] if way.remainder else []
    walked = [(f"{step.reason}: {step.said}", step.amount) for step in steps]
    return [("Portal", found.portal), *walked, *remains, ("Given", found.given)]
