"""The host name of a brand: what is taken for one, and how it is known that it leads here."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.core.fetch import network
from handrail.core.jobs.worker import drain
from handrail.web.console.brand_host import answered_at
from handrail.workspace.hosts import HostTaken, NoHost, answer_to, host_in, question_for, says_more
from handrail.workspace.jobs import ask_soon
from handrail.workspace.models import Brand


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("help.example.com", "help.example.com"),
        (" HELP.Example.com. ", "help.example.com"),
        ("https://help.example.com/hc/ko?x=1", "help.example.com"),
        ("help.example.com:8443", "help.example.com"),
        ("도움.한국", "xn--hq1b137a.xn--3e0b707e"),
        ("", ""),
    ],
)
def test_what_is_typed_is_read_as_a_host_name(typed, host):
    assert host_in(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "localhost", "127.0.0.1", "[::1]", "::1", "127.1", "0x7f.1", "a..b", "-a.example", "a_b.example", "a b.example",
        "user@help.example", "https://user:x@help.example/", "x" * 64 + ".example", ("x" * 60 + ".") * 5 + "kr", "/hc/ko",
        "help.example\r\nx: y", "*.example.com", "help.example/../x\0",
    ],
)  # fmt: skip
def test_what_is_no_host_name_is_refused(typed):
    with pytest.raises(NoHost):
        host_in(typed)


def test_only_this_site_can_answer_and_only_what_it_asked():
    question = question_for("help.example")

    assert len(answer_to(question, host="HELP.example.")) == 64
    assert answer_to(question, host="other.example") == ""
    assert answer_to(f"{question}x", host="help.example") == "" == answer_to("x", host="help.example")


def test_a_name_belongs_to_one_brand_and_never_to_the_site(world, settings):
    settings.BASE_URL = "https://site.example"
    other = Brand.make("둘째", "Second", by=SYSTEM)
    other.answer_at("second.example", by=SYSTEM)

    with pytest.raises(HostTaken):
        world.brand.answer_at("Second.example", by=SYSTEM)
    with pytest.raises(HostTaken):
        world.brand.answer_at("site.example", by=SYSTEM)
    other.answer_at("", by=SYSTEM)
    world.brand.answer_at("second.example", by=SYSTEM)


def test_links_lead_there_once_it_is_known_to_lead_here(world, settings):
    settings.BASE_URL = "https://site.example:8443"
    world.brand.answer_at("help.example", by=SYSTEM)
    assert world.brand.site == "https://site.example:8443"

    world.brand.found("elsewhere", of="help.example", by=SYSTEM)
    assert world.brand.site == "https://site.example:8443"
    world.brand.found("reached", of="former.example", by=SYSTEM)
    assert world.brand.site == "https://site.example:8443"
    world.brand.found("reached", of="help.example", by=SYSTEM)

    assert world.brand.site == "https://help.example:8443"
    assert Event.objects.filter(verb="brand.host_led_to").count() == 1
    world.brand.answer_at("new.example", by=SYSTEM)
    assert world.brand.site == "https://site.example:8443", "what is known of a name is known of no other"


class Site(HTTPServer):
    """Stands for this site behind its name; `says` makes the answer to a path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.says = lambda path, host: (404, "")
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, text = self.server.says(self.path, self.headers["Host"].partition(":")[0])
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def elsewhere(settings, monkeypatch):
    site = Site()
    settings.BASE_URL = f"http://site.example:{site.server_port}"
    settings.FETCH_INTERNAL = [f"help.example:{site.server_port}"]
    monkeypatch.setattr(network, "resolve", lambda host, port: ["127.0.0.1"])
    yield site
    site.shutdown()


def asked(brand: Brand) -> Brand:
    if not brand.host:
        brand.answer_at("help.example", by=SYSTEM)
    ask_soon(brand, answered_at())
    drain()
    brand.refresh_from_db()
    return brand


def through_the_site(client):
    def says(path: str, host: str) -> tuple[int, str]:
        question = path.rpartition("/")[2]
        return 200, answer_to(question, host=host)

    return says


def test_a_name_that_leads_here_is_found_and_used(world, client, elsewhere):
    elsewhere.says = through_the_site(client)

    brand = asked(world.brand)

    assert (brand.host_finding, brand.host_detail) == ("reached", "")
    assert brand.host_led_to_at and brand.site.startswith("http://help.example:")


@pytest.mark.parametrize("answer", [(404, "no"), (200, "hello"), (302, ""), (200, "a" * 64)])
def test_whoever_else_answers_is_told_from_us(world, elsewhere, answer):
    elsewhere.says = lambda path, host: answer

    brand = asked(world.brand)

    assert brand.host_finding == "elsewhere" and str(answer[0]) in brand.host_detail
    assert brand.host_led_to_at is None


def test_a_name_nobody_answers_at_and_one_inside_are_told_apart(world, elsewhere, settings):
    elsewhere.shutdown()
    elsewhere.server_close()
    assert asked(world.brand).host_finding == "no_name"

    settings.FETCH_INTERNAL = []
    assert asked(world.brand).host_finding == "not_asked"
    assert world.brand.host_led_to_at is None


def test_the_page_that_answers_is_for_our_own_question_by_its_own_name(world, client):
    world.brand.answer_at("help.example", by=SYSTEM)
    question = question_for("help.example")
    path = f"/.well-known/handrail/{question}"

    answer = client.get(path, headers={"host": "help.example"})

    assert answer.content.decode().strip() == answer_to(question, host="help.example")
    assert client.get(path).status_code == 404, "it came to another name"
    assert client.get("/.well-known/handrail/x", headers={"host": "help.example"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "more"),
    [
        ("help.example", False), (" https://HELP.example/ ", False), ("도움.한국", False), ("help.example/x", True),
        ("https://help.example/?x=1", True), ("help.example#x", True), ("help.example:8443", True),
    ],
)  # fmt: skip
def test_what_stands_behind_a_host_name_is_noticed(typed, more):
    assert says_more(typed) is more
