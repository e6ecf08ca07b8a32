import re

import pytest

from handrail.core.files.keeping import keep

HTML = (
    '<p style="color:red">안녕하세요</p><img data-remote-src="https://tracker.example/p.png">'
    '<img src="cid:logo@x"><a href="https://example.com" target="_blank">링크</a>'
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001000527d4a20000000049454e44ae426082"
)


@pytest.fixture
def message(world):
    conversation = world.conversation()
    return conversation.receive("안녕하세요", by=conversation.requester, html=HTML)


def test_the_frame_runs_nothing_and_asks_nobody(desk, message):
    response = desk.get(f"/desk/messages/{message.pk}/body")
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy and "allow-scripts" not in policy and "allow-forms" not in policy
    assert "default-src 'none'" in policy
    assert "https:" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "no-referrer"
    assert ' src="https://tracker.example' not in response.content.decode()


def test_remote_pictures_come_only_when_asked_for(desk, message):
    response = desk.get(f"/desk/messages/{message.pk}/body?pictures=1")
    assert ' src="https://tracker.example/p.png"' in response.content.decode()
    assert "https:" in response["Content-Security-Policy"]


def test_pictures_that_came_with_the_mail_are_our_own_files(world, desk, message):
    file = keep(PIXEL, name="logo.png", by=world.agent)
    attachment = message.attachments.create(file=file, cid="logo@x")
    text = desk.get(f"/desk/messages/{message.pk}/body").content.decode()
    assert f'src="/desk/files/{attachment.pk}"' in text
    assert "cid:" not in text


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "<iframe src=//evil.example></iframe>",
        '<form action="//evil.example"><input name=a></form>',
        '<base href="//evil.example">',
        '<meta http-equiv="refresh" content="0;url=//evil.example">',
        '</body><link rel=stylesheet href="//evil.example/x.css">',
    ],
)
def test_what_slipped_into_the_table_is_cleaned_again(world, desk, html):
    conversation = world.conversation()
    message = conversation.receive("x", by=conversation.requester, html=html)
    body = desk.get(f"/desk/messages/{message.pk}/body").content.decode().split("<body>")[1]
    for bad in (
        "<script",
        "onerror",
        "javascript:",
        "<iframe",
        "<form",
        "<base",
        "<meta",
        "<link",
        "//evil.example",
    ):
        assert bad not in body, bad


def test_the_page_around_shows_the_text_and_offers_the_rest(desk, message):
    text = desk.get(f"/desk/conversations/{message.conversation_id}").content.decode()
    assert 'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"' in text
    assert "외부 이미지 불러오기" in text


def test_the_frame_never_has_scripts_and_the_origin_together(desk, message):
    page = desk.get(f"/desk/conversations/{message.conversation_id}").content.decode()
    policy = desk.get(f"/desk/messages/{message.pk}/body")["Content-Security-Policy"]
    (frame,) = re.findall(r'<iframe[^>]* sandbox="([^"]*)"', page)

    for allowed in (frame.split(), policy.split(";")[0].split()):
        assert "allow-same-origin" in allowed
        assert not {"allow-scripts", "allow-forms", "allow-top-navigation", "allow-modals"} & set(allowed)
    assert "script-src" not in policy and "default-src 'none'" in policy
