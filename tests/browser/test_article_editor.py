"""The editor by hand: a Korean author writes with everything there is, and readers see it right."""

from __future__ import annotations

import base64
import io

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from PIL import Image
from playwright.sync_api import Page, expect

from handrail.accounts.models import Role
from handrail.core.html import clean
from handrail.core.html_tree import normal
from handrail.knowledge.blocks import Block
from tests.browser.access import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.hangul import compose

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=KO><!--StartFragment-->
<h1 style='mso-line-height:1.2'><span style='font-family:"맑은 고딕"'>환불 안내<o:p></o:p></span></h1>
<p class=MsoNormal><span style='color:red;mso-bidi-font-size:10pt'>사흘 <b>안에</b> <span style='font-weight:bold'>돌려</span>드려요.</span><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>주문을 열어요</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>앱에서</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>환불을 눌러요</p>
<!--EndFragment--></body></html>"""

# Everything the editor has a form for, and one thing it has none for.
EVERYTHING = (
    '<h2 id="at-x">제목</h2><p>말 <strong>굵게</strong>, <em>기울여</em>, <code>코드</code>, <a href="article:7">글</a>,'
    ' <kbd>Ctrl</kbd><br>다음 줄</p><ul><li>가<ul><li>나</li></ul></li><li>다</li></ul><ol start="3"><li>셋</li></ol>'
    '<ol class="steps"><li><p>하나</p><pre><code class="language-py">a &lt; b</code></pre></li><li><p>둘</p></li></ol>'
    '<aside class="caution"><p>주의</p></aside><section data-audience="agents"><p>안</p></section>'
    '<section data-depth="simple"><p>쉽게</p></section><section data-depth="deep"><p>깊게</p></section>'
    '<div data-block="9999"></div><blockquote><p>인용</p></blockquote><hr>'
    "<table><thead><tr><th>색</th><th>뜻</th></tr></thead><tbody><tr><td>빨강</td><td>오류</td></tr>"
    '<tr><td colspan="2">끝</td></tr></tbody></table>'
    '<figure><img src="/hc/files/none" width="8" height="6" alt="단자"><figcaption>뒷면</figcaption></figure>'
    '<figure><video src="/hc/files/film" title="청소" controls preload="metadata"><track kind="captions" src="/hc/files/ko"'
    ' srclang="ko" label="한국어"></video></figure>'
    '<figure class="embed"><a href="https://youtu.be/abcdefghijk">청소 영상</a></figure>'
    '<figure class="embed"><a href="https://youtu.be/bcdefghijkl">보관 영상</a><figcaption>말려요<br>넣어요</figcaption></figure>'
    "<dl><dt>말</dt><dd>뜻</dd></dl>"
)


@pytest.fixture
def author(site):
    return site.world.staff("author@handrail.test", "정하늘", Role.MANAGER)


@pytest.fixture
def sit_down(open_page, site, author):
    """sit_down(path, size=PHONE, scripts=False) -> the page of an author who signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(author.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = author.get_session_auth_hash()
    session.save()
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": session.session_key,
        "domain": "localhost",
        "path": "/",
    }

    def opened(path: str, **more) -> Page:
        page = open_page(path, storage_state={"cookies": [cookie], "origins": []}, **more)
        if more.get("scripts", True):
            page.wait_for_selector("article-editor[data-ready]")
        return page

    return opened


