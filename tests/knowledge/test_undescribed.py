"""Pictures nobody described are told from those that are decoration on purpose."""

from __future__ import annotations

from handrail.knowledge.undescribed import Undescribed, undescribed


def test_a_picture_without_a_description_is_told_with_where_it_stands():
    html = (
        '<p><img src="/a.png" alt="전원 단추"> 눌러요</p><h2 id="at-x">뒷면</h2><img src="/b.png">'
        '<figure><img src="/c.png" alt="  "><figcaption>연결 단자</figcaption></figure>'
    )

    assert undescribed(html) == [Undescribed(2, "/b.png", "뒷면"), Undescribed(3, "/c.png", "연결 단자")]


def test_decoration_is_a_choice_and_nothing_is_asked():
    assert undescribed('<p>말</p><img src="/line.png" alt="">') == []
    assert undescribed("<p>그림 없는 글</p>") == []
