from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.errors import NotAllowed
from finops.ingestion.inventory import bring_inventory
from finops.ingestion.inventory import inventory_of
from tests.corpus.workspaces import AT

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.kept import Kept

DAY = date(2026, 5, 3)


def bring(fresh: Workspace, folder: Path, state: str, day: date = DAY) -> Kept:
    file = folder / "volumes.json"
    file.write_text(json.dumps({"Volumes": [{"VolumeId": "vol-1", "State": state}]}))
    who = {"actor": local_actor("ann"), "at": AT, "origin": "test"}
    return bring_inventory(fresh, file, day=day, who=who)[0]


def test_what_is_printed_again_takes_the_place_of_the_former(
    fresh: Workspace, tmp_path: Path
) -> None:
    assert bring(fresh, tmp_path, "available").added == 1
    assert bring(fresh, tmp_path, "available").unchanged == 1
    assert bring(fresh, tmp_path, "in-use", date(2026, 5, 4)).replaced == 1
    (known,) = inventory_of(fresh, None)
    assert (known.day, known["attached"], known["nothing"]) == (date(2026, 5, 4), "yes", "")


def test_a_viewer_adds_none(fresh: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "volumes.json"
    file.write_text(json.dumps({"Volumes": [{"VolumeId": "vol-1"}]}))
    who = {"actor": Actor("eve", frozenset({Role.VIEWER})), "at": AT, "origin": "test"}
    with pytest.raises(NotAllowed):
        bring_inventory(fresh, file, day=DAY, who=who)
    assert inventory_of(fresh, None) == ()
