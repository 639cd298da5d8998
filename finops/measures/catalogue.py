"""The catalogue of measures: each number defined once, with the words for what it means.

Source: the FinOps Open Cost and Usage Specification and the FinOps Framework's measure names;
`domain.md` section 0 is the dictionary this follows.
"""

from __future__ import annotations

from finops.core.measure import Axis
from finops.core.measure import Measure
from finops.core.measure import Unit
from finops.errors import UsageError

IS_USAGE = "ChargeCategory = 'Usage' AND coalesce(CommitmentDiscountStatus, '') <> 'Unused'"
IS_UNUSED = "ChargeCategory = 'Usage' AND CommitmentDiscountStatus = 'Unused'"
IS_USED = "ChargeCategory = 'Usage' AND CommitmentDiscountStatus = 'Used'"


def _of(column: str, rows: str) -> str:
    return f"sum(CASE WHEN {rows} THEN {column} END)"


MEASURES: tuple[Measure, ...] = (
    Measure(
        name="BilledCost",
        title="Billed cost",
        unit=Unit.MONEY,
        axis=Axis.BILLING,
        expression="sum(BilledCost)",
        definition="What the invoices ask for: after all discounts, with nothing amortized. "
        "Counted in the month that bills it.",
    ),
    Measure(
        name="EffectiveCost",
        title="Effective cost",
        unit=Unit.MONEY,
        expression="sum(EffectiveCost)",
        definition="What was consumed: prepaid commitments are spread over what they cover. "
        "Counted when it was incurred.",
    ),
    Measure(
        name="ListCost",
        title="List cost",
        unit=Unit.MONEY,
        expression="sum(ListCost)",
        definition="At public prices, over every charge, purchases and unused commitments too: "
        "never a base for savings; UsageListCost is.",
    ),
    Measure(
        name="ContractedCost",
        title="Contracted cost",
        unit=Unit.MONEY,
        expression="sum(ContractedCost)",
        definition="At negotiated prices before commitment discounts, over every charge: never a "
        "base for savings; UsageContractedCost is.",
    ),
    Measure(
        name="UsageListCost",
        title="Usage at list price",
        unit=Unit.MONEY,
        expression=_of("ListCost", IS_USAGE),
        definition="Usage at public prices, without purchases and unused commitments.",
    ),
    Measure(
        name="UsageContractedCost",
        title="Usage at negotiated price",
        unit=Unit.MONEY,
        expression=_of("ContractedCost", IS_USAGE),
        definition="Usage at negotiated prices, without purchases and unused commitments.",
    ),
    Measure(
        name="Tax",
        title="Tax",
        unit=Unit.MONEY,
        axis=Axis.BILLING,
        expression=_of("BilledCost", "ChargeCategory = 'Tax'"),
        definition="Tax that the cost data carries; some providers put it on the invoice alone.",
    ),
    Measure(
        name="Credits",
        title="Credits",
        unit=Unit.MONEY,
        axis=Axis.BILLING,
        expression=_of("BilledCost", "ChargeCategory = 'Credit'"),
        definition="Credits that were granted; negative, as billed.",
    ),
    Measure(
        name="CommitmentUsed",
        title="Commitment used",
        unit=Unit.MONEY,
        expression=_of("EffectiveCost", IS_USED),
        definition="The part of prepaid or promised commitments that covered usage.",
    ),
    Measure(
        name="CommitmentUnused",
        title="Commitment unused",
        unit=Unit.MONEY,
        expression=_of("EffectiveCost", IS_UNUSED),
        definition="The part of prepaid or promised commitments that nothing used: waste.",
    ),
    Measure(
        name="ConsumedQuantity",
        title="Usage quantity",
        unit=Unit.QUANTITY,
        expression="sum(ConsumedQuantity)",
        definition="How much was used, always told by its unit; units never add.",
    ),
    Measure(
        name="Charges",
        title="Charges",
        unit=Unit.COUNT,
        expression="sum(x_Charges)",
        definition="How many lines of the bill.",
    ),
    Measure(
        name="Resources",
        title="Resources",
        unit=Unit.COUNT,
        expression="count(DISTINCT ResourceId)",
        definition="How many distinct resources have a charge.",
        from_rollup=False,
    ),
)

_BY_NAME = {measure.name.lower(): measure for measure in MEASURES}


def find(name: str) -> Measure:
    """The measure of that name, whatever its case.

    Raises:
        UsageError: there is none.
    """
    if found := _BY_NAME.get(name.strip().lower()):
        return found
    message = f"There is no measure {name!r}."
    raise UsageError(message, remedy="Measures: " + ", ".join(m.name for m in MEASURES) + ".")
