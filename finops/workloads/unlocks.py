"""Unlocks: which read-only command would prove more, and at how much cost nobody has looked yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.ingestion.inventory_files import COMMANDS
from finops.ingestion.printed_azure import DISKS
from finops.workloads import waste_rules
from finops.workloads.signs import Case

if TYPE_CHECKING:
    from datetime import date

    from finops.workloads.resources import Estate
    from finops.workloads.resources import Resource
    from finops.workloads.waste_rules import Rule


@dataclass(frozen=True, kw_only=True)
class Unlock:
    """A command to run elsewhere and bring in, and the cost of what it would tell of."""

    command: str
    finds: str
    resources: int
    cost: Decimal


_PRINTED = {
    ("aws", "disk"): "aws ec2 describe-volumes",
    ("aws", "address"): "aws ec2 describe-addresses",
    ("aws", "logs"): "aws logs describe-log-groups",
    ("microsoft|azure", "disk"): DISKS,
    ("microsoft|azure", "address"): "az network public-ip list",
    ("microsoft|azure", "instance"): "az vm list -d",
    ("microsoft|azure", "plan"): "az appservice plan list",
    ("microsoft|azure", "balancer"): "az network lb list",
    ("microsoft|azure", "nat"): "az network nat gateway list",
}
METRICS = "a csv of resource, metric, average, maximum, days"


def unlocks(estate: Estate, *, today: date) -> tuple[Unlock, ...]:
    """What would prove more, the largest cost first; each file once, whatever it is good for."""
    found: dict[str, dict[str, Decimal]] = {}
    titles: dict[str, list[str]] = {}
    for rule in waste_rules.rules():
        if not rule.needs:
            continue
        command = command_for(rule)
        for resource in estate.resources:
            if cost := _unseen(rule, resource, estate, today):
                found.setdefault(command, {})[resource.id] = cost
                titles.setdefault(command, []).append(rule.title)
    told = (
        Unlock(
            command=command,
            finds="; ".join(dict.fromkeys(titles[command])),
            resources=len(costs),
            cost=total(costs.values()),
        )
        for command, costs in found.items()
    )
    return tuple(sorted(told, key=lambda one: (-one.cost, one.command)))


def command_for(rule: Rule) -> str:
    """The command whose output a rule needs, or the csv."""
    command = _PRINTED.get((rule.provider, rule.needs), "")
    if "gateway" in rule.about and rule.needs == "balancer":
        command = "az network application-gateway list"
    return f"{command} --output json" if command in COMMANDS else METRICS


def _unseen(rule: Rule, resource: Resource, estate: Estate, today: date) -> Decimal:
    meters = tuple(one for one in resource.meters if rule.is_about(one.text))
    if not meters or not rule.is_for(resource.provider):
        return Decimal(0)
    case = Case(rule, resource, meters, estate.window, today)
    kind = ("metric", rule.needs) if rule.needs == "cpu" else (rule.needs, "")
    return Decimal(0) if case.known(*kind) else total(one.effective for one in meters)
