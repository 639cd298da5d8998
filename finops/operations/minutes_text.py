"""Minutes text: the lines of the minutes, from what was decided to what was on the agenda.

Every text of a person is escaped; every amount has its currency and the month that it is of.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.operations import review
from finops.operations.actions import Action
from finops.operations.actions import carried_over
from finops.operations.actions import cost_of_delay
from finops.operations.actions import days_late
from finops.operations.agenda import agenda
from finops.operations.agenda import Pack
from finops.operations.commentary import Commentary
from finops.operations.decisions import Decision
from finops.operations.marks import grid
from finops.operations.marks import plain
from finops.operations.outcomes import Outcome
from finops.operations.outcomes import tally

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from finops.operations.entries import Log
    from finops.operations.material import Item
    from finops.operations.review import Meeting


def title(log: Log, meeting: Meeting) -> str:
    """What the minutes are called."""
    return f"{review.series_of(log, meeting).name}, {meeting.day}"


def body(log: Log, meeting: Meeting, *, today: date) -> tuple[str, ...]:
    """The lines of the minutes."""
    pack, series = log.find(Pack, meeting.key), review.series_of(log, meeting)
    found = agenda(log, meeting, series=series, today=today)
    here = log.of(review.Attendance, meeting.key)
    lines = [
        f"# {plain(title(log, meeting))}",
        "",
        _short(log, meeting),
        "",
        f"- Reviewed: {meeting.month}. Facilitator: {plain(meeting.facilitator) or 'nobody'}.",
        f"- Figures: snapshot {pack.snapshot_id if pack else 'none'}{_mark(pack)}.",
        f"- Present: {_names(here, review.Presence.PRESENT)}.",
        f"- Absent: {_names(here, review.Presence.ABSENT)}.",
        *_section("Decisions", _decisions(log, meeting)),
        *_section("Actions", _actions(log, meeting)),
        *_section("Carried over", _carried(log, meeting, today)),
        *_section("Outcomes of earlier decisions", _outcomes(log, meeting)),
        *_section("Commentary", _commentary(log, meeting)),
        *_section("Agenda", _items(found.items)),
        *_section("Accepted by default", _items(found.by_default)),
        *(_section("Notes", [f"- {plain(meeting.notes)}"]) if meeting.notes else ()),
    ]
    return tuple(lines)


def _short(log: Log, meeting: Meeting) -> str:
    """The meeting in a line or two: what was decided, what is to be done, what earlier ones did."""
    decided, agreed = log.of(Decision, meeting.key), log.of(Action, meeting.key)
    carried, scored = carried_over(log, meeting), log.of(Outcome, meeting.key)
    said = f"{_counted(len(decided), 'decision')}{_expected(decided)}"
    done = f"{_counted(len(agreed), 'action')} agreed on, {len(carried)} carried over"
    told = f"**{said}; {done}.**"
    if scored:
        money = scored[0].measured.currency
        brought = _money(total(one.effect for one in scored), money)
        meant = _money(total(one.expected for one in scored), money)
        told += f" Earlier decisions: {tally(scored)}; {brought} a month of {meant} expected."
    return told


def _expected(decided: Iterable[Decision]) -> str:
    """By how much a month's cost is expected to change; nothing where nothing is expected."""
    sums: dict[str, Decimal] = {}
    for one in decided:
        if one.expected and one.baseline:
            money = one.baseline.currency
            sums[money] = EXACT.add(sums.get(money, Decimal(0)), one.expected)
    told = " and ".join(_money(number, money) for money, number in sums.items())
    return f", expected to change a month's cost by {told}" if told else ""


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    return ["", f"## {heading}", "", *(list(lines) or ["None."])]


def _names(here: Iterable[review.Attendance], presence: review.Presence) -> str:
    found = (
        plain(f"{one.person} ({one.persona})" if one.persona else one.person)
        for one in here
        if one.presence is presence
    )
    return ", ".join(found) or "nobody noted"


def _decisions(log: Log, meeting: Meeting) -> Iterator[str]:
    """Each decision under a heading of its own, with all that MADR asks of it."""
    for place, one in enumerate(log.of(Decision, meeting.key)):
        if place:
            yield ""
        yield f"### {one.key}: {plain(one.choice)}"
        yield ""
        yield from (f"- {told}" for told in _told_of(log, one))
        if one.options:
            yield ""
            yield from _options(one)


