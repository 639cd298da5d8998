"""Findings: each resource with something to do, priced from the bill, once for each action."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.resource_id import key_of
from finops.ingestion.advised import ADVICE
from finops.workloads import waste_rules
from finops.workloads.commands import Commands
from finops.workloads.commands import commands
from finops.workloads.shares import own_gp3
from finops.workloads.shares import share_of
from finops.workloads.signs import Case
from finops.workloads.signs import gone
from finops.workloads.signs import SIGNS
from finops.workloads.waste_rules import Action
from finops.workloads.waste_rules import Proof

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from finops.ingestion.inventory import Known
    from finops.workloads.resources import Estate
    from finops.workloads.resources import Resource
    from finops.workloads.waste_rules import Rule


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to do with one resource; amounts of 30 days in the report's currency.

    `cost` is what the rule looked at cost, `gross` what the action takes off it without
    commitments, `net` what of that leaves the bill while the commitments last, `listed` the same
    as `gross` at list prices. They are None where the bill cannot say how much goes away.
    """

    key: str
    rule: str
    title: str
    action: Action
    proof: Proof
    confidence: str
    why: str
    resource: Resource
    cost: Decimal
    gross: Decimal | None
    net: Decimal | None
    listed: Decimal | None
    basis: str
    commands: Commands
    looks_for: str = ""
    false_positives: str = ""
    risk: str = ""
    effort_hours: Decimal | None = None
    rollback: str = ""
    also: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, Decimal]:
        """Where it stands among a resource's findings: what stacks first, the larger first."""
        return list(Action).index(self.action), -(self.gross or Decimal(0))


def findings(estate: Estate, *, today: date) -> tuple[Finding, ...]:
    """Everything that is to be done, the largest saving first.

    Two rules, or a rule and a provider's advice, that mean the same action on the same resource
    are one finding. Several actions on one resource are priced each on what the former leave.
    """
    gp3 = own_gp3(estate.resources)
    found: list[Finding] = []
    for resource in estate.resources:
        if gone(resource, estate.window):
            continue
        seen = [*_ruled(resource, estate, gp3, today), *_advised(resource, estate, today)]
        found += stacked(merged(seen))
    return tuple(sorted(found, key=lambda one: (-(one.net or 0), -(one.gross or 0), one.key)))


def merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each resource and action: the surest, then the one that is priced."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        groups[one.key].append(one)
    told = []
    for group in groups.values():
        best, *rest = sorted(group, key=_surest)
        told.append(replace(best, also=tuple(dict.fromkeys(one.title for one in rest))))
    return tuple(told)


def stacked(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """A resource's findings, each priced on what those before it leave; nothing left is no finding.

    Source: domain.md 8, SAV-2: eliminate, schedule, rightsize, modernize.
    """
    left = Decimal(1)
    told = []
    for one in sorted(found, key=lambda each: each.order):
        if not left:
            break
        told.append(_scaled(one, left))
        if one.gross and one.cost:
            left *= 1 - min(Decimal(1), EXACT.divide(one.gross, one.cost))
    return tuple(told)


def key_for(resource: str, action: Action) -> str:
    """The short name under which a finding is kept, the same in every month."""
    words = f"{key_of(resource)}|{action}"
    return hashlib.sha256(words.encode()).hexdigest()[:10]


def _ruled(
    resource: Resource, estate: Estate, gp3: dict[str, Decimal], today: date
) -> Iterator[Finding]:
    signs = dict(SIGNS)
    for rule in waste_rules.rules():
        meters = tuple(one for one in resource.meters if rule.is_about(one.text))
        if not (rule.is_for(resource.provider) and meters):
            continue
        case = Case(rule, resource, meters, estate.window, today)
        if why := signs[rule.finds](case):
            finding = _priced(case, why, gp3)
            if finding.cost > 0 and finding.gross != 0:
                yield finding


def _priced(case: Case, why: str, gp3: dict[str, Decimal]) -> Finding:
    """What the action takes off the trailing cost of the meters: domain.md 13, WASTE-3."""
    rule, share = case.rule, share_of(case, gp3)
    gross, cash, listed = (
        total(getattr(one, name) for one in case.meters) for name in ("gross", "cash", "listed")
    )
    part = share.part
    return Finding(
        key=key_for(case.resource.id, rule.action),
        rule=rule.id,
        title=rule.title,
        action=rule.action,
        proof=rule.proof,
        confidence=_confidence(rule, sure=share.sure and part is not None),
        why=why,
        resource=case.resource,
        cost=gross,
        gross=None if part is None else gross * part,
        net=None if part is None else cash * part,
        listed=None if part is None else listed * part,
        basis=share.basis,
        commands=commands(rule, case.resource),
        looks_for=rule.looks_for,
        false_positives=rule.false_positives,
        risk=rule.risk,
        effort_hours=Decimal(rule.effort_hours),
        rollback=rule.rollback,
    )


def _confidence(rule: Rule, *, sure: bool) -> str:
    if rule.proof is Proof.PROVEN and sure:
        return "high"
    return "medium" if sure else "low"


def _advised(resource: Resource, estate: Estate, today: date) -> Iterator[Finding]:
    """What a provider advises; its own estimate, never more than the resource costs."""
    for (kind, action), known in sorted(resource.said.items()):
        if kind == ADVICE and (today - known.day).days <= _ADVICE_HOLDS and resource.effective > 0:
            yield _from_advice(resource, estate, Action(action), known)


def _from_advice(resource: Resource, estate: Estate, action: Action, known: Known) -> Finding:
    told = known["saving"] if known["currency"] in {"", estate.currency} else ""
    saving = min(Decimal(told), resource.effective) if told else None
    cash = total(one.cash for one in resource.meters)
    change = " to ".join(word for word in (known["from"], known["to"]) if word)
    return Finding(
        key=key_for(resource.id, action),
        rule="provider-advice",
        title=f"{known['source']}: {action}",
        action=action,
        proof=Proof.ADVISED,
        confidence="medium" if saving is not None else "low",
        why=f"{known['source']} advises on {known.day} to {action} it. {change}".strip(),
        resource=resource,
        cost=total(one.gross for one in resource.meters),
        gross=saving,
        net=None if saving is None else min(saving, cash),
        listed=None,
        basis="the provider's own estimate, at most what it costs",
        commands=Commands("", "", ""),
    )


def _surest(one: Finding) -> tuple[int, bool, Decimal, str]:
    return list(Proof).index(one.proof), one.gross is None, -(one.gross or Decimal(0)), one.rule


def _scaled(one: Finding, left: Decimal) -> Finding:
    if left == 1 or one.gross is None or one.net is None:
        return one
    listed = None if one.listed is None else one.listed * left
    return replace(one, gross=one.gross * left, net=one.net * left, listed=listed)


_ADVICE_HOLDS = 30
"""After how many days a provider's advice is no longer taken."""
