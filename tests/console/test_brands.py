"""The pages of brands: one more, its names, its host name and its mail template, for managers alone."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from handrail.accounts.models import Role
from handrail.channels.brands import open_brand
from handrail.channels.models import Inbox, MailTemplate
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.core.jobs.models import Job
from handrail.intake.wording import AcknowledgementText
from handrail.workspace.jobs import ask_host
from handrail.workspace.models import Brand, PortalDraft
from handrail.workspace.portal import shown
from tests.desk.conftest import signed_in

DRAWN = "<p>우리 틀 {{logo}}</p>{{content}}{{person}}"


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


@pytest.fixture
def second(world) -> Brand:
    return open_brand("둘째", "Second", by=SYSTEM)


def alert(answer) -> str:
    return re.search(r'role="alert".*?</div>', answer.content.decode(), re.S)[0]


def test_a_manager_makes_a_second_brand_and_the_first_stays_the_sites_own(world, manager):
    answer = manager.post("/console/brands", {"name_ko": " 둘째 ", "name_en": "Second"}, follow=True)

    brand = Brand.objects.get(name_ko="둘째")
    assert answer.request["PATH_INFO"] == f"/console/brands/{brand.pk}" and "둘째" in answer.content.decode()
    assert brand.slug == "second" and brand.mail_domain == world.brand.mail_domain
    assert Inbox.objects.get(brand=brand, kind="chat").team == world.team
    assert "온결" in manager.get("/hc/ko").content.decode()
    assert Event.objects.filter(verb="brand.made").count() == 1
    open_brand("셋째", "Second", by=SYSTEM)
    assert Brand.objects.filter(slug="second-2").exists()


def test_a_brand_without_a_name_is_refused_and_what_was_typed_stays(world, manager):
    answer = manager.post("/console/brands", {"name_ko": "둘째", "name_en": "  "})

    assert answer.status_code == 422 and 'value="둘째"' in answer.content.decode() and alert(answer)
    assert Brand.objects.count() == 1


def test_each_brand_has_a_look_of_its_own_tried_at_the_sites_address(world, manager, second, client):
    look = f"/console/brands/{second.pk}/look"
    answer = manager.post(look, {"hue": "265", "css": ".x { color: red }", "do": "preview"})

    tried = manager.get(answer["Location"]).content.decode()
    assert "둘째" in tried and "/theme/265.css" in tried and "/hc/style/" in tried
    assert f"{look}" in tried, "back to where it is drawn"
    assert "둘째" not in client.get("/hc/ko").content.decode()
    manager.post("/console/portal/preview", {"stop": "1"})
    assert "온결" in manager.get("/hc/ko").content.decode()

    manager.post(look, {"do": "publish"})
    assert shown(Brand.objects.get(pk=second.pk)).hue == 265
    assert Brand.objects.get(pk=world.brand.pk).portal == {} and PortalDraft.objects.count() == 1
    restored = manager.post(f"{look}/versions/1/restore")
    assert restored["Location"] == look and shown(Brand.objects.get(pk=second.pk)).hue == 32


def test_a_session_that_says_preview_shows_a_visitor_nothing(world, manager, second, client):
    manager.post(f"/console/brands/{second.pk}/look", {"hue": "265", "do": "save"})
    session = client.session
    session["portal_preview"] = second.pk
    session.save()

    assert "둘째" not in client.get("/hc/ko").content.decode()


def test_a_host_name_is_given_asked_led_to_and_given_up(world, manager, second):
    at, page = f"/console/brands/{second.pk}/host", f"/console/brands/{second.pk}"
    manager.post(at, {"host": "https://Second.example/", "keep": "1"})

    brand = Brand.objects.get(pk=second.pk)
    assert brand.host == "second.example" and brand.host_led_to_at is None
    assert Job.objects.filter(task__endswith="ask_host").count() == 1, "it is asked at once"
    text = manager.get(page).content.decode()
    assert "second.example" in text and 'name="lead"' in text

    manager.post(at, {"lead": "1"})
    assert Brand.objects.get(pk=second.pk).site.endswith("//second.example:8400") or Brand.objects.get(
        pk=second.pk
    ).site.startswith("http://second.example")
    manager.post(at, {"host": "", "keep": "1"})
    assert (
        Brand.objects.get(pk=second.pk).host == "" and 'name="lead"' not in manager.get(page).content.decode()
    )


@pytest.mark.parametrize("typed", ["no host", "127.0.0.1", "https://", "first.example"])
def test_a_name_that_cannot_be_one_is_refused_with_what_was_typed(world, manager, second, typed):
    world.brand.answer_at("first.example", by=SYSTEM)

    answer = manager.post(f"/console/brands/{second.pk}/host", {"host": typed, "keep": "1"})

    assert answer.status_code == 422 and f'value="{typed}"' in answer.content.decode()
    assert Brand.objects.get(pk=second.pk).host == ""


@pytest.mark.parametrize(
    ("finding", "detail"), [("no_name", "x did not answer"), ("elsewhere", "404"), ("not_asked", "inside")]
)
def test_what_came_of_asking_is_said(world, manager, second, finding, detail):
    second.answer_at("second.example", by=SYSTEM)
    second.found(finding, of="second.example", detail=f"<b>{detail}", by=SYSTEM)

    text = manager.get(f"/console/brands/{second.pk}").content.decode()

    assert f"&lt;b&gt;{detail}" in text


def test_why_a_name_was_not_asked_is_said_in_the_readers_language(world, manager, second, settings):
    settings.BASE_URL, settings.FETCH_PORTS = "http://site.example:8110", []
    second.answer_at("second.example", by=SYSTEM)
    ask_host.func(second.pk, "/QUESTION")

    text = manager.get(f"/console/brands/{second.pk}").content.decode()

    assert Brand.objects.get(pk=second.pk).host_detail.startswith("Port 8110 is not fetched from")
    assert "is not fetched from" not in text and "HANDRAIL_FETCH_PORTS" in text and "8110" in text


@pytest.mark.parametrize(
    ("finding", "detail"),
    [
        ("not_asked", "second.example leads to 10.0.0.7, which is not a public address."),
        ("no_name", "second.example did not answer: second.example could not be looked up: [Errno -2] x"),
        ("no_name", "second.example did not answer: second.example could not be looked up in time"),
        ("no_name", "second.example did not answer: [SSL: CERTIFICATE_VERIFY_FAILED] x"),
        ("elsewhere", "302 https://elsewhere.example/"),
    ],
)
def test_known_reasons_are_sentences(world, manager, second, finding, detail):
    second.answer_at("second.example", by=SYSTEM)
    second.found(finding, of="second.example", detail=detail, by=SYSTEM)
    assert detail not in manager.get(f"/console/brands/{second.pk}").content.decode()


def test_only_the_host_name_is_kept_of_an_address_and_that_is_said(world, manager, second):
    at = f"/console/brands/{second.pk}/host"
    said = manager.post(at, {"host": "evil.example/x", "keep": "1"}, follow=True).content.decode()
    assert Brand.objects.get(pk=second.pk).host == "evil.example"
    assert 'class="said"' not in said and 'data-meaning="waiting" role="alert"' in said
    plain = manager.post(at, {"host": "https://plain.example/", "keep": "1"}, follow=True).content.decode()
    assert 'class="said"' in plain


def test_names_change_on_pages_at_once(world, manager, client):
    manager.post(f"/console/brands/{world.brand.pk}/names", {"name_ko": "새온결", "name_en": "New"})
    assert "새온결" in client.get("/hc/ko").content.decode()

    answer = manager.post(f"/console/brands/{world.brand.pk}/names", {"name_ko": "", "name_en": "Kept"})
    assert answer.status_code == 422 and 'value="Kept"' in answer.content.decode()


def test_a_mail_template_is_drawn_shown_used_and_given_up(world, manager, second):
    at = f"/console/brands/{second.pk}/mail"
    page = manager.get(at).content.decode()
    assert "{{content}}" in page and "40em" in page, "it begins with the built-in frame"

    manager.post(f"{at}/ko", {"html": DRAWN, "text": "", "draw": "1"})
    sample = manager.get(f"{at}/ko/sample")
    assert "우리 틀 둘째" in sample.content.decode() and "sandbox" in sample["Content-Security-Policy"]
    assert (
        sample["X-Frame-Options"] == "SAMEORIGIN" and "allow-scripts" not in sample["Content-Security-Policy"]
    )
    assert "우리 틀" in manager.get(at).content.decode() and not MailTemplate.objects.get().is_used

    manager.post(f"{at}/ko", {"html": DRAWN, "text": "", "use": "1"})
    assert (
        MailTemplate.frame_of(second, "ko").html == DRAWN and MailTemplate.frame_of(world.brand, "ko") is None
    )
    manager.post(f"{at}/ko", {"usual": "1"})
    assert MailTemplate.frame_of(second, "ko") is None and MailTemplate.objects.get().draft.html == DRAWN


def test_a_template_that_cannot_be_is_refused_and_stands_there_again(world, manager):
    at = f"/console/brands/{world.brand.pk}/mail"
    answer = manager.post(f"{at}/en", {"html": "<p>{{person.email}}</p>", "text": "my text", "use": "1"})

    text = answer.content.decode()
    assert (
        answer.status_code == 422 and "{{person.email}}" in alert(answer) and "{{content}}" in alert(answer)
    )
    assert "&lt;p&gt;{{person.email}}&lt;/p&gt;" in text and "my text</textarea>" in text
    assert not MailTemplate.objects.exists()


def test_what_was_taken_out_is_told(world, manager):
    at = f"/console/brands/{world.brand.pk}/mail"
    answer = manager.post(f"{at}/ko", {"html": "<script>x</script>{{content}}", "draw": "1"}, follow=True)

    assert "&lt;script&gt;" in answer.content.decode()


# As it is served: nothing else opens a transaction around it.
@pytest.mark.django_db(transaction=True)
def test_a_test_mail_shows_the_draft_and_changes_no_other_mail(world, manager, second):
    manager.post(f"/console/brands/{second.pk}/mail/ko", {"html": DRAWN, "text": "", "test": "1"})

    (sent,) = mail.outbox
    text, html = (sent.message().get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert sent.to == ["manager@handrail.test"] and "둘째" in sent.message()["From"]
    assert "우리 틀 둘째" in html and "우리 틀 둘째" in text and "온결" not in html
    assert MailTemplate.frame_of(second, "ko") is None


def test_the_automatic_reply_is_worded_by_brand(world, second):
    admin = signed_in(world.staff("admin@handrail.test", "최관리", Role.ADMIN))
    sent = {"brand": second.pk, "locale": "en", "text_en": "Ours: {{number}}", "keep": "1"}
    admin.post("/console/acknowledgement/keep", sent)

    assert (
        AcknowledgementText.of(second, "en") == "Ours: {{number}}"
        and AcknowledgementText.of(world.brand, "en") == ""
    )
    assert "Ours:" in admin.get(f"/console/acknowledgement?brand={second.pk}").content.decode()
    assert "Ours:" not in admin.get("/console/acknowledgement").content.decode()
    assert admin.get("/console/acknowledgement?brand=999").status_code == 404


def test_a_mailbox_is_given_to_a_brand(world, second):
    admin = signed_in(world.staff("admin@handrail.test", "최관리", Role.ADMIN))
    assert 'name="brand"' in admin.get(f"/console/mailboxes/{world.mail.pk}").content.decode()

    admin.post(f"/console/mailboxes/{world.mail.pk}/place", {"brand": second.pk, "aliases": ""})

    assert Inbox.objects.get(pk=world.mail.pk).brand == second


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUTHOR])
def test_others_find_nothing_there(world, second, role):
    client = signed_in(world.staff("other@handrail.test", "남", role))

    for path in (
        "brands",
        f"brands/{second.pk}",
        f"brands/{second.pk}/mail",
        f"brands/{second.pk}/mail/ko/sample",
    ):
        assert client.get(f"/console/{path}").status_code == 404
    # Authors arrange what their articles stand in; where a brand lives and how it is called is a manager's matter.
    sees = 200 if role == Role.AUTHOR else 404
    assert client.get(f"/console/brands/{second.pk}/look").status_code == sees
    assert (
        client.post(f"/console/brands/{second.pk}/host", {"host": "x.example", "keep": "1"}).status_code
        == 404
    )


def test_the_list_costs_the_same_for_two_brands_and_for_ten(
    world, manager, second, django_assert_num_queries
):
    manager.get("/console/brands")
    with django_assert_num_queries(7) as few:
        manager.get("/console/brands")
    for number in range(8):
        open_brand(f"브랜드 {number}", f"Brand {number}", by=SYSTEM)
    with django_assert_num_queries(len(few)):
        manager.get("/console/brands")
