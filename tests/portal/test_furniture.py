"""What stands around an article: labels, related articles, files to take along; and words that mean the same."""

import pytest

from handrail.core.actors import SYSTEM
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.labelling import ArticleLabel
from handrail.knowledge.synonyms import SynonymSet, also_said
from handrail.web.portal import addresses


def test_labels_lead_to_everything_that_carries_them(client, world):
    one, two = (world.article(f"환불 {n}", "<p>안내예요.</p>") for n in (1, 2))
    hidden = world.article("환불 내부", "<p>쉿.</p>", audience="agents")
    for article in (one, two, hidden):
        article.label_as(["카드", " 카드 ", "해외"], by=world.agent)

    page = client.get(f"/hc/ko/articles/{one.pk}", follow=True).content.decode()
    assert page.count(">카드</a>") == 1
    listed = client.get("/hc/ko/labels/카드").content.decode()
    assert "환불 1" in listed and "환불 2" in listed and "환불 내부" not in listed
    assert '<h1 lang="ko">카드</h1>' in listed
    ArticleLabel.objects.get(name="카드").call({"ko": "카드", "en": "Cards"}, by=world.agent)
    assert '<h1 lang="en">Cards</h1>' in client.get("/hc/en/labels/카드").content.decode()
    one.label_as([], by=world.agent)
    assert "환불 1" not in client.get("/hc/ko/labels/카드").content.decode()
    assert client.get("/hc/ko/labels/없는것").status_code == 404


def test_a_label_may_hold_a_slash(client, world):
    article = world.article("보증", "<p>안내예요.</p>")
    article.label_as(["교환/환불", "AS/수리/문의"], by=world.agent)

    page = client.get(f"/hc/ko/articles/{article.pk}", follow=True)
    assert page.status_code == 200
    assert "보증" in client.get("/hc/ko/labels/교환/환불").content.decode()
    assert "보증" in client.get("/hc/ko/labels/AS/수리/문의").content.decode()


def test_a_download_is_for_those_who_may_read_its_article(client, world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    article = world.article("환불 신청서", "<p>내려받아 쓰세요.</p>")
    file = ArticleFile.attach(
        article, b"PK\x03\x04form", title="신청서.hwp", by=world.agent, is_download=True
    )

    assert "신청서.hwp" in client.get(f"/hc/ko/articles/{article.pk}", follow=True).content.decode()
    got = client.get(file.path)
    assert got.status_code == 200 and got["Content-Disposition"].startswith("attachment")
    article.show_to("employees", by=world.agent)
    assert client.get(file.path).status_code == 404
    file.take_away(by=world.agent)
    assert not ArticleFile.objects.exists()


def test_related_articles_are_the_nearest_ones_after_those_an_author_chose(client, world):
    one = world.article("해외 카드 환불 신청하기", "<p>해외 카드는 7일 걸려요.</p>")
    near = world.article("해외 카드 환불이 늦을 때", "<p>카드사에 물어보세요.</p>")
    far = world.article("포장 상자 접는 법", "<p>접으세요.</p>")
    chosen = world.article("무선 충전", "<p>올려 두세요.</p>")
    hidden = world.article("해외 카드 환불 내부 기준", "<p>쉿.</p>", audience="agents")
    one.relate([chosen], by=world.agent)

    page = client.get(f"/hc/ko/articles/{one.pk}", follow=True).content.decode().partition('id="related"')[2]

    places = [page.index(f"articles/{article.pk}-") for article in (chosen, near, far)]
    assert places == sorted(places)
    assert f"articles/{hidden.pk}-" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("리펀드를 받고 싶어요", ["환불", "반품"]),
        ("REFUND please", ["money back"]),
        ("money  back", ["refund"]),
        ("refunds policy", []),
        ("무리펀드", []),
    ],
)
def test_a_word_stands_for_the_others_of_its_set(world, asked, found):
    SynonymSet.keep("ko", ["환불", "반품", "리펀드"], by=SYSTEM)
    SynonymSet.keep("en", ["refund", "money back"], by=SYSTEM)
    assert also_said(asked) == found


def test_who_asks_with_a_synonym_finds_the_article_from_the_next_question_on(client, world):
    article = world.article("환불 신청하는 방법", "<p>주문 내역에서 눌러요.</p>")
    world.article("배송 조회하는 방법", "<p>조회를 눌러요.</p>")
    world.settle()
    asked = {"query": "리펀드"}
    assert f"articles/{article.pk}-" not in client.get("/hc/ko/suggest", asked).content.decode()

    words = SynonymSet.keep("ko", ["환불", "리펀드"], by=SYSTEM)
    assert f"articles/{article.pk}-" in client.get("/hc/ko/suggest", asked).content.decode()
    words.drop(by=SYSTEM)
    assert f"articles/{article.pk}-" not in client.get("/hc/ko/suggest", asked).content.decode()


def test_a_label_without_names_is_in_the_language_of_its_letters_or_claims_none(client, shop):
    shop.pairing.label_as(["카드", "PIN"], by=SYSTEM)

    article = client.get(addresses.article(shop.pairing, "en")).content.decode()

    assert '<a class="badge" lang="ko"' in article and '<a class="badge" href="/hc/en/labels/PIN"' in article
    assert '<h1 lang="ko">카드</h1>' in client.get("/hc/en/labels/카드").content.decode()
    assert "<h1>PIN</h1>" in client.get("/hc/en/labels/PIN").content.decode()
    assert 'lang=""' not in article


def test_readers_see_a_label_in_their_language_and_the_word_itself_where_it_has_none(client, shop):
    shop.pairing.label_as(["카드"], by=SYSTEM)
    label = ArticleLabel.objects.get()
    label.call({"en": "  Card   payment "}, by=SYSTEM)

    english = client.get(addresses.article(shop.pairing, "en")).content.decode()
    korean = client.get(addresses.article(shop.pairing, "ko")).content.decode()
    assert '<a class="badge" lang="en" href="/hc/en/labels/' in english and ">Card payment</a>" in english
    assert '<a class="badge" lang="ko" href="/hc/ko/labels/' in korean and ">카드</a>" in korean
    assert '<h1 lang="en">Card payment</h1>' in client.get("/hc/en/labels/카드").content.decode()

    label.call({"en": "", "ko": "결제"}, by=SYSTEM)  # at once, also on pages in memory
    assert ">카드</a>" in client.get(addresses.article(shop.pairing, "en")).content.decode()
    assert '<h1 lang="ko">결제</h1>' in client.get("/hc/ko/labels/카드").content.decode()
    assert client.get(f"/api/v2/articles/{shop.pairing.pk}").json()["labels"] == ["카드"]


def test_a_label_page_is_there_for_those_alone_who_find_something_on_it(client, shop):
    shop.internal.label_as(["비밀"], by=SYSTEM)
    ArticleLabel.objects.get().call({"ko": "상담사 전용"}, by=SYSTEM)
    assert client.get("/hc/ko/labels/비밀").status_code == 404
