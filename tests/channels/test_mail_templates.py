"""A brand's own frame around its mails: what may stand in it, what a mail looks like in it, and the way back."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail

from handrail.channels.mail.framing import Frame, FrameRefused, checked, taken_out, words_of
from handrail.channels.mail.render import Look, Quoted, Rail, bodies, build
from handrail.channels.models import MailTemplate
from handrail.channels.password_mail import send_new_password_link
from handrail.core.actors import SYSTEM
from handrail.core.jobs.worker import drain
from tests.channels.test_render import LETTER

HTML = '<table><tbody><tr><td style="padding:8px">{{logo}} · {{brand}}</td></tr></tbody></table>{{content}}<hr>{{signature}}{{person}}<p><a href="{{site}}">도움말</a></p>'
LOOK = Look("온결 <b>", "#225588", "https://help.example/logo.png", "https://help.example")
FULL = replace(
    LETTER,
    text="본문이에요 {{signature}}",
    html="",
    signature="이서준\n온결",
    rail=Rail("요청 보기", "https://help.example/r?a=1&b=2"),
    quoted=Quoted("민지 님이 썼어요:", "{{content}} <b>"),
)


def framed(frame: Frame, letter=FULL) -> tuple[str, str]:
    return bodies(replace(letter, look=replace(LOOK, frame=frame)))


@pytest.mark.parametrize(
    ("name", "text"), [("온결", "온결은 온결을"), ("소리", "소리는 소리를"), ("A&L", "A&L은 A&L을")]
)
def test_a_particle_behind_the_brands_name_fits_it_in_both_parts(name, text):
    frame = checked(
        "<p><b>{{브랜드}}</b>은(는) {{브랜드|을}}</p>{{내용}}<p>{{로고}}와(과) {{도움말센터}}로(으로)</p>", ""
    )
    look = replace(LOOK, name=name, logo="", frame=frame)

    said, html = bodies(replace(FULL, look=look))

    assert text in said and "(" not in said.split("본문")[0]
    assert "</b>은" in html or "</b>는" in html
    assert "와(과)" not in html and "로(으로)" not in html


@pytest.mark.parametrize("written", ["{{브랜드|밥}}", "{{내용|을}}", "{{브랜드|}}"])
def test_a_particle_that_is_none_is_refused(written):
    with pytest.raises(FrameRefused):
        checked(f"<p>{written}</p>{{{{content}}}}", "")


def test_the_parts_stand_where_the_frame_has_them_and_the_rest_behind_the_words():
    text, html = framed(checked(HTML, ""))

    order = [
        "logo.png",
        "온결 &lt;b&gt;",
        "본문이에요",
        "썼어요",
        "<hr>",
        "이서준<br>온결",
        "요청 보기",
        "도움말",
    ]
    places = [html.index(each) for each in order]
    assert places == sorted(places)
    assert 'href="https://help.example"' in html and "r?a=1&amp;b=2" in html
    assert (
        text.index("본문이에요")
        < text.index("썼어요")
        < text.index("-- \n이서준")
        < text.index("요청 보기: https")
    )
    assert "도움말 (https://help.example)" in text and "온결 <b>" in text


def test_nothing_that_was_said_is_read_as_a_placeholder():
    text, html = framed(checked(HTML, ""))

    for part in (text, html):
        assert part.count("본문이에요 {{signature}}") == 1, "a customer's or colleague's words stay words"
        assert part.count("{{content}}") == 1 and part.count("이서준") == 1
    assert "{{content}} &lt;b&gt;" in html


def test_the_text_part_may_be_edited_apart():
    text, html = framed(checked(HTML, "{{브랜드}} 드림\n\n{{내용}}\n\n{{상담연결}}"))

    assert text.startswith("온결 <b> 드림\n\n본문이에요") and "도움말" not in text and "도움말" in html
    assert "-- \n이서준" in text, "a signature the frame has no place for stands behind the words"


def test_korean_placeholders_and_spaces_are_read():
    assert checked("<p>{{ 내용 }}</p><p>{{로고}}</p>", "").html == "{{content}}<p>{{logo}}</p>"


def test_the_whole_mail_is_built_of_it():
    message = message_from_bytes(
        build(replace(FULL, look=replace(LOOK, frame=checked(HTML, "")))), policy=default
    )

    assert "<hr>" in message.get_body(("html",)).get_content()
    assert message.get_body(("plain",)).get_content().strip().startswith("온결 <b>")


def test_without_a_frame_the_built_in_one_stands():
    assert bodies(replace(FULL, look=LOOK)) != framed(checked(HTML, ""))
    assert "max-width:40em" in bodies(replace(FULL, look=LOOK))[1]


@pytest.mark.parametrize(
    ("html", "text", "said"),
    [
        ("<p>Hello</p>", "", "{{content}}"),
        ("{{content}}{{content}}", "", "{{content}}"),
        ("{{content}}", "no words", "{{content}}"),
        ("{{content}}{{person}}{{person}}", "", "{{person}}"),
        ("{{content}}{{requester.email}}", "", "{{requester.email}}"),
        ("{{content}}{{conversation}}", "", "{{conversation}}"),
        ("{{content}}", "{{content}} {{notes}}", "{{notes}}"),
        ("{{content}}{{con<b>tent</b>}}", "", "{{con<b>tent</b>}}"),
        ("{{content}}{{ }}", "", "{{content}}"),
        ('{{content}}<p title="{{person}}">x</p>', "", "{{person}}"),
        ('<img alt="{{content}}" src="https://a.example/x.png">{{content}}', "", "{{content}}"),
        ("{{content}}" + "x" * 20_001, "", "20000"),
        ("<div>" * 200 + "{{content}}", "", ""),
    ],
)
def test_a_frame_that_cannot_be_is_refused(html, text, said):
    with pytest.raises(FrameRefused) as refused:
        checked(html, text)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "<style>p{display:none}</style>",
        '<p style="display:none">x</p>',
        '<p style="background:url(https://evil.example/x)">x</p>',
        "<form action='https://evil.example'><input name=q></form>",
        "<iframe src='https://evil.example'></iframe>",
        "<!-- secret -->",
        '<img src="cid:logo">',
    ],
)
def test_what_acts_hides_or_reaches_out_is_taken_out_and_told(bad):
    typed = bad + "{{content}}"
    kept = checked(typed, "").html

    for never in ("alert", "evil.example", "display", "secret", "<form", "<input", "onerror", "cid:"):
        assert never not in kept
    assert taken_out(typed, kept) or "src" in bad


def test_addresses_of_the_help_centre_are_filled_in_and_others_kept():
    frame = checked(
        '<a href="{{site}}/hc/ko?a=1&amp;b=2">x</a><img src="https://cdn.example/a.png" alt="{{brand}}">{{content}}',
        "",
    )

    _text, html = framed(frame)
    assert 'href="https://help.example/hc/ko?a=1&amp;b=2"' in html and 'alt="온결 &lt;b&gt;"' in html
    assert 'src="https://cdn.example/a.png"' in html


def test_a_brands_name_cannot_break_out_of_an_attribute():
    frame = checked('<img src="https://cdn.example/a.png" alt="{{brand}}">{{content}}', "")
    look = replace(LOOK, name='"><script>x</script>', frame=frame)

    assert "<script" not in bodies(replace(FULL, look=look))[1]


def test_what_is_kept_once_is_kept_the_same_again():
    frame = checked(HTML, "{{content}}")

    assert checked(frame.html, frame.text) == frame
    assert words_of(frame.html) == words_of(checked(frame.html, "").html)


def test_a_draft_changes_no_mail_until_it_is_used_and_one_press_brings_the_built_in_one_back(world):
    conversation = world.conversation()
    world.settle()
    template = MailTemplate.of(world.brand, "ko")

    def next_mail() -> str:
        mail.outbox.clear()
        conversation.reply("확인했어요", by=world.agent)
        world.settle()
        return mail.outbox[0].message().get_body(("html",)).get_content()

    template.draw("<p>우리 틀</p>{{content}}", "", by=SYSTEM)
    assert "우리 틀" not in next_mail()
    template.use(by=SYSTEM)
    shown = next_mail()
    assert "우리 틀" in shown and f"/requests/{conversation.number}" in shown, (
        "the way back is behind the words"
    )
    template.draw("<p>다음 틀</p>{{content}}", "", by=SYSTEM)
    assert "우리 틀" in next_mail()
    template.give_up(by=SYSTEM)
    assert (
        "틀" not in next_mail()
        and MailTemplate.of(world.brand, "ko").draft.html == "<p>다음 틀</p>{{content}}"
    )


@pytest.mark.django_db(transaction=True)
def test_mails_to_colleagues_are_not_framed(world):
    template = MailTemplate.of(world.brand, "ko")
    template.draw("<p>우리 틀</p>{{content}}", "", by=SYSTEM)
    template.use(by=SYSTEM)

    send_new_password_link.enqueue(world.agent.pk, locale="ko", path="/x/UID-KEY")
    drain()

    assert "우리 틀" not in mail.outbox[-1].message().as_string()
    assert "우리 틀" not in mail.outbox[-1].message().get_body(("html",)).get_content()


def test_each_language_has_its_own(world):
    for locale in ("ko", "en"):
        template = MailTemplate.of(world.brand, locale)
        template.draw(f"<p>frame {locale}</p>{{{{content}}}}", "", by=SYSTEM)
        template.use(by=SYSTEM)

    assert MailTemplate.frame_of(world.brand, "en").html.startswith("<p>frame en")
    assert MailTemplate.frame_of(world.brand, "ko").html.startswith("<p>frame ko")
