"""Sources: where unit economics has its figures from, and how each is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.exchange.conversion import Converter
from finops.exchange.rule import USUAL
from finops.ingestion.budgets import budgets_of
from finops.ingestion.budgets import holding
from finops.unit_economics.coefficients import declared

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.access.workspace import Workspace
    from finops.core.organization import Organization
    from finops.dataset import Dataset
    from finops.exchange.rule import RateRule
    from finops.ingestion.budgets import Budget
    from finops.ingestion.metric_gaps import Series
    from finops.measures import Answer
    from finops.measures import Query
    from finops.unit_economics.coefficients import Coefficient

    Asking = Callable[[Dataset, Query], Answer]


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where figures come from: the dataset, how it is asked, and what people told beside it."""

    dataset: Dataset
    ask: Asking
    series: tuple[Series, ...]
    coefficients: tuple[Coefficient, ...] = ()
    budgets: tuple[Budget, ...] = ()
    rule: RateRule = USUAL

    @property
    def organization(self) -> Organization:
        """The organization, as the dataset knows it."""
        return self.dataset.organization

    def converter(self, currency: str) -> Converter:
        """What tells an amount in the costs' currency."""
        return Converter(currency, self.dataset.rates, self.rule)


def sources(
    workspace: Workspace,
    dataset: Dataset,
    found: tuple[Series, ...],
    *,
    ask: Asking,
    rule: RateRule = USUAL,
) -> Sources:
    """The sources of a workspace, as the dataset's snapshot knows them."""
    snapshot = dataset.snapshot
    return Sources(
        dataset=dataset,
        ask=ask,
        series=found,
        coefficients=declared(workspace, snapshot),
        budgets=holding(budgets_of(workspace, snapshot)),
        rule=rule,
    )
