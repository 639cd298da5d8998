"""Bare app: a Streamlit page that draws as much as one of ours and does nothing else."""

from __future__ import annotations

import os

import plotly.graph_objects as go
import streamlit as st


def draw(*, charts: int, tables: int, metrics: int) -> None:
    """Draw so many charts, tables and metrics of fixed figures, and a slider in a fragment."""
    st.set_page_config(layout="wide")
    st.title("Bare")
    for index in range(metrics):
        st.metric(f"Metric {index}", 1234.5, 1.2, chart_data=list(range(13)))
    for index in range(charts):
        with st.container(border=True):
            figure = go.Figure(go.Bar(x=list(range(31)), y=[day * 7 % 31 for day in range(31)]))
            st.plotly_chart(figure, key=f"chart {index}")
    for index in range(tables):
        st.dataframe({"a": list(range(30)), "b": list(range(30))}, key=f"table {index}")
    st.fragment(_slider)()


def _slider() -> None:
    shown = st.slider("Shown", 3, 20, 8)
    st.plotly_chart(go.Figure(go.Bar(x=list(range(shown)), y=list(range(shown)))), key="slid")


if __name__ == "__main__":
    draw(
        **{
            name: int(os.environ[f"BARE_{name.upper()}"])
            for name in ("charts", "tables", "metrics")
        }
    )
