"""`finops savings`: what was proposed, agreed, made, verified and credited, and its fate."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer

from finops.cli import savings_told
from finops.cli.month import day_of
from finops.cli.printing import emit
from finops.cli.session import Session
from finops.cli.session import session_of
from finops.core.amount import number_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.access.command import Call
    from finops.access.workspace import Workspace

Key = Annotated[str, typer.Argument(metavar="KEY", help="The saving, such as S41.")]
Why = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]
On = Annotated[str, typer.Option("--on", metavar="DAY", help="Since when; today if not said.")]

_BASELINE = 30


def list_savings(
    context: typer.Context,
    *,
    team: Annotated[str, typer.Option(metavar="TEAM", help="Only what this team owns.")] = "",
) -> None:
    """Show every saving with what it is worth, what waits, and what each team is credited."""
    from finops.access.scope import viewer_of
    from finops.savings.report import report

    session = session_of(context)
    with closing(session.open) as workspace:
        dataset = workspace.dataset(viewer_of(session.actor))
        found = report(workspace, dataset, today=session.today)
    body = savings_told.listed(found, team)
    emit(session, body, lambda console: savings_told.show(console, found, team))


def show_saving(context: typer.Context, key: Key) -> None:
    """Show one saving: its frozen baseline, every step by name, and what was signed of it."""
    from finops.savings.ledger import find
    from finops.savings.ledger import history
    from finops.savings.verification import verifications_of

    session = session_of(context)
    with closing(session.open) as workspace:
        saving = find(workspace, key, today=session.today)
        steps = history(workspace, saving.key)
        signed = [one for one in verifications_of(workspace) if one.saving == saving.key]
    body = savings_told.one(saving, steps, signed)
    emit(session, body, lambda console: savings_told.show_one(console, saving, steps, signed))


def propose(
    context: typer.Context,
    *,
    finding: Annotated[
        str, typer.Option(metavar="KEY", help="A finding of the worklist; says all the rest.")
    ] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="What is done.")] = "",
    kind: Annotated[
        str,
        typer.Option(metavar="KIND", help="eliminate, schedule, rightsize, modernize or commit."),
    ] = "",
    scope: Annotated[
        str, typer.Option(metavar="D=V", help="The cost it takes off; several with ';'.")
    ] = "",
    team: Annotated[str, typer.Option(metavar="TEAM", help="Whose it is.")] = "",
    expected: Annotated[str, typer.Option(metavar="AMOUNT", help="Less in 30 days.")] = "0",
    once: Annotated[bool, typer.Option("--once", help="It saves once, not every month.")] = False,
) -> None:
    """Propose a saving, from a finding of the worklist or freely; who proposes it claims it."""
    from finops.savings.found import proposal_from
    from finops.savings.steps import Proposal
    from finops.savings.steps import propose as keep

    session = session_of(context)
    amount = number_of(expected, what="amount", remedy="Write it as 120.50.")
    with closing(session.open) as workspace:
        if finding:
            said = proposal_from(workspace, finding, today=session.today)
        else:
            said = Proposal(
                title=title,
                kind=_kind(kind),
                scope=scope,
                team=team,
                expected=amount,
                day=session.today,
                one_off=once,
            )
        kept = keep(workspace.store, **_call(session), said=said)
    _say(session, kept.key, kept.state)


def agree(
    context: typer.Context,
    key: Key,
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="Of the baseline.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="DAY", help="Its end, exclusive.")] = "",
    driver: Annotated[
        str, typer.Option(metavar="'PRODUCT UNIT'", help="What drives the cost, if anything.")
    ] = "",
    share: Annotated[
        list[str] | None,
        typer.Option(metavar="TEAM=PART", help="Of the credit; TEAM/PERSON=PART names a person."),
    ] = None,
) -> None:
    """Agree on a saving, for finance: its baseline is frozen and its credit split beforehand."""
    from finops.savings.agree import agree as freeze
    from finops.savings.agree import Terms
    from finops.savings.shares import shares_of

    session = session_of(context)
    with closing(session.open) as workspace:
        end = day_of(to, option="--to") if to else _through(workspace)
        start = day_of(first, option="--from") if first else end - timedelta(days=_BASELINE)
        split = shares_of(share or [])
        terms = Terms(key=key, start=start, end=end, driver=driver, split=split)
        kept = freeze(workspace, terms, today=session.today, call=_call(session))
    _say(session, kept.key, kept.state)


def implement(
    context: typer.Context,
    key: Key,
    *,
    evidence: Annotated[str, typer.Option(metavar="TEXT", help="The change, ticket or command.")],
    on: On = "",
) -> None:
    """Say that a saving was made, with the day and the evidence."""
    from finops.savings.steps import Done
    from finops.savings.steps import implement as keep

    session = session_of(context)
    day = day_of(on, option="--on") if on else session.today
    with closing(session.open) as workspace:
        team = _team(workspace, session, key)
        said = Done(key=key, team=team, day=day, evidence=evidence, today=session.today)
        kept = keep(workspace.store, **_call(session), said=said)
    _say(session, kept.key, kept.state)


def verify(
    context: typer.Context,
    key: Key,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="A closed month, YYYY-MM.")],
    *,
    despite: Annotated[
        str, typer.Option(metavar="TEXT", help="Why what looks like its replacement is none.")
    ] = "",
) -> None:
    """Sign what a saving took off a closed month, for finance or FinOps; then it is credited."""
    from finops.core.period import BillingPeriod
    from finops.savings.verification import verifications_of
    from finops.savings.verify import verify as sign

    session = session_of(context)
    month = BillingPeriod.parse(period)
    with closing(session.open) as workspace:
        kept = sign(
            workspace, key, month, today=session.today, call=_call(session), despite=despite
        )
        every = verifications_of(workspace)
    found = next(one for one in every if (one.saving, one.month) == (kept.key, str(month)))
    body = {"key": kept.key, "state": kept.state, **savings_told.signed(found)}
    emit(session, body, lambda console: savings_told.show_signed(console, found))


def reject(context: typer.Context, key: Key, *, reason: Why, on: On = "") -> None:
    """Refuse a saving that nothing was credited of, for finance or FinOps."""
    from finops.savings.steps import reject as keep

    _end(context, key, (reason, on), keep)


def withdraw(context: typer.Context, key: Key, *, reason: Why, on: On = "") -> None:
    """Take a saving back from a day on; what closed months were credited stays."""
    from finops.savings.steps import withdraw as keep

    _end(context, key, (reason, on), keep)


def fate(
    context: typer.Context,
    key: Key,
    what: Annotated[str, typer.Argument(metavar="FATE", help="released, reinvested or absorbed.")],
    *,
    name: Annotated[
        str, typer.Option("--name", metavar="TEXT", help="The thing, or the budget's scope.")
    ] = "",
    period: Annotated[str, typer.Option(metavar="FISCAL", help="Of the budget: FY27 P07.")] = "",
    amount: Annotated[str, typer.Option(metavar="AMOUNT", help="All that is left if not.")] = "",
) -> None:
    """Say what becomes of verified money: a budget is released, a thing gets it, or growth did."""
    from finops.savings.fates import decide
    from finops.savings.fates import Decided
    from finops.savings.fates import What

    words = {one.name.lower(): one for one in What if one is not What.UNDECIDED}
    if what.lower() not in words:
        message = f"There is no fate {what!r}."
        raise UsageError(message, remedy=f"Fates: {', '.join(words)}.")
    session = session_of(context)
    with closing(session.open) as workspace:
        said = Decided(
            key=key,
            team=_team(workspace, session, key),
            what=words[what.lower()],
            name=name,
            period=period,
            amount=number_of(amount, what="amount", remedy="Write it as 12.50.")
            if amount
            else None,
            today=session.today,
        )
        kept = decide(workspace.store, **_call(session), said=said)
    budget = f"; the budget is {kept.budget} now" if kept.budget else ""
    told = f"{kept.key}: {kept.amount:,f} {kept.what}{budget}."
    emit(session, kept.__dict__, lambda console: console.print(told))


def _end(context: typer.Context, key: str, said: tuple[str, str], keep: Callable[..., Any]) -> None:
    from finops.savings.steps import End

    session = session_of(context)
    reason, on = said
    day = day_of(on, option="--on") if on else session.today
    with closing(session.open) as workspace:
        team = _team(workspace, session, key)
        end = End(key=key, team=team, reason=reason, day=day, today=session.today)
        kept = keep(workspace.store, **_call(session), said=end)
    _say(session, kept.key, kept.state)


def _kind(words: str) -> Any:  # noqa: ANN401 -- loaded late
    from finops.savings.saving import Kind

    if words.lower() not in set(Kind):
        message = f"There is no kind {words!r} of saving."
        raise UsageError(message, remedy="Kinds: " + ", ".join(Kind) + ".")
    return Kind(words.lower())


def _team(workspace: Workspace, session: Session, key: str) -> str:
    from finops.savings.ledger import find

    return find(workspace, key, today=session.today).team


def _through(workspace: Workspace) -> Any:  # noqa: ANN401 -- a day
    from finops.savings.agree import through

    return through(workspace.dataset())


def _call(session: Session) -> Call:
    return {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}


def _say(session: Session, key: str, state: str) -> None:
    body = {"key": key, "state": state}
    emit(session, body, lambda console: console.print(f"{key} is {state}."))
