"""`finops close`, `finops reopen`, `finops certificate`: a month sealed by two, and its proof."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.cli.session import Session
    from finops.invoicing.closing import Outlook
    from finops.invoicing.closing import Terms

Period = Annotated[str, typer.Argument(metavar="PERIOD", help="A billing month, YYYY-MM.")]
Provider = Annotated[str, typer.Option(metavar="P", help="One issuer; all of them if not said.")]
Reason = Annotated[str, typer.Option(metavar="R", help="Why; it goes on the record.")]


def close(
    context: typer.Context,
    period: Period,
    *,
    provider: Provider = "",
    reason: Reason = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take a request back that is not approved.")
    ] = False,
) -> None:
    """Close a month: the first person asks for it, a second one approves, and it is sealed."""
    from finops.invoicing import close as commands
    from finops.invoicing import closing

    def step(workspace: Workspace, found: Outlook) -> None:
        if withdraw:
            commands.withdraw(workspace.store, **_call(session), **_named(found, reason))
        elif found.ready or found.closing_waits:
            terms, call = _terms(session), _call(session)
            closing.advance(workspace, found, reason=reason, terms=terms, call=call)

    session = session_of(context)
    found = _taken(session, step, period=period, provider=provider)
    if not (found.ready or found.closing_waits or found.seal):
        raise typer.Exit(1)


def reopen(
    context: typer.Context,
    period: Period,
    *,
    provider: Provider = "",
    reason: Reason = "",
    refuse: Annotated[
        bool, typer.Option("--refuse", help="Leave it closed although somebody asked.")
    ] = False,
) -> None:
    """Open a closed month again, for a reason: one person asks for it, a second one agrees."""
    from finops.invoicing import closing
    from finops.invoicing.reopen import refuse_reopen

    def step(workspace: Workspace, found: Outlook) -> None:
        call = _call(session)
        if refuse:
            refuse_reopen(workspace.store, **call, **_named(found, reason))
        else:
            terms = _terms(session)
            closing.advance_reopening(workspace, found, reason=reason, terms=terms, call=call)

    session = session_of(context)
    _taken(session, step, period=period, provider=provider)


def _taken(
    session: Session, step: Callable[[Workspace, Outlook], None], *, period: str, provider: str
) -> Outlook:
    """How far a month is once a step is taken from where it was; it is shown."""
    workspace = session.open
    try:
        step(workspace, _look(session, workspace, period, provider))
        found = _look(session, workspace, period, provider)
    finally:
        workspace.close()
    emit(session, document(found), lambda console: _show(console, found))
    return found


def _named(found: Outlook, reason: str) -> dict[str, str]:
    return {"month": str(found.period), "provider": found.provider, "reason": reason}


def certificate(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="PERIOD|verify", help="A closed month; or prove a file again.")
    ],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.zip", help="What to prove, after `verify`.")
    ] = None,
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE.zip", help="Where to write it.")] = None,
    provider: Provider = "",
) -> None:
    """Show or write the certificate of a closed month, or prove one again with `verify FILE`."""
    session = session_of(context)
    if what == "verify":
        _prove(session, file)
        return
    if file is not None:
        message = f"{file} is one word too many."
        raise UsageError(message, remedy="Name the file to write with --out.")
    _certify(session, what, provider, out)


def _certify(session: Session, month: str, provider: str, out: Path | None) -> None:
    from finops.core.period import BillingPeriod
    from finops.invoicing.certificate import certificate
    from finops.invoicing.certificate import packed

    workspace = session.open
    try:
        found = certificate(workspace, str(BillingPeriod.parse(month)), provider=provider)
        content = packed(workspace, found, actor=session.actor) if out else b""
    finally:
        workspace.close()
    if out:
        _write(out, content)
    told = found.told
    who = f"asked by {told['requested_by']}, approved by {told['approved_by']}"
    said = f"{told['month']} is certified under seal {found.seal}: {who}."
    said += f" Written to {out}." if out else ""
    named = {"seal": found.seal, "file": out, "certificate": told}
    emit(session, named, lambda console: console.print(said, soft_wrap=True))


def _write(out: Path, content: bytes) -> None:
    """Write a file whole or not at all: on the disk first, and under its name only then."""
    from finops.dataset.charges import sync

    half = out.with_name(f".{out.name}.part")
    try:
        half.write_bytes(content)
        sync(half.parent, half)
        half.replace(out)
        sync(out.parent, out)
    except OSError as error:
        half.unlink(missing_ok=True)
        message = f"{out} cannot be written: {error.strerror}."
        raise UsageError(message) from error


def _prove(session: Session, file: Path | None) -> None:
    from finops.invoicing.proof import prove

    if file is None:
        message = "No file is named."
        raise UsageError(message, remedy="Write `finops certificate verify FILE.zip`.")
    found = prove(file)
    said = [f"differs: {one}" for one in found.differs] or [
        f"{file.name} holds: {found.month} {found.provider}".rstrip()
        + f", {found.charges:,} charges, {found.totals:,} totals, seal {found.seal}."
    ]
    document = asdict(found) | {"holds": found.holds}
    emit(session, document, lambda console: console.print("\n".join(said), soft_wrap=True))
    if not found.holds:
        raise typer.Exit(1)


def document(found: Outlook) -> dict[str, object]:
    """How far a month is, as one JSON document."""
    step = found.closing
    return {
        "period": found.period,
        "provider": found.provider,
        "state": found.state,
        "snapshot": found.snapshot,
        "checklist": [asdict(item) | {"done": item.done} for item in found.checklist],
        "providers": [{"provider": one.name, "state": one.state} for one in found.providers],
        "event": step.event if step else "",
        "seal": found.seal,
        "requested_by": step.requested_by if step else "",
        "approved_by": step.approved_by if step else "",
        "reason": step.reason if step else "",
        "at": step.at if step else "",
    }


def _look(session: Session, workspace: Workspace, period: str, provider: str) -> Outlook:
    from finops.core.period import BillingPeriod
    from finops.invoicing import closing

    return closing.look(
        workspace,
        BillingPeriod.parse(period),
        actor=session.actor,
        provider=provider,
        terms=_terms(session),
    )


def _terms(session: Session) -> Terms:
    from finops.invoicing.closing import Terms

    settings = session.settings
    return Terms(coverage=settings.close_coverage, second=settings.close_second_approver)


def _call(session: Session) -> Call:
    return {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}


def _show(console: Console, found: Outlook) -> None:
    console.print(says(found))
    rows = [("done" if item.done else "missing", item.name, item.says) for item in found.checklist]
    console.print(table(("", "Checklist", "What is asked"), rows))
    for item in found.checklist:
        for one in item.missing:
            console.print(f"  {item.name}: {one} {item.command}")


def says(found: Outlook) -> str:
    """How far a month is and what comes next, in a sentence."""
    name = f"{found.period} {found.provider}".strip()
    step = found.closing
    if found.seal and step:
        asked = f"; {step.requested_by} asks to open it again: {step.reason}"
        told = asked if found.reopening_waits else ""
        return f"{name} is closed{told}. Seal {found.seal}."
    if found.closing_waits and step:
        return f"{name} is closing: {step.requested_by} asked, a second person must approve."
    missing = sum(len(item.missing) for item in found.checklist)
    left = f"{missing} things are missing to close it" if missing else "it can be closed"
    return f"{name} is {found.state}; {left}."
