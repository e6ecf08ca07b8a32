from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from handrail.accounts.models import Role, Team
from handrail.channels.raw import keep
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.jobs.models import Job
from handrail.workspace.formats import time_of_day
from tests.desk.conftest import signed_in


@pytest.fixture
def admin(world):
    return signed_in(world.staff("admin@handrail.test", "박운영", Role.ADMIN))


@pytest.fixture
def dead(db):
    return Job.objects.create(
        task="handrail.x.jobs.deliver", args=[5], state="dead", attempts=6, error="Traceback\nRefused: no"
    )


@pytest.fixture
def quarantined(world):
    raw, _ = keep(world.mail, b"From: odd\r\n\r\n\xff", external_id="odd", envelope_from="odd@example.com")
    raw.quarantine("too_deep: 312 parts", by=SYSTEM)
    return raw


def test_a_dead_job_shows_its_last_words_and_runs_again_when_pressed(admin, dead):
    text = admin.get("/console/jobs").content.decode()
    assert "deliver" in text and "Refused: no" in text
    admin.post(f"/console/jobs/{dead.pk}/retry")
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("ready", 0)


def test_all_dead_jobs_run_again_at_once(admin, dead):
    Job.objects.create(task="handrail.x.jobs.other", state="dead")
    admin.post("/console/jobs/retry")
    assert not Job.objects.dead().exists()


def test_a_job_that_is_not_dead_cannot_be_retried(admin, dead):
    Job.objects.update(state="done")
    assert admin.post(f"/console/jobs/{dead.pk}/retry").status_code == 404


def test_quarantined_mail_shows_its_reason_and_can_be_read_raw_and_retried(admin, quarantined):
    text = admin.get("/console/inbound").content.decode()
    assert "odd@example.com" in text and "too_deep: 312 parts" in text
    raw = admin.get(f"/console/inbound/{quarantined.pk}/raw")
    assert raw.content == bytes(quarantined.body)
    assert raw["Content-Disposition"].startswith("attachment")
    admin.post(f"/console/inbound/{quarantined.pk}/release")
    quarantined.refresh_from_db()
    assert quarantined.state == "new"


def test_an_out_of_office_note_is_listed_by_its_subject_with_what_can_be_done(world, admin):
    note = (
        "From: =?x-odd?B?6rmA66+87KeA?= <minji@example.com>\r\nSubject: [자동응답] 휴가 중\r\n\r\nSubject: no"
    )
    keep(world.mail, note.encode(), external_id="v", envelope_from="")
    world.settle()
    text = admin.get("/console/inbound").content.decode()
    assert "[자동응답] 휴가 중" in text and "김민지 &lt;minji@example.com&gt;" in text
    assert "문의로 열기" in text


@pytest.mark.parametrize("sender", ["", "From:\r\n", "From: nobody\r\n", "Sender: minji@example.com\r\n"])
@pytest.mark.parametrize("envelope", ["", "<>", "minji@example.com"])
def test_mail_without_a_from_line_says_why_it_waits(world, admin, sender, envelope):
    keep(world.mail, f"{sender}Subject: hi\r\n\r\nhi".encode(), external_id="v", envelope_from=envelope)
    world.settle()
    assert "보낸 사람(From) 주소가 없어 답할 수가 없어요." in admin.get("/console/inbound").content.decode()


def test_mail_with_two_senders_says_why_it_waits(world, admin):
    keep(
        world.mail, b"From: a@example.com\r\nFrom: b@example.com\r\n\r\nhi", external_id="v", envelope_from=""
    )
    world.settle()
    assert "보낸 사람이 여럿이라" in admin.get("/console/inbound").content.decode()


def test_messages_that_wait_are_listed_with_their_error(world, admin):
    conversation = world.conversation()
    with clock.at(clock.now() - timedelta(minutes=11)):
        conversation.reply("답", by=world.agent).deliveries.get().put_off("Connection refused")
    text = admin.get("/console/deliveries").content.decode()
    assert f"#{conversation.number}" in text and "Connection refused" in text and "발송 대기" in text


def test_a_message_that_waits_is_listed_at_once_with_its_next_try(world, admin):
    conversation = world.conversation()
    delivery = conversation.reply("답", by=world.agent).deliveries.get()
    fresh = admin.get("/console/deliveries").content.decode()
    for _again in range(4):
        delivery.put_off("Connection refused", is_server_away=True)
    later = admin.get("/console/deliveries").content.decode()

    assert f"#{conversation.number}" in fresh and "아직 시도하지 않음" in fresh and "지금 다시 시도" in fresh
    assert "4번 시도" in later and time_of_day(delivery.next_at, locale="ko") in later


def test_a_private_teams_number_and_address_stay_hidden_even_here(world, admin):
    conversation = world.conversation()
    conversation.reply("답", by=world.agent).deliveries.get().failed("x", by=SYSTEM)
    conversation.hand_to_team(
        Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True), by=SYSTEM
    )
    text = admin.get("/console/deliveries").content.decode()
    assert "비공개 팀의 문의" in text
    assert f"#{conversation.number}" not in text and "minji@example.com" not in text


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUTHOR])
@pytest.mark.parametrize("path", ["jobs", "inbound", "deliveries", "inbound/1/raw"])
def test_agents_and_authors_learn_nothing_of_how_the_site_runs(world, role, path):
    client = signed_in(world.staff(f"{role}-two@handrail.test", "아무개", role))
    assert client.get(f"/console/{path}").status_code == 404


def test_an_empty_console_says_that_all_is_well(admin):
    assert "멈춘 작업이 없어요" in admin.get("/console/jobs").content.decode()
    assert "들어온 메일을 모두 읽었어요" in admin.get("/console/inbound").content.decode()


def test_a_form_sent_after_the_sign_in_ended_leads_back_to_its_page_through_the_sign_in(client, db):
    at = "/console/articles/7/ko"
    sent = client.post(f"{at}/step", headers={"accept": "text/html", "referer": f"http://testserver{at}?a=1"})
    assert sent.status_code == 302
    assert parse_qs(urlsplit(sent.url).query) == {"next": [f"{at}?a=1"]}

    from_elsewhere = {"accept": "text/html", "referer": "https://elsewhere.example/x"}
    sent = client.post(f"{at}/step", headers=from_elsewhere)
    assert parse_qs(urlsplit(sent.url).query) == {"next": ["/desk/"]}
    assert client.post(f"{at}/step", headers={"accept": "*/*"}).status_code == 404


def test_the_address_of_a_form_opened_as_a_page_leads_to_the_console(admin):
    assert admin.get("/console/jobs/retry").url == "/console/"


def test_a_page_that_stood_open_can_ask_whether_its_reader_is_still_known(admin, client):
    assert admin.get("/console/signed-in").json()["token"]
    assert client.get("/console/signed-in").status_code == 302
