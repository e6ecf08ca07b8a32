"""Long manuals: tables of contents, pages of many sections, and acronyms that only one page explains."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.analysis.acronyms import acronyms
from handrail.answers.answer import answer, rank
from handrail.answers.chosen import chosen
from handrail.answers.entries import Entry, Vector
from handrail.answers.gate import gate_for
from handrail.answers.passages import passages, sections
from handrail.answers.question import meant, understand

LINKS = "".join(
    f'<dt><a href="/hc/en/articles/{number}-page">{number}.1. {name}</a></dt>'
    for number, name in ((7, "Choosing a tent"), (8, "Pitching a tent"), (9, "Drying a tent"))
)


def told(question, locale="en", **more):
    return answer(question, STRANGER, locale=locale, **more)


def write(help_centre, title, html, locale="en"):
    made = help_centre.write({locale: (title, html, [])})
    jobs.encode_wanting()
    return made


def cut(html):
    return [passage for section in sections(html) for passage in passages(section)]


def test_a_table_of_contents_is_no_passage_and_neither_is_the_line_that_names_it():
    assert cut(f"<p>Tents need care.</p><p>Table of Contents</p><dl>{LINKS}</dl><p>Ask us.</p>") == [
        "Tents need care.\nAsk us."
    ]
    assert cut(f"<p>Tents need care.</p><dl>{LINKS}</dl>") == ["Tents need care."]
    assert cut(f"<p>Table of Contents</p><dl>{LINKS}</dl>") == []


@pytest.mark.parametrize(
    "html",
    [
        '<p>First <a href="article:3">unpack it</a> and wait.</p><p>Then <a href="article:4">dry it</a> again.</p><p>Read on '
        'about <a href="#at-poles">poles</a> of all kinds.</p>',
        '<ul><li><a href="article:3">Unpack</a></li><li><a href="article:4">Dry</a></li></ul>',
        '<ul><li><a href="https://x.example/a">Driver A</a></li><li><a href="https://x.example/b">Driver B</a></li>'
        '<li><a href="https://x.example/c">Driver C</a></li></ul>',
    ],
    ids=["words with links in them", "two pointers", "links elsewhere"],
)
def test_other_links_are_words_like_any(html):
    assert "\n".join(cut(html)) == "\n".join(block for each in sections(html) for block in each.blocks)


def test_a_page_that_is_only_a_table_of_contents_is_a_choice_and_never_quoted(help_centre):
    tents = write(help_centre, "All about camping tents", f"<p><b>Table of Contents</b></p><dl>{LINKS}</dl>")

    result = told("All about camping tents")

    assert (result.outcome, result.answer) == ("choices", None)
    assert result.choices[0].article == tents.pk
    assert not Entry.objects.filter(article=tents, kind=Entry.Kind.PASSAGE).exists()
    assert chosen(tents.pk, "tents", STRANGER, locale="en").answer.text == "All about camping tents"


def test_a_section_of_a_long_page_is_found_like_an_article_of_its_own(help_centre):
    subjects = (
        "Choosing the language", "Setting the clock", "Naming the machine", "Creating user accounts",
        "Formatting the disk", "Encrypting the disk", "Choosing a mirror",
    )  # fmt: skip
    page = write(
        help_centre,
        "Using individual components",
        "".join(f"<h2>{each}</h2><p>Follow what the screen says, step by step.</p>" for each in subjects),
    )
    short = write(
        help_centre, "Mounting an encrypted disk", "<p>Type the passphrase when it is asked for.</p>"
    )

    ranked = rank("how do I encrypt the disk", STRANGER, gate=gate_for("en", "portal"))

    assert ranked.order[0] == page.pk and short.pk in ranked.order[:3]


def test_a_long_page_is_quoted_from_the_section_that_is_meant(help_centre):
    subjects = ("language", "clock", "machine", "account", "encryption", "mirror")
    page = write(
        help_centre,
        "Using individual components",
        "".join(
            f"<h2>Setting up {each}</h2><p>Open the {at}th step in the list and follow what the screen says.</p>"
            for at, each in enumerate(subjects)
        ),
    )

    quoted = chosen(page.pk, "how do I set up encryption", STRANGER, locale="en").answer.text

    assert "the 4th step" in quoted


def test_a_page_of_a_few_sections_is_what_its_title_says(help_centre):
    page = write(
        help_centre, "Using individual components", "<h2>Encrypting the disk</h2><p>Do as it says.</p>"
    )
    short = write(
        help_centre, "Mounting an encrypted disk", "<p>Type the passphrase when it is asked for.</p>"
    )

    order = rank("how do I encrypt the disk", STRANGER, gate=gate_for("en", "portal")).order

    assert order.index(short.pk) < order.index(page.pk)


@pytest.mark.parametrize(
    ("locale", "title", "passage", "others", "question"),
    [
        (
            "ko",
            "4장. 마지막 단계",
            "실행 중인 시스템은 리셋 스위치를 누르거나 전원 플러그를 뽑아 끝내서는 안 됩니다. 그러면 파일이 지워지거나 디스크가 손상될 수 있습니다.",
            ("화면 밝기 바꾸기", "언어와 자판 고르기"),
            "버튼으로 그냥 꺼버려도 되나요?",
        ),
        (
            "en",
            "Chapter 4. Last steps",
            "A running system must not be ended by the reset switch or by pulling the plug: files may be lost and the disk may be damaged.",
            ("Change the brightness of the screen", "Choose a language and a keyboard"),
            "will I lose data if the power goes out",
        ),
    ],
    ids=["ko", "en"],
)
def test_a_page_is_found_by_what_a_passage_means(help_centre, locale, title, passage, others, question):
    for other in others:
        write(help_centre, other, "<p>Open the settings.</p>", locale)
    page = write(help_centre, title, f"<p>{passage}</p>", locale)

    assert rank(question, STRANGER, gate=gate_for(locale, "portal")).order[0] == page.pk


def test_a_passage_is_read_below_its_title_and_heading_and_one_shorter_than_these_alone(help_centre):
    long = "Type the passphrase when it is asked for, once for each disk."
    page = write(help_centre, "Disks", f"<p>{long}</p><h2>Encrypting</h2><p>{long}</p><p>Done.</p>")
    again = write(help_centre, "Disks", "<h2>Encrypting</h2><p>Done.</p>")

    def read(article):
        kept = Entry.objects.filter(article=article, kind=Entry.Kind.PASSAGE).order_by("position")
        return [(row.whole, row.text_hash) for row in kept]

    assert [whole for whole, _hash in read(page)] == [
        f"Disks\n{long}",
        f"Disks\nEncrypting\n{long}\nDone.",
    ]
    assert [whole for whole, _hash in read(again)] == ["Done."]
    assert len({text_hash for _whole, text_hash in read(page) + read(again)}) == 3


def test_of_a_passage_no_pieces_are_kept(help_centre):
    page = write(help_centre, "Disks", "<p>Type the passphrase when it is asked for, once for each disk.</p>")

    def pieces(kind):
        (row,) = Entry.objects.filter(article=page, kind=kind)
        return bytes(Vector.objects.get(text_hash=row.text_hash).pieces)

    assert pieces(Entry.Kind.TITLE)
    assert not pieces(Entry.Kind.PASSAGE)


@pytest.fixture
def networks(help_centre):
    """Two pages on networks: one of PPPoE, near in nearly every word, and one that explains PXE."""
    ppp = write(
        help_centre,
        "Installing over the network with PPPoE",
        "<p>You can install over the network where the line speaks PPPoE.</p>",
    )
    pxe = write(
        help_centre, "Preparing the server for booting", "<p>The server hands out what PXE asks for.</p>"
    )
    return ppp, pxe


def test_an_acronym_is_no_slip_of_another(help_centre, networks):
    ppp, pxe = networks

    result = told("can I install over the network with PXE?")

    assert (result.outcome, result.answer) == ("choices", None)
    assert [hit.article for hit in result.choices][:2] == [pxe.pk, ppp.pk]
    assert told("can I install over the network with PPPoE?").considered[0].article == ppp.pk


def test_where_nothing_here_holds_the_acronym_nothing_is_sure(help_centre, networks):
    sure = told("can I install over the network with PPPoE")
    assert sure.outcome == "answer"

    unsure = told("can I install over the network with PPTP")

    assert unsure.answer is None and unsure.considered[0].confidence < gate_for("en", "portal").answer_from


def test_an_acronym_unknown_here_counts_nothing_among_hangul(help_centre):
    assert told("AS 말고 환불 신청하는 방법", "ko").answer.article == help_centre.id_of("refund")


def test_an_acronym_spelled_like_a_common_word_is_found_nowhere_by_it(help_centre):
    write(help_centre, "Using the stand", "<p>Use it as a stand, as long as you like.</p>")

    assert told("AS 센터 어디예요", "ko").outcome == "handover"
    assert told("what is the AS rule of the hedgehog").outcome == "handover"


def test_an_acronym_is_neither_corrected_nor_cut(help_centre, networks):
    assert meant("boot with PXW please") == "boot with pxw please"
    assert understand("boot with PXW please").acronyms == ("pxw",)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("Does it boot with PXE or TFTP?", ("pxe", "tftp")),
        ("USB-C로 충전돼요?", ("usb",)),
        ("PXE", ("pxe",)),
        ("WHERE IS MY ORDER", ()),
        ("I want my money", ()),
        ("A PlayStation", ()),
        ("error E1", ()),
    ],
)
def test_what_is_an_acronym(raw, found):
    assert acronyms(raw) == found
