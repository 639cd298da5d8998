"""Raw: a file as it was delivered, before anything is read into it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Format(StrEnum):
    """How the bytes of a file are laid out, judged by its content and not by its name."""

    CSV = "csv"
    PARQUET = "parquet"


class Kind(StrEnum):
    """The FOCUS dataset that a file delivers, judged by its columns."""

    COST_AND_USAGE = "CostAndUsage"
    CONTRACT_COMMITMENT = "ContractCommitment"
    INVOICE_DETAIL = "InvoiceDetail"
    BILLING_PERIOD = "BillingPeriod"


@dataclass(frozen=True, kw_only=True)
class Raw:
    """A file whose shape is known: what it holds, in which version, and how to read it.

    `columns` are the header's names, FOCUS names in FOCUS's case; `texts` are those among them
    that hold text (all of them in csv), `exact` those that hold numbers with at most 18 decimals.
    `missing` are the mandatory columns it lacks: such a file is never committed, but it is still
    read for what else is wrong with it. `sha256` is of the bytes as delivered. `size` is in bytes.
    """

    path: Path
    format: Format
    compression: str
    delimiter: str
    columns: tuple[str, ...]
    texts: frozenset[str]
    exact: frozenset[str]
    kind: Kind
    version: str
    missing: tuple[str, ...]
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """The file's name, as messages call it."""
        return self.path.name