def _told_of(log: Log, one: Decision) -> Iterator[str]:
    base = one.baseline
    money = base.currency if base else ""
    before = log.find(Decision, one.supersedes) if one.supersedes else None
    told = {
        "Question": plain(one.question),
        "Kind": str(one.purpose),
        "Owner": plain(one.owner),
        "Due": str(one.due or ""),
        "Expected": f"{_money(one.expected, money)} a month" if one.expected else "",
        "Measured by": f"{plain(one.measure)} in {plain(one.scope)}" if base else "",
        "Frozen": f"{base.amount:,.2f} {money} in {base.month}, snapshot {base.snapshot}"
        if base
        else "",
        "Must move": f"{plain(one.value)} by {one.value_expected:+,f} a month" if one.value else "",
        "Context": plain(one.context),
        "Drivers": plain("; ".join(one.drivers)),
        "Deciders": plain(", ".join(one.deciders)),
        "Dissent": plain(one.dissent),
        "Review": str(one.review_day or ""),
        "Supersedes": f"{one.supersedes} {plain(before.choice) if before else ''}".strip(),
        "Out of the retrospective": plain(one.retrospective),
    }
    return (f"{name}: {said}" for name, said in told.items() if said)


def _options(one: Decision) -> list[str]:
    money = one.baseline.currency if one.baseline else ""
    rows = (
        (plain(option.text), _money(option.effect, money) if option.effect is not None else "")
        for option in one.options
    )
    return grid(("Option", "A month's cost"), rows, numbers={"A month's cost"})


def _actions(log: Log, meeting: Meeting) -> list[str]:
    rows = (
        (*_todo(one), str(one.due), str(one.progress), plain(one.next_step))
        for one in log.of(Action, meeting.key)
    )
    return grid(("Action", "What", "Owner", "Due", "State", "Next step"), rows)


def _carried(log: Log, meeting: Meeting, today: date) -> list[str]:
    """What is carried over once more, with what its delay has cost so far."""
    pack = log.find(Pack, meeting.key)
    money = next((one.currency for one in pack.items if one.currency), "") if pack else ""
    rows = (
        (
            *_todo(one),
            _late(one, today),
            _money(delay, money).lstrip("+") if (delay := cost_of_delay(log, one, today)) else "",
            str(one.carried + 1),
            plain(one.next_step),
        )
        for one in carried_over(log, meeting)
    )
    names = ("Action", "What", "Owner", "When", "Cost of delay", "Times", "Next step")
    return grid(names, rows, numbers={"Cost of delay", "Times"})


def _todo(one: Action) -> tuple[str, str, str]:
    return one.key, plain(one.title), plain(one.owner)


def _late(one: Action, today: date) -> str:
    late = days_late(one, today)
    return f"{_counted(late, 'day')} late" if late else f"due {one.due}"


def _outcomes(log: Log, meeting: Meeting) -> list[str]:
    rows = (_outcome(log, one) for one in log.of(Outcome, meeting.key))
    names = ("Decision", "Result", "Expected", "On the bill", "Off by", "Month")
    numbers = {"Expected", "On the bill", "Off by"}
    return grid((*names, "Why", "Lesson"), rows, numbers=numbers)


def _outcome(log: Log, one: Outcome) -> tuple[str, ...]:
    decision, money = log.find(Decision, one.key), one.measured.currency
    return (
        f"{one.key} {plain(decision.choice) if decision else ''}".strip(),
        f"**{one.result}**",
        *(_money(number, money) for number in (one.expected, one.effect, one.error)),
        one.measured.month,
        plain(one.why),
        plain(one.lesson),
    )


def _commentary(log: Log, meeting: Meeting) -> list[str]:
    rows = (
        (
            plain(one.team),
            _money(one.change, one.currency),
            plain(one.cause) if one.answered else f"no answer from {plain(one.owner) or 'nobody'}",
            str(one.lasting or "") if one.answered else "",
            plain(one.next_step),
        )
        for one in log.of(Commentary, meeting.key)
    )
    names = ("Team", "Change", "Cause", "One-off or lasting", "Next step")
    return grid(names, rows, numbers={"Change"})


def _items(items: Iterable[Item]) -> list[str]:
    rows = (
        (
            plain(one.title),
            _money(one.amount, one.currency) if one.amount else "",
            plain(one.owner),
            plain(one.detail),
        )
        for one in items
    )
    return grid(("Item", "Amount", "Owner", "Detail"), rows, numbers={"Amount"})


def _mark(pack: Pack | None) -> str:
    return f", {pack.mark}" if pack and pack.mark else ""


def _money(number: Decimal, currency: str) -> str:
    """An amount with its sign, as it is posted; zero has none."""
    posted = Amount(number, currency).rounded().number
    return f"{posted:+,f} {currency}".strip() if posted else f"{abs(posted):,f} {currency}".strip()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
