"""`finops target`: proposed by product, agreed by engineering."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops

TERMS = ("shop", "0.25", "--from", "2026-09")
COMPANY = """
products: [{id: shop, name: Shop, owner: mei}]
teams: [{id: web, name: Web, lead: amara, product: shop}]
people: [{id: mei, name: Mei Tanaka}, {id: amara, name: Amara Okafor}]
"""


def test_it_is_proposed_and_agreed_by_two(selling: Finops) -> None:
    assert "No target is proposed yet" in selling("target", "list").out
    proposed = selling("--as", "mei", "target", "propose", *TERMS)
    assert "engineering has to agree" in " ".join(proposed.out.split())
    refused = selling("--as", "mei", "target", "agree", *TERMS)
    assert refused.code == 2
    assert "somebody other than who proposed it" in refused.err
    agreed = selling("--as", "amara", "target", "agree", *TERMS, "--json").document
    assert (agreed["agreed"], agreed["target"], agreed["from"]) == (True, "0.25", "2026-09")
    (listed,) = selling("target", "list", "--json").document["targets"]
    assert (listed["proposed_by"], listed["agreed_by"]) == ("mei", "amara")


def test_only_those_who_speak_for_a_side_may_bind_it(selling: Finops, tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY)
    assert selling("organization", "publish", str(tmp_path / "company.yaml")).code == 0
    refused = selling("--as", "Amara Okafor", "target", "propose", *TERMS)
    assert refused.code == 2
    assert "does not speak for product of shop. Those who do: Mei Tanaka." in refused.err
    assert selling("--as", "Mei Tanaka", "target", "propose", *TERMS).code == 0
    refused = selling("--as", "ada", "target", "agree", *TERMS)
    assert "does not speak for engineering of shop. Those who do: Amara Okafor." in refused.err
    assert selling("--as", "amara", "target", "agree", *TERMS).code == 0


def test_an_amount_that_is_none_is_refused(selling: Finops) -> None:
    assert selling("target", "propose", "shop", "cheap").code == 2
    assert selling("target", "propose", "shop", "0").code == 2
