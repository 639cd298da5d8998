"""The menu: every page, in the order a meeting walks them; Streamlit's main script."""

from __future__ import annotations

from finops.portal import frame
from pages.inform import allocation
from pages.inform import reconciliation
from pages.operate import data
from pages.operate import rules
from pages.together import overview

frame.run(
    {
        "Together": [overview],
        "Inform": [reconciliation, allocation],
        "Operate": [data, rules],
    }
)
