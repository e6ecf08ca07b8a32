"""Articles while somebody types."""

from __future__ import annotations

import time

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.asks import Ask
from handrail.answers.suggest import suggest


def suggested(typed, *, locale="ko", viewer=STRANGER):
    return [hit.article for hit in suggest(typed, viewer, locale=locale)]


@pytest.mark.parametrize(
    "typed", ["환", "환ㅂ", "환불", "ㅎㅂ", "ghksqnf", "ghksq", "환불 ", "환불신청", "환불 신청하"]
)
def test_refund_is_suggested_first_however_it_is_begun(help_centre, typed):
    assert suggested(typed)[0] == help_centre.id_of("refund")


@pytest.mark.parametrize("typed", ["refu", "Refund", "ㄱㄷ려ㅜㅇ", "money ba"])
def test_and_in_english(help_centre, typed):
    assert suggested(typed, locale="en")[0] == help_centre.id_of("refund")


def test_a_word_inside_a_title_is_found(help_centre):
    assert help_centre.id_of("track") in suggested("조회")


def test_from_the_third_word_on_the_meaning_counts(help_centre):
    assert help_centre.id_of("password") in suggested("로그인 비번 기억이 안나")[:3]


def test_hidden_titles_are_not_suggested(help_centre):
    secret = help_centre.write({"ko": ("환불 거절 기준", "<p>내부용</p>", [])}, audience="agents")
    assert secret.pk not in suggested("환불 거절")
    assert secret.pk in suggested("환불 거절", viewer=help_centre.world.viewer())


def test_a_title_is_suggested_as_soon_as_it_is_published_and_never_after_it_is_withdrawn(help_centre):
    made = help_centre.write({"ko": ("훌라후프 보관법", "<p>세워 두세요.</p>", [])})
    assert suggested("훌라")[0] == made.pk

    from handrail.core.actors import SYSTEM

    made.translations.get().withdraw(by=SYSTEM)
    assert made.pk not in suggested("훌라")


@pytest.mark.parametrize("typed", ["", " ", "\n", "%", "ㅋㅋㅋㅋ"])
def test_nothing_meant_suggests_nothing_and_breaks_nothing(help_centre, typed):
    assert isinstance(suggest(typed, STRANGER, locale="ko"), list)


def test_nothing_typed_is_kept(help_centre):
    suggest("환불 언제 되나요 정말", STRANGER, locale="ko")
    assert Ask.objects.count() == 0


def test_suggestions_come_within_300_ms(help_centre):
    suggest("환", STRANGER, locale="ko")
    began = time.perf_counter()
    suggest("환불 방법 알려", STRANGER, locale="ko")
    assert time.perf_counter() - began < 0.3


@pytest.mark.parametrize("typed", ["비트코인", "asdkjhasd", "쿼그마이어 즈"])
def test_words_that_nothing_here_holds_or_means_are_followed_by_nothing(help_centre, typed):
    assert suggested(typed) == []
