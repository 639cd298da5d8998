from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import total
from finops.ingestion.advised import ADVICE
from finops.workloads.findings import findings
from finops.workloads.findings import key_for
from finops.workloads.waste_rules import Action
from tests.workloads.cases import cpu
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import said
from tests.workloads.cases import TODAY
from tests.workloads.cases import WINDOW

HUB = "AWS Cost Optimization Hub"


def test_waste_3_office_hours_save_64_percent_and_19_where_70_are_covered() -> None:
    """Of 100, 70 are covered by a commitment that stays on the bill."""
    hours = meter("boxusage:m7i.large", "720", "30", covered="70", weekend="192", listed="140")
    (found,) = findings(estate(resource(hours, environment="dev")), today=TODAY)
    assert found.gross is not None
    assert found.net is not None
    assert found.listed is not None
    assert (round(found.gross, 1), round(found.net, 1)) == (Decimal("64.3"), Decimal("19.3"))
    assert round(found.listed) == 90


def test_a_providers_advice_on_the_same_action_is_the_same_finding() -> None:
    known = said(ADVICE, name="upgrade", source=HUB, saving="0.64", currency="USD")
    (found,) = findings(estate(resource(meter("ebs:volumeusage.gp2"), said=known)), today=TODAY)
    assert (found.rule, found.gross) == ("aws-gp2", Decimal(6))
    assert found.also == (f"{HUB}: upgrade",)


def test_advice_alone_is_told_as_advice_and_never_saves_more_than_the_cost() -> None:
    known = said(ADVICE, name="resize", source=HUB, saving="99", currency="USD")
    (found,) = findings(estate(resource(meter("boxusage:m7i.large"), said=known)), today=TODAY)
    assert (found.proof, found.gross) == ("advised by the provider", Decimal(30))


def test_advice_in_another_currency_is_not_priced() -> None:
    known = said(ADVICE, name="resize", source=HUB, saving="99", currency="EUR")
    (found,) = findings(estate(resource(meter("boxusage:m7i.large"), said=known)), today=TODAY)
    assert found.gross is None


def test_without_an_inventory_a_disk_is_never_called_unattached() -> None:
    for known in ({}, said("disk", attached=False, ago=8)):
        disk = resource(meter("ebs:volumeusage.gp3"), said=known)
        assert findings(estate(disk), today=TODAY) == ()


def test_what_is_gone_is_not_to_be_done() -> None:
    disk = resource(meter("ebs:volumeusage.gp2"), last=WINDOW.end - timedelta(days=6))
    assert findings(estate(disk), today=TODAY) == ()


def test_actions_on_one_resource_stack_on_what_the_former_leaves() -> None:
    hours = meter("boxusage:m4.large", "720", "100", weekend="192")
    machine = resource(hours, environment="dev", said=cpu("12", "30"))
    found = {one.action: one.gross for one in findings(estate(machine), today=TODAY)}
    assert list(found) == [Action.SCHEDULE, Action.RESIZE, Action.UPGRADE]
    assert [round(one, 2) for one in found.values() if one] == [
        Decimal("64.29"),
        Decimal("17.86"),
        Decimal("0.89"),
    ]


def test_a_machine_that_is_to_be_stopped_is_not_to_be_resized_too() -> None:
    machine = resource(
        meter("boxusage:m4.large", weekend="192"), environment="dev", said=cpu("1", "2")
    )
    assert [one.action for one in findings(estate(machine), today=TODAY)] == [Action.STOP]


def test_a_finding_keeps_its_name() -> None:
    arn = "arn:aws:ec2:eu-west-1:1:volume/vol-0ab12345"
    assert key_for(arn, Action.DELETE) == key_for("vol-0ab12345", Action.DELETE)
    assert key_for(arn, Action.DELETE) != key_for(arn, Action.STOP)


@given(
    cost=st.decimals("0.01", "9999", places=2),
    covered=st.decimals("0", "9999", places=2),
    rested=st.decimals("0", "720", places=1),
    mean=st.integers(0, 60),
)
def test_all_that_is_saved_on_a_resource_is_at_most_its_cost(
    cost: Decimal, covered: Decimal, rested: Decimal, mean: int
) -> None:
    used = meter("boxusage:m4.large", "720", str(cost), covered=str(covered), weekend=str(rested))
    machine = resource(used, environment="dev", said=cpu(str(mean), str(mean + 15)))
    found = findings(estate(machine), today=TODAY)
    gross = total(one.gross for one in found if one.gross is not None)
    net = total(one.net for one in found if one.net is not None)
    assert net <= gross <= cost + covered
    assert net <= cost
