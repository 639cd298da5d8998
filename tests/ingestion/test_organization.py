"""An organization comes in by file, and every charge finds its place without being rewritten."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.errors import InputError
from finops.ingestion.organization import publish_organization
from finops.ingestion.organization import read
from finops.measures import ask
from finops.measures import Query
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import brought

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.organization import Published

ORGANIZATION = """
name: Example
reporting_currency: USD
teams:
  - {id: search, name: Search}
  - {id: ml, name: Machine learning}
dimensions:
  x_Team: {tags: [team], values: {finders: search}}
"""


def publish(workspace: Workspace, path: Path, text: str) -> Published:
    path.write_text(text)
    return publish_organization(
        workspace.store,
        actor=local_actor(),
        at=AT,
        origin="test",
        root=workspace.root,
        organization=read(path),
    )


def by_team(workspace: Workspace, as_of: str | None = None) -> dict[object, Decimal]:
    dataset = workspace.dataset(as_of=as_of)
    answer = ask(dataset, Query(measures=("EffectiveCost",), by=("x_Team",)))
    return {row[0]: Decimal(str(row[-1])) for row in answer.rows if row[-1]}


def test_charges_find_their_place_in_a_new_snapshot_and_stay_as_they_are(
    fresh: Workspace, tmp_path: Path
) -> None:
    bill = [charge("1", Tags='{"team": "finders"}'), charge("2", Tags='{"team": "ML"}')]
    (tmp_path / "bill.csv").write_bytes(as_csv(bill))
    brought(fresh, tmp_path / "bill.csv")
    before = fresh.snapshot()
    assert before
    done = publish(fresh, tmp_path / "organization.yaml", ORGANIZATION)
    after = fresh.snapshot()
    assert after
    assert done.snapshot == after.id
    assert by_team(fresh) == {"search": 1, "ml": 2}
    assert [part.path for part in after.parts] == [part.path for part in before.parts]
    assert after.charges_version == before.charges_version
    assert by_team(fresh, before.id) == {"finders": 1, "ML": 2}


def test_before_any_bill_there_is_an_organization_and_no_snapshot(
    fresh: Workspace, tmp_path: Path
) -> None:
    done = publish(fresh, tmp_path / "organization.yaml", ORGANIZATION)
    assert (done.snapshot, fresh.snapshot()) == ("", None)
    assert fresh.organization().name == "Example"


def test_the_same_organization_has_the_same_hash(fresh: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "organization.yaml"
    first, again = (publish(fresh, path, ORGANIZATION) for _ in range(2))
    other = publish(fresh, path, ORGANIZATION.replace("Example", "Another"))
    assert first.content_hash == again.content_hash != other.content_hash


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name: [", "cannot be read as YAML"),
        (b"\xff\xfe", "cannot be read as YAML"),
        (b"- a list", "holds no organization"),
    ],
)
def test_a_file_that_is_no_organization_is_said(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_bytes(content)
    with pytest.raises(InputError, match=said):
        read(tmp_path / "o.yaml")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "nowhere.yaml")
