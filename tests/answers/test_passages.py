"""Articles cut into what can be quoted."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs, projection
from handrail.answers.answer import answer
from handrail.answers.chosen import chosen
from handrail.answers.encoder import NoReader
from handrail.answers.entries import Entry
from handrail.answers.model_client import using
from handrail.answers.passages import PASSAGE_CHARACTERS, passages, sections


def test_headings_hold_the_text_below_them():
    found = sections(
        "<p>먼저</p><h2>카드</h2><p>카드로 낸 돈은</p><ul><li>하나</li><li>둘</li></ul><h2>계좌</h2><p>셋</p>"
    )
    assert [(each.heading, each.blocks) for each in found] == [
        ("", ["먼저"]),
        ("카드", ["카드로 낸 돈은", "하나", "둘"]),
        ("계좌", ["셋"]),
    ]


def test_nothing_is_lost_between_blocks():
    html = "앞 <b>굵게</b> 뒤<p>단락</p>꼬리<table><tr><td>칸</td></tr></table>"
    words = " ".join(block for each in sections(html) for block in each.blocks)
    assert words == "앞 굵게 뒤 단락 꼬리 칸"


def test_short_blocks_are_quoted_together_and_long_ones_cut_between_sentences():
    sentence = "이 문장은 길이를 채우려고 조금 길게 썼어요."
    (section,) = sections("<p>짧아요.</p><p>이것도요.</p><p>" + " ".join([sentence] * 60) + "</p>")

    found = passages(section)

    assert found[0].startswith("짧아요.\n이것도요.")
    assert all(len(passage) <= 2 * PASSAGE_CHARACTERS for passage in found)
    assert all(passage.endswith("요.") for passage in found)


def test_no_html_is_no_passage():
    assert sections("") == []


def lines_of(html):
    return [block for section in sections(html) for block in section.blocks]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (
            "<table><thead><tr><th>배송지</th><th>요금:</th></tr></thead>"
            "<tbody><tr><td>제주</td><td>3,000원</td></tr><tr><td>도서</td><td></td></tr></tbody></table>",
            ["제주 — 요금: 3,000원", "배송지: 도서"],
        ),
        (
            "<table><tr><th>Weight</th><td>35 g</td></tr><tr><th>Colour</th><td>black</td><td>white</td></tr></table>",
            ["Weight: 35 g", "Colour: black, white"],
        ),
        ("<table><tr><td>제주</td><td>3,000원</td></tr></table>", ["제주 — 3,000원"]),
        (
            "<table><tr><th></th><th>평일</th></tr><tr><th>택배</th><td><p>2일</p><ul><li>섬은 4일</li></ul></td></tr></table>",
            ["택배 — 평일: 2일; 섬은 4일"],
        ),
        (
            "<table><caption>요금표</caption><tr><th rowspan='2'>지역</th><th colspan='2'>요금</th></tr>"
            "<tr><th>평일</th><th>주말</th></tr><tr><td rowspan='2'>제주</td><td>1</td><td>2</td></tr>"
            "<tr><td>3</td><td>4</td></tr></table>",
            ["요금표", "제주 — 평일: 1, 주말: 2", "제주 — 평일: 3, 주말: 4"],
        ),
        (
            "<table><tr><th>요금</th><th>기간</th></tr><tr><td colspan='2'>무료</td></tr></table>",
            ["요금: 무료"],
        ),
        ("<table><tr><th>하나</th><th>둘</th></tr></table>", ["하나, 둘"]),
        (
            "<table><tr><th>Code</th><th>Meaning</th><th>What to do</th></tr>"
            "<tr><td>P01</td><td>The filter is full.</td><td>Wash it</td></tr></table>",
            ["P01 — Meaning: The filter is full. What to do: Wash it"],
        ),
        ("<table><tr><td></td></tr><tr></tr></table>", []),
    ],
)
def test_the_cells_of_a_row_stay_together_each_with_its_heading(table, lines):
    assert lines_of(table) == lines


@pytest.mark.parametrize(
    "odd", ["colspan='99999999'", "rowspan='0'", "colspan='x'", "colspan", "rowspan='-3'"]
)
def test_an_odd_span_is_no_wide_table(odd):
    assert lines_of(f"<table><tr><td {odd}>하나</td><td>둘</td></tr></table>") == ["하나 — 둘"]


def test_a_heading_in_a_cell_begins_no_section_and_nothing_of_an_unfinished_table_is_lost():
    found = sections(
        "<h2>요금</h2><table><tr><td><h3>제주</h3></td><td>안<table><tr><td>속</td></tr></table></td><td>끝"
    )
    assert [(each.heading, each.blocks) for each in found] == [("요금", ["제주 — 안; 속, 끝"])]


def test_a_long_table_is_cut_between_rows_and_every_row_says_its_headings():
    rows = "".join(f"<tr><td>{number}번 지역</td><td>{number},000원</td></tr>" for number in range(60))
    (section,) = sections(f"<table><tr><th>배송지</th><th>요금</th></tr>{rows}</table>")

    found = passages(section)

    assert len(found) > 2
    assert all("번 지역 — 요금: " in line for passage in found for line in passage.split("\n"))


def test_an_answer_from_a_table_is_quoted_in_rows(help_centre):
    table = "<table><tr><th>배송지</th><th>요금</th></tr><tr><td>제주</td><td>3,000원</td></tr><tr><td>울릉도</td><td>7,000원</td></tr></table>"
    help_centre.write({"ko": ("지역별 배송비 안내", table, [])})
    jobs.encode_wanting()

    result = answer("지역별 배송비 안내", STRANGER, locale="ko")

    assert result.answer.text == "제주 — 요금: 3,000원\n울릉도 — 요금: 7,000원"


CODES = (
    "<p>표시창의 글자는 제품이 스스로 찾은 문제예요. 아래에서 찾아보세요.</p>"
    "<table><tr><th>코드</th><th>뜻</th><th>할 일</th></tr>"
    "<tr><td>P01</td><td>필터 덮개가 열렸어요.</td><td>덮개를 닫아요.</td></tr>"
    "<tr><td>P02</td><td>모터가 뜨거워요.</td><td>30분 쉬게 해요.</td></tr>"
    "<tr><td>P03</td><td>먼지 센서가 더러워요.</td><td>면봉으로 닦아요.</td></tr></table>"
)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("오류 코드 P02는 뭐예요", "P02 — 뜻: 모터가 뜨거워요. 할 일: 30분 쉬게 해요."),
        ("P03", "P03 — 뜻: 먼지 센서가 더러워요. 할 일: 면봉으로 닦아요."),
    ],
)
def test_the_row_that_answers_is_quoted_and_neither_the_opening_nor_the_other_rows(
    help_centre, question, row
):
    article = help_centre.write({"ko": ("표시창 오류 코드", CODES, [])})
    jobs.encode_wanting()

    assert chosen(article.pk, question, STRANGER, locale="ko").answer.text == row


def test_a_question_that_tells_no_row_from_another_is_answered_by_how_the_article_begins(help_centre):
    article = help_centre.write({"ko": ("표시창 오류 코드", CODES, [])})
    jobs.encode_wanting()

    said = chosen(article.pk, "표시창 오류 코드", STRANGER, locale="ko").answer.text

    assert said.startswith("표시창의 글자는") and said.count(" — ") == 3


def test_what_an_older_release_cut_is_cut_again(help_centre):
    table = "<table><tr><th>배송지</th><th>요금</th></tr><tr><td>제주</td><td>3,000원</td></tr></table>"
    article = help_centre.write({"ko": ("지역별 배송비 안내", table, [])})
    cut = Entry.objects.filter(article=article, kind=Entry.Kind.PASSAGE)
    cut.update(text="배송지\n요금\n제주\n3,000원", analyser="1:" + help_centre_analyser())

    jobs.catch_up.func()

    assert list(cut.values_list("text", flat=True)) == ["제주 — 요금: 3,000원"]


def test_while_the_analyser_is_away_what_it_read_is_not_cut_worse(help_centre):
    Entry.objects.update(analyser="1:" + help_centre_analyser())
    with using(NoReader()):
        assert not projection.cut_otherwise().exists()
        Entry.objects.update(analyser="1:rules")
        assert projection.cut_otherwise().count() == len(help_centre.articles)


def help_centre_analyser():
    return projection.analyser().partition(":")[2]
