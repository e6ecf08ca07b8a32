"""A picture in what somebody typed, and in the HTML it becomes: ours alone, and told of where it is not there."""

from handrail.core.html import clean
from handrail.core.html_reading import reading_text
from handrail.core.markdown_replies import placed_in, reply_html
from handrail.web.ui.formatted import formatted

NAME = "AbcDef12345"
OURS = {NAME: "AbcDef12345@pictures.handrail"}


def test_ours_stands_there_and_any_other_is_told_of():
    typed = f"![빨간_단추 *둘*](picture:{NAME}) ![남의 것](picture:Other123456) ![x](https://e.example/a.png)"
    html = reply_html(typed, OURS)
    assert '<img src="cid:AbcDef12345@pictures.handrail" alt="빨간_단추 둘">' in html
    assert html.count("<img") == 1 and "[남의 것]" in html
    assert 'href="https://e.example/a.png"' in html
    assert reading_text(html).startswith("[빨간_단추 둘] [남의 것]")
    assert placed_in(f"{typed} `![a](picture:InCode12345)`") == [NAME, "Other123456"]


def test_no_picture_of_elsewhere_and_no_link_to_one_of_ours_passes():
    html = clean(
        '<img src="https://e.example/x.png"><img src="data:x"><a href="cid:a">b</a>', profile="reply"
    )
    assert "src=" not in html and "href=" not in html
    assert "<img" not in clean('<img src="cid:a@b">', profile="message")


def test_a_description_cannot_leave_its_place():
    html = reply_html(f'!["><script>alert(1)</script>](picture:{NAME})', OURS)
    shown = formatted(html, pictures={OURS[NAME]: '/f?"><script>'})
    assert "<script" not in shown and shown.count("<img") == 1
    assert formatted(html) == formatted(html, pictures={})
    assert "<img" not in formatted(html) and "<script" not in formatted(html)
