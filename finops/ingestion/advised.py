"""Advice: what Cost Optimization Hub, Compute Optimizer, Azure Advisor or a file recommends."""

from __future__ import annotations

from decimal import Decimal
from decimal import InvalidOperation
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.ingestion import cells
from finops.ingestion.printed import Item
from finops.ingestion.printed import item
from finops.ingestion.printed import Shape
from finops.ingestion.printed import within
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile

if TYPE_CHECKING:
    from finops.ingestion.printed import Entry

ADVICE = "advice"
METRIC = "metric"
_MONTHS = 12

ACTIONS = ("delete", "stop", "schedule", "resize", "upgrade", "commit", "other")
"""What may be advised, in our words."""

_HUB = {
    "delete": "delete",
    "stop": "stop",
    "rightsize": "resize",
    "scalein": "resize",
    "upgrade": "upgrade",
    "migratetograviton": "upgrade",
    "purchasesavingsplans": "commit",
    "purchasereservedinstances": "commit",
}
_OVER = {"over_provisioned", "overprovisioned", "notoptimized", "not_optimized", "idle"}


def _hub(entry: Entry) -> Item:
    action = _HUB.get(str(entry.get("actionType") or "").casefold(), "other")
    facts = {
        "source": "AWS Cost Optimization Hub",
        "saving": entry.get("estimatedMonthlySavings"),
        "currency": entry.get("currencyCode"),
        "from": entry.get("currentResourceSummary"),
        "to": entry.get("recommendedResourceSummary"),
    }
    resource = entry.get("resourceArn") or entry.get("resourceId")
    return item(ADVICE, resource or entry.get("recommendationId"), facts, name=action)


def _optimizer(entry: Entry) -> Item | None:
    if str(entry.get("finding") or "").casefold() not in _OVER:
        return None
    of_disk = "volumeArn" in entry
    best = within(entry, "volumeRecommendationOptions" if of_disk else "recommendationOptions", 0)
    saving = within(best, "savingsOpportunity", "estimatedMonthlySavings")
    facts = {
        "source": "AWS Compute Optimizer",
        "saving": within(saving, "value"),
        "currency": within(saving, "currency"),
        "from": entry.get("currentInstanceType"),
        "to": within(best, "instanceType") or within(best, "configuration", "volumeType"),
    }
    resource = entry.get("volumeArn") if of_disk else entry.get("instanceArn")
    return item(ADVICE, resource, facts, name="upgrade" if of_disk else "resize")


def _advisor(entry: Entry) -> Item | None:
    told = entry if "category" in entry else entry.get("properties") or {}
    if str(told.get("category") or "").casefold() != "cost":
        return None
    extended = told.get("extendedProperties") or {}
    words = within(told, "shortDescription", "solution") or within(
        told, "shortDescription", "problem"
    )
    facts = {
        "source": "Azure Advisor",
        "saving": extended.get("savingsAmount") or _monthly(extended.get("annualSavingsAmount")),
        "currency": extended.get("savingsCurrency"),
        "to": extended.get("targetSku"),
        "words": words,
    }
    resource = within(told, "resourceMetadata", "resourceId") or entry.get("id")
    return item(ADVICE, resource, facts, name=_action(str(words or "")))


def _action(words: str) -> str:
    """Advisor says what to do in a sentence."""
    told = words.casefold()
    known = (("right-size", "resize"), ("shut", "stop"), ("delete", "delete"), ("reserv", "commit"))
    return next((action for word, action in known if word in told), "other")


def _monthly(annual: object) -> Decimal | None:
    try:
        return EXACT.divide(Decimal(str(annual)), Decimal(_MONTHS)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


SHAPES = (
    Shape("items", "aws cost-optimization-hub list-recommendations", _hub),
    Shape(
        "instanceRecommendations",
        "aws compute-optimizer get-ec2-instance-recommendations",
        _optimizer,
    ),
    Shape(
        "volumeRecommendations", "aws compute-optimizer get-ebs-volume-recommendations", _optimizer
    ),
)
"""What is read of `aws`, by the key under which it is printed."""

ADVISOR = Shape(
    "microsoft.advisor/recommendations",
    "az advisor recommendation list --category Cost",
    _advisor,
)
"""What is read of Azure Advisor, by its type."""

_SOME = cells.maybe(cells.amount, None)

METRICS_FILE = RecordFile(
    noun="metric",
    columns=(
        Column("resource", cells.text, "i-0123456789abcdef0"),
        Column("metric", cells.text, "cpu"),
        Column("average", cells.amount, "2.4"),
        Column("maximum", _SOME, "6.1", needed=False),
        Column("days", _SOME, "14", needed=False),
    ),
    make=lambda line: item(
        METRIC,
        line["resource"],
        {name: line[name] for name in ("average", "maximum", "days")},
        name=line["metric"].lower(),
    ),
    key=lambda one: (one.resource, one.name),
    once="metric",
)
"""A csv of what resources used: cpu, network and io, on average over some days."""

ADVICE_FILE = RecordFile(
    noun="recommendation",
    columns=(
        Column("resource", cells.text, "i-0123456789abcdef0"),
        Column("action", cells.one_of(ACTIONS), "resize", choices=ACTIONS),
        Column("monthly_saving", _SOME, "41.20", needed=False),
        Column("currency", cells.maybe(cells.currency, ""), "USD", needed=False),
        Column("source", cells.maybe(cells.text, "a file"), "our own tool", needed=False),
    ),
    make=lambda line: item(
        ADVICE,
        line["resource"],
        {
            "source": line["source"],
            "saving": line["monthly_saving"],
            "currency": line["currency"] or None,
        },
        name=line["action"],
    ),
    key=lambda one: (one.resource, one.name),
    once="action",
)
"""A csv of recommendations of any other tool."""
