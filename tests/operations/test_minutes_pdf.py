from __future__ import annotations

from finops.operations.minutes import plain
from finops.operations.minutes_pdf import pdf
from tests.operations.hostile import TEXTS


def test_a_text_of_a_person_is_never_markup_and_never_fails() -> None:
    lines = "\n".join(f"- **D1** {plain(text)}" for text in TEXTS)
    whole = pdf("Title", f"# Title\n\n## Decisions\n\n{lines}\n", "SHA-256 1a2b")
    assert whole.startswith(b"%PDF-")
    assert whole.count(b"/Type /Page\n") == 0 or len(whole) > len(pdf("T", "# T\n", ""))
