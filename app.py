"""The front door: started by `finops serve`, or by `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st

from finops.portal import exports
from finops.portal import server

app = st.App("pages/menu.py", middleware=server.middleware(), routes=exports.routes())
