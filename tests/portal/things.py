"""A small worklist to draw."""

from __future__ import annotations

from decimal import Decimal

from finops.portal.works import Work
from finops.workloads.findings import findings
from finops.workloads.progress import Progress
from finops.workloads.progress import State
from finops.workloads.unlocks import unlocks
from finops.workloads.worklist import Worklist
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import TODAY
from tests.workloads.cases import WINDOW


def told() -> Worklist:
    """A gp2 disk, an idle address of another team, and a magnetic disk of no known saving."""
    here = estate(
        resource(meter("ebs:volumeusage.gp2", cost="50")),
        resource(meter("publicipv4:idleaddress", cost="3.6"), id="eipalloc-0ab12345", team="ml"),
        resource(meter("magnetic provisioned storage"), id="vol-0ab12346"),
    )
    return Worklist(
        snapshot="1-ab",
        window=WINDOW,
        currency="USD",
        cost=Decimal("83.6"),
        resources=3,
        findings=findings(here, today=TODAY),
        unlocks=unlocks(here, today=TODAY),
        costs=(("ml", Decimal("3.6")), ("search", Decimal(80))),
    )


def works() -> list[Work]:
    """The same, of which nobody has said anything yet."""
    return [Work(one, Progress(key=one.key, state=State.OPEN)) for one in told().findings]
