"""Data: is what the figures stand on complete and fresh, and what was left out of it."""

from __future__ import annotations

import streamlit as st

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import desk
from finops.portal import forms
from finops.portal import health
from finops.portal import import_tables
from finops.portal import reconciled
from finops.portal import tables
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Data",
    icon=":material/database:",
    persona=Persona.PRACTITIONER,
    question="Is the data complete and fresh?",
    needs=Permission.READ_COST,
)


@page.says
def answer(dataset: Dataset) -> str:
    """Whether the data is complete and fresh; what is not, by name."""
    return health.sentence(health.freshness(dataset), desk.imports(), desk.today())


@page.view("Freshness", asks="To which day is each provider's bill in?")
def freshness(dataset: Dataset) -> None:
    """How far each issuer's charges reach, and the days without any."""
    when = {report.import_id: report.at for report in desk.imports()}
    tables.draw(import_tables.freshness(health.freshness(dataset), when, desk.today()))


@page.view("Bring in a file", asks="How does a bill get in?", data=False)
def bring_in(_: Dataset | None) -> None:
    """Upload files and import them, all or none."""
    forms.upload()


@page.view("Imports", asks="What came in, when, and what did it add up to?", data=False)
def imports(_: Dataset | None) -> None:
    """Every import with its sums, the newest first."""
    table = import_tables.imports(desk.imports(), health.issuers(desk.snapshot()))
    tables.draw_or_say(table, "Nothing has been imported yet.")


@page.view("Rejected rows", asks="Which rows did not hold, and what do they amount to?", data=False)
def rejected(_: Dataset | None) -> None:
    """The rows that an import refused or left out, with the place and the reason of each."""
    reports = [report for report in desk.imports() if report.rejected_rows]
    if not reports:
        st.markdown("No row was ever rejected.")
        return
    chosen = st.selectbox("Import", reports, format_func=import_tables.name, key="rejected-import")
    st.markdown(health.left_out((chosen,)))
    tables.draw(import_tables.rejected(chosen.rejected_rows))


@page.view("Data quality", asks="What is odd in rows that were taken?")
def quality(dataset: Dataset) -> None:
    """Findings that keep no row out, charges that came twice, and days without a rate."""
    reconciled.splits(dataset)
    health.draw_rates(dataset)
    tables.draw_or_say(import_tables.findings(desk.imports()), "No row is odd.")


@page.view("Absent columns", asks="Which FOCUS columns do the files lack?")
def absent(_: Dataset) -> None:
    """Columns that no figure can be grouped by, because the files do not have them."""
    tables.draw_or_say(import_tables.absent(desk.imports()), "No column of FOCUS is absent.")


if __name__ == "__main__":
    page.run()
