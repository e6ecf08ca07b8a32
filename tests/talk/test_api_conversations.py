"""A conversation over the API: to whom it is there at all, and which of its fields they get."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role, Team, Token
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.values import set_values
from handrail.core.actors import SYSTEM
from handrail.web.viewer import PERSON_KEY
from tests.worlds.asked import Forms


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


@pytest.fixture
def conversation(world, forms):
    made = world.conversation(world.person(assurance=2))
    set_values(made, {forms.kind: ["refund"], forms.cause: ["배송 지연"]}, by=world.agent)
    return made


def asked(client, conversation, secret=""):
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return client.get(f"/api/v2/conversations/{conversation.pk}", headers=headers)


def token(user, *scopes):
    return Token.issue(user, name="bot", scopes=list(scopes), by=SYSTEM)[1]


def as_customer(client, person):
    session = client.session
    session[PERSON_KEY] = {"id": person.pk, "assurance": 2, "at": 4_102_444_800.0}
    session.save()
    return client


def test_a_colleagues_program_reads_every_field(client, world, conversation):
    said = asked(client, conversation, token(world.agent, "conversations.read")).json()
    assert (said["id"], said["subject"], said["status"]) == (conversation.pk, "환불 문의", "new")
    assert said["custom_fields"] == [
        {
            "key": "kind",
            "name": "요청 종류",
            "kind": "choice",
            "public": True,
            "value": ["refund"],
            "text": "환불",
        },
        {
            "key": "cause",
            "name": "처리 사유",
            "kind": "line",
            "public": False,
            "value": ["배송 지연"],
            "text": "배송 지연",
        },
    ]


def test_its_customer_reads_the_public_ones_alone(client, conversation):
    answer = asked(as_customer(client, conversation.requester), conversation)
    assert [field["key"] for field in answer.json()["custom_fields"]] == ["kind"]
    assert "배송 지연" not in answer.content.decode() and "처리 사유" not in answer.content.decode()


def test_for_everybody_else_it_is_not_there(client, world, conversation):
    missing = client.get("/api/v2/conversations/987654")
    stranger = asked(client, conversation)
    without = asked(client, conversation, token(world.agent))
    author = asked(
        client,
        conversation,
        token(world.staff("a@handrail.test", "글쓴이", Role.AUTHOR), "conversations.read"),
    )
    hr = Team.objects.create(slug="hr", name_ko="인사", name_en="HR", is_private=True)
    conversation.hand_to_team(hr, by=world.agent)
    outside = asked(client, conversation, token(world.agent, "conversations.read"))
    other = asked(as_customer(client, world.person("other@example.com", assurance=2)), conversation)
    for answer in (missing, stranger, without, author, outside, other):
        assert (answer.status_code, answer.json()) == (404, missing.json())


@pytest.mark.parametrize("number", ["0", "99999999999999999999"])
def test_what_is_no_number_of_ours_is_said_in_the_apis_shape(client, world, number):
    answer = client.get(f"/api/v2/conversations/{number}")
    assert (answer.status_code, answer.json()["error"]) == (404, "RecordNotFound")


def test_a_status_of_our_own_is_told_to_colleagues_beside_what_it_counts_as(client, world, conversation):
    own = CustomStatus.make("pending", by=world.agent, name_ko="서류 기다림", name_en="Waiting for papers")
    assert (
        asked(client, conversation, token(world.agent, "conversations.read")).json()["custom_status"] is None
    )
    conversation.set_status(own.key, by=world.agent)

    said = asked(client, conversation, token(world.agent, "conversations.read")).json()

    assert (said["status"], said["custom_status"]) == ("pending", {"key": own.key, "name": "서류 기다림"})
    theirs = asked(as_customer(client, conversation.requester), conversation).json()
    assert (theirs["status"], theirs["custom_status"]) == ("pending", None)
