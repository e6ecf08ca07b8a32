"""A thousand votes of one voice move nothing, wrong votes do not outvote right ones; without the caps they would."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import agreement, evidence, jobs
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.entries import Entry
from handrail.answers.examples import standing
from handrail.answers.labels import Evidence, Label
from handrail.answers.projection import text_hash
from handrail.core import clock
from handrail.core.actors import Actor

ASKED = "환불 받으려면 며칠이나 기다려야 해요"
VOTES = 1000


def said(question=ASKED):
    result = answer(question, STRANGER, locale="ko", remember=False)
    return [(hit.article, hit.confidence) for hit in result.considered]


def ask_of(viewer=STRANGER, text=ASKED):
    key = answer(text, viewer, locale="ko").ask
    return Ask.objects.get(key=key)


def learned_side(number=0):
    """A question that is learned from, not measured with."""
    text = f"{ASKED} {number}"
    return text if int(text_hash(text)[:8], 16) % 2 == 0 else learned_side(number + 100)


def flood(centre, question, *, people, places, votes):
    """So many votes for the wrong article, by voices in turn."""
    ask = ask_of(text=question)
    for turn in range(votes):
        ask.place = places[turn % len(places)]
        evidence.keep(
            ask, centre.articles["earbuds"], Evidence.SOLVED, by=Actor("person", people[turn % len(people)])
        )
    jobs.encode_wanting()


def holds(centre, *, people, places, votes=VOTES):
    question = learned_side()
    before = said(question)
    flood(centre, question, people=people, places=places, votes=votes)
    assert not Entry.objects.filter(kind="question").exists()
    assert said(question) == before


def test_one_person_voting_a_thousand_times_moves_neither_order_nor_confidence(help_centre):
    holds(help_centre, people=[7], places=["home"])


def test_nor_does_one_person_from_a_hundred_networks(help_centre):
    holds(help_centre, people=[7], places=[f"place {each}" for each in range(100)])


def test_nor_do_two_hundred_sessions_of_one_address(help_centre):
    holds(help_centre, people=list(range(1, 201)), places=["one address"])


@pytest.mark.parametrize(
    "twin",
    [
        {"INDEPENDENT": 1, "ENOUGH": 0.1},
        {"_voices": lambda labels: {each.article_id: labels for each in labels}},
    ],
    ids=["one voice is enough", "every vote counts"],
)
def test_a_twin_without_the_caps_would_be_moved(help_centre, monkeypatch, twin):
    for name, value in twin.items():
        monkeypatch.setattr(agreement, name, value)
    with pytest.raises(AssertionError):
        holds(help_centre, people=list(range(1, 31)), places=["one address"], votes=30)


def test_a_thousand_ways_of_asking_by_one_person_teach_nothing(help_centre):
    before = said()
    ask = ask_of()
    for number in range(VOTES):
        ask.text = f"{ASKED} {number}"
        evidence.keep(ask, help_centre.articles["earbuds"], Evidence.SOLVED, by=Actor("person", 7))
    jobs.encode_wanting()
    assert Label.objects.count() == evidence.A_DAY_MAX
    assert said() == before


def test_none_of_these_a_thousand_times_by_one_person_does_not_lower_the_confidence(help_centre):
    question = learned_side()
    before = said(question)
    ask = ask_of(text=question)
    for turn in range(VOTES):
        ask.place = f"place {turn}"
        evidence.keep(ask, None, Evidence.REFUSED, by=Actor("person", 7))
    jobs.encode_wanting()
    assert Label.objects.count() == evidence.A_DAY_MAX
    assert said(question) == before


def voices(centre, question, name, *people):
    ask = ask_of(text=question)
    for person in people:
        ask.place = f"home of {person}"
        evidence.keep(ask, centre.articles[name], Evidence.SOLVED, by=Actor("person", person))


def test_wrong_votes_do_not_stand_beside_a_majority(help_centre):
    question = learned_side()
    voices(help_centre, question, "refund", *range(1, 7))
    jobs.encode_wanting()
    before = said(question)

    voices(help_centre, question, "earbuds", 101, 102)
    jobs.encode_wanting()

    assert set(Entry.objects.filter(kind="question").values_list("article", flat=True)) == {
        help_centre.id_of("refund")
    }
    assert said(question) == before


def test_what_an_editor_said_is_not_outvoted(help_centre):
    from handrail.answers import learn

    question = learned_side()
    verdict = learn.Verdict(question, help_centre.articles["refund"], "ko", is_held_out=False)
    learn.confirm_all([verdict], by=Actor("staff", 1))
    voices(help_centre, question, "earbuds", *range(101, 120))
    found = Entry.objects.filter(kind="question").values_list("article", flat=True)
    assert list(found) == [help_centre.id_of("refund")]


def test_a_lone_vote_is_no_case_to_measure_or_fit_with(help_centre):
    ask = ask_of()
    evidence.keep(ask, help_centre.articles["earbuds"], Evidence.SOLVED, by=Actor("person", 7))
    assert standing(Label.objects.standing()) == []


def test_two_people_of_two_places_teach_and_what_they_said_fades(help_centre):
    question = learned_side()
    voices(help_centre, question, "track", 1, 2)
    assert Entry.objects.filter(kind="question", article=help_centre.id_of("track")).exists()

    Label.objects.update(at=clock.now() - timedelta(days=120))
    jobs.fade.func()

    assert not Entry.objects.filter(kind="question").exists()


def test_a_visitor_brings_the_fingerprint_of_their_network_and_nothing_of_it(rf):
    from django.contrib.auth.models import AnonymousUser

    from handrail.web.viewer import viewer_of

    def place(address):
        request = rf.get("/", REMOTE_ADDR=address)
        request.user, request.session = AnonymousUser(), {}
        return viewer_of(request).place

    assert place("203.0.113.7") == place("203.0.113.7") != place("203.0.113.8")
    assert place("2001:db8:1:2::1") == place("2001:db8:1:2:ffff::9") != place("2001:db8:1:3::1")
    assert "203" not in place("203.0.113.7")[:3] or len(place("203.0.113.7")) == 64
    assert place("") == ""


def test_a_question_is_kept_with_the_voice_that_asked_it(help_centre):
    viewer = Viewer(chat_key="abc", place="there")
    ask = ask_of(viewer)
    assert (ask.asker_key, ask.place) == (viewer.voice, "there")
    assert "abc" not in ask.asker_key
    assert STRANGER.voice == ""
