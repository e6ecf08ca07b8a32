"""The desk as an installed app: Chromium's own word on it, a push shown and pressed, and a page without a connection."""

from __future__ import annotations

import json

from django.conf import settings
from playwright.sync_api import expect

from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.pushing import payload
from tests.browser.access import assert_accessible
from tests.browser.conftest import _session
from tests.chromium import CHROMIUM

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

        _press_opens(kept.service_workers[0], page, conversation)

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


def _press_opens(worker, page, conversation):
    """Pressing what is shown opens what it is about.

    Nothing of Chromium's own presses a notification without a screen, so the worker's handler is given the event by
    hand. Without a real press no worker may open or focus a window: that these are asked for the right place is what
    is seen here, and the page goes there itself.
    """
    pressed = worker.evaluate(PRESSED, None)
    assert pressed == {
        "opened": [f"{page.url.split('/desk/')[0]}/desk/conversations/{conversation.number}"],
        "left": 0,
    }
    page.goto(pressed["opened"][0])
    expect(page.get_by_role("heading", name="푸시로 온 문의")).to_be_visible()

    # A window that stands there already is brought forward, and no second one opens.
    assert worker.evaluate(PRESSED, f"/desk/conversations/{conversation.number}") == {
        "opened": ["focus"],
        "left": 0,
    }
    # Whatever a push says, only places of the desk are opened.
    for place in ("https://evil.example/desk/", "/hc/ko/", "//evil.example/desk/x"):
        assert worker.evaluate(PRESSED, place) == {"opened": ["/desk/notices"], "left": 0}


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

PRESSED = """async (path) => {
    const opened = []
    Object.defineProperty(self.clients, "openWindow", { configurable: true, value: async (url) => void opened.push(url) })
    WindowClient.prototype.focus = async function () { opened.push("focus") }
    if (path) await self.registration.showNotification("x", { data: { path } })
    const shown = await self.registration.getNotifications()
    const waited = []
    const event = new NotificationEvent("notificationclick", { notification: shown.at(-1) })
    Object.defineProperty(event, "waitUntil", { value: (promise) => waited.push(promise) })
    self.dispatchEvent(event)
    await Promise.all(waited)
    return { opened, left: (await self.registration.getNotifications()).length }
}"""
