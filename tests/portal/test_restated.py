"""What was said of a closed month stands on one screen, both ways, where there is any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace
from finops.invoicing.restatements import largest
from finops.invoicing.restatements import restatements
from finops.portal import restated
from tests.corpus.workspaces import copied
from tests.corpus.workspaces import template
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

__all__ = ["template"]

PAGE = "inform/reconciliation.py"


def late(template: Path, folder: Path) -> Path:
    """May is closed at 130; later 4 more were used and one charge is 1.5 dearer."""
    workspace = copied(template, folder / "late")
    may = [of(5, "100"), of(5, "30", ResourceId="i-2")]
    deliver(workspace, may)
    close(workspace, "2026-05")
    deliver(workspace, [of(5, "101.5"), may[1], of(5, "4", day=3, ResourceId="i-3")])
    deliver(workspace, [of(6, "500")])
    workspace.close()
    return workspace.root


def test_closed_since_and_now_stand_in_one_sentence(template: Path, tmp_path: Path) -> None:
    workspace = open_workspace(late(template, tmp_path))
    dataset = workspace.dataset()
    found = restatements(dataset, "2026-05")
    told = restated.said_later(found).replace("\u00a0", " ")
    assert told == (
        "**May 2026, restated: 130.00 USD as closed, +5.50 USD since, 135.50 USD now.** "
        "Booked in June 2026: late usage (+4.00 USD) and restated up (+1.50 USD)."
    )
    june = restated.booked_here(restatements(dataset, "2026-06")).replace("\u00a0", " ")
    assert june == "**June 2026 has 3 adjustments of +5.50 USD about May 2026.**"
    assert restated.kinds(found.about, "kind").columns["Kind"] == ["late usage", "restated up"]
    table = restated.charges(largest(dataset, "2026-05", booked=False))
    assert table.columns["Change"] == ["+4.00\u00a0USD", "+1.50\u00a0USD"]
    assert restated.imports(found.listed).columns["Booked in"] == ["June 2026"]
    workspace.close()


def test_it_stands_on_the_page_of_either_month_and_nowhere_else(
    visit: Visit, template: Path, tmp_path: Path, tied: Path
) -> None:
    root = late(template, tmp_path)
    for month, words in (("2026-05", "135.50"), ("2026-06", "about May 2026")):
        at = visit(root, PAGE, period=month)
        assert not at.exception
        assert words in "\n".join(one.value for one in at.markdown)
        assert "as invoiced" in "\n".join(one.value for one in at.caption)
    at = visit(tied, PAGE)
    assert not any("Restate" in one.value for one in at.subheader)
