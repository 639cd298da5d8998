"""Access & audit: is the log of everything that was written whole, and who may do what."""

from __future__ import annotations

from finops.access import trail
from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import access_views
from finops.portal import audit_views
from finops.portal import desk
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Access & audit",
    icon=":material/policy:",
    persona=Persona.PRACTITIONER,
    question="Who did what, who may, and is the log of it whole?",
    needs=Permission.READ_AUDIT,
)


@page.says
def answer(_: Dataset) -> str:
    """Whether the log is whole, up to which day, and its head."""
    return audit_views.sentence(trail.verify(desk.workspace().store, desk.actor()))


@page.part("People", asks="Who may come in, do what, and see which part?", data=False)
def people(_: Dataset | None) -> None:
    """Everybody, and a form for whoever manages access."""
    access_views.people()


@page.part("Sessions", asks="Who is signed in now, and since when?", data=False)
def sessions(_: Dataset | None) -> None:
    """Each session that lasts, and how to end one."""
    access_views.sessions()


@page.view("Proof", asks="Is every event there as it was written?", data=False)
def proof(_: Dataset | None) -> None:
    """What was looked at, and each event that breaks."""
    audit_views.proof()


@page.view("Events", asks="Who did what, when and from where, and what did it change?", data=False)
def events(_: Dataset | None) -> None:
    """The events that are looked for, and one of them in full."""
    audit_views.events()


@page.view("Who may do what", asks="Which role may give which command?", data=False)
def matrix(_: Dataset | None) -> None:
    """Roles and commands."""
    audit_views.matrix()


if __name__ == "__main__":
    page.run()
