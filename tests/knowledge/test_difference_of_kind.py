"""What changes in a text beside its words is a difference too, told in words: for whom, how deep, in which shape."""

import pytest
from django.utils import translation

from handrail.core.html import clean
from handrail.knowledge.difference import changed_passages, difference

INNER = '<section data-audience="agents"><p>할인 코드는 K-10</p></section>'
FILM = '<figure><video src="/hc/files/{}" title="여는 법" controls=""></video></figure>'

# what changed, before, after, what the page says of it
CHANGES = [
    ("a passage for colleagues opened", INNER, "<p>할인 코드는 K-10</p>", "For colleagues → For everybody"),
    ("a passage closed", "<p>할인 코드는 K-10</p>", INNER, "For everybody → For colleagues"),
    (
        "depths swapped",
        '<section data-depth="simple"><p>가나</p></section>',
        '<section data-depth="deep"><p>가나</p></section>',
        "Only in the simple explanation → Only in depth",
    ),
    (
        "a part of one depth for both",
        '<section data-depth="deep"><p>가나</p></section>',
        "<p>가나</p>",
        "Only in depth → In both explanations",
    ),
    (
        "another callout",
        '<aside class="tip"><p>가나</p></aside>',
        '<aside class="caution"><p>가나</p></aside>',
        "Callout: Tip → Callout: Take care",
    ),
    ("no callout", '<aside class="tip"><p>가나</p></aside>', "<p>가나</p>", "Callout: Tip → No callout"),
    ("ol to ul", "<ol><li>가나</li></ol>", "<ul><li>가나</li></ul>", "numbered item → list item"),
    (
        "steps to ol",
        '<ol class="steps"><li>가나</li></ol>',
        "<ol><li>가나</li></ol>",
        "step to tick → numbered item",
    ),
    (
        "nested to flat",
        "<ul><li>가<ul><li>나</li></ul></li></ul>",
        "<ul><li>가</li><li>나</li></ul>",
        "level 2 of the list → level 1 of the list",
    ),
    ("two items one", "<ul><li>가</li><li>나</li></ul>", "<ul><li><p>가</p><p>나</p></li></ul>", "split or joined"),
    ("th to td", "<table><tr><th>가</th></tr></table>", "<table><tr><td>가</td></tr></table>", "Heading cells"),
    (
        "a cell across two",
        "<table><tr><td>가</td></tr></table>",
        '<table><tr><td colspan="2">가</td></tr></table>',
        "joined cells",
    ),
    ("another film", FILM.format("a"), FILM.format("b"), "Another film."),
    (
        "captions gone",
        '<video src="/a"><track src="/a.vtt" srclang="ko"></video>',
        '<video src="/a"></video>',
        "Captions",
    ),
    ("h2 to h3", "<h2>가나</h2>", "<h3>가나</h3>", "heading of level 2 → heading of level 3"),
    ("quoted list", "<ul><li>가</li></ul>", "<blockquote><ul><li>가</li></ul></blockquote>", "→ in a quotation"),
    (
        "folded",
        "<p>가나</p>",
        "<details><summary>가나</summary></details>",
        "paragraph → line that unfolds",
    ),
    ("folded below", "<details><p>가나</p></details>", "<p>가나</p>", "folded away → open at once"),
    ("other words bold", "<p><b>가</b> 가</p>", "<p>가 <b>가</b></p>", "a link or emphasis changed"),
    ("a line broken", "<p>가<br>나</p>", "<p>가 나</p>", "a link or emphasis changed"),
    ("link and words", '<p><a href="/a">가나</a> 다 라</p>', '<p><a href="/b">가나</a> 다 마</p>', "A link or emphasis"),
    (
        "a picture's link",
        '<p><a href="/a"><img src="/i.png" alt="가"></a></p>',
        '<p><img src="/i.png" alt="가"></p>',
        "shown otherwise",
    ),
    ("a list cut in two", "<ul><li>가</li><li>나</li></ul>", "<ul><li>가</li></ul><ul><li>나</li></ul>", "A list of its own"),
    ("two lists joined", "<ol><li>가</li></ol><ol><li>나</li></ol>", "<ol><li>가</li><li>나</li></ol>", "goes on with the list"),
    ("numbers begin elsewhere", "<ol><li>가</li></ol>", '<ol start="5"><li>가</li></ol>', "how the passage looks"),
    ("code of a language", '<pre><code class="language-js">a</code></pre>', "<pre><code>a</code></pre>", "emphasis"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES]
)
def test_whatever_changes_in_kind_is_seen_and_told_in_words(old, new, says):
    old, new = clean(old, profile="article"), clean(new, profile="article")
    for text in (old, new):
        assert changed_passages(text, text) == []

    rows = changed_passages(old, new)

    with translation.override("en"):
        assert says in " ".join(sentence for row in rows for sentence in row.told)


