"""Reasons: why a line of a closed month is gone or new, told from the lines beside it."""

from __future__ import annotations

from finops.focus.adjustments import CORRECTION
from finops.focus.adjustments import Why
from finops.focus.normalize import text

_WHAT = (
    "ServiceName",
    "SkuId",
    "SkuPriceId",
    "ResourceId",
    "RegionId",
    "ChargeCategory",
    "ChargePeriodStart",
    "CommitmentDiscountId",
    "CommitmentDiscountStatus",
)
"""What one charge is known by, whoever pays for it and in whatever currency."""

_ROUGHLY = ("ServiceName", "SkuId", "RegionId", "ChargeCategory", "ChargePeriodStart")
"""The same where the name of the resource has the account in it."""

_WHOSE = ("BillingAccountId", "SubAccountId")
_CURRENCY = "BillingCurrency"
_CORRECTS = f"coalesce(NOT gone AND ChargeClass = {text(CORRECTION)}, false)"


def paired() -> str:
    """The expression, as `paired`, of whether a charge is both gone and new in its account.

    A correction that the provider marks as one stands for itself: it restates no other line.
    """
    return f"{_both((*_WHAT, *_WHOSE, _CURRENCY, _CORRECTS))} AS paired"


def why() -> str:
    """The expression of the reason, as `why`, over lines with `gone` and `paired`.

    The first that fits is told. A charge that is gone and new in one account was restated; one
    that is gone here and new there has moved, also where only the sums by service, SKU and time
    are the same.
    """
    same = (*_WHAT, *_WHOSE, _CURRENCY, _CORRECTS)
    billed, effective = (_net(cost, same) for cost in ("BilledCost", "EffectiveCost"))
    change = f"CASE WHEN {billed} <> 0 THEN {billed} ELSE {effective} END"
    roughly = (*_ROUGHLY, _CURRENCY, "paired", _CORRECTS)
    reasons = (
        (_CORRECTS, Why.CORRECTION),
        (f"paired AND {change} > 0", Why.UP),
        (f"paired AND {change} < 0", Why.DOWN),
        ("paired", Why.DETAILS),
        (_both((*_WHAT, *_WHOSE, "paired", _CORRECTS)), Why.CURRENCY),
        (_both((*_WHAT, _CURRENCY, "paired", _CORRECTS)), Why.MOVED),
        (f"{_both(roughly)} AND {_net('BilledCost', roughly)} = 0", Why.MOVED),
        ("gone", Why.DELETED),
        ("ChargeCategory = 'Credit'", Why.CREDIT),
        ("ChargeCategory = 'Usage'", Why.LATE),
    )
    told = " ".join(f"WHEN {condition} THEN {text(reason)}" for condition, reason in reasons)
    return f"CASE {told} ELSE {text(Why.NEW)} END AS why"


def _both(alike: tuple[str, ...]) -> str:
    """Whether, of the lines alike in these columns, some are gone and some are new."""
    over = _over(alike)
    return f"(bool_or(gone) {over} AND bool_or(NOT gone) {over})"


def _net(cost: str, alike: tuple[str, ...]) -> str:
    """By how much a cost rose, of the lines alike in these columns."""
    signed = f"CASE WHEN gone THEN -{cost} ELSE {cost} END"
    return f"coalesce(sum({signed}) {_over(alike)}, 0)"


def _over(alike: tuple[str, ...]) -> str:
    return f"OVER (PARTITION BY {', '.join(alike)})"
