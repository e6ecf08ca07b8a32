"""What a customer may see is found by its own indexes, however many conversations there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from tests.plans import walked

pytestmark = pytest.mark.only_on("sqlite")  # plans are read from it

VIEWERS = {
    "signed in": Viewer(person_id=1, assurance=2),
    "a browser": Viewer(chat_key="b"),
    "signed in, in a browser": Viewer(person_id=1, assurance=2, chat_key="b"),
    "of an organisation": Viewer(person_id=1, assurance=2, reads_organisations=frozenset([1])),
    "by a link": Viewer(only=1),
    "nobody": Viewer(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
@pytest.mark.parametrize("kind", ["visible_to", "their_own", "shared_with"])
def test_what_a_customer_may_see_is_found_without_reading_all(kind, viewer):
    with CaptureQueriesContext(connection) as caught:
        list(getattr(Conversation.objects, kind)(viewer))
    assert list(walked(caught.captured_queries)) == []
