"""A FAQ set on somebody else's page."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from handrail.core.actors import SYSTEM
from handrail.knowledge.feedback import helped_lately
from handrail.web import limits
from handrail.web.ui.assets import built
from handrail.web.widget.pieces import pieces
from handrail.workspace.portal import PortalDraft
from tests.portal.shop import Shop

CODE_GZIP_BYTES_MAX = 2_048


@pytest.fixture
def shop(standing_shop) -> Shop:
    limits.forget_all()
    return standing_shop


def content_of(response) -> dict:
    return json.loads(re.search(r"\)\((\{.*\})\)$", response.content.decode(), re.S)[1])


def test_one_script_holds_the_set_in_both_languages_for_any_page(client, shop):
    faq = shop.faq(shop.silent, shop.pairing)

    script = client.get(f"/faq/{faq.pk}.js")

    content = content_of(script)
    assert [row[1] for row in content["ko"]["rows"]] == [
        "한쪽에서 소리가 나지 않을 때",
        "휴대폰에 연결하는 방법",
    ]
    assert [row[1] for row in content["en"]["rows"]] == ["When one bud is silent", "Pair with your phone"]
    assert content["ko"]["rows"][0][2] == [["p", {}, ["10초 닫았다가 열어 보세요."]]]
    assert content["ko"]["rows"][0][3].startswith("http")
    assert (
        script["Access-Control-Allow-Origin"] == "*"
        and script["Cross-Origin-Resource-Policy"] == "cross-origin"
    )
    assert not script.cookies and "Set-Cookie" not in script


def test_an_edit_is_in_the_next_answer_and_a_withdrawn_one_is_gone(client, shop):
    faq = shop.faq(shop.silent, shop.pairing)
    shop.pairing.write("ko", title="휴대폰에 잇는 방법", html="<p>새 답이에요.</p>", by=SYSTEM)
    shop.pairing.translations.get(locale="ko").publish(by=SYSTEM)
    assert "새 답이에요." in client.get(f"/faq/{faq.pk}.json").content.decode()

    for text in shop.pairing.translations.all():
        text.withdraw(by=SYSTEM)

    assert len(client.get(f"/faq/{faq.pk}.json").json()["ko"]["rows"]) == 1


def test_only_what_strangers_may_read_leaves_even_for_staff(client, shop, world):
    from tests.desk.conftest import signed_in

    faq, staff = shop.faq(shop.silent, shop.internal), shop.faq(shop.silent, audience="agents", slug="staff")
    agent = signed_in(world.agent)

    assert "내부 환불 기준" not in agent.get(f"/faq/{faq.pk}.js").content.decode()
    assert agent.get(f"/faq/{staff.pk}.js").status_code == 404
    assert agent.post(f"/faq/{faq.pk}/helped/{shop.internal.pk}", {"locale": "ko"}).status_code == 204
    assert helped_lately([shop.internal.pk]) == {}


def test_a_set_whose_block_is_off_is_gone_from_every_page(client, shop):
    faq = shop.faq(shop.silent)
    draft = PortalDraft.of(shop.world.brand)
    document = draft.design.as_json()
    document["blocks"] = [{**each, "on": each["code"] != "faq"} for each in document["blocks"]]
    draft.draw(document, by=SYSTEM)
    draft.publish(by=SYSTEM)

    assert client.get(f"/faq/{faq.pk}.js").status_code == 404


def test_one_browser_helped_a_thousand_times_counts_once(client, shop):
    faq = shop.faq(shop.silent)
    for _press in range(5):
        client.post(f"/faq/{faq.pk}/helped/{shop.silent.pk}", {"locale": "ko"}, HTTP_USER_AGENT="one")
    client.post(f"/faq/{faq.pk}/helped/{shop.silent.pk}", {"locale": "ko"}, HTTP_USER_AGENT="another")

    assert helped_lately([shop.silent.pk]) == {shop.silent.pk: 2}
    assert (
        content_of(client.get(f"/faq/{faq.pk}.js"))["ko"]["rows"][0][5] == "2명에게 도움이 됐어요 (최근 30일)"
    )


def test_text_that_looks_like_markup_cannot_leave_the_script(client, shop):
    evil = shop.write(shop.start, ko=("</script><b>제목", "<p>1 &lt; 2 </p>"))
    faq = shop.faq(evil)

    body = client.get(f"/faq/{faq.pk}.js").content.decode()

    assert "</script" not in body
    assert content_of(client.get(f"/faq/{faq.pk}.js"))["ko"]["rows"][0][1] == "</script><b>제목"


def test_pieces_keep_simple_tags_and_whole_addresses():
    made = pieces(
        '<p>가 <a href="/hc/ko">나</a></p><div onclick="x"><ul><li>다</li></ul></div><video src="x"></video>',
        "https://help.example",
    )

    assert made == [
        ["p", {}, ["가 ", ["a", {"href": "https://help.example/hc/ko"}, ["나"]]]],
        ["ul", {}, [["li", {}, ["다"]]]],
    ]


def test_the_code_stays_tiny():
    code = built("faq.js")
    if not code:
        pytest.skip("needs the built scripts: bin/frontend")
    assert len(gzip.compress(code.encode(), 9)) <= CODE_GZIP_BYTES_MAX
