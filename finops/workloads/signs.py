"""Signs of waste: small functions that look at one resource and say what they saw, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.focus.columns import UNALLOCATED

if TYPE_CHECKING:
    from finops.ingestion.inventory import Known
    from finops.workloads.resources import Meter
    from finops.workloads.resources import Resource
    from finops.workloads.resources import Window
    from finops.workloads.waste_rules import Rule

FRESH = 7
"""After how many days an inventory says nothing any more."""

_YEAR, _WEEK, _FORTNIGHT = 365, 7, 14
_TRAFFIC = ("bytes", "lcu", "gb data processed", "data processed by")
_LITTLE = Decimal(1)
_PRODUCTION = {"", UNALLOCATED.casefold(), "prod", "production", "prd", "live"}
_ON = Decimal("0.9")
"""A machine that runs at least so much on a weekend day as on a weekday never sleeps."""


class Case(NamedTuple):
    """What a sign looks at: a resource, those of its meters that the rule is about, and when."""

    rule: Rule
    resource: Resource
    meters: tuple[Meter, ...]
    window: Window
    today: date

    def known(self, kind: str = "", name: str = "") -> Known | None:
        """What an inventory of the last week says; an older one says nothing."""
        found = self.resource.said.get((kind or self.rule.needs, name))
        return found if found and (self.today - found.day).days <= FRESH else None

    @property
    def days(self) -> int:
        """For how many days it was seen, at the most those that are looked at."""
        return min((self.resource.last - self.resource.first).days + 1, 30)


Sign = Callable[[Case], str]
"""What was seen, in words; empty where nothing was."""


def metered(case: Case) -> str:
    """The meter itself says it."""
    return f"It is billed as {case.meters[0].text.split()[0] or case.rule.title}."


def unattached(case: Case) -> str:
    """An inventory of the last week says so; the bill alone never does."""
    known = case.known()
    free = known and known["attached"] == "no" and known["replica"] != "yes"
    return f"On {known.day} it was attached to nothing." if known and free else ""


def empty(case: Case) -> str:
    """An inventory says that nothing stands behind it."""
    known = case.known()
    held = [known[name] for name in ("backends", "sites", "subnets")] if known else []
    none = any(held) and all(one in {"", "0"} for one in held)
    return f"On {known.day} nothing stood behind it." if known and none else ""


def halted(case: Case) -> str:
    """An inventory says that the machine is stopped and not given back."""
    known = case.known()
    stopped = known and known["state"].casefold() == "stopped"
    return f"On {known.day} it was stopped and not deallocated." if known and stopped else ""


def kept_for_ever(case: Case) -> str:
    """An inventory says that a log group has no retention."""
    known = case.known()
    return "Nothing is ever deleted." if known and known["retention"] == "never" else ""


def aged(case: Case) -> str:
    """A snapshot of a year or older: as the inventory says, or at least as long as it is billed."""
    known = case.known("snapshot")
    if known and known["managed"] == "yes":
        return ""
    born = case.resource.first
    if known and known["created"]:
        born = min(born, date.fromisoformat(known["created"]))
    old = (case.window.end - born).days
    return f"It is at least {old} days old." if old >= _YEAR else ""


def lonely(case: Case) -> str:
    """Hours without traffic, for a week at the least."""
    traffic = total(
        one.quantity
        for one in case.resource.meters
        if one not in case.meters and any(word in one.text for word in _TRAFFIC)
    )
    idle = traffic <= _LITTLE and case.days >= _WEEK
    return f"In {case.days} days no traffic was billed." if idle else ""


def idle(case: Case) -> str:
    """A processor that does next to nothing, for a week at the least."""
    return _processor(case, average=Decimal(5), maximum=Decimal(20))


def oversized(case: Case) -> str:
    """A processor of which half would do; one that is idle is not resized but stopped."""
    if idle(case):
        return ""
    return _processor(case, average=Decimal(20), maximum=Decimal(40))


def outside(case: Case) -> str:
    """Not in production, as its owner says."""
    where = case.resource.environment
    return f"It belongs to {where}." if where.casefold() not in _PRODUCTION else ""


def awake(case: Case) -> str:
    """Not in production, and as busy on weekends as on weekdays, for two weeks at the least."""
    resting = case.window.weekend
    first = max(case.resource.first, case.window.start)
    weekend = sum(first <= day <= case.resource.last for day in resting)
    weekdays = (case.resource.last - first).days + 1 - weekend
    if not outside(case) or not weekend or weekdays + weekend < _FORTNIGHT:
        return ""
    rested = total(one.weekend for one in case.meters)
    worked = total(one.quantity for one in case.meters) - rested
    even = EXACT.divide(rested, Decimal(weekend)) >= EXACT.divide(worked, Decimal(weekdays)) * _ON
    return f"{outside(case)[:-1]} and runs on weekends as on weekdays." if even else ""


def gone(resource: Resource, window: Window) -> bool:
    """Whether it was no longer billed in the last days, so that nothing is left to do."""
    return resource.last < window.end - timedelta(days=3)


def _processor(case: Case, *, average: Decimal, maximum: Decimal) -> str:
    known = case.known("metric", "cpu")
    if known is None or Decimal(known["days"] or 0) < _WEEK:
        return ""
    mean, peak = Decimal(known["average"]), Decimal(known["maximum"] or 100)
    low = mean < average and peak < maximum
    return f"Its processor was busy {mean} % on average, {peak} % at most." if low else ""


SIGNS: tuple[tuple[str, Sign], ...] = (
    ("metered", metered),
    ("unattached", unattached),
    ("empty", empty),
    ("halted", halted),
    ("kept_for_ever", kept_for_ever),
    ("aged", aged),
    ("lonely", lonely),
    ("idle", idle),
    ("oversized", oversized),
    ("outside", outside),
    ("awake", awake),
)
"""Every sign, by the name that the rules use."""
