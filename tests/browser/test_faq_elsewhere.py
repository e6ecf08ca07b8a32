"""A FAQ set on another origin, under a policy as strict as there is, by mouse and by keyboard."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from playwright.sync_api import expect

from handrail.core.actors import SYSTEM

POLICY = (
    "default-src 'none'; script-src {help}; connect-src {help}; style-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def test_questions_open_and_close_there_and_an_edit_arrives(browser, served, site, settings):
    settings.BASE_URL = served
    faq = site.faq(site.silent, site.pairing)
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    host = f'<!doctype html><html lang="ko"><title>Prices</title><h1>Prices</h1><script async src="{served}/faq/{faq.pk}.js"></script>'
    elsewhere = another_site(host, POLICY.format(help=served))
    page.clock.install()
    page.goto(f"http://127.0.0.1:{elsewhere.server_port}/prices")

    first = page.locator("handrail-faq details").first
    answer = first.get_by_text("10초 닫았다가 열어 보세요.")
    expect(answer).to_be_hidden()
    first.locator("summary").click()
    expect(answer).to_be_visible()
    page.keyboard.press("Enter")
    expect(answer).to_be_hidden()
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()

    site.silent.write("ko", title="한쪽에서 소리가 나지 않을 때", html="<p>이제는 20초예요.</p>", by=SYSTEM)
    site.silent.translations.get(locale="ko").publish(by=SYSTEM)
    page.clock.fast_forward(60_000)
    expect(first.get_by_text("이제는 20초예요.")).to_be_visible()
    first.get_by_role("button", name="도움이 됐어요").click()
    expect(first.get_by_role("button", name="고마워요")).to_be_disabled()

    assert problems == []
    context.close()
    elsewhere.shutdown()


def another_site(html: str, policy: str) -> HTTPServer:
    """A page on an origin that is not ours, under its own policy."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode() if self.path == "/prices" else b"")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    return server
