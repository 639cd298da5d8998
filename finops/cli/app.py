"""The root of the command line: what may be said before a command, and every command there is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup
from typer.main import get_command

from finops.cli import allocating
from finops.cli import auditing
from finops.cli import bench
from finops.cli import business
from finops.cli import closing
from finops.cli import clusters
from finops.cli import demo
from finops.cli import difference
from finops.cli import doctor
from finops.cli import importing
from finops.cli import inventory
from finops.cli import invoicing
from finops.cli import journal
from finops.cli import organization
from finops.cli import query
from finops.cli import rates
from finops.cli import retrospect
from finops.cli import review
from finops.cli import review_out
from finops.cli import review_said
from finops.cli import roi
from finops.cli import rules
from finops.cli import savings
from finops.cli import scenario
from finops.cli import serve
from finops.cli import statement
from finops.cli import target
from finops.cli import unit
from finops.cli import users
from finops.cli import worklist
from finops.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click import Command

    Commands = tuple[tuple[str, Callable[..., None]], ...]
    Groups = tuple[tuple[str, str, Commands], ...]

COMMANDS: Commands = (
    ("init", demo.init),
    ("demo", demo.demo),
    ("import", importing.import_),
    ("query", query.query),
    ("reconcile", invoicing.reconcile),
    ("allocate", allocating.allocate),
    ("close", closing.close),
    ("reopen", closing.reopen),
    ("journal", journal.journal),
    ("explain-number", difference.explain_number),
    ("certificate", closing.certificate),
    ("unit", unit.unit),
    ("serve", serve.serve),
    ("bench", bench.bench),
    ("doctor", doctor.doctor),
)
"""Name and function of each command, in the order in which `finops --help` shows them."""

GROUPS: Groups = (
    (
        "invoices",
        "Invoices: brought in, and what they ask differently explained.",
        (("add", invoicing.add), ("explain", invoicing.explain)),
    ),
    (
        "rates",
        "Rates of exchange, typed or as the European Central Bank gives them.",
        (("add", rates.add),),
    ),
    (
        "commitments",
        "Prepaid commitments: what was bought, used, unused, refunded and is left.",
        (("", invoicing.commitments), ("opening", invoicing.opening)),
    ),
    (
        "clusters",
        "Shared clusters: their namespaces and what is idle.",
        (("", clusters.clusters), ("add", clusters.add)),
    ),
    (
        "metrics",
        "Business metrics: units, revenue, prices and outcomes by product and segment.",
        (("add", business.add_metrics), ("list", business.list_metrics)),
    ),
    (
        "budgets",
        "Budgets of teams, cost centers and products, by fiscal period.",
        (("add", business.add_budgets), ("list", business.list_budgets)),
    ),
    (
        "events",
        "Events that may have moved a cost: deploys, launches, migrations.",
        (("add", business.add_events), ("list", business.list_events)),
    ),
    (
        "inventory",
        "What providers' read-only commands print of resources.",
        (
            ("add", inventory.add),
            ("list", inventory.list_inventory),
            ("commands", inventory.commands),
        ),
    ),
    (
        "worklist",
        "What to change in the cloud, at what it really costs.",
        (("", worklist.worklist), ("set", worklist.set_state)),
    ),
    (
        "savings",
        "Savings: agreed over a frozen baseline, verified on closed months, credited to teams.",
        (
            ("list", savings.list_savings),
            ("show", savings.show_saving),
            ("propose", savings.propose),
            ("agree", savings.agree),
            ("implement", savings.implement),
            ("verify", savings.verify),
            ("reject", savings.reject),
            ("withdraw", savings.withdraw),
            ("fate", savings.fate),
        ),
    ),
    (
        "roi",
        "What the practice saves for what it costs.",
        (("", roi.roi), ("cost", roi.cost), ("target", roi.target)),
    ),
    (
        "rules",
        "Mapping rules: whose a charge is.",
        (("export", rules.export), ("diff", rules.diff), ("publish", rules.publish)),
    ),
    (
        "statement",
        "Statements: what an owner bears of a month, and what the owner says to it.",
        (
            ("show", statement.statement),
            ("accept", statement.accept),
            ("dispute", statement.dispute),
            ("answer", statement.answer),
            ("disputes", statement.disputes),
        ),
    ),
    (
        "review",
        "The review meeting: prepared, held, decided and followed up.",
        (
            ("new", review.new),
            ("agenda", review.agenda),
            ("answer", review_said.answer),
            ("decide", review_said.decide),
            ("act", review_said.act),
            ("close", review.close),
            ("minutes", review.minutes),
            ("outcomes", review.outcomes),
            ("learn", review_said.learn),
            ("take", review_out.take),
            ("digest", review_out.digest),
            ("issues", review_out.issues),
            ("retrospective", retrospect.retrospective),
            ("kit", review_out.kit),
        ),
    ),
    (
        "organization",
        "Teams, people, products, cost centers and accounts.",
        (("publish", organization.publish), ("export", organization.export)),
    ),
    (
        "scenario",
        "What-if scenarios of a product's cost.",
        (
            ("list", scenario.list_scenarios),
            ("compare", scenario.compare_scenarios),
            ("raise", scenario.raise_scenario),
            ("save", scenario.save_scenario),
            ("show", scenario.show_scenario),
        ),
    ),
    (
        "target",
        "What one unit may cost: proposed by product, agreed by engineering.",
        (("list", target.list_targets), ("propose", target.propose), ("agree", target.agree)),
    ),
    (
        "users",
        "People: what each may do, and what each sees.",
        (("list", users.list_users), ("set", users.set_user), ("remove", users.remove)),
    ),
    (
        "scopes",
        "Parts of the cost that only their holders see.",
        (("list", users.list_scopes), ("restrict", users.restrict), ("open", users.open_scope)),
    ),
    (
        "audit",
        "The log of everything that was ever written.",
        (("verify", auditing.verify), ("list", auditing.list_events)),
    ),
)
"""Name and purpose of each group of commands, such as `rates`, and its commands as above.

The command without a name is what the group does by itself; `show`, where it is the first, is meant
where none is named, so that `statement search` is `statement show search`.
"""


class Showing(TyperGroup):
    """A group whose first command is meant where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 -- typer's own click
        """Put the first command before what names none."""
        known = {*self.commands, *ctx.help_option_names}
        if args and not known & {args[0]}:
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)


def root(
    context: typer.Context,
    *,
    workspace: Annotated[
        Path,
        typer.Option(metavar="DIR", envvar="FINOPS_WORKSPACE", help="The organization's data."),
    ] = Path("workspace"),
    person: Annotated[
        str, typer.Option("--as", metavar="PERSON", help="Who does it, in local mode.")
    ] = "local",
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document instead of text for people.")
    ] = False,
) -> None:
    """One reconciled set of cloud costs, reviewed by everyone who must decide about it."""
    context.obj = Session(workspace=workspace, person=person, as_json=as_json)


def build() -> Command:
    """The command line with all its commands."""
    return _built(COMMANDS, GROUPS)


@cache
def _built(commands: Commands, groups: Groups) -> Command:
    """Made once for the same commands: reading all their signatures takes as long as most do."""
    app = typer.Typer(
        callback=root,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for name, command in commands:
        app.command(name)(command)
    for group, purpose, members in groups:
        alone = "" in dict(members)
        part = typer.Typer(
            name=group,
            help=purpose,
            no_args_is_help=not alone,
            invoke_without_command=alone,
            cls=Showing if members[0][0] == "show" else None,
        )
        for name, command in members:
            place = part.command(name) if name else part.callback()
            place(command)
        app.add_typer(part)
    return get_command(app)
