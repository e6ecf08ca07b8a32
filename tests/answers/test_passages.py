"""Articles cut into what can be quoted."""

from __future__ import annotations

from handrail.answers.passages import PASSAGE_CHARACTERS, passages, sections


def test_headings_hold_the_text_below_them():
    found = sections(
        "<p>먼저</p><h2>카드</h2><p>카드로 낸 돈은</p><ul><li>하나</li><li>둘</li></ul><h2>계좌</h2><p>셋</p>"
    )
    assert [(each.heading, each.blocks) for each in found] == [
        ("", ["먼저"]),
        ("카드", ["카드로 낸 돈은", "하나", "둘"]),
        ("계좌", ["셋"]),
    ]


def test_nothing_is_lost_between_blocks():
    html = "앞 <b>굵게</b> 뒤<p>단락</p>꼬리<table><tr><td>칸</td></tr></table>"
    words = " ".join(block for each in sections(html) for block in each.blocks)
    assert words == "앞 굵게 뒤 단락 꼬리 칸"


def test_short_blocks_are_quoted_together_and_long_ones_cut_between_sentences():
    sentence = "이 문장은 길이를 채우려고 조금 길게 썼어요."
    (section,) = sections("<p>짧아요.</p><p>이것도요.</p><p>" + " ".join([sentence] * 60) + "</p>")

    found = passages(section)

    assert found[0].startswith("짧아요.\n이것도요.")
    assert all(len(passage) <= 2 * PASSAGE_CHARACTERS for passage in found)
    assert all(passage.endswith("요.") for passage in found)


def test_no_html_is_no_passage():
    assert sections("") == []
