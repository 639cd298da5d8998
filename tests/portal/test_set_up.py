"""What the settings of a workspace say to its portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.errors import ConfigError
from finops.invoicing.posting import Accounts
from finops.portal import set_up
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path


def test_what_the_file_says_is_what_the_portal_goes_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bills.nothing(tmp_path)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(folder))
    assert set_up.accounts() == Accounts()
    assert set_up.notified() == ()
    (folder / "finops.toml").write_text(
        'notify = ["json://chat.example.com"]\nstatement_quiet_days = 9\n'
        "close_second_approver = true\n"
    )
    assert set_up.notified() == ("json://chat.example.com",)
    assert not set_up.notified_within()
    assert set_up.owners_terms().quiet_days == 9
    assert set_up.terms().second
    assert set_up.tracker() == ""


def test_a_portal_that_was_started_on_no_workspace_says_how_to_start_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FINOPS_WORKSPACE", raising=False)
    with pytest.raises(ConfigError, match="No workspace"):
        set_up.settings()
