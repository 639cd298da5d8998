"""The menu: every page, in the order a meeting walks them; Streamlit's main script."""

from __future__ import annotations

from finops.portal import frame
from pages.inform import allocation
from pages.inform import reconciliation
from pages.inform import unit_economics
from pages.operate import audit
from pages.operate import data
from pages.operate import rules
from pages.optimize import savings
from pages.optimize import worklist
from pages.persona import engineering
from pages.persona import finance
from pages.persona import practitioner
from pages.persona import product
from pages.together import overview
from pages.together import review

frame.run(
    {
        "Together": [overview, review],
        "Personas": [finance, product, engineering, practitioner],
        "Inform": [reconciliation, allocation, unit_economics],
        "Optimize": [worklist, savings],
        "Operate": [data, rules, audit],
    }
)
