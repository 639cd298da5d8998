"""Issues: an action or a finding as a new issue of a tracker, filled in and not yet sent."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.parse import urlsplit

from finops.errors import ConfigError

if TYPE_CHECKING:
    from finops.operations.actions import Action

MOST = 4000
"""How many characters of text an address carries; trackers refuse longer ones."""


class Tracker(NamedTuple):
    """Where new issues are made, and what its fields are called in an address."""

    path: str
    title: str
    text: str


TRACKERS = {
    "github": Tracker("/issues/new", "title", "body"),
    "gitlab": Tracker("/-/issues/new", "issue[title]", "issue[description]"),
    "jira": Tracker("/secure/CreateIssueDetails!init.jspa", "summary", "description"),
}


def new_issue(tracker: str, action: Action) -> str:
    """The address of a new issue about an action; empty where no tracker is set.

    Raises:
        ConfigError: the tracker is none.
    """
    parts = (
        action.next_step,
        f"Owner: {action.owner}. Due: {action.due}.",
        f"Action {action.key} of the review meeting.",
    )
    return filled(tracker, action.title, "\n\n".join(filter(None, parts)))


def filled(tracker: str, title: str, text: str) -> str:
    """The address of a new issue with its title and text; empty where no tracker is set.

    `tracker` is `github+https://github.com/acme/infra`, or the same of gitlab or jira; what its
    address asks for (`?pid=10000&issuetype=10001` for Jira) is kept.

    Raises:
        ConfigError: it is none.
    """
    if not tracker:
        return ""
    kind, _, address = tracker.partition("+")
    known, parts = TRACKERS.get(kind), urlsplit(address)
    if known is None or parts.scheme not in {"http", "https"} or not parts.netloc:
        message = "`issues` names no tracker that is known."
        raise ConfigError(message, remedy="Write github+https://github.com/acme/infra, say.")
    asked = urlencode({known.title: title[:MOST], known.text: text[:MOST]})
    query = "&".join(filter(None, (parts.query, asked)))
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}{known.path}?{query}"
