"""What counts as a question that was missed: handed over, refused, disliked, or asked again in other words."""

from __future__ import annotations

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.asks import Ask
from handrail.core.events.models import Event
from handrail.insights import collecting, cursors, gathering
from handrail.insights.cases import Case
from handrail.intake.form import Enquiry, send
from handrail.knowledge import feedback
from tests.insights.test_gaps import encoder, found  # noqa: F401


def test_where_each_case_came_from_is_kept(world, readers):
    article = world.article("교환하기", "<p>눌러요.</p>")
    readers.ask("선물 1", "handover")
    readers.ask("선물 2", "handover", article=article)
    readers.ask("선물 3", "choices", article=article).refuse(by=STRANGER)
    solved = readers.ask("선물 4", "handover")
    solved.solve(article, by=STRANGER)
    feedback.give(
        article,
        locale="ko",
        is_helpful=False,
        reader="r",
        by=STRANGER,
        reason="not_my_question",
        text="선물 5 kim@example.com",
    )
    feedback.give(
        article, locale="ko", is_helpful=False, reader="s", by=STRANGER, reason="unclear", text="선물"
    )
    send(
        Enquiry(
            "선물 6", "본문", "c1", address="a@example.com", tried=[{"kind": "read", "article": article.pk}]
        ),
        Viewer(),
        inbox=world.mail,
    )
    send(Enquiry("선물 7", "본문", "c2", address="b@example.com"), Viewer(), inbox=world.mail)

    [gap] = found()

    told = {case.text: case.source for case in gap.cases.all()}
    assert told == {
        "선물 1": "nothing",
        "선물 2": "abstained",
        "선물 3": "refused",
        "선물 5 [mail]": "not_mine",
        "선물 6": "contacted",
    }


def test_what_was_disliked_is_a_case_unless_the_reader_thought_better_of_it(world, readers):
    article = world.article("교환하기", "<p>눌러요.</p>")
    for text, words in (("선물 1", [False]), ("선물 2", [False, True]), ("선물 3", [True, False])):
        ask = readers.ask(text, "answer", article=article)
        for is_helpful in words:
            ask.rate(article, is_helpful=is_helpful, by=STRANGER)
    solved = readers.ask("선물 4", "answer", article=article)
    solved.rate(article, is_helpful=False, by=STRANGER)
    solved.solve(article, by=STRANGER)

    [gap] = found()
    found()

    assert {case.text: case.source for case in gap.cases.all()} == {
        "선물 1": "disliked",
        "선물 3": "disliked",
    }


def test_what_was_answered_and_asked_again_in_other_words_is_a_case(world, readers):
    article = world.article("교환하기", "<p>눌러요.</p>")
    for minutes, key, text in (
        (30, "a", "선물 포장 되나요"),
        (28, "a", "선물로 싸 주실 수 있나요"),
        (30, "b", "해외 배송 되나요"),
        (28, "b", "환불은 언제 되나요"),
        (60, "c", "포장 되나요"),
        (28, "c", "포장은요"),
    ):
        readers.ask(text, "answer", article=article, days_ago=minutes / 1440, asker_key=key)

    [gap] = found()
    found()

    assert [(case.text, case.source) for case in gap.cases.all()] == [("선물 포장 되나요", "again")]


def test_what_is_disliked_before_its_question_was_gathered_is_a_case_later_however_much_is_rated_meanwhile(
    world, readers, monkeypatch
):
    monkeypatch.setattr(cursors, "OVERLAP", 0)
    article = world.article("교환하기", "<p>눌러요.</p>")
    early = readers.ask("선물 1", "answer", article=article)
    early.rate(article, is_helpful=False, by=STRANGER)
    assert collecting.from_dislikes() == 0  # nobody has gathered it yet

    for number in range(3):
        readers.ask(f"배송 {number}", "answer", article=article).rate(article, is_helpful=True, by=STRANGER)
    assert collecting.from_dislikes() == 0
    gathering.gather()

    assert collecting.from_dislikes() == 1
    assert collecting.from_dislikes() == 0
    assert [case.text for case in Case.objects.filter(source="disliked")] == ["선물 1"]


def test_a_colleagues_question_without_a_journey_holds_nothing_up(world, readers, monkeypatch):
    monkeypatch.setattr(cursors, "OVERLAP", 0)
    article = world.article("교환하기", "<p>눌러요.</p>")
    ask = readers.ask("선물 1", "answer", article=article)
    Ask.objects.filter(pk=ask.pk).update(asker_kind="staff")
    ask.rate(article, is_helpful=False, by=STRANGER)
    collecting.from_dislikes()

    last = Event.objects.filter(verb="ask.rated").latest("pk")
    assert cursors.Cursor.at("dislikes").position == last.pk
