"""Words that take form while they are typed, and what is pasted from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import assert_accessible
from tests.browser.hangul import compose

PASTE = """([html, text]) => {
    const held = new DataTransfer()
    if (html) held.setData("text/html", html)
    held.setData("text/plain", text)
    const event = new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true })
    return document.activeElement.dispatchEvent(event)
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-parent:""}</style></head>
<body lang=KO><!--StartFragment--><h1>환불 안내</h1>
<p class=MsoNormal>먼저 <b><span style='color:red'>주문 번호</span></b>를 봐요.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>주문을 열어요<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span><a href="https://shop.example/refund">신청</a>을 눌러요</p>
<!--EndFragment--></body></html>"""
GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-weight:400">안녕하세요 </span><span style="font-weight:700">김민지</span><span style="font-weight:400"> 님</span></p>
<ul><li dir="ltr"><p dir="ltr"><span>하나</span></p></li><ul><li><p><span style="font-style:italic">안쪽</span></p></li></ul></ul></b>"""
HANGUL = """<HTML><BODY><P CLASS=HStyle0><SPAN STYLE='font-family:"함초롬바탕"'>안녕하세요.</SPAN></P>
<P CLASS=HStyle0><SPAN STYLE='font-weight:bold'>배송</SPAN><SPAN>은 3일 걸려요.</SPAN></P></BODY></HTML>"""
CELLS = "<table><tr><td>상품</td><td>값|원</td></tr><tr><td>컵</td><td><b>12,000</b></td></tr></table>"


@pytest.fixture
def writing(office, sit_down) -> tuple:
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    return conversation, page


def paste(page: Page, html: str, text: str) -> bool:
    """Paste where the cursor is; true where the browser does as it always does."""
    return page.evaluate(PASTE, [html, text])


def painted(page: Page, look: str) -> list[str]:
    return page.locator(
        f'.composer-form[data-kind=reply] .pen-paint [data-look~="{look}"]'
    ).all_text_contents()


def test_marks_are_seen_as_what_they_mean_exactly_where_they_stand(writing):
    _conversation, page = writing
    typed = "## 제목\n**굵게**를 *강조*로, `code` {{주문}} 010-****-1234 홍*동\n[안내](https://a.example/x) https://b.example/y"
    page.keyboard.type(typed)
    assert painted(page, "strong") == ["굵게"]
    assert painted(page, "em") == ["강조"]
    assert painted(page, "heading") == ["제목"]
    assert painted(page, "code") == ["code"]
    assert painted(page, "blank") == ["{{주문}}"]
    assert painted(page, "link") == ["안내", "https://b.example/y"]
    page.keyboard.type("\n" + "가나다 **라마바** words " * 30)
    form = page.locator(".composer-form[data-kind=reply]")
    field, sheet = form.locator("textarea"), form.locator(".pen-paint > div")
    assert sheet.text_content().rstrip("\u200b") == field.input_value()
    # No letter is wider or higher than it is in the field: the lines break where the field's do.
    heights = page.evaluate(
        "() => [document.querySelector('#reply-text').scrollHeight, document.querySelector('.pen-paint > div').offsetHeight]"
    )
    assert heights[0] == heights[1]
    assert_accessible(page)


def test_hangul_is_put_together_within_marks(writing):
    _conversation, page = writing
    page.keyboard.type("**")
    compose(page, "ㅎ", "하", "한")
    page.keyboard.type("** 끝")
    expect(page.locator("#reply-text")).to_have_value("**한** 끝")
    assert painted(page, "strong") == ["한"]


def test_keys_put_marks_around_words_and_take_them_off_and_undo_goes_back(writing):
    _conversation, page = writing
    field = page.locator("#reply-text")
    page.keyboard.type("환불 안내")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("환불 **안내**")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("환불 안내")
    page.keyboard.press("Control+i")
    expect(field).to_have_value("환불 *안내*")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("환불 안내")


def test_enter_goes_on_with_a_list_and_ends_one_that_says_nothing(writing):
    _conversation, page = writing
    page.keyboard.type("1. 하나\n둘\n\n끝\n- 셋\n\n> 넷\n\n2026. 11. 22.\n끝")
    expect(page.locator("#reply-text")).to_have_value("1. 하나\n2. 둘\n끝\n- 셋\n> 넷\n2026. 11. 22.\n끝")