def paste(page: Page, *, html: str = "", text: str = "", png: bytes = b"") -> None:
    page.evaluate(
        """([html, text, png]) => {
          const data = new DataTransfer()
          if (html) data.setData("text/html", html)
          if (text) data.setData("text/plain", text)
          if (png) data.items.add(new File([Uint8Array.from(atob(png), c => c.charCodeAt(0))], "단자.png", { type: "image/png" }))
          document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        [html, text, base64.b64encode(png).decode()],
    )


def sent(page: Page) -> str:
    """The HTML that would be sent, once it has followed the last change."""
    page.wait_for_timeout(350)
    return page.input_value("textarea[name=html]")


def test_a_korean_author_writes_with_everything_and_readers_see_it_right(sit_down, open_page, site, author):
    block = Block.start("상담 시간", by=author)
    block.write("ko", html="<p>평일 아홉 시부터예요.</p>", by=author)
    block.texts.get().publish(by=author)
    article = site.korean_only
    page = sit_down(f"/console/articles/{article.pk}/ko")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")

    compose(page, "ㅎ", "하", "한")
    compose(page, "ㄱ", "그", "글")
    page.keyboard.type(" **확인(Confirm)**")
    compose(page, "ㅇ", "으", "을")
    page.keyboard.press("Enter")
    drawn = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(drawn, "PNG")
    paste(page, png=drawn.getvalue())
    page.get_by_label("그림 설명", exact=True).first.fill("뒷면 단자")
    page.locator(".ProseMirror > p").last.click()
    page.keyboard.type("/")
    compose(page, "ㄷ", "다", "단")
    page.keyboard.press("Enter")
    page.keyboard.type("앱을 열어요")
    page.keyboard.press("Enter")
    page.keyboard.type("환불을 눌러요")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("/table")
    page.keyboard.press("Enter")
    page.keyboard.type("색")
    page.keyboard.press("Tab")
    page.keyboard.type("뜻")
    page.locator(".ProseMirror > p").last.click()
    page.keyboard.type("/note")
    page.keyboard.press("Enter")
    page.keyboard.type("되돌릴 수 없어요")
    page.locator(".editor-around").get_by_role("button", name="주의하세요").click()
    page.locator(".ProseMirror > p").last.click()
    page.keyboard.type("자세히")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+K")
    page.get_by_label("글 또는 주소").fill("연결하는")
    expect(page.locator(".editor-row")).to_have_count(1)
    page.locator(".editor-row", has_text="휴대폰에 연결하는 방법").click()
    page.get_by_role("button", name="링크 걸기").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("/재사용")
    page.keyboard.press("Enter")
    page.locator(".editor-row", has_text="상담 시간").click()
    page.get_by_role("button", name="넣기", exact=True).click()
    expect(page.locator(".editor-block-shown")).to_contain_text("평일 아홉 시부터")
    expect(page.locator(".editor-figure")).not_to_have_attribute("data-waiting", "")

    # At once, without waiting for the fields to follow: sending the form brings them up to date.
    page.get_by_role("button", name="초안 저장").click()
    page.get_by_role("button", name="지금 공개").click()
    expect(page.get_by_role("button", name="공개 내리기")).to_be_visible()

    revision = article.translations.get(locale="ko").published
    assert revision.document is not None, "browser and server make other HTML of the same document"
    reader = open_page(f"/hc/ko/articles/{article.pk}", faults_expected=True)
    prose = reader.locator(".prose")
    expect(prose.locator("p").first).to_have_text("한글 확인(Confirm)을")
    expect(prose.locator("strong").first).to_have_text("확인(Confirm)")
    expect(prose.get_by_alt_text("뒷면 단자")).to_be_visible()
    expect(prose.locator("ol.steps > li")).to_have_count(2)
    expect(reader.get_by_label("1단계 완료")).to_be_visible()
    expect(prose.locator("thead th").first).to_have_text("색")
    expect(prose.locator(".callout[data-kind=caution]")).to_contain_text("주의하세요")
    expect(prose.get_by_text("평일 아홉 시부터예요.")).to_be_visible()
    prose.get_by_role("link", name="자세히").click()
    expect(reader.locator("h1")).to_have_text("휴대폰에 연결하는 방법")


def test_the_slash_menu_follows_a_korean_keyboard(sit_down, site):
    """Syllables on their way, and either layout by mistake; Enter brings what stands first."""
    page = sit_down(f"/console/articles/{site.korean_only.pk}/ko")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")

    page.keyboard.type("/")
    wire = page.context.new_cdp_session(page)
    for step in ("ㅋ", "코", "콜", "콜ㅇ", "콜아", "콜아ㅇ", "콜아우", "콜아웃"):
        place = {"selectionStart": len(step), "selectionEnd": len(step)}
        wire.send("Input.imeSetComposition", {"text": step, **place})
        expect(page.locator("#editor-choices [role=option]").filter(has_text="알림 상자")).to_be_visible()
    wire.send("Input.insertText", {"text": "콜아웃"})
    page.keyboard.press("Enter")
    expect(page.locator(".ProseMirror .callout, .ProseMirror aside")).to_be_visible()

    page.locator(".ProseMirror > p").last.click()
    for typed, found in [
        ("ㅊ미ㅣㅐㅕㅅ", "알림 상자"),
        ("dkffla", "알림 상자"),
        ("callout", "알림 상자"),
        ("ㅅ뮤ㅣㄷ", "표"),
    ]:
        page.keyboard.insert_text(f"/{typed}")
        expect(page.locator("#editor-choices [role=option]")).to_have_text([found])
        for _ in range(len(typed) + 1):
            page.keyboard.press("Backspace")
    page.keyboard.insert_text("/없는것")
    expect(page.locator("#editor-choices")).to_be_hidden()


def test_what_the_editor_opens_it_saves_unchanged(sit_down, site, author):
    site.korean_only.write("ko", title="모두", html=EVERYTHING, by=author)
    page = sit_down(f"/console/articles/{site.korean_only.pk}/ko", faults_expected=True)

    page.locator("article-editor").evaluate(
        "element => element.load(element.querySelector('textarea').value)"
    )
    again = sent(page)

    assert normal(clean(again, profile="article")) == normal(clean(EVERYTHING, profile="article"))


def test_the_panel_leads_to_where_a_picture_is_described(sit_down, site, author):
    html = (
        '<p>단추 <img src="/hc/files/key" width="8" height="6"> 눌러요</p><h2>뒷면</h2>'
        '<figure><img src="/hc/files/port" width="8" height="6"></figure>'
    )
    site.korean_only.write("ko", title="그림", html=html, by=author)
    page = sit_down(f"/console/articles/{site.korean_only.pk}/ko", faults_expected=True)

    page.locator("[data-describe='/hc/files/port']").click()
    expect(page.locator(".editor-alt input")).to_be_focused()
    page.keyboard.type("전원 단자")
    page.locator("[data-describe='/hc/files/key']").click()
    page.locator(".editor-dialog input[type=checkbox]").check()
    page.locator(".editor-dialog button[type=submit]").click()

    said = sent(page)
    page.goto(f"/console/articles/{site.korean_only.pk}/ko/difference")
    page.locator("[data-describe='/hc/files/port']").click()
    page.wait_for_selector("article-editor[data-ready]")
    expect(page.locator(".editor-alt input")).to_be_focused()
    assert 'src="/hc/files/port" width="8" height="6" alt="전원 단자"' in said
    assert 'src="/hc/files/key" width="8" height="6" alt=""' in said


def test_a_picture_among_words_stays_in_their_line(sit_down, open_page, site, author):
    html = '<p>단추 <img src="/hc/files/key" width="20" height="20" alt=""> 를 눌러요.</p>'
    article = site.korean_only
    article.write("ko", title="그림", html=html, by=author)
    article.translations.get(locale="ko").publish(by=author)

    for page in (
        open_page(f"/hc/ko/articles/{article.pk}", faults_expected=True),
        sit_down(f"/console/articles/{article.pk}/ko", faults_expected=True),
    ):
        assert page.locator(".prose p").first.evaluate("p => p.offsetHeight") < 50


def test_words_from_a_word_processor_and_markdown_arrive_clean(sit_down, site):
    page = sit_down(f"/console/articles/{site.korean_only.pk}/ko")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")

    paste(page, html=WORD, text="환불 안내")

    assert sent(page) == (
        "<h2>환불 안내</h2><p>사흘 <strong>안에</strong> <strong>돌려</strong>드려요.</p>"
        "<ol><li>주문을 열어요<ul><li>앱에서</li></ul></li><li>환불을 눌러요</li></ol>"
    )
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    paste(page, text="## 제목\n\n**확인(Confirm)**을 눌러요.\n\n> [!TIP]\n> 빨라요.")
    expect(page.locator(".ProseMirror .callout")).to_contain_text("빨라요.")
    assert "<strong>확인(Confirm)</strong>을" in sent(page)


def test_without_scripts_the_field_saves_markdown(sit_down, site):
    page = sit_down(f"/console/articles/{site.korean_only.pk}/ko", scripts=False)

    page.fill("textarea[name=html]", "## 기한\n\n사흘 **안에** 돌려드려요.")
    page.get_by_role("button", name="초안 저장").click()

    assert site.korean_only.translations.get(locale="ko").draft.html.startswith("<h2>기한</h2>")


def test_tools_are_reached_walked_and_left_by_keyboard(sit_down, site):
    page = sit_down(f"/console/articles/{site.korean_only.pk}/ko")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Alt+F10")
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    assert "<h2>" in sent(page)
    assert page.evaluate("document.activeElement.classList.contains('ProseMirror')")


@pytest.mark.parametrize("size", [PHONE, (1280, 800)])
def test_everybody_can_use_the_editor_in_the_dark_and_on_a_phone(sit_down, site, author, size):
    site.korean_only.write("ko", title="모두", html=EVERYTHING, by=author)
    page = sit_down(
        f"/console/articles/{site.korean_only.pk}/ko", size=size, scheme="dark", faults_expected=True
    )

    assert_accessible(page)


def test_an_author_writes_below_a_film_elsewhere_what_is_said_in_it(sit_down, open_page, site, author):
    html = '<p>봐요.</p><figure class="embed"><a href="https://youtu.be/abcdefghijk">청소 영상</a></figure>'
    site.korean_only.write("ko", title="청소", html=html, by=author)
    page = sit_down(f"/console/articles/{site.korean_only.pk}/ko", size=PHONE)

    said = page.locator(".editor-embed textarea")
    said.fill("필터를 돌려요\n\n봉투를 버려요")
    expect(said).to_be_focused()
    page.get_by_role("button", name="지금 공개").click()
    expect(page.get_by_text("3판이 공개 중이에요")).to_be_visible()
    expect(said).to_have_value("필터를 돌려요\n\n봉투를 버려요")

    reader = open_page(f"/hc/ko/articles/{site.korean_only.pk}", size=PHONE)
    reader.locator(".transcript summary").click()
    expect(reader.locator(".transcript li")).to_have_text(["필터를 돌려요", "봉투를 버려요"])
    assert_accessible(reader)


def test_a_film_elsewhere_loads_nothing_until_it_is_played(open_page, site):
    article = site.write(
        site.lamp_use,
        ko=(
            "청소하기",
            '<figure class="embed"><a href="https://youtu.be/abcdefghijk">청소 영상</a></figure>',
        ),
    )
    asked: list[str] = []
    page = open_page("/hc/ko", faults_expected=True)
    page.context.route(
        "**/*youtube*/**", lambda route: (asked.append(route.request.url), route.fulfill(body="film"))[1]
    )
    answer = page.goto(f"/hc/ko/articles/{article.pk}")

    assert "frame-src 'self' https://www.youtube-nocookie.com" in answer.headers["content-security-policy"]
    assert asked == []
    page.get_by_role("button", name="재생").click()
    expect(page.locator("film-door iframe")).to_have_attribute("title", "청소 영상")
    page.wait_for_timeout(200)
    assert asked and asked[0].startswith("https://www.youtube-nocookie.com/embed/abcdefghijk?")
    plain = page.goto("/hc/ko")
    assert "youtube" not in plain.headers["content-security-policy"]
