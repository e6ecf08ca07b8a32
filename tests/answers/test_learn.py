"""What past questions teach, and how it is taken back."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs, learn
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.entries import Entry, Vector
from handrail.answers.labels import Label
from handrail.core.actors import SYSTEM, Actor

SAID = "물건이 맘에 안 들어서 되돌려 보낼래"


def first(question, locale="ko"):
    return answer(question, STRANGER, locale=locale, remember=False).considered[0].article


def verdict(centre, question, name, **more):
    article = centre.articles[name] if name else None
    more.setdefault("is_held_out", False)
    return learn.Verdict(question, article, "ko", **more)


def test_a_confirmed_question_leads_to_its_article_from_then_on(help_centre):
    odd = "쿨쿨이가 멈췄어요"
    learn.confirm_all([verdict(help_centre, odd, "filter")], by=SYSTEM)
    jobs.encode_wanting()
    assert first("쿨쿨이 멈춤") == help_centre.id_of("filter")


def test_one_asker_alone_teaches_nothing_but_two_do(help_centre):
    for asker, remembered in ((Actor("person", 1), 0), (Actor("person", 1), 0), (Actor("person", 2), 1)):
        learn.confirm_all([verdict(help_centre, SAID, "refund", weight=learn.SAID_SO)], by=asker)
        assert Entry.objects.filter(kind="question").count() == remembered


def test_what_was_taught_can_be_taken_back(help_centre):
    (label,) = learn.confirm_all([verdict(help_centre, SAID, "refund")], by=SYSTEM)
    assert Entry.objects.filter(label=label).exists()

    learn.take_back(label, by=SYSTEM)

    assert not Entry.objects.filter(kind="question").exists()


def test_half_of_all_questions_are_kept_for_measuring_and_never_learned_from(help_centre):
    verdicts = [
        verdict(help_centre, f"환불 질문 {number}", "refund", is_held_out=None) for number in range(200)
    ]
    learn.confirm_all(verdicts, by=SYSTEM)

    held_out = Label.objects.to_measure_with()
    assert 70 < held_out.count() < 130
    assert not Entry.objects.filter(text_hash__in=held_out.values("text_hash")).exists()


def test_the_same_question_is_always_on_the_same_side(help_centre):
    labels = [learn.confirm("언제 와요", help_centre.articles["track"], "ko", by=SYSTEM) for _ in range(3)]
    assert len({label.is_held_out for label in labels}) == 1


def test_a_question_answered_by_two_articles_leads_to_both(help_centre):
    learn.confirm_all([verdict(help_centre, SAID, "refund"), verdict(help_centre, SAID, "track")], by=SYSTEM)
    found = Entry.objects.filter(kind="question").values_list("article", flat=True)
    assert set(found) == {help_centre.id_of("refund"), help_centre.id_of("track")}


def test_a_learned_question_is_masked(help_centre):
    label = learn.confirm("01012345678로 환불", help_centre.articles["refund"], "ko", by=SYSTEM)
    assert label.text == "[phone]로 환불"


def test_what_staff_asked_is_not_shown_to_strangers(help_centre):
    internal = verdict(help_centre, "비밀 프로젝트 무지개 환불", "refund", audience="agents")
    learn.confirm_all([internal], by=SYSTEM)
    assert Entry.objects.get(kind="question").audience == "agents"
    assert not Entry.objects.visible_to(STRANGER).filter(kind="question").exists()


def test_learned_questions_follow_their_article_when_it_is_hidden_withdrawn_or_shown_again(help_centre):
    article = help_centre.articles["abroad"]
    learn.confirm_all([verdict(help_centre, SAID, "abroad")], by=SYSTEM)

    article.show_to("agents", by=SYSTEM)
    assert Entry.objects.get(kind="question").audience == "agents"

    text = article.translations.get()
    text.withdraw(by=SYSTEM)
    assert not Entry.objects.filter(kind="question").exists()

    text.publish(by=SYSTEM)
    assert Entry.objects.filter(kind="question").exists()


def test_a_question_known_to_have_no_answer_makes_the_engine_less_sure(help_centre):
    asked = "환불 대신 상품권으로 받을 수 있나요"
    before = answer(asked, STRANGER, locale="ko", remember=False)
    learn.confirm_all([verdict(help_centre, "환불 대신 상품권 주세요", None)], by=SYSTEM)
    jobs.encode_wanting()
    after = answer(asked, STRANGER, locale="ko", remember=False)
    assert after.considered[0].confidence <= before.considered[0].confidence


def test_this_solved_it_becomes_a_label_once_the_worker_came_by(help_centre):
    result = answer("환불 얼마나 걸려요", STRANGER, locale="ko")
    ask = Ask.objects.get(key=result.ask)

    ask.solve(help_centre.articles["refund"], by=Actor("person", 5))
    help_centre.world.settle()

    label = Label.objects.get()
    assert (label.article_id, label.weight, label.given_by_id) == (
        help_centre.id_of("refund"),
        learn.SAID_SO,
        5,
    )


def test_solving_twice_counts_once(help_centre):
    ask = Ask.objects.get(key=answer("환불", STRANGER, locale="ko").ask)
    for _ in range(2):
        ask.solve(help_centre.articles["refund"], by=Actor("person", 5))
    help_centre.world.settle()
    assert Label.objects.count() == 1


def test_a_vector_is_made_once_for_the_same_words(help_centre):
    before = Vector.objects.count()
    help_centre.write({"ko": ("환불 신청하는 방법", "<p>다른 글</p>", [])})
    jobs.encode_wanting()
    assert Vector.objects.count() == before + 1  # of the passage: the title has one

    help_centre.write({"ko": ("환불 신청하는 방법", "<p>다른 글</p>", [])})
    jobs.encode_wanting()
    assert Vector.objects.count() == before + 1


def test_publishing_asks_the_worker_for_vectors(world, models):
    world.article("선물 포장", "<p>장바구니에서 골라요.</p>")
    assert Vector.objects.count() == 0
    world.settle()
    assert Vector.objects.count() == 2  # of the title, and of the passage below it


def test_without_the_encoder_the_job_waits_instead_of_claiming_it_is_done(world):
    from handrail.answers.encoder import NoReader
    from handrail.answers.model_client import using

    with using(NoReader()):
        world.article("선물 포장", "<p>장바구니에서 골라요.</p>")
        with pytest.raises(jobs.ModelsAway):
            jobs.encode_wanting()


def test_rows_made_without_the_analyser_are_made_again_when_it_is_back(world, loaded_models):
    from handrail.answers.encoder import NoReader
    from handrail.answers.model_client import using

    with using(NoReader()):
        world.article("선물 포장을 신청해요", "<p>장바구니에서 골라요.</p>")
    with using(loaded_models):
        assert jobs.catch_up.func() > 0
        assert not Entry.objects.of_other_analysis(Entry.objects.first().analyser).exists()
        assert answer("선물포장", STRANGER, locale="ko").considered
