"""The desk as an installed app: Chromium's own word on it, a push shown and pressed, and a page without a connection."""

from __future__ import annotations

import json

from django.conf import settings
from playwright.sync_api import expect

from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.pushing import payload
from tests.browser.access import assert_accessible
from tests.browser.conftest import CHROMIUM, _session

PHONE = (360, 740)


def test_the_choices_are_made_by_keyboard_and_on_a_phone(office, sit_down):
    page = sit_down("/desk/notices/choices", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(page)
    box = page.get_by_role("checkbox", name="대화가 나에게 배정돼요 메일").or_(
        page.get_by_role("checkbox", name="문의가 나에게 배정돼요 메일")
    )
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="저장").or_(page.get_by_role("button", name="보관")).first.press("Enter")
    expect(box).to_be_checked()
    assert NoticeChoices.objects.get().ways_for("assigned") == ("app", "mail", "push")


def test_the_bell_counts_while_a_page_stands_open(office, sit_down):
    conversation = office.conversation()
    conversation.assign(to=office.agent, by=office.staff("two@handrail.test", "정해결", "agent"))
    office.settle()
    page = sit_down("/desk/notices")
    assert_accessible(page)
    expect(page.locator(".notice-line")).to_have_count(Notice.objects.shown().count())
    page.locator(".notice-line button").first.click()
    expect(page.locator("[data-count=notices]")).to_have_text(
        str(Notice.objects.shown().unread().count() or "")
    )


def test_it_is_installable_shows_a_push_opens_it_and_says_when_there_is_no_connection(
    office, browser, tmp_path
):
    conversation = office.conversation(subject="푸시로 온 문의")
    conversation.assign(to=office.agent, by=office.staff("two@handrail.test", "정해결", "agent"))
    office.settle()
    said = payload([Notice.objects.get(user=office.agent, kind="assigned")]).decode()
    # A private window cannot be installed from, so this one has a folder of its own.
    kept = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=["--no-sandbox"], base_url=office.url
    )
    try:
        kept.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": _session(office.agent), "url": office.url}]
        )
        kept.grant_permissions(["notifications"], origin=office.url)
        page = kept.pages[0]
        page.goto("/desk/")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        wire = kept.new_cdp_session(page)
        assert wire.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        manifest = wire.send("Page.getAppManifest")
        assert manifest["errors"] == [] and json.loads(manifest["data"])["scope"] == "/desk/"

        shown = _pushed(wire, office.url, said, page)
        assert shown["title"] == f"#{conversation.number} 문의가 나에게 배정됐어요"
        assert shown["path"] == f"/desk/conversations/{conversation.number}"

        kept.set_offline(True)
        page.goto("/desk/mentions")
        expect(page.get_by_role("heading", name="연결이 없어요")).to_be_visible()
        kept.set_offline(False)
        names = page.evaluate(
            "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname)))).flat())"
        )
        assert [name for name in names if name.startswith("/desk/")] == ["/desk/offline"]
    finally:
        kept.close()


def _pushed(wire, origin, said, page):
    """What the worker shows when the browser hands it a push, as a push service would have."""
    registrations = []
    wire.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told["registrations"])
    )
    wire.send("ServiceWorker.enable")
    for _ in range(100):
        if registrations:
            break
        page.wait_for_timeout(50)
    (number,) = {each["registrationId"] for each in registrations if each["scopeURL"].endswith("/desk/")}
    told = {"origin": origin, "registrationId": number, "data": said}
    for _ in range(10):
        # Handed over again, it takes the place of itself: a busy machine may be slow to start the worker.
        wire.send("ServiceWorker.deliverPushMessage", told)
        if shown := page.evaluate(SHOWN):
            return shown
    raise AssertionError("the worker showed no notification")


SHOWN = """async () => {
    const registration = await navigator.serviceWorker.ready
    for (let at = 0; at < 40; at++) {
        const [one] = await registration.getNotifications()
        if (one) return { title: one.title, path: one.data.path }
        await new Promise((done) => setTimeout(done, 50))
    }
    return null
}"""
