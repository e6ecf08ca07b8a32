"""Request forms on the contact page: chosen, filled in, held by the server, with nothing lost and nothing leaked."""

import re

import pytest

from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Required
from handrail.conversations.forms import Asked, RequestForm
from handrail.conversations.values import set_values, values_of
from handrail.core import bus
from handrail.core.events.models import Event
from handrail.intake.suggesting import suggest
from handrail.workspace.typed_fields import Kind
from tests.talk.test_contact import WRITTEN
from tests.worlds.asked import KINDS, Forms

assert bus  # the page of a request listens to it


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


@pytest.fixture
def repair(world, forms) -> RequestForm:
    broken = forms.field("broken", Kind.TEXT, world, required=Required.CREATE)
    asks = [Asked(broken), Asked(forms.order)]
    return RequestForm.make("repair", by=world.agent, name_ko="수리", name_en="Repairs", asks=asks, team=None)


def sent(visitor, **fields):
    return visitor.presses("requests/new", **WRITTEN, **fields)


def asked(page):
    """The fields a page asks, in their order."""
    part = re.search(r"<request-fields.*?</request-fields>", page.content.decode(), re.S)
    return re.findall(r'name="field_(\w+)"', part[0]) if part else []


def test_without_forms_the_page_is_as_it_was(visitor, world):
    assert "request-fields" not in visitor.opens("requests/new").content.decode()
    assert sent(visitor).status_code == 302


def test_the_usual_form_is_asked_and_kept(visitor, world, forms):
    page = visitor.opens("requests/new")
    assert asked(page) == ["kind", "order_number"], "what is for colleagues is not asked"
    assert "처리 사유" not in page.content.decode()
    answer = sent(visitor, form="refund", field_kind="refund", field_order_number="on-77")
    request = Conversation.objects.get()
    assert answer.status_code == 302 and request.form == forms.refund
    assert values_of(request) == {forms.kind.pk: ["refund"], forms.order.pk: ["ON-77"]}
    text = visitor.opens(answer["Location"]).content.decode()
    assert "<dt>요청 종류</dt>" in text and ">환불</dd>" in text and "ON-77" in text
    assert Event.objects.filter(verb="conversation.filled", actor_kind="person").count() == 1


def test_without_a_script_a_condition_stands_in_words(visitor, world, forms):
    page = visitor.opens("requests/new").content.decode()
    assert "‘요청 종류’ 항목에서 고른 값이 ‘환불’, ‘교환’일 때만 적어 주세요." in page
    assert 'data-when="field_kind" data-values="[&#34;refund&#34;, &#34;exchange&#34;]"' in page


def test_a_request_that_skips_what_its_choice_requires_is_refused(visitor, world, forms):
    answer = sent(visitor, form="refund", field_kind="refund")
    text = answer.content.decode()
    assert answer.status_code == 400 and not Conversation.objects.exists()
    assert "꼭 필요한 내용이에요. 채워 주세요." in text
    assert 'aria-invalid="true"' in text.split('id="id_field_order_number"')[1].split(">")[0]
    assert '<option value="refund" selected>' in text and WRITTEN["text"] in text, "what was typed stays"
    told = visitor.presses("requests/new", _json=True, **WRITTEN, form="refund", field_kind="refund")
    assert list(told.json()["fields"]) == ["field_order_number"]


def test_another_choice_hides_it_and_drops_what_stands_in_it(visitor, world, forms):
    assert sent(visitor, form="refund", field_kind="other", field_order_number="ON-77").status_code == 302
    assert values_of(Conversation.objects.get()) == {forms.kind.pk: ["other"]}


def test_a_customer_fills_nothing_that_is_for_colleagues(visitor, world, forms):
    sent(visitor, form="refund", field_kind="other", field_cause="몰래")
    assert values_of(Conversation.objects.get()) == {forms.kind.pk: ["other"]}


@pytest.mark.parametrize(
    "fields",
    [
        {"field_kind": "nothing"},
        {"field_kind": "refund", "field_order_number": "<script>"},
        {"field_kind": ["refund", "other"], "field_order_number": "x" * 9000},
        {"field_kind": "\0\0", "field_order_number": "\0"},
    ],
)
def test_what_is_no_value_opens_nothing_or_is_left_out(visitor, world, forms, fields):
    answer = sent(visitor, form="refund", **fields)
    if answer.status_code == 302:
        assert values_of(Conversation.objects.get()) == {}
    else:
        assert answer.status_code == 400 and not Conversation.objects.exists()
        assert (
            "<script>" not in answer.content.decode().split("<request-fields")[1].split("</request-fields")[0]
        )


