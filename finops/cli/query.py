"""`finops query`: measures by dimensions, the same function that serves the pages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from datetime import date
from typing import Annotated
from typing import NamedTuple
from typing import TYPE_CHECKING

import typer

from finops.cli import explained
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from finops.access.workspace import Workspace
    from finops.core.measure import Axis
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.marks import Mark
    from finops.measures import Answer
    from finops.measures import Query
    from finops.measures.variance import Variance


Measures = Annotated[list[str], typer.Option(metavar="M", help="A measure; may be repeated.")]
By = Annotated[
    list[str], typer.Option(metavar="D", help="A FOCUS column, tag:KEY, or own dimension.")
]
Where = Annotated[list[str], typer.Option(metavar="D=V", help="Keep only these.")]
Start = Annotated[str, typer.Option("--from", metavar="D", help="The first day.")]
End = Annotated[str, typer.Option("--to", metavar="D", help="The day after the last.")]
Period = Annotated[str, typer.Option(metavar="PERIOD", help="A month, YYYY-MM.")]
Axes = Annotated[str, typer.Option(metavar="AXIS", help="billing or charge.")]
Currency = Annotated[
    str, typer.Option(metavar="C", help="reporting, billing, or a code such as EUR.")
]
Rate = Annotated[
    str, typer.Option("--rate", metavar="KIND", help="Convert at average, month-end or contract.")
]
Constant = Annotated[
    str, typer.Option(metavar="PERIOD", help="Convert every month at this month's rate.")
]
AsOf = Annotated[str, typer.Option("--as-of", metavar="S", help="A snapshot, or a day.")]
Grain = Annotated[
    str, typer.Option(metavar="G", help="day, month, fiscal_period, fiscal_quarter, fiscal_year.")
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say why it differs from the period before.")
]


class Told(NamedTuple):
    """An answer, how final each of its months is, and, if asked, why it differs."""

    answer: Answer
    marks: tuple[Mark, ...]
    why: Variance | None


def query(
    context: typer.Context,
    measure: Measures,
    by: By = [],  # noqa: B006
    where: Where = [],  # noqa: B006
    start: Start = "",
    end: End = "",
    period: Period = "",
    axis: Axes = "",
    currency: Currency = "reporting",
    rate: Rate = "",
    constant: Constant = "",
    as_of: AsOf = "",
    grain: Grain = "",
    explain: Explain = False,
) -> None:
    """Ask for measures by dimensions."""
    from finops.access.scope import viewer_of
    from finops.exchange.rule import rate_rule
    from finops.measures import Query
    from finops.measures.names import condition

    session = session_of(context)
    with closing(session.open) as workspace:
        dataset = workspace.dataset(viewer_of(session.actor), as_of=as_of or None)
        asked = Query(
            measures=_words(measure),
            by=_words(by),
            where=tuple(condition(dataset, text) for text in where),
            start=_day(start, "--from"),
            end=_day(end, "--to"),
            period=_period(period),
            axis=_axis(axis),
            currency=currency,
            rule=rate_rule(rate, constant),
            grain=grain or None,
        )
        answer, why = _answered(dataset, asked), _explained(dataset, asked) if explain else None
        told = Told(answer, _marks(workspace, dataset, asked), why)
    emit(session, document(told, asked), lambda console: _show(console, told))


def _answered(dataset: Dataset, asked: Query) -> Answer:
    from finops.measures import ask

    answer = ask(dataset, asked)
    _refuse_idle(asked, answer)
    return answer


def _explained(dataset: Dataset, asked: Query) -> Variance:
    from finops.measures import variance

    return variance.explain(dataset, asked)


def _marks(workspace: Workspace, dataset: Dataset, asked: Query) -> tuple[Mark, ...]:
    """Which of the months that were asked for are sealed, and which are provisional."""
    from finops.invoicing import books_of
    from finops.invoicing.marks import marks

    start, end = asked.start, asked.end
    if asked.period:
        start, end = asked.period.start, asked.period.end
    return marks(dataset, books_of(workspace, dataset.snapshot).closings, start, end)


def document(told: Told, asked: Query) -> dict[str, object]:
    """The answer as the JSON document that the contract promises."""
    answer, why = told.answer, told.why
    return {
        "snapshot": answer.snapshot,
        "axis": answer.axis.value,
        "currency": answer.currency,
        "columns": answer.columns,
        "rows": answer.records(),
        "total": answer.total,
        "rate": asked.rule.kind,
        "constant": asked.rule.constant or None,
        "periods": [one._asdict() for one in told.marks],
        "receipt": asdict(answer.receipt),
        **({"variance": explained.document(why, asked.by)} if why else {}),
    }


def _show(console: Console, told: Told) -> None:
    from finops.invoicing.marks import says

    answer = told.answer
    console.print(table(answer.columns, answer.rows))
    totals = [f"{name} {value:,f}" for name, value in answer.total.items() if value is not None]
    said = ", ".join(totals) or "none: amounts in several currencies or units do not add"
    console.print(f"Total {said} ({answer.currency}, {answer.axis} axis).")
    console.print(f"Snapshot {answer.receipt.snapshot}, {answer.receipt.charges:,} charges.")
    if told.marks:
        console.print(f"Months: {says(told.marks)}.")
    for one in answer.receipt.restated:
        console.print(f"Includes {one}.")
    for one in answer.receipt.rates:
        console.print(f"Converted at {one}.")
    for cost, count in answer.receipt.unknown:
        console.print(f"{cost} is unknown for {count:,} of them.")
    if told.why:
        explained.show(console, told.why)


def _refuse_idle(asked: Query, answer: Answer) -> None:
    """A choice of rates where nothing is converted would be idle, and is not passed over."""
    from finops.exchange.rule import USUAL

    if answer.currency == "billing" and asked.rule != USUAL:
        message = "Nothing is converted where amounts are told in their billing currency."
        raise UsageError(message, remedy="Leave --rate and --constant out, or name a --currency.")


def _words(told: list[str]) -> tuple[str, ...]:
    """Names as they were given, one an option or several with commas between them."""
    return tuple(name.strip() for text in told for name in text.split(",") if name.strip())


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{option} {text!r} is no day."
        raise UsageError(message, remedy="Write it as YYYY-MM-DD.") from error


def _period(text: str) -> BillingPeriod | None:
    from finops.core.period import BillingPeriod

    return BillingPeriod.parse(text) if text else None


def _axis(text: str) -> Axis | None:
    from finops.core.measure import Axis

    if text and text not in set(Axis):
        message = f"--axis {text!r} is none."
        raise UsageError(message, remedy="It is billing or charge.")
    return Axis(text) if text else None
