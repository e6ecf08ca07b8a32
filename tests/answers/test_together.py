"""The beginning of an article and a passage of it are quoted together where neither is sure."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.chosen import chosen
from handrail.answers.together import quoted_together

SILENT = (
    "<p>두 쪽을 케이스에 넣고 뚜껑을 10초 닫았다가 열어 보세요. 대부분 이것만으로 다시 소리가 나요.</p>"
    "<h2>순서대로 확인하기</h2><p>단자를 마른 천으로 닦고, 그물망을 솔로 털고, 좌우 균형이 가운데에 있는지 봐 주세요.</p>"
    "<h2>그래도 소리가 나지 않는다면</h2><p>안 들리는 쪽이 왼쪽인지 오른쪽인지 상담사에게 알려 주세요. 1년 안이면 무료로 바꿔 드려요.</p>"
)
TITLE = "이어폰 한쪽에서 소리가 나지 않을 때"


@pytest.mark.parametrize(
    ("worth", "nearest", "has_beginning", "expected"),
    [
        ([3.0, 4.0, 9.0], 0.6, True, (2, [2])),
        ([3.0, 4.0, 9.0], 0.05, True, (2, [0, 2])),
        ([3.0, 4.0, 4.2], 0.6, True, (2, [0, 2])),
        ([3.0, 4.0, 4.2], 0.6, False, (2, [2])),
        ([4.0, 3.9, 1.0], 0.6, True, (0, [0, 1])),
        ([4.0, 3.0, 1.0], 0.6, True, (0, [0])),
        ([4.0], 0.6, True, (0, [0])),
    ],
)
def test_what_is_nearly_worth_as_much_stands_beside_in_the_order_of_the_article(
    worth, nearest, has_beginning, expected
):
    assert quoted_together(np.array(worth), nearest, has_beginning=has_beginning) == expected


def test_who_asks_for_the_whole_article_reads_how_it_begins(help_centre):
    hit = _said(help_centre, SILENT, "이어폰 한쪽만 안 들려요")

    beginning, passage = hit.text.split("\n\n")
    assert beginning.startswith("두 쪽을 케이스에 넣고")
    assert passage.startswith("그래도 소리가 나지 않는다면\n안 들리는 쪽이")
    assert hit.spot == "그래도-소리가-나지-않는다면"


def test_who_asks_for_a_part_reads_that_alone(help_centre):
    hit = _said(help_centre, SILENT, "단자와 그물망은 무엇으로 닦아요?")

    assert hit.text.startswith("단자를 마른 천으로")


def test_a_long_beginning_stands_beside_nothing(help_centre):
    long = SILENT.replace("다시 소리가 나요.", "다시 소리가 나요. " + "뚜껑은 끝까지 닫아 주세요. " * 20, 1)

    assert "\n\n" not in _said(help_centre, long, "이어폰 한쪽만 안 들려요").text


def _said(help_centre, html, question):
    article = help_centre.write({"ko": (TITLE, html, [])})
    jobs.encode_wanting()
    return chosen(article.pk, question, STRANGER, locale="ko").answer
