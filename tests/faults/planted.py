"""What is planted of restricted teams: charges, units, and all that is said of a team in a meeting.

Each name that belongs to a team carries its word: of the team, its service, its resource, its
account, its product, and of whatever was said of it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace
from finops.cli.outcome import run
from finops.operations.actions import act
from finops.operations.actions import Action
from finops.operations.agenda import keep_pack
from finops.operations.agenda import Pack
from finops.operations.agenda import Prepared
from finops.operations.commentary import Commentary
from finops.operations.comments import Comment
from finops.operations.comments import comment
from finops.operations.decisions import decide
from finops.operations.decisions import Decision
from finops.operations.decisions import Frozen
from finops.operations.entries import log_of
from finops.operations.material import Item
from finops.operations.outcomes import Outcome
from finops.operations.outcomes import Result
from finops.operations.outcomes import score
from finops.operations.review import meeting_of
from finops.operations.review import raise_item
from finops.operations.review import Raised
from finops.savings.saving import Kind
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.workloads.progress import State
from finops.workloads.progress import Step
from finops.workloads.progress import take
from tests.operations.room import by
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

EC2 = "arn:aws:ec2:eu-west-1:1"
ZEBRA, QUILL = "zebrafinch", "quillback"
WORDS = (ZEBRA, QUILL)


def rows(month: str, factor: int = 1) -> list[dict[str, str]]:
    """A month of four teams, two of which are nobody's business."""
    empty = dict.fromkeys(("ResourceName", "SkuMeter"), "")
    found = [row | empty for row in bills.charges(month, factor=factor)]
    disks = [row for row in found if row["ServiceName"] == "Disks"]
    for word, number in ((ZEBRA, "7.77"), (QUILL, "5.55")):
        money = dict.fromkeys(("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"), number)
        named = {
            name: f"{word}-{name}"
            for name in (
                *("ServiceName", "SubAccountName", "SubAccountId", "ResourceId", "ResourceName"),
                *("RegionName", "ChargeDescription"),
            )
            if name in disks[0]
        }
        tags = json.dumps({"team": word, "product": f"{word}-product"})
        found += [row | money | named | {"Tags": tags} for row in disks]
        volume = {"ResourceId": f"{EC2}:volume/vol-{word}", "ResourceName": f"vol-{word}"}
        volume |= {"SkuMeter": "EBS:VolumeUsage.gp2", "ServiceName": f"{word}-volumes"}
        volume |= {"ProviderName": "AWS"}
        found += [row | money | named | volume | {"Tags": tags} for row in disks]
    return found


def said(root: Path) -> None:
    """What was written of the teams: budgets, events, units, and a meeting with all that it has."""
    budgets, events = root.parent / "budgets.csv", root.parent / "events.csv"
    metrics = root.parent / "metrics.csv"
    lines = [f"FY26-P10,x_Team={word},100,USD" for word in WORDS]
    budgets.write_text("\n".join(["fiscal_period,scope,amount,currency", *lines, ""]))
    lines = [f"2026-10-05,{word},{word}-svc,deploy,{word} was moved,," for word in WORDS]
    events.write_text("\n".join(["date,team,service,kind,text,link", *[x[:-1] for x in lines], ""]))
    run(["--workspace", str(root), "budgets", "add", str(budgets)])
    assert run(["--workspace", str(root), "events", "add", str(events)]) == 0
    days = [f"2026-09-{day:02}" for day in range(1, 31)]
    days += [f"2026-10-{day:02}" for day in range(1, 32)]
    lines = [
        f"{day},{w}-product,{w} segment,{told}"
        for day in days
        for w in WORDS
        for told in ("orders,100,units,", "orders,1,revenue,USD")
    ]
    head = "date,product,segment,unit,amount,kind,currency"
    metrics.write_text("\n".join([head, *lines, ""]))
    assert run(["--workspace", str(root), "metrics", "add", str(metrics)]) == 0
    assert run(["--workspace", str(root), "review", "new", "--day", "2026-11-20"]) == 0
    workspace = open_workspace(root)
    talked_about(workspace)
    worked_on(workspace)
    workspace.close()


def talked_about(workspace: Workspace) -> None:
    """A meeting that asks, raises, decides, agrees, measures and says something of each team."""
    held, store = meeting_of(log_of(workspace)).key, workspace.store
    log = log_of(workspace)
    requests, items = [], []
    for word in WORDS:
        team = f"x_Team={word}"
        items.append(Item(source="budgets", title=f"{word} moved", scope=team, default=True))
        requests.append(
            Commentary(
                meeting=held, team=word, month="2026-10", due=date(2026, 11, 18), causes=word,
                change=Decimal("8.88"), start=Decimal(1), currency="USD",
            )
        )  # fmt: skip
        raise_item(store, **by(), entry=Raised(meeting=held, title=f"{word} raised", scope=team))
        found = Decision(
            meeting=held, question=f"{word}?", choice=f"{word} choice", owner=word, scope=team,
            team=word, expected=Decimal(-1),
        )  # fmt: skip
        kept = decide(store, **by(), entry=found)
        action = Action(
            meeting=held, title=f"{word} action", owner=word, due=date(2026, 11, 1),
            decision=kept.key,
        )  # fmt: skip
        act(store, **by(), entry=action)
        comment(store, **by(), entry=Comment(meeting=held, text=f"{word} said", about=kept.key))
        measured = Frozen(month="2026-10", amount=Decimal(1), currency="USD", snapshot="s")
        turned = Outcome(
            key=kept.key, meeting=held, result=Result.HIT, expected=Decimal(-1), effect=Decimal(-1),
            measured=measured, why=f"{word} why",
        )  # fmt: skip
        score(store, **by(), entry=turned)
    pack = log.find(Pack, held)
    assert pack is not None
    prepared = Prepared(
        pack=pack.model_copy(update={"items": (*pack.items, *items)}), requests=tuple(requests)
    )
    keep_pack(store, **by(), prepared=prepared)


def worked_on(workspace: Workspace) -> None:
    """Something that is done for each team, and a saving that is proposed for it."""
    day, store = date(2026, 11, 1), workspace.store
    for word in WORDS:
        step = Step(
            key=f"{word}-key", state=State.ASSIGNED, day=day, team=word, rule="aws-gp2",
            title=f"{word} finding", resource=f"{word}-gone", owner=word, reason=f"{word} reason",
        )  # fmt: skip
        for state in (State.ASSIGNED, State.APPROVED, State.DONE):
            take(store, **by(), step=replace(step, state=state))
        saving = Proposal(
            title=f"{word} saving", kind=Kind.ELIMINATE, scope=f"x_Team={word}", team=word, day=day,
            expected=Decimal(1),
        )  # fmt: skip
        propose(store, **by(), said=saving)
