"""Differences as people see them: block beside block, Korean words and their particles."""

from handrail.knowledge.difference import changed_passages, difference, words


def marked(pieces, mark):
    return [piece.text for piece in pieces if piece.mark == mark]


def test_only_the_particle_that_changed_is_marked():
    old, new = words("환불은 가능해요", "환불을 받을 수 있어요")

    assert marked(old, "gone")[0].startswith("은")
    assert old[0].text == new[0].text == "환불"


def test_numbers_are_told_apart_from_their_unit():
    old, new = words("3일 안에", "5일 안에")

    assert (marked(old, "gone"), marked(new, "new")) == (["3"], ["5"])


def test_a_new_list_item_does_not_disturb_its_neighbours():
    rows = difference(
        "<ul><li>카드</li><li>계좌</li></ul>", "<ul><li>카드</li><li>포인트</li><li>계좌</li></ul>"
    )

    assert [(row.state, row.new_kind) for row in rows] == [("same", "li"), ("new", "li"), ("same", "li")]


def test_a_paragraph_that_became_a_heading_is_told_as_such():
    (row,) = changed_passages("<p>환불 기한</p>", "<h2>환불 기한</h2>")

    assert (row.state, row.old_kind, row.new_kind) == ("restyled", "p", "h2")


def test_a_link_that_leads_elsewhere_is_a_change():
    (row,) = changed_passages('<p><a href="/a">여기</a></p>', '<p><a href="/b">여기</a></p>')

    assert row.state == "restyled"


def test_rows_of_tables_and_pictures_are_compared():
    rows = changed_passages(
        '<table><tr><td>배송</td><td>3일</td></tr></table><p><img src="/a.png" alt="옛 화면"></p>',
        '<table><tr><td>배송</td><td>2일</td></tr></table><p><img src="/b.png" alt="새 화면"></p>',
    )

    assert [(row.state, row.new_kind) for row in rows] == [("changed", "tr"), ("changed", "img")]


def test_a_picture_described_otherwise_is_the_same_picture():
    (row,) = difference('<img src="/a.png" alt="환불 화면">', '<img src="/a.png">')

    assert (row.state, row.before.picture, row.after.picture) == ("changed", "/a.png", "/a.png")
    assert difference('<img src="/a.png" alt="가">', '<img src="/b.png" alt="나">')[0].state == "gone"


def test_the_same_text_has_no_difference_and_nothing_breaks_on_nothing():
    assert changed_passages("<h2>가</h2><p>나<br>다</p>", "<h2>가</h2><p>나<br>다</p>") == []
    assert [row.state for row in difference("", "<p>새 글</p>")] == ["new"]
    assert difference("", "") == []


def test_a_picture_without_a_description_is_not_called_by_its_files_name():
    (row,) = difference("", '<p><img src="/hc/files/XAstthzZE8mfacBt1JDEADB" alt=""></p>')
    assert "".join(piece.text for piece in row.new) == "설명이 없는 그림"
    (other,) = changed_passages('<p><img src="/a.png"></p>', '<p><img src="/b.png"></p>')
    assert (other.state, other.new_kind) == ("restyled", "img")


def test_items_of_a_numbered_list_keep_their_numbers_and_one_put_in_disturbs_none():
    old = "<ol><li>고르기</li><li>결제</li></ol><ul><li>카드</li></ul>"
    new = "<ol><li>고르기</li><li>주소</li><li><p>결제</p></li></ol><ul><li>카드</li></ul>"

    rows = difference(old, new)

    assert [(row.state, row.number) for row in rows] == [("same", 1), ("new", 2), ("same", 3), ("same", 0)]


def test_a_picture_comes_with_its_address():
    (row,) = difference("", '<p><img src="/hc/files/abc" alt="화면"></p>')

    assert row.picture == "/hc/files/abc"
