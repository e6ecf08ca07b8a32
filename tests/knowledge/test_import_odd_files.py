"""Odd files: each is told with its reason, and whatever lies beside it comes in."""

import os
from itertools import product

import pytest

from handrail.knowledge.importing import front_matter, run
from handrail.knowledge.importing.trouble import NotTaken
from handrail.knowledge.models import Article
from tests.knowledge.importing import text_of, told

pytestmark = pytest.mark.django_db

BOMB = 'a: &a ["웃음", "웃음"]\n' + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
ODD = {
    "a day that is none": "updated: 2024-02-30",
    "a moment that is none": "updated: 2024-02-03 25:00:00",
    "a zone that is none": "updated: 2001-12-14t21:59:43-99:00",
    "the first day": "updated: 0001-01-01T00:00:00+09:00",
    "an end that is none": "ends: 2024-13-01",
    "a list as a date": "updated: [1, 2]",
    "no bool": "pinned: !!bool maybe",
    "no number": "position: !!int 하나",
    "no date": "updated: !!timestamp 어제",
    "an empty number": "position: !!int ''",
    "no bytes": "title: !!binary 한글",
    "bytes": "title: !!binary aGFuZA==",
    "a key that is a list": "? [a, b]\n: c",
    "an unknown tag": "title: !!python/object:os.system x",
    "a huge number": f"position: {'9' * 5000}",
    "a large number": f"position: {10**12}",
    "a number below nothing": "position: -1",
    "a place in words": "position: first",
    "deep lists": "related: " + "[" * 3000 + "]" * 3000,
    "values that repeat each other": BOMB,
    "a value within itself": "title: &a [*a]",
    "a list": "- one\n- two",
    "one word": "hello",
    "cut off": 'title: "열린',
    "a tab": "\ttitle: x",
    "the letter nought": 'title: "a\\0b"',
    "half a letter": 'aliases: ["\\ud800"]',
    "half a letter as a key": '"\\udfff": x',
    "draft in words": "draft: vielleicht",
    "a kind that is a list": "kind: [faq]",
    "an audience of nobody": "audience: friends",
    **{
        f"{field}: {value}": f"{field}: {value}"
        for field, value in product(("title", "slug", "product", "topic", "segment"), ("[a]", "{a: b}", "yes"))
    },
    **{f"{field} of mappings": f"{field}: [{{a: b}}]" for field in ("aliases", "related", "labels")},
}  # fmt: skip


@pytest.mark.parametrize("lines", ODD.values(), ids=list(ODD))
def test_front_matter_that_cannot_be_read_is_told_and_the_rest_comes_in(source, lines):
    source.article("orders/refunds/good.ko.md", title="환불 신청하기")
    title = "" if "title" in lines or not lines[0].isalpha() or ":" not in lines else "title: 제목\n"
    source.write("orders/refunds/odd.ko.md", f"---\n{title}{lines}\n---\n본문이에요.\n")

    report = source.take_in()

    assert told(report) & {
        ("failed", "orders/refunds/odd.ko.md", reason) for reason in ("front_matter", "unknown_value")
    }
    assert all(entry.message for entry in report.troubles)
    assert text_of("refunds/good").title == "환불 신청하기" and Article.objects.count() == 1


def test_a_day_that_is_none_is_named_with_its_field():
    said, _body = front_matter.split("---\nupdated: 2024-02-30\n---\n")

    with pytest.raises(NotTaken) as reason:
        front_matter.moment(said, "updated", zone="Asia/Seoul")

    assert reason.value.details["error"] == "updated is not a date: 2024-02-30"


ODD_FILES = {
    "nought": "---\ntitle: 제목\n---\n가\0나".encode(),
    "no encoding": b"\xff\xfe\xff",
    "an encoding of halves": b'<meta charset="unicode_escape"><p>\\ud800 \xff\xff\xff</p>',
    "an encoding that raises": b'<meta charset="undefined"><p>\xff\xff\xff</p>',
}


