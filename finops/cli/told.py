"""What `finops statement` prints: a statement with where it stands, and a dispute with its rule."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.cli.printing import table
from finops.core.amount import EXACT
from finops.core.amount import minor_unit

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console

    from finops.access.workspace import Workspace
    from finops.allocation.preview import Preview
    from finops.cli.session import Session
    from finops.operations.disputes import Dispute
    from finops.operations.telling import Told

TEAM = "x_Team"


def document(found: Told) -> dict[str, object]:
    """A statement as the JSON document of the command."""
    stands = found.standing
    return {
        **asdict(found.statement),
        "savings_credit": found.statement.saved,
        "state": found.state,
        "mark": found.mark,
        "owner": found.owner,
        "standing": {
            "word": str(stands.word),
            "until": stands.until,
            "by": stands.by,
            "day": stands.day,
            "moved": stands.moved,
            "disputes": [one.model_dump(mode="json") for one in stands.disputes],
        },
        "chargeback": {"ready": not found.lacks, "lacks": found.lacks},
    }


def show(console: Console, found: Told) -> None:
    """A statement for people: the answer first, then its lines, then where it stands."""
    told = found.statement

    def posted(number: Decimal) -> Decimal:
        return number.quantize(minor_unit(told.currency), context=EXACT)

    change = posted(EXACT.subtract(told.total, told.before))
    than = f"{abs(change):,f} {'more' if change >= 0 else 'less'} than of the month before"
    whole = f"{posted(told.total):,f} {told.currency} of {told.period}"
    console.print(f"{told.team} bears {whole}, {than}. {stands(found)}")
    found_lines = [(one.says, one.amount, one.before) for one in told.lines]
    rows = [
        (says, f"{posted(amount):,f}", f"{posted(before):,f}")
        for says, amount, before in (*found_lines, ("Total", told.total, told.before))
    ]
    console.print(table(("Line", "Amount", "Month before"), rows))
    if told.budget is not None:
        console.print(
            f"Its own charges are {posted(told.own):,f} {told.currency} of a budget of "
            f"{posted(told.budget):,f}; what is shared is not budgeted there."
        )
    if told.savings:
        heads = ("Savings credit, besides the sum", "Saved in", "Amount", "of it avoided")
        credit = [
            (one.says, one.month, f"{posted(one.amount):,f}", f"{posted(one.avoided):,f}")
            for one in told.savings
        ]
        console.print(table(heads, [*credit, ("Total", "", f"{posted(told.saved):,f}", "")]))
    ready = "Chargeback may be made." if not found.lacks else f"No chargeback: {_all(found)}."
    console.print(ready)


def stands(found: Told) -> str:
    """Where a statement stands, in a sentence."""
    one, who = found.standing, found.owner or "its owner"
    by_word = {
        "accepted": f"Accepted by {one.by} on {one.day}.",
        "accepted by silence": f"Accepted by silence since {one.until}.",
        "waiting": f"Waiting for {who}; silence accepts it after {one.until}.",
        "disputed": f"Disputed: {', '.join(d.line for d in one.disputes if d.open)}.",
    }
    usual = f"To be accepted by {who} once the month is closed."
    moved = " What was accepted had other figures." if one.moved else ""
    return by_word.get(str(one.word), usual) + moved


class Disputed(NamedTuple):
    """A dispute, and what its rule would have done in months that are closed."""

    dispute: Dispute
    preview: Preview | None

    @property
    def document(self) -> dict[str, object]:
        """The same as the JSON document of the command."""
        nets = self.preview.nets if self.preview else ()
        return {
            "dispute": self.dispute.model_dump(mode="json"),
            "currency": self.preview.currency if self.preview else "",
            "preview": [asdict(one) for one in nets if one.dimension == TEAM],
        }

    def show(self, console: Console) -> None:
        """The same for people."""
        one = self.dispute
        owner = one.scope.partition("=")[2]
        asked = f" and asks {one.to}" if one.to else ""
        console.print(f"{one.key}: {owner} disputes {one.line} of {one.month}{asked}; ", end="")
        console.print(f"{one.settlement}{f', {one.answer}' if one.answer else ''}.")
        if self.preview:
            nets = [net for net in self.preview.nets if net.dimension == TEAM]
            rows = [(net.month, net.value, net.effective.quantize(minor_unit(net.currency),
                     context=EXACT)) for net in nets]  # fmt: skip
            columns = ("Month", "Team", "Would change by")
            title = f"The rule in the last closed months, in {self.preview.currency}"
            console.print(table(columns, rows, title=title) if rows else "It would move nothing.")


def answered(workspace: Workspace, session: Session, key: str) -> Disputed:
    """A dispute as it is now, with what its rule would have done."""
    from finops.access.scope import viewer_of
    from finops.operations.disputes import Dispute as Kind
    from finops.operations.entries import log_of
    from finops.operations.telling import previewed

    found: Any = log_of(workspace).find(Kind, key)
    dataset = workspace.dataset(viewer_of(session.actor))
    return Disputed(found, previewed(workspace, dataset, found))


def _all(found: Told) -> str:
    return "; ".join(found.lacks)
