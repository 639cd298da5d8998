from __future__ import annotations

from decimal import Decimal

from finops.workloads.findings import findings
from finops.workloads.shares import gp3_from_gp2
from finops.workloads.shares import gp3_from_io
from finops.workloads.shares import own_gp3
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import TODAY


def test_waste_1_gp2_to_gp3_saves_ten_or_five_with_its_throughput_kept() -> None:
    """500 GB at 0.10 are 50; gp3 at 0.08 is 40, and 5 more keep the throughput."""
    saved = gp3_from_gp2(Decimal(500), Decimal("0.10"), Decimal("0.08"))
    assert saved == (Decimal(10), Decimal(5))


def test_waste_2_io1_at_207_50_costs_8_as_gp3() -> None:
    """100 GB at 0.125 and 3,000 IOPS at 0.065 against 100 GB at 0.08."""
    was = Decimal(100) * Decimal("0.125") + Decimal(3000) * Decimal("0.065")
    assert was == Decimal("207.50")
    assert gp3_from_io(Decimal(100), Decimal(3000), Decimal("0.08")) == Decimal(8)


def test_the_own_price_of_gp3_counts_and_not_the_percentage_of_others() -> None:
    newer = resource(meter("ebs:volumeusage.gp3", "100", "9"), id="vol-0ab12346")
    older = resource(meter("ebs:volumeusage.gp2", "500", "50"))
    assert own_gp3((newer, older)) == {"eu-west-1": Decimal("0.09")}
    (found,) = findings(estate(newer, older), today=TODAY)
    assert found.gross == Decimal(5)
    (alone,) = findings(estate(older), today=TODAY)
    assert alone.gross == Decimal(10)
    assert "price list" in alone.basis


def test_a_disk_with_iops_is_priced_as_gp3() -> None:
    newer = resource(meter("ebs:volumeusage.gp3", "100", "8"), id="vol-0ab12346")
    meters = (
        meter("ebs:volumeusage.io1", "100", "12.5"),
        meter("ebs:volumep-iops.piops", "3000", "195"),
    )
    (found,) = findings(estate(newer, resource(*meters)), today=TODAY)
    assert (found.cost, found.gross) == (Decimal("207.5"), Decimal("199.5"))


def test_what_the_bill_cannot_say_is_unknown_and_not_nothing() -> None:
    (found,) = findings(estate(resource(meter("magnetic provisioned storage"))), today=TODAY)
    assert (found.gross, found.net, found.confidence) == (None, None, "low")
