from __future__ import annotations

from urllib.parse import parse_qs
from urllib.parse import urlsplit

import pytest

from finops.errors import ConfigError
from finops.operations.issues import new_issue
from tests.operations.hostile import TEXTS
from tests.operations.room import action


@pytest.mark.parametrize(
    ("tracker", "path", "field"),
    [
        ("github+https://github.com/acme/infra", "/acme/infra/issues/new", "title"),
        ("gitlab+https://git.acme.example/a/b/", "/a/b/-/issues/new", "issue[title]"),
        (
            "jira+https://acme.atlassian.net?pid=1",
            "/secure/CreateIssueDetails!init.jspa",
            "summary",
        ),
    ],
)
def test_an_action_fills_in_a_new_issue_whatever_its_text(
    tracker: str, path: str, field: str
) -> None:
    for text in TEXTS:
        parts = urlsplit(new_issue(tracker, action(title=text, next_step=text)))
        assert parts.scheme == "https"
        assert parts.path == path
        asked = parse_qs(parts.query)
        assert asked[field] == [text[:4000]]
        assert ("pid" in asked) == tracker.startswith("jira")


def test_no_tracker_gives_no_link_and_an_unknown_one_is_refused() -> None:
    assert new_issue("", action()) == ""
    for wrong in ("https://github.com/a/b", "github+javascript:alert(1)", "trac+https://a.example"):
        with pytest.raises(ConfigError, match="no tracker"):
            new_issue(wrong, action())
