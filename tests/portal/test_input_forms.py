"""Ways in which records come in: each has a template that comes in by that way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.ingestion.budgets import BUDGETS
from finops.ingestion.events import EVENTS
from finops.ingestion.metrics import METRICS
from finops.portal import input_forms

if TYPE_CHECKING:
    from pathlib import Path

WHO = {"actor": local_actor(), "at": clock.now(), "origin": "page"}


@pytest.mark.parametrize("name", ["metrics", "budgets", "events", "rates"])
def test_a_template_comes_in_and_says_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(tmp_path).close()
    monkeypatch.setenv("FINOPS_WORKSPACE", str(tmp_path))
    known = {subject.name: subject for subject in (METRICS, BUDGETS, EVENTS)}
    way = input_forms.way_of(known[name]) if name in known else input_forms.way_of_rates()
    file = tmp_path / "template.csv"
    file.write_text(way.file.template())
    said = [way.keep(way.read(file), file.name, dict(WHO)) for _ in range(2)]
    if name == "rates":
        assert said[0] == "template.csv: 1 rate is in."
        return
    assert said == [
        "template.csv: 1 added, 0 replaced, 0 unchanged.",
        "template.csv: nothing new, 1 row is there already.",
    ]