def test_one_chooses_among_several_and_loses_nothing_on_the_way(visitor, world, forms, repair):
    page = visitor.opens("requests/new").content.decode()
    assert "어떤 문의인가요?" in page and '<option value="repair">수리' in page
    typed = {"field_kind": "refund", "field_order_number": "ON-77"}
    other = sent(visitor, form="repair", choose="1", **typed)
    text = other.content.decode()
    assert other.status_code == 200 and "field-error" not in text
    assert asked(other) == ["broken", "order_number", "kind"]
    assert 'value="ON-77"' in text and '<input type="hidden" name="field_kind" value="refund">' in text
    assert WRITTEN["text"] in text and not Conversation.objects.exists()
    back = sent(
        visitor, form="refund", choose="1", field_broken="전원이 안 들어와요", **typed
    ).content.decode()
    assert '<option value="refund" selected>환불</option>' in back
    assert 'name="field_broken" value="전원이 안 들어와요"' in back


def test_what_the_page_is_about_suggests_a_form(visitor, world, forms, repair):
    article = world.article("환불 방법", "<p>가</p>")
    suggest(repair, products=[world.product], by=world.agent)
    assert asked(visitor.opens("requests/new"))[0] == "kind"
    assert asked(visitor.opens(f"requests/new?product={world.product.pk}"))[0] == "broken"
    assert asked(visitor.opens(f"requests/new?product={world.product.pk}&form=refund"))[0] == "kind"
    suggest(repair, topics=[world.topic], by=world.agent)
    assert asked(visitor.opens(f"requests/new?article={article.pk}"))[0] == "broken"


def test_the_forms_team_gets_it(visitor, world, forms, repair):
    from handrail.accounts.models import Team

    tech = Team.objects.create(slug="tech", name_ko="기술팀", name_en="Tech")
    RequestForm.objects.filter(pk=repair.pk).update(team=tech)
    world.product.give_to(world.team, by=world.agent)
    sent(visitor, form="repair", field_broken="안 켜져요", product=world.product.pk)
    assert Conversation.objects.get().team == tech


def test_a_form_put_aside_meanwhile_sends_nothing_and_says_so(visitor, world, forms, repair):
    RequestForm.objects.filter(pk=repair.pk).update(is_active=False)
    answer = sent(visitor, form="repair", field_broken="안 켜져요")
    text = answer.content.decode()
    assert answer.status_code == 400 and not Conversation.objects.exists()
    assert "이제 받지 않아요" in text and 'name="field_broken" value="안 켜져요"' in text
    told = visitor.presses("requests/new", _json=True, **WRITTEN, form="repair").json()
    assert "이제 받지 않아요" in told["error"] and told["asks_anew"] is True
    assert 'value="repair"' not in text


def test_in_english(world, forms):
    from tests.talk.visitor import Visitor

    visitor = Visitor("en")
    page = visitor.opens("requests/new").content.decode()
    assert "Kind of request" in page and "Only where “Kind of request” is “Refund”, “Exchange”." in page
    answer = visitor.presses("requests/new", **WRITTEN, form="refund", field_kind="refund")
    assert "Please fill this in; we can&#39;t go on without it." in answer.content.decode()


def test_pressed_twice_its_fields_stand_there_once(visitor, world, forms):
    for _press in range(2):
        sent(visitor, client_id="form-12345678", form="refund", field_kind="other")
    assert values_of(Conversation.objects.get()) == {forms.kind.pk: ["other"]}


def test_rather_in_the_chat_what_was_filled_in_comes_along(visitor, world, forms):
    page = visitor.presses(
        "chat/draft",
        subject="환불",
        text="안 돼요",
        form="refund",
        field_kind="refund",
        field_order_number="on-77",
    ).content.decode()
    assert "주문번호: ON-77" in page and "요청 종류: 환불" in page


def test_what_colleagues_put_into_private_fields_reaches_no_customer(visitor, world, forms):
    answer = sent(visitor, form="refund", field_kind="other")
    request = Conversation.objects.get()
    set_values(request, {forms.cause: ["SECRET-CAUSE"], forms.order: ["ON-PUBLIC"]}, by=world.agent)
    text = visitor.opens(answer["Location"]).content.decode()
    assert "ON-PUBLIC" in text and "SECRET-CAUSE" not in text and "처리 사유" not in text
    snapshot = visitor.client.get(f"/hc/ko/talk/{request.public_id}/messages?on=request").content.decode()
    assert "SECRET-CAUSE" not in snapshot and "처리 사유" not in snapshot


