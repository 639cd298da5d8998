"""What `finops savings` prints: the list with its answer first, one saving, and a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.cli.printing import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from finops.savings.report import Report
    from finops.savings.report import Standing
    from finops.savings.saving import Saving
    from finops.savings.verification import Verification


def listed(found: Report, team: str) -> dict[str, object]:
    """Every saving and the ledger, as JSON tells them."""
    from finops.savings.credit import by_team

    credited = by_team(found.lines)
    return {
        "currency": found.currency,
        "verified": found.verified.credited,
        "reduction": found.verified.reduced,
        "avoidance": found.verified.avoided,
        "savings": [_standing(one) for one in _of(found, team)],
        "funnel": [one._asdict() for one in found.funnel],
        "teams": [
            {"team": name, "credited": one.credited, "avoidance": one.avoided}
            for name, one in credited.items()
        ],
        "fates": [one.model_dump() for one in found.fates],
        "ledger": [one.__dict__ for one in found.lines],
    }


def show(console: Console, found: Report, team: str) -> None:
    """Every saving for people: the answer first."""
    whole, kept, many = found.verified, _of(found, team), len(found.waiting)
    waits = "1 saving waits" if many == 1 else f"{many} savings wait"
    console.print(
        f"{whole.credited:,.2f} {found.currency} is verified: {whole.reduced:,.2f} less cost, "
        f"{whole.avoided:,.2f} avoided. {waits} for a signature."
    )
    heads = ("Saving", "State", "Team", "What", "Expected in 30 days", "Credited", "To verify")
    rows = [
        (
            one.saving.key,
            one.state,
            one.saving.team,
            one.saving.title,
            f"{one.saving.expected:,.2f}",
            f"{one.credited.credited:,.2f}",
            ", ".join(map(str, one.waits)),
        )
        for one in kept
    ]
    console.print(table(heads, rows) if rows else "No saving is proposed yet.")


def one(
    saving: Saving, steps: Iterable[Saving], found: Iterable[Verification]
) -> dict[str, object]:
    """One saving with its baseline, its steps and its signatures."""
    frozen = saving.baseline
    return {
        **saving.model_dump(exclude={"baseline"}),
        "baseline": frozen.model_dump(exclude={"prices"}) if frozen else None,
        "steps": [{"state": each.state, "revision": each.version} for each in steps],
        "verifications": [signed(each) for each in found],
    }


def show_one(
    console: Console, saving: Saving, steps: Iterable[Saving], found: Iterable[Verification]
) -> None:
    """One saving for people."""
    frozen = saving.baseline
    lines = {
        "Saving": f"{saving.key} · {saving.title} ({saving.state})",
        "Scope": f"{saving.scope}, of {saving.team}, to {saving.kind}",
        "Claimed": f"by {saving.claimed_by} on {saving.claimed_on}",
        "Baseline": f"{frozen.per_day:,.2f} {frozen.currency} a day from {frozen.start} to before "
        f"{frozen.end}, {frozen.method}"
        if frozen
        else "",
        "Driver": frozen.driver if frozen else "",
        "Credit": ", ".join(f"{each.team} {each.person} {each.part}" for each in saving.split),
        "Made": f"on {saving.implemented_on} by {saving.implemented_by}: {saving.evidence}"
        if saving.implemented_on
        else "",
        "Ended": f"on {saving.ended_on} by {saving.ended_by}: {saving.reason}"
        if saving.ended_on
        else "",
        "Steps": " → ".join(str(each.state) for each in steps),
    }
    console.print(table(("", ""), [(name, text) for name, text in lines.items() if text]))
    for each in found:
        show_signed(console, each)


def signed(found: Verification) -> dict[str, object]:
    """A signature as JSON tells it: the measurement and what was credited."""
    return {
        **found.measured.model_dump(exclude={"verdict"}),
        "period": found.month,
        "verdict": found.verdict,
        "verified": found.measured.verified,
        "credited": found.credited,
        "booked": found.booked,
        "projected": found.projected,
        "correction": found.correction,
        "by": found.by,
        "on": found.on,
    }


def show_signed(console: Console, found: Verification) -> None:
    """A signature for people."""
    told = found.measured
    console.print(
        f"{found.saving} in {found.month}: {found.verdict}. Credited {found.credited:,.2f} "
        f"{told.currency} ({told.reduction:,.2f} reduction, {told.avoidance:,.2f} avoidance); "
        f"adjusted baseline {told.adjusted:,.2f}, billed {told.actual:,.2f}, price effect "
        f"{told.price:,.2f}, 90 % interval {told.low:,.2f} to {told.high:,.2f}; "
        f"signed by {found.by}."
    )


def _of(found: Report, team: str) -> list[Standing]:
    return [one for one in found.savings if team in {"", one.saving.team}]


def _standing(found: Standing) -> dict[str, object]:
    told, shown = found.saving, found.realized
    return {
        **told.model_dump(exclude={"baseline", "version"}),
        "state": found.state,
        "credited": found.credited.credited,
        "avoidance": found.credited.avoided,
        "realized": shown.verified if shown else None,
        "verdict": shown.verdict if shown else None,
        "why": found.why,
        "to_verify": found.waits,
        "regressed_on": found.back,
        "verifications": [signed(each) for each in found.signed],
    }
