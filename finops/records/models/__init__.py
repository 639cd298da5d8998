"""The tables of the record store, one module per subject; rows are written once and stay."""

from finops.records.models.access import PortalActivity
from finops.records.models.access import PortalSession
from finops.records.models.access import PortalUser
from finops.records.models.access import RestrictedScope
from finops.records.models.audit import AuditEvent
from finops.records.models.business import Budget
from finops.records.models.business import BusinessMetric
from finops.records.models.business import Event
from finops.records.models.closing import PeriodClose
from finops.records.models.imports import ImportRecord
from finops.records.models.imports import RejectedRow
from finops.records.models.invoicing import CommitmentOpening
from finops.records.models.invoicing import Explanation
from finops.records.models.invoicing import InvoiceHeader
from finops.records.models.journal import JournalPosting
from finops.records.models.organization import OrganizationVersion
from finops.records.models.rates import Rate
from finops.records.models.review import ReviewEntry
from finops.records.models.rules import RuleSetVersion
from finops.records.models.savings import CreditLine
from finops.records.models.savings import SavingsEntry
from finops.records.models.snapshots import SnapshotRecord
from finops.records.models.unit_economics import CostCoefficient
from finops.records.models.unit_economics import SavedScenario
from finops.records.models.unit_economics import UnitTarget
from finops.records.models.workloads import InventoryItem
from finops.records.models.workloads import WorklistStep

REVISED = (
    ImportRecord,
    RejectedRow,
    SnapshotRecord,
    Rate,
    OrganizationVersion,
    InvoiceHeader,
    Explanation,
    CommitmentOpening,
    PeriodClose,
    BusinessMetric,
    Budget,
    Event,
    RuleSetVersion,
    CostCoefficient,
    UnitTarget,
    SavedScenario,
    ReviewEntry,
    JournalPosting,
    PortalUser,
    RestrictedScope,
    PortalSession,
    InventoryItem,
    WorklistStep,
    SavingsEntry,
    CreditLine,
)
"""Every table whose rows carry the revision of the command that wrote them."""

__all__ = [
    "REVISED",
    "AuditEvent",
    "Budget",
    "BusinessMetric",
    "CommitmentOpening",
    "CostCoefficient",
    "CreditLine",
    "Event",
    "Explanation",
    "ImportRecord",
    "InventoryItem",
    "InvoiceHeader",
    "JournalPosting",
    "OrganizationVersion",
    "PeriodClose",
    "PortalActivity",
    "PortalSession",
    "PortalUser",
    "Rate",
    "RejectedRow",
    "RestrictedScope",
    "ReviewEntry",
    "RuleSetVersion",
    "SavedScenario",
    "SavingsEntry",
    "SnapshotRecord",
    "UnitTarget",
    "WorklistStep",
]
