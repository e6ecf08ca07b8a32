"""No page of the desk reads all conversations: what it costs stays the same when there are a million."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.conversations import links
from handrail.conversations.conversation import Conversation
from handrail.conversations.models import Message
from tests.intake.arriving import arrive, mail
from tests.plans import walked

__all__ = ["arrive"]

pytestmark = pytest.mark.only_on("sqlite")  # plans are read from it

PAGES = ("home", "counts", "mentions", "notices", "followed", "people", "organisations")
ABOUT = ("conversation", "history", "print", "suggestions", "macro-menu")
OF_MESSAGE = ("body", "mail")


def read(desk, name, *args):
    desk.get("/desk/counts")  # what is kept for seconds is kept now
    with CaptureQueriesContext(connection) as caught:
        response = desk.get(reverse(f"desk:{name}", args=args), follow=True)
    assert response.status_code == 200
    return list(walked(caught.captured_queries))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_reads_all_conversations(world, desk, name):
    world.conversation()
    assert read(desk, name) == []


@pytest.mark.parametrize("name", ABOUT)
def test_no_page_of_one_conversation_reads_all(world, desk, name):
    one, other = world.conversation(), world.conversation()
    links.link(one, other, kind="related", by=world.agent)
    assert read(desk, name, one.pk) == []


@pytest.mark.parametrize("name", OF_MESSAGE)
def test_no_page_of_one_message_reads_all(world, desk, arrive, name):
    arrive(mail(subject="문의"))
    message = Message.objects.filter(direction="in").latest("pk")
    assert read(desk, name, message.pk) == []


def test_a_list_of_all_that_one_may_see_would_be_noticed(world, desk):
    """The twin: what `IN` does where `contain` stands."""
    seen = Conversation.objects.visible_to(world.viewer())
    with CaptureQueriesContext(connection) as caught:
        list(Message.objects.filter(pk=1, conversation__in=seen))
    assert list(walked(caught.captured_queries))