@pytest.mark.parametrize("data", ODD_FILES.values(), ids=list(ODD_FILES))
def test_bytes_that_are_no_text_are_told(source, data):
    source.article("orders/refunds/good.ko.md")
    source.write("orders/refunds/odd.ko.html", data)

    assert told(source.take_in()) == {("failed", "orders/refunds/odd.ko.html", "not_text")}


@pytest.mark.parametrize("address", ["http://[bad", "a%00b.md", "x" * 300 + ".md", "../../etc/passwd"])
def test_an_address_that_is_none_is_taken_off_its_words(source, address):
    source.article("orders/refunds/odd.ko.md", f'<a href="{address}">여기</a> 봐요.')

    report = source.take_in()

    assert report.count("new") == 1 and text_of("refunds/odd").published.text == "여기 봐요."


def test_a_file_whose_name_is_no_text_is_told(source):
    source.article("orders/refunds/good.ko.md")
    odd = (
        os.fsencode(source.root / "orders" / "refunds") + b"/\xb0\xa1.ko.md"
    )  # 가 as it was written before UTF-8
    with open(odd, "wb") as file:
        file.write(b"# Odd\n\nwords")

    (entry,) = source.take_in().troubles

    assert entry.reason == "name_unreadable" and entry.path.encode()


BODIES = {
    "deep HTML": "<div>" * 5000 + "깊어요" + "</div>" * 5000,
    "deep quotations": ">" * 3000 + " 깊어요",
    "deep lists": "\n".join("  " * level + "- 깊어요" for level in range(400)),
    "brackets": "[" * 20000,
    "only a comment": "<!-- -->",
    "frames": "<frameset><frame src=a></frameset>",
}


@pytest.mark.parametrize("ending", ["md", "html"])
@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_an_odd_text_comes_in_or_is_told(source, body, ending):
    source.article("orders/refunds/good.ko.md", title="환불 신청하기")
    source.article(f"orders/refunds/odd.ko.{ending}", body)

    report = source.take_in()

    assert text_of("refunds/good").title == "환불 신청하기"
    assert report.count("new") + report.count("failed") == 2


def _failing(verb, *, at):
    def failing(draft, *rest, **more):
        if draft.key.endswith(at):
            raise ZeroDivisionError
        return verb(draft, *rest, **more)

    return failing


def test_what_one_article_raises_while_it_is_begun_or_written_stops_no_other(source, monkeypatch):
    source.article("orders/refunds/a.ko.md", title="가", related='["b"]')
    source.article("orders/refunds/b.ko.md", title="나")
    source.article("orders/refunds/c.ko.md", title="다")
    monkeypatch.setattr(run, "_begin", _failing(run._begin, at="b"))
    monkeypatch.setattr(run, "_plan", _failing(run._plan, at="c"))

    report = source.take_in()

    assert [article.source[-1] for article in Article.objects.all()] == ["a"]
    assert {path for status, path, _reason in told(report) if status == "failed"} == {
        "orders/refunds/b.ko.md",
        "orders/refunds/c.ko.md",
    }


@pytest.mark.parametrize("other", ["public", "employees", "segment"])
def test_languages_for_different_readers_become_the_narrowest(source, other):
    source.article("orders/refunds/a.ko.md", audience="segment", segment="partners")
    source.article("orders/refunds/a.en.md", audience=other, segment="friends")

    report = source.take_in()

    # This segment is not known here, so that it is the agents' in each case.
    assert Article.objects.get().audience == "agents"
    assert "audiences_differ" in {entry.reason for entry in report.troubles}


def test_yes_and_no_in_quotation_marks_are_yes_and_no(source):
    source.article("orders/refunds/a.ko.md", draft='"true"', pinned='"yes"')
    source.take_in()
    assert Article.objects.get().is_pinned and text_of("refunds/a").published is None
