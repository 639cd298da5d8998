"""Laws of coming in: no cent is lost, none is twice, and the order of rows says nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.focus.columns import MONEY
from finops.ingestion.commit import Mode
from finops.ingestion.ingest import Options
from tests.corpus.workspaces import bring
from tests.corpus.workspaces import files_of
from tests.lanes import examples
from tests.laws.bills import amounts
from tests.laws.bills import answered
from tests.laws.bills import bills
from tests.laws.bills import charges
from tests.laws.bills import saved
from tests.laws.bills import summed
from tests.laws.bills import Sums
from tests.laws.bills import workspace

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.report import ImportReport
    from tests.corpus import Charge

few = settings(
    max_examples=examples(10),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

BROKEN = (
    {"BilledCost": "1,5"},
    {"BilledCost": "NaN"},
    {"EffectiveCost": ""},
    {"ChargeCategory": "Refund"},
    {"ChargePeriodEnd": "2026-01-01T00:00:00Z"},
    {"ServiceName": "a\0b"},
)


def sums_of(report: ImportReport) -> Sums:
    return {one.currency: dict(one.amounts) for one in report.sums}


def in_all(workspace: Workspace) -> Sums:
    """What the published snapshot has, by currency."""
    return {
        str(currency): {n: v for n, v in zip(MONEY, values, strict=True) if isinstance(v, Decimal)}
        for (currency,), values in answered(workspace).items()
    }


@few
@given(good=bills(), bad=st.lists(st.tuples(charges(), st.sampled_from(BROKEN)), max_size=3))
def test_what_is_committed_is_what_was_accepted(
    template: Path, good: list[Charge], bad: list[tuple[Charge, dict[str, str]]]
) -> None:
    """Σ committed = Σ accepted rows, per file, currency and cost; the rest is told as left out."""
    with workspace(template) as opened:
        broken = [row | fault for row, fault in bad]
        path = saved(opened, [*good[:1], *broken, *good[1:]])
        (report,) = bring(opened, path, options=Options(accept_rejects=True))
        assert (report.rows, report.left_out_rows) == (len(good), len(broken))
        assert sums_of(report) == in_all(opened) == summed(good)
        readable = [row for row in broken if row["BilledCost"] not in {"1,5", "NaN"}]
        left = {currency: costs["BilledCost"] for currency, costs in summed(readable).items()}
        assert dict(report.left_out) == left


@few
@given(rows=bills(), data=st.data())
def test_bringing_a_bill_again_changes_nothing(
    template: Path, rows: list[Charge], data: st.DataObject
) -> None:
    """Whatever the order of its rows, and whatever was to be done with what is there."""
    with workspace(template) as opened:
        (first,) = bring(opened, saved(opened, rows))
        before, on_disk = opened.snapshot(), files_of(opened)
        turned = data.draw(st.permutations(rows))
        mode = data.draw(st.sampled_from(list(Mode)))
        (again,) = bring(opened, saved(opened, turned, "again.csv"), mode=mode)
        assert (again.status.value, sums_of(again)) == ("unchanged", sums_of(first))
        assert (opened.snapshot(), files_of(opened)) == (before, on_disk)


@few
@given(rows=bills(least=2), data=st.data())
def test_the_digest_knows_the_rows_and_not_how_they_came(
    template: Path, rows: list[Charge], data: st.DataObject
) -> None:
    """The same rows in another order have one digest; one amount changed, and it is another."""
    turned = data.draw(st.permutations(rows))
    changed = [dict(row) for row in rows]
    changed[0]["BilledCost"] = str(Decimal(changed[0]["BilledCost"]) + 1)
    digests = []
    for version in (rows, turned, changed):
        with workspace(template) as opened:
            bring(opened, saved(opened, version))
            snapshot = opened.snapshot()
            assert snapshot
            digests.append(snapshot.digest)
    assert digests[0] == digests[1] != digests[2]


@few
@given(rows=bills(), part=amounts(), at=st.integers(0, 100))
def test_splitting_a_charge_or_adding_nothing_changes_no_sum(
    template: Path, rows: list[Charge], part: str, at: int
) -> None:
    chosen = rows[at % len(rows)]
    one, other, nothing = dict(chosen), dict(chosen), dict(chosen)
    for name in MONEY:
        whole = chosen[name]
        one[name] = part if whole else ""
        other[name] = str(total([Decimal(whole), -Decimal(part)])) if whole else ""
        nothing[name] = "0" if whole else ""
    rest = [row for index, row in enumerate(rows) if index != at % len(rows)]
    with workspace(template) as opened:
        bring(opened, saved(opened, rows))
        before = answered(opened, "ServiceName", "x_Team", "ResourceId")
        bring(opened, saved(opened, [one, *rest, other, nothing], "split.csv"), mode=Mode.REPLACE)
        assert answered(opened, "ServiceName", "x_Team", "ResourceId") == before
