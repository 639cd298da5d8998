"""The server around the portal: headers that keep the browser honest, and doors that stay shut."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.web import cli

from finops.portal.guard import Guard

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def run(words: list[str]) -> None:
    """Serve until interrupted: the words are those that follow `streamlit` on a command line."""
    cli.main(words, prog_name="streamlit", standalone_mode=False)


def policy() -> str:
    """The content security policy: this server alone, and its own scripts by their digest.

    Measured on Streamlit 1.67: the start page has one inline script (allowed by its digest), the
    style libraries write style elements (hence inline styles), charts draw through data: and
    blob: images.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(_digests())}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def middleware() -> list[Middleware]:
    """What every request passes through on its way in and every answer on its way out."""
    return [Middleware(Guard, headers=headers())]


def headers() -> tuple[tuple[str, str], ...]:
    """The headers that every answer carries."""
    return (
        ("Content-Security-Policy", policy()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    )


def _digests() -> tuple[str, ...]:
    """The digest of each inline script in the page that Streamlit starts from."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    return tuple(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE.findall(page)
    )
