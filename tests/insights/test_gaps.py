"""What people miss: put together, ranked, worked on, closed by itself, and never told to who may not know."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from handrail.accounts.models import Role
from handrail.accounts.viewer import Viewer
from handrail.answers.encoder import DIMENSIONS, Reading
from handrail.answers.labels import Label
from handrail.answers.model_client import using
from handrail.answers.results import Hit, Result
from handrail.core import clock
from handrail.core.actors import CLOCK
from handrail.core.events.models import Event
from handrail.insights import closing, drafting
from handrail.insights.cases import Case
from handrail.insights.collecting import collect
from handrail.insights.gaps import Gap, acted_on
from handrail.insights.gathering import gather
from handrail.insights.grouping import group
from handrail.insights.numbering import renumber_all
from handrail.insights.searching import today
from handrail.knowledge.models import Article
from tests.desk.conftest import signed_in

AUTHOR = Viewer(user_id=1, role=Role.AUTHOR)
MEANINGS = {"선물": 0, "gift": 0, "포장": 0, "해외": 1, "abroad": 1}


class Meanings:
    """An encoder that knows what a question is about by one word; whatever it does not know is like nothing else."""

    morph_model, vector_model = "", "meanings"

    def __init__(self) -> None:
        self.others = 100

    def read(self, morphs, vectors, *, as_asked=False):
        found = np.zeros((len(vectors), DIMENSIONS), np.float32)
        for row, text in zip(found, vectors, strict=True):
            place = next((at for word, at in MEANINGS.items() if word in text), None)
            if place is None:
                self.others += 1
                place = self.others
            row[place] = 1.0
        return Reading(None, found)


@pytest.fixture(autouse=True)
def encoder():
    with using(Meanings()):
        yield


def found() -> list[Gap]:
    gather()
    collect()
    group()
    return list(Gap.objects.ranked())


def test_questions_of_one_meaning_are_one_gap_and_most_missed_comes_first(world, readers):
    for text in ("선물 포장 되나요", "포장해서 보내 주세요", "선물로 보낼 수 있나요"):
        readers.ask(text, "handover", by=world.person(f"{len(text)}@example.com"))
    readers.ask("해외 배송 되나요", "handover")
    readers.ask("환불은 언제", "answer")

    gaps = found()

    assert [(gap.people, gap.state) for gap in gaps] == [(3, "open"), (1, "open")]
    assert gaps[0].title in {"선물 포장 되나요", "포장해서 보내 주세요", "선물로 보낼 수 있나요"}
    assert gaps[0].weeks == [0] * 7 + [3]
    assert list(Gap.objects.worth_showing()) == gaps[:1]


def test_a_later_question_joins_the_gap_there_is(world, readers):
    readers.ask("선물 되나요", "handover")
    [gap] = found()
    readers.ask("포장 되나요", "handover")

    assert [each.pk for each in found()] == [gap.pk]
    assert Gap.objects.get().people == 2


def test_nothing_counts_twice(readers):
    readers.ask("선물 되나요", "handover")
    found()
    found()

    assert Case.objects.count() == 1
    assert Gap.objects.get().cases_counted == 1


def test_one_person_asking_ten_times_is_one_person(world, readers):
    person = world.person()
    for number in range(10):
        readers.ask(f"선물 되나요 {number}", "handover", by=person)
    for _again in range(5):
        readers.ask("포장은요", "handover")

    [gap] = found()

    assert gap.people == 2 and gap.cases_counted == 15


def test_languages_are_not_mixed(readers):
    readers.ask("선물 되나요", "handover")
    readers.ask("gift wrap?", "handover", locale="en")

    assert len(found()) == 2


def test_without_the_encoder_only_the_same_words_come_together(readers):
    class Away:
        morph_model = vector_model = ""

        def read(self, morphs, vectors, *, as_asked=False):
            return Reading()

    with using(Away()):
        for text in ("선물 되나요", "선물되나요?", "포장 되나요"):
            readers.ask(text, "handover")
        assert sorted(gap.cases_counted for gap in found()) == [1, 2]


def test_one_press_begins_a_draft_with_the_examples_where_near_articles_stand(world, readers, author):
    near = world.article("교환하기", "<p>눌러요.</p>")
    for text in ("선물 포장 되나요", "포장해 주세요", "선물로 보내요"):
        readers.ask(text, "handover", article=near)
    [gap] = found()

    author.post(f"/console/gaps/{gap.pk}/draft")
    author.post(f"/console/gaps/{gap.pk}/draft")

    article = Article.objects.exclude(pk=near.pk).get()
    text = article.translations.get()
    gap.refresh_from_db()
    assert (gap.state, gap.article) == ("in_work", article)
    assert article.topic == near.topic and article.audience == "public"
    assert {text.draft.title, *text.aliases} == {"선물 포장 되나요", "포장해 주세요", "선물로 보내요"}
    assert article.owner.email == "author@handrail.test"
    event = Event.objects.get(verb="gap.begun")
    assert event.actor_kind == "staff" and event.data["article"] == article.pk


def test_a_gap_in_work_closes_when_its_article_is_published_and_found(world, readers, monkeypatch):
    readers.ask("선물 되나요", "handover")
    readers.ask("포장 되나요", "handover")
    [gap] = found()
    article = drafting.begin_article(gap, by=world.agent)
    offered: list[int] = []

    def answer(question, viewer, **more):
        return Result("choices", "ko", choices=[Hit(pk, "", "", "ko", "ko", 0.5) for pk in offered])

    monkeypatch.setattr(closing, "answer", answer)
    offered.append(article.pk)
    assert closing.close_answered() == 0, "it is a draft still"
    article.write("ko", title="선물 포장", html="<p>메모에 적어 주세요.</p>", by=world.agent)
    article.translations.get().publish(by=world.agent)
    offered.clear()
    assert closing.close_answered() == 0, "nobody who asks is shown it"
    offered.append(article.pk)

    assert closing.close_answered() == 1

    gap.refresh_from_db()
    assert (gap.state, gap.article) == ("closed", article)


def test_a_closed_gap_comes_back_when_people_go_on_asking(world, readers):
    readers.ask("선물 되나요", "handover")
    readers.ask("포장 되나요", "handover")
    [gap] = found()
    gap.close(None, by=CLOCK)
    readers.ask("선물요", "handover")
    assert found()[0].state == "closed", "one more is no movement"

    readers.ask("포장요", "handover")

    assert found()[0].state == "open"


def test_what_is_dismissed_stays_so_and_says_why(world, readers, author):
    readers.ask("선물 되나요", "handover")
    readers.ask("포장 되나요", "handover")
    [gap] = found()
    author.post(f"/console/gaps/{gap.pk}/dismissal", {"reason": "x"})
    gap.refresh_from_db()
    assert gap.state == "open"

    author.post(f"/console/gaps/{gap.pk}/dismissal", {"reason": "not_ours"})
    for number in range(4):
        readers.ask(f"선물 {number}", "handover")
    found()

    gap.refresh_from_db()
    assert (gap.state, gap.reason, gap.people) == ("dismissed", "not_ours", 6)
    assert "선물" not in author.get("/console/gaps").content.decode()
    author.post(f"/console/gaps/{gap.pk}/reopening")
    gap.refresh_from_db()
    assert (gap.state, gap.reason) == ("open", "")


def test_an_article_there_is_can_be_named_and_the_engine_learns_the_examples(world, readers, author):
    article = world.article("선물 포장", "<p>메모에 적어 주세요.</p>")
    readers.ask("선물 되나요", "handover", article=article)
    readers.ask("포장 되나요", "handover", article=article)
    [gap] = found()
    assert f'value="{article.pk}"' in author.get(f"/console/gaps/{gap.pk}").content.decode()

    author.post(f"/console/gaps/{gap.pk}/answered", {"article": article.pk})

    assert set(Label.objects.values_list("text", "article")) == {
        ("선물 되나요", article.pk),
        ("포장 되나요", article.pk),
    }
    gap.refresh_from_db()
    assert gap.state == "in_work"


def test_another_article_is_found_by_its_words_and_named(world, readers, author):
    article = world.article("선물 포장", "<p>메모에 적어 주세요.</p>")
    readers.ask("포장해서 보내 주실 수 있나요", "handover")
    readers.ask("포장 되나요", "handover")
    [gap] = found()
    address = f"/console/gaps/{gap.pk}"
    assert "선물 포장" not in author.get(address).content.decode()

    assert f'value="{article.pk}"' in author.get(f"{address}?find=선물").content.decode()
    assert author.post(f"{address}/answered", {"article": ""}).status_code == 404
    author.post(f"{address}/answered", {"article": article.pk})

    assert set(Label.objects.values_list("article", flat=True)) == {article.pk}


def test_the_words_most_questions_say_stand_in_the_forms_of_keywords_and_synonyms(readers, author):
    for text in ("선물 포장 되나요", "포장해서 보내 주세요", "포장은 어떻게 하나요"):
        readers.ask(text, "handover")
    [gap] = found()
    page = author.get(f"/console/gaps/{gap.pk}").content.decode()
    addresses = [each.split('"')[0].replace("&amp;", "&") for each in page.split('href="')[1:]]

    for form in ("/console/keywords?", "/console/synonyms?"):
        [address] = [each for each in addresses if each.startswith(form)]
        assert 'value="포장' in author.get(address).content.decode()


def test_every_example_of_an_accepted_gap_is_remembered_none_is_only_measured_with(world, readers):
    article = world.article("선물 포장", "<p>메모에 적어 주세요.</p>")
    for number in range(12):
        readers.ask(f"선물 포장 {number}번", "handover", article=article)
    [gap] = found()

    drafting.answered_by(gap, article, by=world.agent)

    assert Label.objects.to_remember().count() == 12
    assert not Label.objects.to_measure_with().exists()


def test_what_was_asked_long_ago_ranks_lower_with_time(world, readers):
    for number in range(3):
        readers.ask(f"선물 {number}", "handover")
    found()
    before = Gap.objects.get().score

    with clock.at(clock.now() + timedelta(days=40)):
        renumber_all()

    gap = Gap.objects.get()
    assert gap.score < before and gap.lately == 0 and gap.people == 3


def test_how_many_were_acted_on_is_counted(world, readers):
    for text in ("선물 1", "선물 2", "해외 1", "해외 2"):
        readers.ask(text, "handover")
    first, _second = found()
    since = today() - timedelta(days=1)
    assert acted_on(AUTHOR, since=since) == (0, 2)

    first.dismiss("noise", by=world.agent)

    assert acted_on(AUTHOR, since=since) == (1, 2)


def test_what_the_clock_closed_was_acted_on_by_nobody(world, readers):
    for text in ("선물 1", "선물 2", "해외 1", "해외 2"):
        readers.ask(text, "handover")
    first, second = found()
    since = today() - timedelta(days=1)

    first.close(None, by=CLOCK)
    assert acted_on(AUTHOR, since=since) == (0, 2)
    second.begin(world.article("해외 배송", "<p>돼요.</p>"), by=world.agent)
    second.close(second.article, by=CLOCK)

    assert acted_on(AUTHOR, since=since) == (1, 2)


def test_employees_gaps_are_hidden_with_employees_articles(world, readers, author, monkeypatch):
    employee = world.person("employee@handrail.test", assurance=2)
    employee.kind = "employee"
    employee.save()
    for number in range(3):
        readers.ask(f"해외 출장 {number}", "handover", by=employee)
    readers.ask("해외 배송", "handover")
    readers.ask("해외 주문", "handover")
    Case.objects.update(asker="x")
    found()
    inner = Gap.objects.get(audience="employees")
    Gap.objects.filter(pk=inner.pk).update(people=5)
    assert "해외 출장" in author.get("/console/gaps").content.decode()

    monkeypatch.setattr(Viewer, "audiences", property(lambda self: ("public", "signed_in")))

    text = author.get("/console/gaps").content.decode()
    assert "해외 출장" not in text and "해외" in text
    assert author.get(f"/console/gaps/{inner.pk}").status_code == 404


def test_the_list_costs_the_same_for_two_gaps_and_for_forty(
    world, readers, author, django_assert_max_num_queries
):
    for number in range(2):
        readers.ask(f"선물 {number}", "handover")
    found()
    author.get("/console/gaps")
    with django_assert_max_num_queries(22) as few:
        author.get("/console/gaps")
    for number in range(40):
        for person in ("a", "b"):
            readers.ask(f"모르는 말 {number}", "handover", by=world.person(f"{person}@example.com"))
    found()
    with django_assert_max_num_queries(22) as many:
        text = author.get("/console/gaps").content.decode()

    assert len(many) == len(few)
    assert text.count("shelf-row") > 30


def test_agents_have_no_way_in(world, readers):
    readers.ask("선물 되나요", "handover")
    found()
    agent = signed_in(world.agent)

    assert agent.get("/console/gaps").status_code == 404
    assert not Gap.objects.visible_to(Viewer(user_id=2, role=Role.AGENT)).exists()


def test_gaps_as_a_file(world, readers, author):
    readers.ask("선물 되나요", "handover")
    readers.ask("포장 되나요", "handover")
    found()

    rows = author.get("/console/gaps?as=json").json()["rows"]

    assert rows[0]["people"] == 2 and rows[0]["state"] == "open"
