"""Was this helpful?"""

from __future__ import annotations

import pytest
from django.test import Client

from handrail.knowledge.models import Feedback, Reading
from handrail.web import limits
from handrail.web.portal import addresses, feedback


@pytest.fixture(autouse=True)
def fresh_limits():
    limits.forget_all()


@pytest.fixture
def strict() -> Client:
    """A browser whose POSTs need a token, as in life."""
    return Client(enforce_csrf_checks=True)


def url(shop, page="feedback") -> str:
    return f"/hc/ko/articles/{shop.silent.pk}/{page}"


def test_a_verdict_needs_the_token_and_the_token_comes_on_first_use(strict, shop):
    assert strict.post(url(shop), {"helpful": "yes"}).status_code == 403
    assert not Feedback.objects.exists()

    token = strict.get("/token").json()["token"]
    answer = strict.post(
        url(shop), {"helpful": "yes"}, headers={"x-csrftoken": token, "accept": "application/json"}
    )

    assert answer.json() == {"kept": True}
    assert Feedback.objects.get().is_helpful


def test_a_second_verdict_of_one_reader_replaces_the_first(client, shop):
    client.post(url(shop), {"helpful": "no"})
    client.post(url(shop), {"helpful": "no", "reason": "unclear", "text": "3단계가 어려워요"})

    verdict = Feedback.objects.get()
    assert (verdict.reason, verdict.text) == ("unclear", "3단계가 어려워요")


def test_two_readers_count_as_two(shop):
    for reader in (Client(), Client()):
        reader.post(url(shop), {"helpful": "yes"})

    assert Feedback.objects.count() == 2


def test_a_browser_that_throws_its_cookie_away_cannot_vote_without_end(shop):
    first = Client()
    first.post(url(shop), {"helpful": "yes"})
    said = [Client().post(url(shop), {"helpful": "yes"}).status_code for _each in range(10)]

    assert said[-1] == 429 and set(said[:-1]) == {302}
    assert Feedback.objects.count() == 10
    first.post(url(shop), {"helpful": "no"})
    assert Feedback.objects.filter(is_helpful=False).count() == 1, "who spoke before may change their mind"
    told = Client().post(url(shop), {"helpful": "yes"}).content.decode()
    assert "한 시간 뒤에" in told


def test_without_scripts_no_asks_for_the_reason_and_leads_back(client, shop):
    page = client.get(url(shop), {"helpful": "no"})
    assert "무엇이 아쉬웠나요?" in page.content.decode()

    answer = client.post(url(shop), {"helpful": "no", "reason": "wrong"})

    assert answer.status_code == 302
    assert answer["Location"] == addresses.article(shop.silent, "ko")


def test_an_answer_we_did_not_offer_is_refused(client, shop):
    assert client.post(url(shop), {"helpful": "perhaps"}).status_code == 400
    assert client.post(url(shop), {"helpful": "no", "reason": "<b>"}).status_code == 400
    assert not Feedback.objects.exists()


def test_nobody_judges_what_they_may_not_read(client, shop):
    assert client.post(f"/hc/ko/articles/{shop.internal.pk}/feedback", {"helpful": "yes"}).status_code == 404


def test_a_reader_is_counted_but_not_from_another_site(client, shop):
    assert client.post(url(shop, "reads"), headers={"sec-fetch-site": "same-origin"}).status_code == 204
    assert client.post(url(shop, "reads"), headers={"sec-fetch-site": "cross-site"}).status_code == 404
    assert client.get(url(shop, "reads")).status_code == 405

    assert Reading.objects.get().reads == 1


def test_nor_can_it_day_and_night(shop, monkeypatch):
    monkeypatch.setattr(feedback, "NEW_READERS", ("1000/hour", "20/day"))
    said = [Client().post(url(shop), {"helpful": "yes"}).status_code for _each in range(21)]

    assert said[-1] == 429 and set(said[:-1]) == {302}
