"""What stands on an article's card: whole sentences, and parts set apart where there are none."""

from __future__ import annotations

import pytest

from handrail.core.html import to_text
from handrail.knowledge.excerpt import excerpt


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>준비물</h2><p>물을 준비해요. 그다음 닦아요.</p><h2>순서</h2>", "물을 준비해요. 그다음 닦아요."),
        (
            "<p>먼저 꺼 주세요.</p><p>그다음 기다려요.</p><h2>그래도</h2><p>안 되면요.</p>",
            "먼저 꺼 주세요. 그다음 기다려요.",
        ),
        (
            "<p>준비물은 세 가지예요:</p><ul><li>물</li><li>천</li></ul><p>끝.</p>",
            "준비물은 세 가지예요: 물 · 천",
        ),
        ("<ol><li>전원을 끄기</li><li>코드를 뽑기</li></ol>", "전원을 끄기 · 코드를 뽑기"),
        ("<h2>색 고르기</h2><ul><li>흰색</li><li>회색</li></ul>", "색 고르기 · 흰색 · 회색"),
        (
            "<table><tr><th>코드</th><th>뜻</th></tr><tr><td>E1</td><td>멈춤</td></tr></table>",
            "코드 · 뜻 · E1 · 멈춤",
        ),
        (
            '<p><img src="/a.png" alt="문 앞의 상자"></p><p>상자는 문 앞에 있어요.</p>',
            "상자는 문 앞에 있어요.",
        ),
        ("<p>첫 줄<br>둘째 줄</p>", "첫 줄 · 둘째 줄"),
        ("<details><summary>언제 와요?</summary><p>내일 와요.</p></details>", "언제 와요? 내일 와요."),
        ("", ""),
    ],
)
def test_headings_paragraphs_and_items_are_never_run_together(html, words):
    assert excerpt(to_text(html), 120) == words


def test_what_is_too_long_ends_with_a_sentence_or_at_a_word():
    assert (
        excerpt("배송은 이틀 걸려요. 제주는 하루 더 걸리고 섬은 사흘 더 걸려요.", 20) == "배송은 이틀 걸려요."
    )
    assert excerpt("배송은 이틀에서 사흘쯤 걸리는 것이 보통이에요.", 14) == "배송은 이틀에서 사흘쯤…"
    assert len(excerpt("가" * 500, 160)) <= 161


def test_a_number_with_a_point_ends_no_sentence():
    assert excerpt("버전 2.4에서 달라진 점을 알려 드려요. 자세한 내용은 아래에 있어요.", 30) == (
        "버전 2.4에서 달라진 점을 알려 드려요."
    )
