from __future__ import annotations

from finops.savings.found import KINDS
from finops.savings.found import proposal_of
from finops.savings.saving import Kind
from finops.workloads.findings import findings
from finops.workloads.waste_rules import Action
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import TODAY


def test_a_finding_says_all_that_a_proposal_needs() -> None:
    (finding,) = findings(estate(resource(meter("ebs:volumeusage.gp2"))), today=TODAY)
    told = proposal_of(finding, "USD", day=TODAY)
    assert told.scope == f"ResourceId={finding.resource.id}"
    assert (told.kind, told.team) == (Kind.MODERNIZE, finding.resource.team)
    assert (told.finding, told.day) == (finding.key, TODAY)
    assert told.expected == round(finding.net or 0, 2)
    assert told.expected > 0


def test_every_action_is_a_kind_of_saving_and_stacks_alike() -> None:
    assert set(KINDS) == set(Action)
    ranks = [KINDS[one].rank for one in Action if one is not Action.OTHER]
    assert ranks == sorted(ranks)
