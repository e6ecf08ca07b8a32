"""What colleagues write among themselves reaches no customer: not by a page, feed, call, mail, stream, export, text or answer.

Every address is taken from the URLconf, so a new page is searched without being listed; every kind of inner words has a
mark of its own, so what fails says what leaked and where.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from django.core import mail
from django.http import HttpResponse

from handrail.accounts.models import Role, User
from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.answer import answer
from handrail.conversations import placeholders
from handrail.conversations.conversation import Conversation
from handrail.conversations.live import customer_channel
from handrail.conversations.messages import Note
from handrail.core import bus
from handrail.knowledge.exporting import markdown, zendesk
from handrail.web import limits
from handrail.web.portal import thread
from tests.architecture.addresses import Address, addresses
from tests.leaks.inner import CUSTOMERS, ELSEWHERE, OUTSIDE, Inner, staff_client

OURS = [address for address in addresses() if address.is_ours]
# What a page asks for by itself, so that lists and answers are full of what they can find.
ASKED = {"query": "환불 언제", "q": "환불 언제", "after": "0"}


@pytest.fixture
def inner(world) -> Inner:
    limits.forget_all()
    return Inner(world)


def paths(address: Address, names: dict[str, list]) -> list[str]:
    """The address once for everything that may stand in its places."""
    places = [[(name, value) for value in names[name]] for name in address.kwargs if name in names]
    return [address.path(**dict(some)) for some in product(*places)]


def said(response: HttpResponse) -> str:
    body = b"".join(response) if response.streaming else response.content
    heads = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{heads}\n{body.decode('utf-8', 'replace')}"


def leaks_on_pages(inner: Inner, who: str) -> tuple[list[tuple[str, list[str]]], int]:
    """(path, kinds) of every page that shows inner words, and how many pages were shown at all."""
    client, found, shown = inner.client(who), [], 0
    for address in OURS:
        for path in paths(address, inner.names()):
            limits.forget_all()
            response = client.get(path, ASKED)
            shown += response.status_code == 200
            if kinds := inner.found_in(said(response)):
                found.append((path, kinds))
    return found, shown


def words_of(sent: mail.EmailMessage) -> str:
    """A mail as it goes out, and each of its texts and names of files as one reads them."""
    message = sent.message()
    parts = [part for part in message.walk() if not part.is_multipart()]
    texts = [part.get_content() for part in parts if part.get_content_maintype() == "text"]
    files = [
        f"{part.get_filename()} {part.get_payload(decode=True)!r}" for part in parts if part.get_filename()
    ]
    return " ".join([str(message["Subject"]), message.as_string(), *texts, *files])


def leaks_in_mail(inner: Inner) -> list[tuple[list[str], list[str]]]:
    staff = set(User.objects.exclude(role="").values_list("email", flat=True))
    # Who was asked aside is told what was asked, and the other customer their own subject.
    others = staff | {OUTSIDE, ELSEWHERE}
    theirs = [sent for sent in mail.outbox if not set(sent.to) & others]
    assert theirs, "no mail went out, so nothing was tried"
    return [(sent.to, kinds) for sent in theirs if (kinds := inner.found_in(words_of(sent)))]


def a_whole_exchange(inner: Inner) -> None:
    """Both sides go on, a person is asked for, it is solved and opened again: every mail of ours there is."""
    inner.case.reply("사흘 안에 돼요.", by=inner.agent)
    inner.case.receive("사람과 이야기하고 싶어요", by=inner.owner)
    inner.world.settle()
    inner.case.refresh_from_db()
    inner.case.reply("네, 확인했어요.", by=inner.agent)
    inner.case.set_status("solved", by=inner.agent)
    inner.world.settle()


def test_every_mark_is_really_written_and_a_colleague_meets_it(inner):
    manager = inner.world.staff("manager@handrail.test", "한관리", Role.MANAGER)
    met = ""
    for client in (staff_client(inner.agent), staff_client(manager)):
        people = [f"/desk/people/{each.pk}" for each in (inner.owner, inner.member, inner.copied)]
        sides = Conversation.objects.filter(side_of__isnull=False).values_list("side_of", "pk")
        own = [f"/desk/conversations/{number}?stay" for number in inner.own]
        for path in [
            *own,
            *people,
            *(f"/desk/conversations/{ticket}/sides/{pk}" for ticket, pk in sides),
            "/desk/macros",
            "/desk/new?template=call",
            f"/desk/organisations/{inner.books.pk}",
            f"/console/articles/{inner.article.pk}/ko/history",
            f"/console/articles/{inner.article.pk}/ko",
        ]:
            met += said(client.get(path))
    met += " ".join(Note.objects.values_list("text", flat=True))
    missing = [kind for kind, words in inner.marks.items() if words not in met]
    # What stands only in a file, in a menu, or in a list of its own.
    elsewhere = {"file of a note", "text of a macro", "remark on an article"}
    assert set(missing) <= elsewhere
    assert len(inner.marks) > 30


@pytest.mark.parametrize("who", CUSTOMERS)
def test_no_page_feed_or_call_shows_a_customer_inner_words(inner, who):
    found, shown = leaks_on_pages(inner, who)
    assert found == []
    assert shown > 10


@pytest.mark.parametrize("who", ["requester", "guest link", "member of their organisation"])
def test_the_customers_are_really_shown_their_conversation(inner, who):
    """The sweep must have something to find: what was said to them stands there."""
    inner.case.reply("SAID-TO-THEM-1", by=inner.agent)
    assert "SAID-TO-THEM-1" in said(inner.client(who).get(f"/hc/ko/requests/{inner.case.pk}"))


def test_no_mail_carries_inner_words(inner):
    a_whole_exchange(inner)
    assert leaks_in_mail(inner) == []


def test_no_stream_of_a_customers_page_carries_inner_words(inner, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(bus, "publish", lambda topic, **data: told.append(json.dumps(data, default=str)))
    inner.case.note(inner.marks["note"], by=inner.agent)
    a_whole_exchange(inner)
    theirs = [each for each in told if customer_channel(inner.case.public_id) in each]
    assert theirs
    assert [kinds for each in theirs if (kinds := inner.found_in(each))] == []


def test_no_answer_and_no_export_for_customers_has_inner_words(inner):
    inner.world.settle()
    for viewer in (STRANGER, Viewer(person_id=inner.owner.pk, assurance=2)):
        for question in ("환불 언제 돼요", *inner.marks.values()):
            result = answer(question, viewer, locale="ko", channel="portal", remember=False)
            told = json.dumps(
                [hit.title for hit in result.considered] + [result.as_json()], ensure_ascii=False
            )
            # The question is told back as it was asked.
            assert inner.found_in(told.replace(question, "")) == []
        for export in (markdown.export, zendesk.export):
            with tempfile.TemporaryDirectory() as folder:
                export(Path(folder) / "out", brand=inner.world.brand, viewer=viewer)
                files = [path for path in Path(folder).rglob("*") if path.is_file()]
                text = " ".join(path.read_bytes().decode("utf-8", "replace") for path in files)
                assert files
                assert inner.found_in(text) == []


def test_no_placeholder_of_a_text_puts_inner_words_into_it(inner):
    text = " ".join("{{" + name + "}}" for name in placeholders.NAMES)
    assert inner.found_in(placeholders.filled(text, inner.case, agent=inner.agent)) == []


@pytest.mark.only_on("sqlite")  # a test of the test: once is enough
def test_a_seeded_leak_on_a_page_is_noticed(inner, monkeypatch):
    """The sweep must be able to fail: a thread that also reads the notes."""
    told = thread._line

    def leaky(message, *more):
        notes = Note.objects.filter(conversation=message.conversation_id).values_list("text", flat=True)
        return replace(told(message, *more), text=" ".join([message.text, *notes]))

    monkeypatch.setattr(thread, "_line", leaky)
    found, _shown = leaks_on_pages(inner, "requester")
    assert {"note", "note of what was split"} <= {kind for _path, kinds in found for kind in kinds}
    assert any("/requests/" in path for path, _kinds in found)


@pytest.mark.only_on("sqlite")  # a test of the test: once is enough
def test_a_seeded_leak_in_a_mail_is_noticed(inner, monkeypatch):
    from handrail.conversations import letters

    below = letters._forwarded
    monkeypatch.setattr(
        letters, "_forwarded", lambda message: f"{below(message)}\n{inner.marks['note on owner']}"
    )
    a_whole_exchange(inner)
    assert {kind for _to, kinds in leaks_in_mail(inner) for kind in kinds} == {"note on owner"}
