"""From a question to its answer: an editor names the article on the question's own page."""

from __future__ import annotations

from handrail.answers.labels import Label
from handrail.insights.gathering import gather
from tests.desk.conftest import signed_in


def test_an_editor_names_the_article_that_answers_a_question(world, readers, author):
    offered = world.article("교환하기", "<p>눌러요.</p>")
    right = world.article("선물 포장", "<p>메모에 적어 주세요.</p>")
    ask = readers.ask("포장 되나요", "choices", article=offered)
    gather()
    address = f"/console/insights/questions/{ask.key}"
    assert f'value="{offered.pk}"' in author.get(address).content.decode()
    assert f'value="{right.pk}"' in author.get(f"{address}?find=선물").content.decode()

    author.post(f"{address}/article", {"article": right.pk})

    label = Label.objects.get()
    assert (label.text, label.article, label.is_remembered) == ("포장 되나요", right, True)
    assert f"/console/answers/learned/{label.pk}" in author.get(address).content.decode()


def test_or_says_that_nothing_answers_it(readers, author):
    ask = readers.ask("김치찌개 끓이는 법", "handover")
    gather()

    author.post(f"/console/insights/questions/{ask.key}/article", {"article": ""})

    assert Label.objects.get().article is None


def test_what_an_employee_asked_stays_among_employees(world, readers, author):
    employee = world.person("employee@handrail.test", assurance=2)
    employee.kind = "employee"
    employee.save()
    right = world.article("선물 포장", "<p>메모에 적어 주세요.</p>")
    ask = readers.ask("사내 포장 되나요", "handover", by=employee)
    gather()

    author.post(f"/console/insights/questions/{ask.key}/article", {"article": right.pk})

    assert Label.objects.get().audience == "employees"


def test_an_agent_may_not(world, readers):
    ask = readers.ask("포장 되나요", "handover")
    gather()
    assert signed_in(world.agent).post(f"/console/insights/questions/{ask.key}/article").status_code == 404
    assert not Label.objects.exists()
