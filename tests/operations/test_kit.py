"""The first-meeting kit: five minutes each, and every word of the catalogue."""

from __future__ import annotations

import re

from finops.measures.catalogue import MEASURES
from finops.operations.kit import html
from finops.operations.kit import markdown
from finops.operations.kit import PARTS


def test_each_persona_has_five_minutes_of_it() -> None:
    for one in PARTS:
        told = [re.match(r"(\d) minutes?[,:]", line) for line in one.minutes]
        assert sum(int(found[1]) for found in told if found) == 5, one.persona


def test_it_says_what_every_measure_means_and_reads_as_a_page() -> None:
    text = markdown()
    assert all(f"- **{one.title}**: " in text for one in MEASURES)
    assert html().count("<h2>") == len(PARTS) + 2
    assert "<script" not in html()