@pytest.mark.parametrize(
    ("html", "text", "value"),
    [
        (WORD, "환불 안내", "## 환불 안내\n\n먼저 **주문 번호**를 봐요.\n\n1. 주문을 열어요\n2. [신청](https://shop.example/refund)을 눌러요"),
        (GOOGLE, "안녕하세요", "안녕하세요 **김민지** 님\n\n- 하나\n  - *안쪽*"),
        (HANGUL, "안녕하세요.", "안녕하세요.\n\n**배송**은 3일 걸려요."),
        (CELLS, "상품\t값", "| 상품 | 값/원 |\n| --- | --- |\n| 컵 | 12,000 |"),
    ],
    ids=["word", "google", "hangul", "cells"],
)  # fmt: skip
def test_what_comes_from_a_word_processor_is_clean_and_one_undo_takes_it_back(writing, html, text, value):
    _conversation, page = writing
    assert not paste(page, html, text)
    expect(page.locator("#reply-text")).to_have_value(value)
    page.keyboard.press("Control+z")
    expect(page.locator("#reply-text")).to_have_value("")


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<span style='color:#d4d4d4;font-family:monospace'>const a = 1</span>",
        "<table><tr><td>한 칸</td></tr></table>",
        "<p>그냥 말</p>",
        '<a href="https://a.example/">https://a.example</a>',
    ],
)
def test_what_has_no_form_is_pasted_as_the_words_it_is(writing, html):
    _conversation, page = writing
    assert paste(page, html, "그냥 말")


def test_an_address_pasted_over_words_becomes_their_link(writing):
    _conversation, page = writing
    page.keyboard.type("환불 안내")
    page.keyboard.press("Control+Shift+ArrowLeft")
    assert not paste(page, "", "https://shop.example/refund")
    expect(page.locator("#reply-text")).to_have_value("환불 [안내](https://shop.example/refund)")


def test_buttons_do_the_same_and_the_row_is_remembered(writing):
    _conversation, page = writing
    page.keyboard.type("하나\n둘")
    page.keyboard.press("Control+a")
    form = page.locator(".composer-form[data-kind=reply]")
    expect(form.get_by_role("toolbar")).to_be_hidden()
    form.locator("[data-shows=tools]").click()
    for name, value in (("list", "- 하나\n- 둘"), ("numbers", "1. 하나\n2. 둘"), ("numbers", "하나\n둘")):
        page.locator("#reply-text").press("Control+a")
        form.locator(f"[data-form={name}]").click()
        expect(page.locator("#reply-text")).to_have_value(value)
    expect(page.locator("#reply-text")).to_be_focused()
    assert_accessible(page)
    page.reload()
    expect(form.locator("[data-form=bold]")).to_be_attached()
    assert form.locator("[data-shows=tools]").get_attribute("aria-expanded") == "true"


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("- 하나\n- 둘", "- 하나\n- 둘"),
        ("> 가\n> 나", "> 가\n> 나"),
        ("1. 가\n2. 나", "1. 가\n2. 나"),
        ("- 가\n  - 안쪽\n밖", "- 가\n  - 안쪽\n  - 밖"),
        ("- 가\n나 - 다", "- 가\n- 나 - 다"),
        ("- - 가", "- - 가"),
        ("1. 가\n11. 3. 방문", "1. 가\n2. 11. 3. 방문"),
    ],
)
def test_a_sign_typed_behind_the_one_enter_put_there_stands_once(writing, typed, held):
    _conversation, page = writing
    page.keyboard.type(typed)
    expect(page.locator("#reply-text")).to_have_value(held)


def test_what_was_typed_leaves_with_its_form_and_the_field_is_plain_again(writing):
    conversation, page = writing
    page.keyboard.type("**네**, 돼요.\n- 하나")
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"] strong', has_text="네")).to_be_visible()
    expect(page.locator('.entry[data-from="us"] li', has_text="하나")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value("")
    assert painted(page, "strong") == []
    assert conversation.messages.get(direction="out").text == "네, 돼요.\n\n- 하나"


def test_a_draft_comes_back_with_its_form(writing):
    _conversation, page = writing
    page.keyboard.type("**초안**이에요")
    expect(page.locator('[data-kind="reply"] [data-slot=draft]')).to_contain_text("보관했어요")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("**초안**이에요")
    assert painted(page, "strong") == ["초안"]


def test_without_scripts_the_field_takes_the_same_marks(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}", scripts=False)
    expect(page.locator("[data-shows=tools]").first).to_be_hidden()
    page.locator("#reply-text").fill("**네**")
    page.get_by_role("button", name="답장 보내기").click()
    expect(page.locator('.entry[data-from="us"] strong', has_text="네")).to_be_visible()
