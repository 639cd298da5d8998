"""Mapping rules as a practitioner uses them: suggested, previewed, published, and colliding."""

from __future__ import annotations

import shutil
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.allocation.published import newest_version
from finops.allocation.published import publish_rules
from finops.core.mapping import RuleSet

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

RULES = "operate/rules.py"
ACCOUNT = {"id": "account", "when": {"sub_account": "project-1"}, "then": {"x_Team": "search"}}


@pytest.fixture
def own(three_months: Path, tmp_path: Path) -> Path:
    return shutil.copytree(three_months, tmp_path / "own")


def publish(folder: Path, *rules: dict[str, Any], author: str = "ben") -> None:
    """Publish rules from elsewhere."""
    workspace = open_workspace(folder)
    publish_rules(
        workspace.store,
        actor=local_actor(author),
        at=clock.now(),
        origin="cli",
        root=workspace.root,
        rules=RuleSet.from_mapping({"rules": list(rules)}),
        base=newest_version(workspace).number,
        reason="from elsewhere",
    )
    workspace.close()


def click(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def frame(at: AppTest, column: str) -> Any:  # noqa: ANN401 -- a frame, as the page draws it
    return next(one.value for one in at.dataframe if column in one.value)


def new_rule(at: AppTest, team: str) -> AppTest:
    """Type a rule that gives the whole account to a team, and keep it in the draft."""
    at.text_input(key="rule-id-").set_value("account")
    at.text_input(key="rule-x_Team-").set_value(team)
    at.selectbox(key="rule-source--0").set_value("sub_account")
    at.text_input(key="rule-values--0").set_value("project-1")
    return click(at, "Keep in the draft")


def test_without_rules_the_page_says_what_holds(visit: Visit, own: Path) -> None:
    at = visit(own, RULES)
    told = " ".join(one.value for one in at.markdown)
    assert "No mapping rule is published" in told
    assert "has no owner" in told
    assert "Disks" in list(frame(at, "Unowned since")["Service"])


def test_a_rule_is_typed_previewed_and_published_with_a_reason(visit: Visit, own: Path) -> None:
    at = new_rule(visit(own, RULES), "search")
    told = " ".join(one.value for one in at.markdown)
    assert "account added" in told
    assert "Gains and losses add up to **0" in told
    moved = frame(at, "From")
    assert {"ml", "UNALLOCATED"} == set(moved["From"])
    assert set(moved["To"]) == {"search"}
    reason = next(field for field in at.text_input if field.label == "Why these rules change")
    reason.set_value("agreed in November")
    click(at, "Publish")
    assert "Version 1 holds" in at.success[0].value
    assert list(frame(at, "When")["Rule"]) == ["account"]
    assert at.markdown[0].value.startswith("## **1 mapping rule holds**. **")
    workspace = open_workspace(own)
    assert newest_version(workspace).reason == "agreed in November"
    workspace.close()


def test_a_suggestion_goes_into_the_draft_by_one_click(visit: Visit, own: Path) -> None:
    publish(own, {"id": "one", "when": {"tag:team": "ml"}, "then": {"x_Team": "search"}})
    at = visit(own, RULES)
    (told,) = frame(at, "Suggested")["Suggested"]
    assert told == "Team search"
    offered = next(one for one in at.selectbox if one.label == "Suggested rule")
    assert "search has 100 % of what is owned in this account" in offered.options[0]
    click(at, "Put it into the draft")
    assert any("account-project-1 added" in m.value.replace("\\", "") for m in at.markdown)


def test_rules_are_moved_and_taken_out(visit: Visit, own: Path) -> None:
    publish(own, ACCOUNT, ACCOUNT | {"id": "other"})
    at = visit(own, RULES)
    assert list(frame(at, "When")["Look again"]) == ["", "shadowed (account)"]
    at.selectbox(key="rule-chosen").set_value("other").run()
    click(at, "Move up")
    assert any("moved from place 2 to 1" in one.value for one in at.markdown)
    click(at, "Take out")
    assert any("other removed" in one.value for one in at.markdown)
    click(at, "Give up the draft")
    assert not any("other removed" in one.value for one in at.markdown)


def test_who_is_second_sees_both_texts_and_keeps_his_own(visit: Visit, own: Path) -> None:
    at = new_rule(visit(own, RULES), "search")
    publish(own, ACCOUNT | {"then": {"x_Team": "ml"}})
    at.run()
    assert "ben has published version 1 since you read version 0" in at.warning[0].value
    both = frame(at, "Yours")
    assert list(both["Rule"]) == ["account"]
    assert "Team ml" in both["Theirs"][0]
    assert "Team search" in both["Yours"][0]
    click(at, "Put my changes on version 1")
    assert not at.warning
    assert any("account changed from" in one.value for one in at.markdown)
    reason = next(field for field in at.text_input if field.label == "Why these rules change")
    reason.set_value("ours after all")
    click(at, "Publish")
    workspace = open_workspace(own)
    assert newest_version(workspace).number == 2
    assert newest_version(workspace).rules.rules[0].then == (("x_Team", "search"),)
    workspace.close()


def test_a_slip_is_said_and_nothing_is_kept(visit: Visit, own: Path) -> None:
    at = visit(own, RULES)
    at.selectbox(key="rule-source--0").set_value("sub_account")
    at.text_input(key="rule-values--0").set_value("project-1")
    click(at, "Keep in the draft")
    assert "id" in at.error[0].value
