"""What an editor says is remembered whichever side its question is on, measures nothing it taught, and can be taken back."""

from __future__ import annotations

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import jobs, learn, teaching
from handrail.answers.answer import answer
from handrail.answers.entries import Entry
from handrail.answers.labels import Evidence, Label
from handrail.answers.lessons import lessons
from handrail.answers.projection import text_hash
from handrail.core.actors import SYSTEM, Actor
from handrail.core.events.models import Event

EDITOR = Actor("staff", 1)


def on_side(odd, number=0):
    """A question whose text puts it on one side: odd is measured with."""
    text = f"쿨쿨이가 멈췄어요 {number}"
    return text if int(text_hash(text)[:8], 16) % 2 == odd else on_side(odd, number + 1)


def first(question):
    return answer(question, STRANGER, locale="ko", remember=False).considered[0].article


def teach(centre, question, name="filter", by=EDITOR):
    return teaching.teach([question], centre.articles[name] if name else None, "ko", by=by)[0]


def test_what_an_editor_teaches_is_answered_from_then_on_whatever_side_its_text_is_on(help_centre):
    for odd in (0, 1):
        question = on_side(odd)
        label = teach(help_centre, question)
        jobs.encode_wanting()
        assert not label.is_held_out
        assert first(question) == help_centre.id_of("filter")


def test_a_question_that_measures_goes_on_measuring_and_is_remembered_all_the_same(help_centre):
    question = on_side(1)
    crowd = learn.Verdict(
        question, help_centre.articles["refund"], "ko", weight=0.7, evidence=Evidence.SOLVED
    )
    learn.confirm_all([crowd], by=Actor("person", 5))

    label = teach(help_centre, question)

    assert label.is_held_out and label.is_remembered
    assert Entry.objects.get(kind="question").article_id == help_centre.id_of("filter")


def test_what_readers_say_later_of_a_taught_question_does_not_make_it_measure(help_centre):
    question = on_side(1)
    teach(help_centre, question)

    learn.confirm_all(
        [learn.Verdict(question, help_centre.articles["filter"], "ko", weight=0.7)], by=Actor("person", 5)
    )

    assert not Label.objects.to_measure_with().exists()


def test_no_classifier_learns_a_question_that_measures(help_centre):
    for number in range(12):
        verdict = learn.Verdict(
            f"필터 물음 {number}", help_centre.articles["filter"], "ko", is_held_out=False
        )
        learn.confirm_all([verdict], by=SYSTEM)
    measured = on_side(1)
    learn.confirm_all(
        [learn.Verdict(measured, help_centre.articles["filter"], "ko", is_held_out=True)], by=SYSTEM
    )
    teach(help_centre, measured)
    jobs.encode_wanting()

    taught = lessons()

    assert int(text_hash(measured)[:16], 16) not in taught.hashes.tolist()
    assert Entry.objects.filter(text=measured).exists()


def test_saying_again_what_was_only_measured_with_makes_it_remembered(help_centre):
    question = on_side(1)
    verdict = learn.Verdict(question, help_centre.articles["filter"], "ko", is_held_out=True)
    learn.confirm_all([verdict], by=EDITOR)
    assert not Entry.objects.filter(kind="question").exists()

    teach(help_centre, question)

    assert Entry.objects.filter(kind="question").exists()


def test_nothing_answers_it_takes_back_what_somebody_was_certain_of(help_centre):
    question = on_side(0)
    teach(help_centre, question, by=Actor("staff", 2))

    teach(help_centre, question, None)

    assert [label.article_id for label in Label.objects.standing()] == [None]
    assert Entry.objects.get(kind="question").article_id is None


def test_a_verdict_can_be_pointed_at_another_article_or_at_none(help_centre):
    label = teach(help_centre, on_side(0))

    moved = teaching.point(label, help_centre.articles["refund"], by=EDITOR)
    assert Entry.objects.get(kind="question").article_id == help_centre.id_of("refund")
    teaching.point(moved, None, by=EDITOR)

    assert Entry.objects.get(kind="question").article_id is None
    assert Label.objects.standing().count() == 1
    assert Event.objects.filter(verb="label.withdrawn").count() == 2


def test_what_was_taken_back_is_brought_back(help_centre):
    label = teach(help_centre, on_side(0))
    learn.take_back(label, by=EDITOR)

    teaching.bring_back(label, by=EDITOR)

    assert Entry.objects.filter(label=label).exists()
    assert Event.objects.filter(verb="label.restored", subject_id=label.pk).count() == 1


def test_all_of_one_colleague_is_taken_back_at_once_and_undone_at_once(help_centre):
    for number in range(3):
        teach(help_centre, f"필터 물음 {number}", by=Actor("staff", 2))
    kept = teach(help_centre, "필터를 어떻게 갈아요")
    earlier = teach(help_centre, "필터 물음 9", by=Actor("staff", 2))
    learn.take_back(earlier, by=EDITOR)

    moment = teaching.take_back_all(Label.objects.given_by_colleague(2), by=EDITOR)

    assert [label.pk for label in Label.objects.standing()] == [kept.pk]
    assert Entry.objects.filter(kind="question").count() == 1
    assert teaching.bring_back_all(moment, by=EDITOR) == 3
    assert Label.objects.standing().count() == 4
    assert Event.objects.filter(verb="label.withdrawn").count() == 4


def test_one_press_takes_back_so_many_the_newest_first_and_the_next_press_the_rest(help_centre, monkeypatch):
    monkeypatch.setattr(teaching, "AT_ONCE", 2)
    given = [teach(help_centre, f"필터 물음 {number}", by=Actor("staff", 2)) for number in range(3)]
    theirs = Label.objects.given_by_colleague(2)

    first = teaching.take_back_all(theirs, by=EDITOR)
    assert [label.pk for label in Label.objects.standing()] == [given[0].pk]
    teaching.take_back_all(theirs, by=EDITOR)
    assert not Label.objects.standing().exists()
    assert teaching.bring_back_all(first, by=EDITOR) == 2


def test_authors_see_what_was_learned_and_others_do_not(help_centre):
    teach(help_centre, on_side(0))
    assert Label.objects.visible_to(Viewer(user_id=1, role=Role.AUTHOR)).count() == 1
    assert not Label.objects.visible_to(Viewer(user_id=2, role=Role.AGENT)).exists()
    assert not Label.objects.visible_to(STRANGER).exists()
