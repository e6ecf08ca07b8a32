"""Fields as columns of saved views: chosen where a view is made, shown row by row, in two queries more however many rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.conversations.values import set_values
from handrail.conversations.views import SavedView
from handrail.workspace.typed_fields import Kind
from tests.worlds.asked import Forms


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


def view_with(world, *columns):
    return SavedView.make("항목 보기", "", by=world.agent, columns=["status", *columns])


def page(desk, view):
    response = desk.get(f"/desk/views/v{view.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_chosen_in_the_form_and_shown_row_by_row(world, desk, forms):
    first, second = world.conversation(subject="하나"), world.conversation(subject="둘")
    set_values(first, {forms.kind: ["refund"], forms.cause: ["<b>배송</b> 지연"]}, by=world.agent)
    form = desk.get("/desk/views/new").content.decode()
    assert 'value="field.kind"' in form and "처리 사유" in form
    sent = {"title": "사유", "whose": "me", "query": "", "sort": "newest"}
    desk.post("/desk/views/new", sent | {"columns": ["said", "field.kind", "field.cause"]})
    view = SavedView.objects.get()
    assert view.columns == ["said", "field.kind", "field.cause"]
    text = page(desk, view)
    row = text.split(f'data-number="{first.number}"')[1].split("</li>")[0]
    assert 'data-column="field.kind" title="요청 종류"' in row and "환불</span>" in row
    assert "&lt;b&gt;배송&lt;/b&gt; 지연" in row
    other = text.split(f'data-number="{second.number}"')[1].split("</li>")[0]
    assert "환불</span>" not in other
    assert (
        "checked"
        in desk.get(f"/desk/views/saved/{view.pk}").content.decode().split('value="field.kind"')[1][:12]
    )


def test_a_field_nobody_made_is_no_column_and_more_than_four_are_refused(world, desk, forms):
    sent = {"title": "사유", "whose": "me", "query": "", "sort": "newest"}
    assert desk.post("/desk/views/new", sent | {"columns": ["field.nothing"]}).status_code == 422
    made = [f"field.{forms.field(f'more{at}', Kind.LINE, world).key}" for at in range(5)]
    refused = desk.post("/desk/views/new", sent | {"columns": made})
    assert refused.status_code == 422
    assert "항목은 4개까지" in refused.content.decode()
    assert not SavedView.objects.exists()


def test_a_field_that_was_taken_away_still_shows_what_it_says(world, desk, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.cause: ["배송 지연"]}, by=world.agent)
    forms.cause.archive(by=world.agent)
    assert "배송 지연" in page(desk, view_with(world, "field.cause"))
    assert 'value="field.cause"' not in desk.get("/desk/views/new").content.decode()


def test_it_costs_two_queries_however_many_rows_and_fields(world, desk, forms):
    def cost(view):
        page(desk, view)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(desk, view)
        return len(asked)

    person = world.person()
    plain, with_fields = view_with(world), view_with(world, "field.kind", "field.cause")
    world.conversation(person)
    assert cost(with_fields) - cost(plain) == 2
    few = cost(with_fields)
    for _ in range(6):
        set_values(world.conversation(person), {forms.kind: ["other"]}, by=world.agent)
    assert cost(with_fields) == few
