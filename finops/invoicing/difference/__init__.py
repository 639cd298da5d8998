"""Why is my number different? The fewest standard differences that lead from one to the other."""

from finops.invoicing.difference.choices import SOURCES
from finops.invoicing.difference.given import Given
from finops.invoicing.difference.given import read_amount
from finops.invoicing.difference.resolve import Asked
from finops.invoicing.difference.resolve import explain_number
from finops.invoicing.difference.resolve import NumberExplained
from finops.invoicing.difference.resolve import Step
from finops.invoicing.difference.resolve import Way
from finops.invoicing.difference.scopes import read_scopes
from finops.invoicing.difference.then import earlier
from finops.invoicing.difference.then import untold_taxes

__all__ = [
    "SOURCES",
    "Asked",
    "Given",
    "NumberExplained",
    "Step",
    "Way",
    "earlier",
    "explain_number",
    "read_amount",
    "read_scopes",
    "untold_taxes",
]
