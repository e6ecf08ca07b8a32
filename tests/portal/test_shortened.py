"""The first sentences of a quotation, and the rest of it."""

from __future__ import annotations

import pytest

from handrail.web.portal.shortened import QUOTED_CHARS, shortened

LONG = "뚜껑을 끝까지 닫고 십 초 동안 기다린 다음 다시 열어 주세요. " * 12


@pytest.mark.parametrize(
    ("text", "shown", "rest"),
    [
        ("열어 보세요.", "열어 보세요.", ""),
        ("열어 보세요.\n단자\n닦아 주세요.", "열어 보세요.", "단자\n닦아 주세요."),
        # Rows of a table say the answer, their heading alone says nothing.
        ("단자\n그물망", "단자\n그물망", ""),
        (
            "왜 안 될까요\n한도 — 다음 달에 다시\n정지 — 카드사에 문의",
            "왜 안 될까요\n한도 — 다음 달에 다시\n정지 — 카드사에 문의",
            "",
        ),
        (
            "열어 보세요.\n\n그래도 안 되면\n알려 주세요.\n왼쪽",
            "열어 보세요.\n\n그래도 안 되면\n알려 주세요.",
            "왼쪽",
        ),
        ("열어 보세요.\n\n준비물\n마른 천\n솔", "열어 보세요.", "준비물\n마른 천\n솔"),
    ],
)
def test_sentences_are_shown_and_a_heading_only_with_its_own(text, shown, rest):
    assert shortened(text) == (shown, rest)


def test_a_long_paragraph_ends_with_a_sentence():
    shown, rest = shortened(LONG.strip())

    assert len(shown) <= QUOTED_CHARS and shown.endswith("주세요.")
    assert f"{shown} {rest}" == LONG.strip()
