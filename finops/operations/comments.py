"""Comments: what somebody says about a figure, an item or a decision, and whom it is said to."""

from __future__ import annotations

import re
from typing import ClassVar
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.scope import require_whole
from finops.operations.entries import Entry
from finops.operations.entries import put
from finops.operations.review import need

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

    from finops.access.command import Transaction
    from finops.operations.entries import Kept
    from finops.operations.entries import Log

_MENTION = re.compile(r"(?<!\w)@(\w+(?:[.\-]\w+)*)", re.UNICODE)


class Comment(Entry):
    """A comment; `about` is the key of what was written, or else the page and view name a figure.

    `mentions` are the names of those whom it is said to.
    """

    kind: ClassVar[str] = "comment"
    letter: ClassVar[str] = "T"
    after_minutes: ClassVar[bool] = True

    text: str
    about: str = ""
    page: str = ""
    view: str = ""
    scope: str = ""
    figure: str = ""
    snapshot: str = ""
    mentions: tuple[str, ...] = ()


def _about(entry: Comment) -> str:
    return entry.scope


@command("review.comment", permission=Permission.REVIEW, within=_about)
def comment(transaction: Transaction, *, entry: Comment) -> Kept:
    """Say something about a figure, an item or a decision."""
    need(entry.text, "What do you want to say?")
    if entry.key:
        require_whole(transaction.actor, "What was said before")
    return put(transaction, entry)


def mentioned(text: str, people: Iterable[str]) -> tuple[str, ...]:
    """The people whom a text names by `@Ines` or `@Ines.Moreau`, in the order of `people`.

    A first name that two people have names both.
    """
    words = {word.casefold() for word in _MENTION.findall(text)}
    return tuple(one for one in people if words & _handles(one))


def said_about(log: Log, key: str) -> tuple[Comment, ...]:
    """The comments about one entry, in their order."""
    return tuple(one for one in log.of(Comment) if one.about == key)


def waiting_for(log: Log, me: Collection[str], meeting: str) -> tuple[Comment, ...]:
    """What was said to somebody about a meeting, and not yet answered where it was said."""
    every = log.of(Comment, meeting)
    return tuple(
        one
        for place, one in enumerate(every)
        if one.by not in me
        and any(name in me for name in one.mentions)
        and not any(later.by in me and _place(later) == _place(one) for later in every[place:])
    )


def _place(one: Comment) -> tuple[str, str, str]:
    """What a comment stands beside."""
    return (one.about, one.page, one.view)


def _handles(name: str) -> set[str]:
    """What a person is mentioned by: the first name, or all of it with points."""
    folded = name.casefold()
    return {folded.split()[0], ".".join(folded.split())} if folded.strip() else set()
