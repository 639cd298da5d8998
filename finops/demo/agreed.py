"""Agreed: the demo company's mapping rules and its reorganization, and from when on they hold."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from finops.demo.company import Company
    from finops.demo.company import Workload
    from finops.demo.seasons import Month


def team_of(company: Company, work: Workload, month: Month) -> str | None:
    """The team that a rule gives a workload to in a billing month; None where no rule decides."""
    if month.index < company.mapping["start"]:
        return None
    owned = company.mapping["owned"]
    return next((one["team"] for one in owned if work.id in one["workloads"]), None)


def has_moved(company: Company, month: Month) -> bool:
    """Whether the reorganization holds in a month."""
    return bool(month.index >= company.mapping["reorganization"]["start"])


def at(company: Company, work: Workload, month: Month) -> Workload:
    """A workload with the cost center that its team answers to in a month."""
    told, team = company.mapping["reorganization"], company.teams.get(work.team, {})
    stays = work.team != told["team"] or work.cost_center != team.get("cost_center")
    if stays or not has_moved(company, month):
        return work
    return replace(work, cost_center=told["cost_center"])


def implied(company: Company, team: str, month: Month) -> dict[str, str]:
    """What follows from a team in a month: its product and its cost center."""
    found = company.teams.get(team, {})
    told = company.mapping["reorganization"]
    if team == told["team"] and has_moved(company, month):
        return found | {"cost_center": told["cost_center"]}
    return found


def teams(company: Company, every: tuple[Month, ...]) -> list[dict[str, Any]]:
    """The teams as the organization has them: the one that moved stands there twice."""
    told = company.mapping["reorganization"]
    start = told["start"]
    found: list[dict[str, Any]] = []
    for team in company.organization["teams"]:
        if team["id"] != told["team"]:
            found.append(team)
            continue
        found += [
            team | {"valid_to": str(every[start - 1].period)},
            team | {"cost_center": told["cost_center"], "valid_from": str(every[start].period)},
        ]
    return found


def rules_yaml(company: Company, every: tuple[Month, ...]) -> str:
    """The rules as they are published: those of mapping, and how shared cost is shared."""
    told = {name: company.mapping[name] for name in ("rules", "stewards", "steward")}
    told |= company.sharing
    content = copy.deepcopy(told)
    for rule in content["rules"]:
        rule["valid_from"] = str(every[company.mapping["start"]].period)
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return text


def facts(company: Company, every: tuple[Month, ...]) -> list[dict[str, Any]]:
    """What is true of the rules: which do nothing, and what the reorganization moved, and when."""
    told = company.mapping["reorganization"]
    return [
        {"question": {"rules": "idle", "axis": "billing"}, "answer": company.mapping["idle"]},
        {
            "question": {
                "rules": "reorganization",
                "team": told["team"],
                "axis": "billing",
            },
            "answer": {
                "from": company.teams[told["team"]]["cost_center"],
                "to": told["cost_center"],
                "month": str(every[told["start"]].period),
            },
        },
    ]
