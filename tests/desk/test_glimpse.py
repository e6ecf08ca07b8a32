"""A look at an earlier conversation from beside the present one."""

from handrail.accounts.models import Team
from handrail.core.actors import SYSTEM


def test_the_last_things_said_stand_there_with_notes_oldest_first(world, desk):
    before = world.conversation(text="처음 한 말")
    for at in range(3):
        before.reply(f"답 {at}", by=world.agent)
    before.note("안쪽 메모", by=world.agent)
    html = desk.get(f"/desk/conversations/{before.number}/glimpse").content.decode()
    assert "처음 한 말" not in html
    places = [html.index(words) for words in ("답 0", "답 1", "답 2", "안쪽 메모")]
    assert places == sorted(places)
    assert "data-note" in html
    present = world.conversation()
    page = desk.get(f"/desk/conversations/{present.number}").content.decode()
    assert f'data-from="/desk/conversations/{before.number}/glimpse"' in page


def test_one_of_a_private_team_is_not_there(world, desk):
    hidden = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    before = world.conversation()
    before.hand_to_team(hidden, by=SYSTEM)
    assert desk.get(f"/desk/conversations/{before.number}/glimpse").status_code == 404


def test_it_costs_the_same_for_little_and_for_much(world, desk, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    before = world.conversation()
    path = f"/desk/conversations/{before.number}/glimpse"
    desk.get(path)
    with CaptureQueriesContext(connection) as little:
        desk.get(path)
    for at in range(20):
        before.note(str(at), by=world.agent)
    with django_assert_max_num_queries(len(little)):
        desk.get(path)