def test_several_choices_are_ticked_and_kept(visitor, world, forms):
    several = forms.field("several", Kind.CHOICES, world, options=KINDS)
    forms.refund.rewrite(by=world.agent, asks=[Asked(several)])
    page = sent(visitor, form="refund", choose="1", field_several=["refund", "other"]).content.decode()
    assert page.count('name="field_several"') == 3 and page.count("checked") >= 2
    sent(visitor, form="refund", field_several=["other", "refund"])
    assert values_of(Conversation.objects.get()) == {several.pk: ["refund", "other"]}


@pytest.mark.parametrize("typed", ["", "내일", "2026-13-40"])
@pytest.mark.parametrize("kind", [Kind.DAY, Kind.NUMBER])
def test_an_empty_or_unreadable_field_beside_a_missing_one_brings_the_form_back_with_every_word(
    visitor, world, forms, kind, typed
):
    broken = forms.field("broken", Kind.TEXT, world, required=Required.CREATE)
    beside = forms.field("beside", kind, world)
    RequestForm.make(
        "repair",
        by=world.agent,
        name_ko="수리",
        name_en="Repairs",
        asks=[Asked(broken), Asked(beside)],
        team=None,
    )
    answer = sent(visitor, form="repair", field_broken="", field_beside=typed)
    page = answer.content.decode()
    assert answer.status_code == 400 and WRITTEN["text"] in page and WRITTEN["subject"] in page
    assert not typed or typed in page
    assert not Conversation.objects.exists()


@pytest.fixture
def hurried(world, forms) -> RequestForm:
    """The repair of something, where the customer says how much it hurries; "urgent" is not offered."""
    words = [
        {"code": "low", "ko": "천천히", "en": "No hurry"},
        {"code": "normal", "ko": "보통", "en": "As usual"},
        {"code": "high", "ko": "일이 멈췄어요", "en": "Work has stopped"},
    ]
    hurry = forms.field("hurry", Kind.PRIORITY, world, options=words)
    asks = [Asked(hurry), Asked(forms.order)]
    return RequestForm.make("hurried", by=world.agent, name_ko="급한 수리", name_en="Hurried", asks=asks)


def test_a_customer_says_how_much_it_hurries_in_plain_words(visitor, world, hurried):
    page = visitor.opens("requests/new?form=hurried")
    assert asked(page) == ["hurry", "order_number"]
    assert '<option value="high">일이 멈췄어요</option>' in page.content.decode()

    answer = sent(visitor, form="hurried", field_hurry="high", field_order_number="on-3")

    request = Conversation.objects.get()
    assert answer.status_code == 302 and request.priority == "high"
    assert list(values_of(request).values()) == [["ON-3"]], (
        "it is no field's value but the conversation's own"
    )
    fact = Event.objects.about(request).get(verb="conversation.priority_changed")
    assert (fact.actor_kind, fact.data) == ("person", {"old": "normal", "new": "high"})


@pytest.mark.parametrize("typed", ["urgent", "nonsense", "HIGH", "5"])
def test_a_priority_that_is_not_offered_is_refused_and_nothing_opens(visitor, hurried, typed):
    answer = sent(visitor, form="hurried", field_hurry=typed)
    assert answer.status_code == 400 and not Conversation.objects.exists()
    assert 'id="id_field_hurry-error"' in answer.content.decode()


def test_nothing_chosen_is_the_usual_priority(visitor, hurried):
    assert sent(visitor, form="hurried", field_hurry="").status_code == 302
    request = Conversation.objects.get()
    assert request.priority == "normal"
    assert not Event.objects.about(request).filter(verb="conversation.priority_changed").exists()


def test_a_form_that_does_not_ask_for_it_takes_none(visitor, hurried, forms):
    page = visitor.opens("requests/new?form=refund").content.decode()
    assert "일이 멈췄어요" not in page and "우선순위" not in page

    sent(visitor, form="refund", field_kind="other", field_hurry="high", priority="urgent", hurry="high")

    assert Conversation.objects.get().priority == "normal"


def test_what_was_chosen_stays_when_something_else_is_missing(visitor, world, hurried):
    answer = visitor.presses("requests/new", **{**WRITTEN, "subject": ""}, form="hurried", field_hurry="high")
    assert answer.status_code == 400
    assert '<option value="high" selected>' in answer.content.decode()
