"""A live site for a real browser (tests/chromium.py)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test.testcases import LiveServerThread

# Playwright's sync API keeps an event loop in this thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from playwright.sync_api import Browser, Page, expect

from handrail.accounts.models import User
from tests.portal.shop import Shop
from tests.worlds.small import World

# A busy machine is no fault of the page.
expect.set_options(timeout=15_000)
PHONE, LAPTOP = (360, 740), (1280, 800)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def served(transactional_db) -> Iterator[str]:
    """The address of a live Django on the test's own database. Without the edge: its memory would outlive a test."""
    # Static files go through our own view, not Django's test handler, which wants a STATIC_ROOT.
    server = LiveServerThread("localhost", lambda handler: handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def site(served) -> Shop:
    """The live site with the small shop in it; its address is `site.url`."""
    shop = Shop(World())
    shop.url = served
    return shop


@pytest.fixture
def open_page(browser: Browser, site: Shop) -> Iterator[Callable[..., Page]]:
    """open_page(path, width=PHONE, scheme="dark", scripts=False) -> a page; its faults fail the test at the end."""
    contexts, faults = [], []

    def opened(
        path: str, *, size=LAPTOP, scheme="light", scripts=True, faults_expected=False, **more
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
            base_url=site.url,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        if not faults_expected:
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def office(served) -> World:
    cache.clear()
    world = World()
    world.url = served
    return world


@pytest.fixture
def sit_down(browser: Browser, office: World) -> Iterator[Callable[..., Page]]:
    """sit_down(path, user=…, size=PHONE, scheme="dark", scripts=False) -> the page of a colleague who signed in."""
    contexts, faults = [], []

    def opened(path: str, *, user: User | None = None, size=LAPTOP, scheme="light", scripts=True) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
            base_url=office.url,
        )
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": _session(user or office.agent),
                    "url": office.url,
                }
            ]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
