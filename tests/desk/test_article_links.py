import pytest
from django.conf import settings

from handrail.conversations.deliveries import Delivery
from handrail.conversations.letters import compose
from handrail.knowledge.linking import linked
from tests.desk.test_composing import say


@pytest.fixture
def shelf(world):
    """An article for everybody, in two languages and with a passage for colleagues, and one for colleagues alone."""
    opened = world.article(
        "환불은 언제 들어오나요",
        '<p>사흘 안에 들어와요.</p><section data-audience="agents"><p>팀장 승인이 필요해요.</p></section>',
    )
    opened.write("en", title="When does the refund arrive", html="<p>Within three days.</p>", by=world.agent)
    opened.translations.get(locale="en").publish(by=world.agent)
    closed = world.article("환불 예외 지침", "<p>팀장이 정해요.</p>", audience="agents")
    world.settle()
    return opened, closed


def address(article, locale="ko", ending=""):
    return f"{settings.BASE_URL}/hc/{locale}/articles/{article.pk}{ending}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{0}/hc/ko/articles/12-환불", [12]),
        ("먼저 {0}/hc/en/articles/3, 그리고 {0}/hc/ko/articles/12-a#b {0}/hc/ko/articles/3", [3, 12]),
        ("https://elsewhere.example/hc/ko/articles/12", []),
        ("{0}/hc/ko/articles/12345678901234567890", []),
        ("{0}/hc/ko/topics/4", []),
    ],
)
def test_a_pasted_address_says_which_article_is_meant(text, expected):
    assert linked(text.format(settings.BASE_URL)) == expected


def test_a_word_finds_articles_in_the_customers_language(world, desk, shelf):
    opened, closed = shelf
    conversation = world.conversation()
    at = f"/desk/conversations/{conversation.number}/articles"

    rows = {row["article"]: row for row in desk.get(at, {"query": "환불"}).json()["rows"]}
    assert rows[opened.pk]["title"] == "환불은 언제 들어오나요" and not rows[opened.pk]["is_closed"]
    assert rows[opened.pk]["place"].endswith(" · 1판")
    assert rows[closed.pk]["is_closed"]
    assert desk.get(at, {"query": "ㅎㅂ"}).json()["rows"]

    conversation.locale = "en"
    conversation.save(update_fields=["locale"])
    (first, *_) = desk.get(at, {"query": "refund"}).json()["rows"]
    assert first["title"] == "When does the refund arrive" and "/hc/en/articles/" in first["url"]


def test_its_words_are_what_the_customer_may_read(world, desk, shelf):
    opened, closed = shelf
    at = f"/desk/conversations/{world.conversation().number}/articles"

    assert desk.get(f"{at}/{opened.pk}/words").json() == {"text": "사흘 안에 들어와요."}
    assert desk.get(f"{at}/{closed.pk}/words").status_code == 404


def test_a_link_becomes_a_card_in_the_portal_and_in_the_mail(world, desk, shelf):
    from handrail.accounts.viewer import Viewer
    from handrail.web.portal.thread import lines

    opened, _ = shelf
    conversation = world.conversation()
    say(desk, conversation, text=f"여기를 봐 주세요\n{address(opened)}")

    mail, _return, _to = compose(Delivery.objects.get())
    reader = Viewer(person_id=conversation.requester_id, assurance=2)
    line = lines(conversation, reader)[-1]

    assert [(card.title, card.opening) for card in line.cards] == [
        ("환불은 언제 들어오나요", "사흘 안에 들어와요.")
    ]
    assert "팀장" not in decoded(mail) and decoded(mail).count("환불은 언제 들어오나요") == 1

    opened.show_to("agents", by=world.agent)
    assert lines(conversation, reader)[-1].cards == []


def decoded(mail: bytes) -> str:
    from email import message_from_bytes, policy

    html = message_from_bytes(mail, policy=policy.SMTP).get_body(("html",))
    return html.get_content()


def test_a_link_the_customer_cannot_follow_is_said_before_it_is_sent(world, desk, shelf):
    _, closed = shelf
    conversation = world.conversation()
    text = f"지침이에요 {address(closed, ending='-환불-예외')}"

    warned = say(desk, conversation, text=text)
    assert warned.status_code == 409
    assert "환불 예외 지침" in warned.content.decode() and "고객이 열 수 없어요" in warned.content.decode()
    assert not conversation.messages.filter(direction="out").exists()

    assert say(desk, conversation, text=text, closed="1").status_code == 302
    sent = conversation.messages.get(direction="out")
    assert sent.text == text and "cards" not in sent.data


def test_both_warnings_are_heard_one_after_the_other(world, desk, shelf):
    _, closed = shelf
    conversation = world.conversation()
    conversation.receive("아직이에요?", by=conversation.requester)

    first = say(desk, conversation, text=address(closed), seen="1")
    assert "쓰는 동안 새 글이나 변경이 있었어요" in first.content.decode()
    second = say(desk, conversation, text=address(closed), seen="1", anyway="1").content.decode()
    assert "고객이 열 수 없어요" in second and '<input type="hidden" name="anyway" value="1">' in second
    assert say(desk, conversation, text=address(closed), seen="1", anyway="1", closed="1").status_code == 302
