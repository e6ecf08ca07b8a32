"""One knowledge: the same question brings the same article first on the help centre, by the API and at the desk."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.desk.conftest import signed_in

ARTICLE = re.compile(r'href="[^"]*/hc/ko/articles/(\d+)')


def first_on(page: str) -> int:
    """The article a page of results leads to first."""
    found = ARTICLE.search(page[page.index("<main") :])
    assert found, "no article is found"
    return int(found[1])


def first_by_api(client: Client, question: str) -> int:
    said = client.get("/api/v2/answers", {"query": question, "locale": "ko"}).json()
    return (said["answer"] or said["choices"][0])["article"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("환불 신청하는 방법", "refund"),
        ("산 걸 취소하면 돈 돌려받을 수 있어요?", "refund"),
        ("택배 어디쯤 왔어요", "track"),
        ("비번 까먹었어요", "password"),
        ("이어폰 왼쪽에서 소리가 안 나요", "earbuds"),
        ("필터 교체 주기", "filter"),
        ("외국 카드로 내면 수수료가 있나요?", "abroad"),
    ],
)
def test_one_question_brings_the_same_article_first_everywhere(client, help_centre, world, question, name):
    desk = signed_in(world.agent)

    firsts = {
        "portal": first_on(client.get("/hc/ko/search", {"query": question}).content.decode()),
        "api": first_by_api(client, question),
        "desk": first_on(desk.get("/desk/search", {"query": question}).content.decode()),
    }

    assert firsts == dict.fromkeys(firsts, help_centre.articles[name].pk)
