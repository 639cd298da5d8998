"""`finops statement`: what an owner is shown of a month, and what the owner says to it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.month import chosen
from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.cli.told import answered
from finops.cli.told import document
from finops.cli.told import show
from finops.core.amount import Amount
from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.cli.session import Session
    from finops.operations.telling import Told

Owner = Annotated[
    str, typer.Argument(metavar="TEAM", help="A team or a cost center, by its id, or UNALLOCATED.")
]


def statement(
    context: typer.Context,
    team: Owner,
    *,
    period: Period = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write its lines as .csv or .xlsx.")
    ] = None,
) -> None:
    """Tell a team or cost center what it bears of a month, line by line, and if it has agreed."""
    session = session_of(context)
    with closing(session.open) as workspace:
        found = _told(session, workspace, team, period)
    if out:
        _write(session, found, out)
    emit(session, document(found), lambda console: show(console, found))


def _write(session: Session, found: Told, out: Path) -> None:
    from finops.reporting import statement_table
    from finops.reporting.exports import exported

    rows = statement_table.rows(found.statement, mark=found.mark)
    told = statement_table.about(
        found.statement, mark=found.mark, by=session.actor.name, on=session.today
    )
    kind = out.suffix.lstrip(".").lower()
    out.write_bytes(exported(statement_table.COLUMNS, rows, kind=kind, about=told))


def accept(
    context: typer.Context,
    team: Owner,
    *,
    period: Period = "",
    note: Annotated[str, typer.Option(metavar="TEXT")] = "",
) -> None:
    """Accept a statement as it is now, as its owner or for its owner."""
    from finops.operations import telling

    session = session_of(context)
    with closing(session.open) as workspace:
        found = _told(session, workspace, team, period)
        telling.accept(workspace, found, call=_call(session), note=note)
        found = _told(session, workspace, team, period)
    emit(session, document(found), lambda console: show(console, found))


def dispute(
    context: typer.Context,
    team: Owner,
    *,
    line: Annotated[str, typer.Option(metavar="LINE", help="The line, by its words or kind.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is wrong.")],
    to: Annotated[str, typer.Option(metavar="TEAM", help="Who should bear it.")] = "",
    rule: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The rule that would mend it, as YAML.")
    ] = None,
    period: Period = "",
) -> None:
    """Dispute a line of a statement; a rule is shown with what it would have done to every team."""
    from finops.operations import telling

    session = session_of(context)
    body = _rule(rule) if rule else None
    said = telling.Objection(line=line, reason=reason, to=to, rule=body)
    with closing(session.open) as workspace:
        told = _told(session, workspace, team, period)
        kept = telling.dispute(workspace, told, said, call=_call(session))
        found = answered(workspace, session, kept.key)
    emit(session, found.document, found.show)


def answer(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The dispute, such as X12.")],
    *,
    how: Annotated[str, typer.Option(metavar="HOW", help="agreed, refused or withdrawn.")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
) -> None:
    """Answer a dispute as the other owner, or withdraw your own."""
    from finops.operations import disputes
    from finops.operations import preparing
    from finops.operations.entries import log_of

    session = session_of(context)
    with closing(session.open) as workspace:
        there = log_of(workspace).find(disputes.Dispute, key)
        said = {"key": key, "version": there.version if there else 0, "text": text}
        entry = preparing.read(disputes.Answer, {**said, "settlement": how})
        disputes.answer(workspace.store, **_call(session), answer=entry)
        found = answered(workspace, session, key)
    emit(session, found.document, found.show)


def disputes(
    context: typer.Context,
    *,
    team: Annotated[str, typer.Option(metavar="TEAM", help="Of this owner only.")] = "",
    period: Annotated[str, typer.Option(metavar="PERIOD", help="Of this month only.")] = "",
) -> None:
    """List what was disputed, with its answers."""
    from finops.operations.disputes import disputes_of
    from finops.operations.entries import log_of

    session = session_of(context)
    with closing(session.open) as workspace:
        every = disputes_of(log_of(workspace), month=period)
    found = [one for one in every if team in {"", one.scope, one.scope.partition("=")[2]}]
    columns = ("Dispute", "Month", "Owner", "Line", "Amount", "State", "Reason", "Answer")
    rows = [
        (d.key, d.month, d.scope.partition("=")[2], d.line, Amount(d.amount, d.currency),
         d.settlement, d.reason, d.answer)
        for d in found
    ]  # fmt: skip
    body = {"disputes": [one.model_dump(mode="json") for one in found]}
    emit(session, body, lambda console: console.print(table(columns, rows)))


def _told(session: Session, workspace: Workspace, team: str, period: str) -> Told:
    from finops.access.scope import viewer_of
    from finops.operations.standing import Terms
    from finops.operations.telling import tell

    dataset = workspace.dataset(viewer_of(session.actor))
    settings = session.settings
    return tell(
        workspace,
        dataset,
        chosen(dataset, period),
        scope=team,
        today=session.today,
        terms=Terms(settings.statement_quiet_days, settings.chargeback_quiet_months),
    )


def _rule(file: Path) -> dict[str, object]:
    """The one rule of a file of rules."""
    from finops.allocation import rule_files
    from finops.core.mapping import rule_body

    rules = rule_files.read(file).rules
    if len(rules) != 1:
        message = f"{file} has {len(rules)} rules."
        raise UsageError(message, remedy="A dispute proposes one.")
    return rule_body(rules[0])


def _call(session: Session) -> Call:
    return {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}
