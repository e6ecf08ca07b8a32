"""A troubleshooter as its reader meets it: one question, the way back, a fix, or a person who knows every answer."""

from __future__ import annotations

import re

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.models import Ask
from handrail.conversations.conversation import Conversation
from handrail.core.events.models import Event
from handrail.knowledge.feedback import helped_lately
from handrail.web.portal import addresses
from tests.desk.conftest import signed_in
from tests.portal.trees import published


def test_one_question_at_a_time_to_the_article_that_fixes_it(client, shop):
    where = addresses.troubleshooter(published(shop), "ko")

    first = client.get(where).content.decode()
    second = client.get(where, {"a": "c1"}).content.decode()
    fix = client.get(where, {"a": "c1.c3"}).content.decode()

    assert "무엇이 안 되나요?" in first and "한쪽만 그런가요?" not in first
    assert "한쪽만 그런가요?" in second and f'href="{where}"' in second, "no way back"
    assert "소리가 안 나요" in fix, "an answer was lost"
    assert "10초 닫았다가 열어 보세요." in fix and "해결됐어요" in fix


def test_an_answer_the_tree_no_longer_knows_keeps_those_before_it(client, shop):
    where = addresses.troubleshooter(published(shop), "ko")

    page = client.get(where, {"a": "c1.c99.c3"})

    assert page.status_code == 200
    assert "한쪽만 그런가요?" in page.content.decode()


def test_solved_counts_as_the_other_solved_does(client, shop, world):
    one = published(shop)

    client.post(
        f"{addresses.troubleshooter(one, 'ko')}/solved", {"a": "c1.c3", "question": "왼쪽이 조용해요"}
    )

    assert helped_lately([shop.silent.pk]) == {shop.silent.pk: 1}
    assert Ask.objects.get(text="왼쪽이 조용해요").solved_by == shop.silent
    assert Event.objects.about(one).filter(verb="troubleshooter.solved").get().data["step"] == "s3"


def test_solving_is_possible_at_a_fix_only(client, shop):
    one = published(shop)

    assert client.post(f"{addresses.troubleshooter(one, 'ko')}/solved", {"a": "c1"}).status_code == 404


def test_a_person_sees_every_answer_by_the_form(client, shop, world):
    one = published(shop)
    end = client.get(addresses.troubleshooter(one, "ko"), {"a": "c1.c3.no.no"}).content.decode()
    link = re.search(r'href="(/hc/ko/requests/new\?[^"]+)"', end)
    assert link

    form = client.get(link[1].replace("&amp;", "&")).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(troubleshooter|answers)" value="([^"]*)"', form))
    client.post(
        "/hc/ko/requests/new",
        {"email": "minji@example.com", "subject": "한쪽", "text": "안 들려요", **hidden},
    )

    assert "한쪽만 그런가요?" in form, "the customer isn't shown what comes along"
    tried = Conversation.objects.get().tried
    assert [(each["kind"], each.get("answer", "")) for each in tried] == [
        ("answered", "소리가 안 나요"),
        ("answered", "한쪽만요"),
        ("no_help", ""),
        ("no_help", ""),
    ]
    case = signed_in(world.agent).get(f"/desk/conversations/{Conversation.objects.get().pk}").content.decode()
    assert "한쪽만 그런가요?" in case and "한쪽에서 소리가 나지 않을 때" in case


def test_a_person_sees_every_answer_by_chat_also_in_one_that_had_begun(client, shop):
    one = published(shop)
    client.post("/hc/ko/chat", {"text": "안녕하세요"})

    client.post("/hc/ko/chat", {"text": "도와주세요", "troubleshooter": one.pk, "answers": "c1.c4"})
    client.post("/hc/ko/chat", {"text": "여보세요", "troubleshooter": one.pk, "answers": "c1.c4"})

    answered = [each for each in Conversation.objects.get().tried if each["kind"] == "answered"]
    assert [each["answer"] for each in answered] == ["소리가 안 나요", "양쪽 다요"]


def test_its_article_is_found_and_asks_the_first_question_right_there(client, shop, world):
    one = published(shop)
    world.settle()

    found = answer("버즈가 이상해요", STRANGER, locale="ko")
    page = client.get(addresses.article(one.article, "ko"), follow=True).content.decode()

    assert one.article_id in [hit.article for hit in found.considered]
    assert "무엇이 안 되나요?" in page and f"{addresses.troubleshooter(one, 'ko')}?a=c1" in page


def test_withdrawn_or_for_others_it_does_not_exist(client, shop, world):
    one = published(shop)
    where = addresses.troubleshooter(one, "ko")
    one.article.show_to("agents", by=world.agent)
    assert client.get(where).status_code == 404
    one.article.show_to("public", by=world.agent)
    assert client.get(where).status_code == 200

    one.withdraw(by=world.agent)

    assert client.get(where).status_code == 404
    assert client.get(f"{where}?draft=1").status_code == 404, "a stranger saw a draft"
    assert "이어폰 진단" not in client.get("/hc/ko/troubleshooters").content.decode()


def test_a_tree_costs_the_same_at_every_step(client, shop, django_assert_max_num_queries):
    where = addresses.troubleshooter(published(shop), "ko")
    client.get(where)

    with django_assert_max_num_queries(16):
        client.get(where, {"a": "c1.c3"})
