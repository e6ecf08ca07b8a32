"""The API: the engine's JSON for anybody, limits said aloud, errors in one shape."""

from __future__ import annotations

import pytest
from django.test import Client

from handrail.accounts.models import Token
from handrail.core.actors import SYSTEM

KEYS = {"outcome", "answer", "choices", "ms"}


def test_a_question_gets_the_probes_json(client, help_centre, settings):
    answer = client.get("/api/v2/answers", {"query": "환불 신청하는 방법", "locale": "ko"})
    said = answer.json()

    assert answer.status_code == 200
    assert set(said) >= KEYS
    assert said["outcome"] in {"answer", "choices"}
    offered = said["answer"] or said["choices"][0]
    assert offered["article"] == help_centre.articles["refund"].pk
    assert client.get(offered["url"].removeprefix(settings.BASE_URL)).status_code == 200
    assert answer["X-Rate-Limit"] == "120"


@pytest.mark.parametrize(("query", "locale"), [("상담사 연결해 주세요", "ko"), ("talk to a human", "en")])
def test_who_asks_for_a_person_is_told_where(client, help_centre, settings, query, locale):
    said = client.get("/api/v2/answers", {"query": query, "locale": locale}).json()

    assert (said["outcome"], said["wants_person"], said["answer"]) == ("handover", True, None)
    assert client.get(said["contact"].removeprefix(settings.BASE_URL)).status_code == 200


def test_initial_consonants_are_answered_with_choices(client, help_centre):
    said = client.get("/api/v2/answers", {"query": "ㅎㅂ"}).json()
    assert said["outcome"] == "choices"
    assert help_centre.articles["refund"].pk in [each["article"] for each in said["choices"]]


def test_the_public_gets_nothing_that_is_not_public(client, world, help_centre):
    world.article("상담사용 환불 예외 승인 코드", "<p>SECRET-42</p>", audience="agents")
    world.settle()

    assert (
        "SECRET-42"
        not in client.get("/api/v2/answers", {"query": "상담사용 환불 예외 승인 코드"}).content.decode()
    )


def test_a_token_sees_what_its_owner_sees(client, world, help_centre):
    inside = world.article("상담사용 환불 예외 승인 코드", "<p>SECRET-42</p>", audience="agents")
    world.settle()
    _token, secret = Token.issue(world.agent, name="bot", scopes=[], by=SYSTEM)

    said = client.get(
        "/api/v2/answers",
        {"query": "상담사용 환불 예외 승인 코드"},
        headers={"authorization": f"Bearer {secret}"},
    ).json()

    offered = [said["answer"]] if said["answer"] else said["choices"]
    assert inside.pk in [each["article"] for each in offered]


@pytest.mark.parametrize("said", ["Bearer x", "Bearer ", "Basic abc", "Token x"])
def test_a_token_that_is_none_is_refused(client, world, said):
    answer = client.get("/api/v2/answers", {"query": "환불"}, headers={"authorization": said})

    assert answer.status_code == 401
    assert answer.json()["error"] == "Unauthorized"


@pytest.mark.parametrize(
    ("fields", "named"),
    [({}, "query"), ({"query": ""}, "query"), ({"query": "x" * 1001}, "query"), ({"query": "a", "locale": "xx"}, "locale"),
     ({"query": "a", "product": "NaN"}, "product"), ({"query": "a", "product": "1e400"}, "product"),
     ({"query": "a", "product": "9" * 40}, "product")],
)  # fmt: skip
def test_what_is_wrong_is_said_field_by_field(client, world, fields, named):
    answer = client.get("/api/v2/answers", fields)
    said = answer.json()

    assert answer.status_code == 422
    assert said["error"] == "RecordInvalid"
    assert said["details"][named][0].keys() == {"error", "description"}


def test_past_the_limit_it_says_when_to_come_back(client, world):
    answers = [client.get("/api/v2/suggestions", {"query": "환"}) for _turn in range(121)]

    assert answers[119].status_code == 200
    assert answers[120].status_code == 429
    assert answers[120].json()["error"] == "TooManyRequests"
    assert 1 <= int(answers[120]["Retry-After"]) <= 60
    assert answers[120]["X-Rate-Limit-Remaining"] == "0"


def test_initial_consonants_suggest(client, help_centre):
    said = client.get("/api/v2/suggestions", {"query": "ㅎㅂ"}).json()

    assert "환불 신청하는 방법" in [each["title"] for each in said["suggestions"]]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_is_changed_by_it(client, world, method):
    assert getattr(client, method)("/api/v2/answers").status_code == 405


def test_an_unknown_address_answers_in_the_same_shape(client, world):
    answer = client.get("/api/v2/tickets")

    assert answer.status_code == 404
    assert answer.json()["error"] == "InvalidEndpoint"


@pytest.mark.parametrize("path", ["/api/v2/tickets", "/api/v1/tickets", "/api/x"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_so_it_does_whatever_is_asked_of_it(world, path, method):
    answer = Client(enforce_csrf_checks=True).generic(method, path)

    assert answer.status_code == 404 and answer.json()["error"] == "InvalidEndpoint"


@pytest.mark.parametrize("path", ["answers?query=x", "articles", "openapi.json"])
def test_head_answers_like_get_without_the_body(client, help_centre, path):
    asked, read = client.head(f"/api/v2/{path}"), client.get(f"/api/v2/{path}")

    assert asked.status_code == read.status_code == 200 and not asked.content
    assert asked["Content-Type"] == read["Content-Type"]


def test_what_an_address_does_not_take_is_refused_in_the_same_shape(client, world):
    answer = client.post("/api/v2/answers")

    assert answer.json()["error"] == "MethodNotAllowed" and answer["Allow"] == "GET, HEAD"


def test_every_answer_keeps_to_its_own_schema(client, help_centre):
    from handrail.web.api.answers import Answered

    for question in ("환불 신청하는 방법", "asdf qwer", "택배"):
        said = client.get("/api/v2/answers", {"query": question}).json()
        assert Answered.model_validate(said, strict=True).dict() == said


def test_the_reference_needs_no_script_and_names_every_field(client, world):
    page = client.get("/api/docs").content.decode()

    assert "GET /api/v2/answers" in page.replace("<code>", "").replace("</code>", "")
    for name in ("query", "locale", "product", "outcome", "provisional"):
        assert f"<code>{name}</code>" in page


@pytest.mark.parametrize("text", ["\0", "\x01", "😀" * 300, "‮", "'; --", "(" * 500, "\ud7ff", "a\r\nb"])
def test_no_text_is_too_odd(client, help_centre, text):
    assert client.get("/api/v2/answers", {"query": text + "환불"}).status_code == 200