@pytest.mark.parametrize(
    "thing", ["<hr>", '<div data-block="7"></div>', FILM.format("a"), '<video src="/a"></video>']
)
def test_a_line_a_film_and_a_reusable_block_that_went_are_seen(thing):
    with_it, without = (clean(f"<p>앞</p>{each}<p>뒤</p>", profile="article") for each in (thing, ""))

    assert [row.state for row in changed_passages(with_it, without)] == ["gone"]
    assert [row.state for row in changed_passages(without, with_it)] == ["new"]


def test_a_reusable_block_is_called_by_its_name_and_another_in_its_place_is_told():
    (row,) = difference(
        '<div data-block="7"></div>', '<div data-block="8"></div>', names={7: "배송", 8: "배송"}
    )

    with translation.override("en"):
        assert "배송" in row.new[0].text and row.told == ["Another reusable block."]


def test_a_passage_for_colleagues_is_marked_on_both_sides_and_an_opened_one_calls_out():
    (same,) = difference(INNER, INNER)
    (new,) = difference("", INNER)
    (opened,) = difference(INNER, "<p>할인 코드는 K-11</p>")

    assert [mark.code for mark in same.old_marks + same.new_marks] == ["agents", "agents"]
    assert [mark.code for mark in new.new_marks] == ["agents"] and not new.opens
    assert opened.state == "changed" and opened.opens and not same.opens


def test_what_surrounds_one_block_does_not_mark_its_neighbours():
    rows = difference(f"<p>앞</p>{INNER}<p>뒤</p>", "<p>앞</p><p>할인 코드는 K-10</p><p>뒤</p>")

    assert [row.state for row in rows] == ["same", "restyled", "same"]


@pytest.mark.parametrize("cells", ["<td></td><td></td>", "<td><p></p></td><td> </td>", "<th></th><td></td>"])
def test_a_row_of_empty_cells_that_came_or_went_is_seen(cells):
    row = "<tr><td>가</td><td>나</td></tr>"
    whole = clean(f"<table><tbody>{row}<tr>{cells}</tr>{row}</tbody></table>", profile="article")
    without = clean(f"<table><tbody>{row}{row}</tbody></table>", profile="article")

    (new,) = changed_passages(without, whole)
    (gone,) = changed_passages(whole, without)

    assert (new.state, gone.state, new.new_kind) == ("new", "gone", "tr")
    with translation.override("en"):
        assert changed_passages(without, whole)[0].new[0].text == "Empty row"


def test_a_list_below_a_paragraph_is_no_list_cut_in_two():
    old = "<ul><li>가</li></ul><p>사이</p><ul><li>나</li></ul>"
    new = "<ul><li>가</li></ul><p>사이</p><ul><li>다</li><li>나</li></ul>"

    assert [row.state for row in changed_passages(old, new)] == ["new"]


def test_a_row_that_holds_a_list_or_a_picture_alone_is_not_empty():
    cells = '<td><ul><li>가</li></ul></td><td><img src="/i.png" alt="나"></td>'

    rows = difference("", clean(f"<table><tbody><tr>{cells}</tr></tbody></table>", profile="article"))

    assert [row.new_kind for row in rows] == ["li", "img"]


def test_an_empty_item_keeps_its_number_and_is_seen():
    old, new = "<ol><li>가</li><li>나</li></ol>", "<ol><li>가</li><li></li><li>나</li></ol>"

    (row,) = changed_passages(old, new)

    assert (row.state, row.new_kind, row.number) == ("new", "li", 2)
