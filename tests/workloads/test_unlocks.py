from __future__ import annotations

from decimal import Decimal

from finops.workloads.unlocks import command_for
from finops.workloads.unlocks import unlocks
from finops.workloads.waste_rules import rules
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import said
from tests.workloads.cases import TODAY


def test_what_nobody_has_looked_at_is_sized_with_the_command_that_tells() -> None:
    disk = resource(meter("ebs:volumeusage.gp3", cost="12"))
    (told,) = unlocks(estate(disk), today=TODAY)
    assert (told.command, told.resources) == ("aws ec2 describe-volumes --output json", 1)
    assert told.cost == Decimal(12)


def test_what_was_looked_at_this_week_asks_for_nothing() -> None:
    disk = resource(meter("ebs:volumeusage.gp3"), said=said("disk", attached=True))
    assert unlocks(estate(disk), today=TODAY) == ()


def test_every_rule_that_needs_more_has_a_way_to_it() -> None:
    for rule in rules():
        if rule.needs:
            assert ("csv" in command_for(rule)) == (rule.needs == "cpu")
