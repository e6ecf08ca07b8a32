"""Films: a library to choose from, and words below each that the search finds."""

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.knowledge.films import captions_in
from handrail.knowledge.models import ArticleFile

CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:03.000\n필터를 시계 반대 방향으로 돌려요\n\n01:05.000 --> 01:08.000\n먼지 봉투를 <i>버려요</i>\n"


@pytest.fixture
def film(shop):
    """shop.film(topic, title, purpose, audience) -> a published film with Korean captions of its own."""

    def filmed(topic, title, *, purpose="", audience="public"):
        article = shop.write(topic, kind="video", audience=audience, ko=(title, "<p>곧 올라와요.</p>"))
        words = ArticleFile.attach(article, CAPTIONS.encode(), title="청소.ko.vtt", by=shop.world.agent)
        html = (
            f'<p>{title}을 보여 드려요.</p><figure><video src="/hc/files/none" title="{title}" controls>'
            f'<track kind="captions" src="{words.path}" srclang="ko" label="한국어"></video></figure><p>끝.</p>'
        )
        article.write("ko", title=title, html=html, by=shop.world.agent)
        article.translations.get(locale="ko").publish(by=shop.world.agent)
        article.serve(purpose, by=shop.world.agent)
        return article

    return filmed


def test_films_are_chosen_by_product_and_purpose(client, shop, film):
    film(shop.start, "버즈 고르는 영상", purpose="choosing")
    film(shop.start, "버즈 보관 영상", purpose="storing")
    film(shop.lamp_use, "스탠드 쓰는 영상", purpose="using")
    film(shop.lamp_use, "직원 교육 영상", purpose="using", audience="agents")

    def named(query=""):
        text = client.get(f"/hc/ko/videos{query}").content.decode()
        return [name for name in ("고르는", "보관 영상", "쓰는 영상", "교육") if name in text], text

    everything, text = named()
    assert everything == ["고르는", "보관 영상", "쓰는 영상"]
    assert "선택" in text and "사용법" in text and "보관" in text
    assert named(f"?product={shop.buds.pk}")[0] == ["고르는", "보관 영상"]
    assert named("?purpose=using")[0] == ["쓰는 영상"]
    assert named(f"?purpose=storing&product={shop.buds.pk}")[0] == ["보관 영상"]
    none, text = named(f"?purpose=choosing&product={shop.lamp.pk}")
    assert none == [] and "맞는 영상이 없어요" in text
    assert named("?purpose=nonsense&product=none")[0] == everything


def test_what_is_said_stands_below_the_film_and_is_found(client, shop, film):
    article = film(shop.start, "청소하는 영상")

    text = client.get(f"/hc/ko/articles/{article.pk}", follow=True).content.decode()
    below = text.split("</figure>")[1]
    assert below.index("필터를 시계 반대 방향으로 돌려요") < below.index("끝.")
    assert (
        '<li data-at="65.0"><span class="transcript-time">1:05</span> <span>먼지 봉투를 버려요</span>'
        in below
    )

    found = answer("먼지 봉투 버려요", STRANGER, locale="ko", remember=False)
    assert found.considered[0].article == article.pk


def test_only_a_film_with_captions_is_said_to_have_its_words_in_writing(client, shop, film):
    said = "말한 내용이 글로도 있고, 검색으로 찾을 수 있어요"
    elsewhere = '<figure class="embed"><a href="https://youtu.be/abcdefghijk">영상</a></figure>'
    captioned = film(shop.start, "자막 있는 영상")
    own = captioned.translations.get().published.html
    for title, html in [
        ("유튜브 영상", f"<p>봐요.</p>{elsewhere}"),
        ("자막 없는 영상", '<figure><video src="/hc/files/none"></video></figure>'),
        ("둘이 섞인 영상", own + elsewhere),
        ("사라진 자막 영상", own.replace(captioned.files.get().path, "/hc/files/gone")),
    ]:
        shop.write(shop.start, kind="video", ko=(title, html))

    tiles = client.get("/hc/ko/videos").content.decode().split('<a class="tile"')[1:]

    assert len(tiles) == 5
    assert [">자막 있는 영상<" in tile for tile in tiles] == [said in tile for tile in tiles]


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ("<p>먼저 {film} 그리고 <b>굵게</b></p><p>끝</p>", "</p>"),
        ("<figure>{film}<figcaption>설명</figcaption></figure><p>끝</p>", "</figure>"),
        ("<ul><li>{film}</li></ul><p>끝</p>", "</video>"),
        ("{film}<p>끝</p>", "</video>"),
    ],
)
def test_words_stand_after_the_block_of_their_film(html, before):
    film = '<video><track src="/hc/files/abc" srclang="ko"></video>'
    whole = html.format(film=film)
    (found,) = captions_in(whole, "ko")
    assert whole[: found.end].endswith(before) and whole[found.end :].endswith("<p>끝</p>")


def test_captions_of_what_may_not_be_read_are_not_said(client, shop, film):
    closed = film(shop.start, "직원 영상", audience="agents")
    theirs = closed.files.get()
    html = f'<figure><video src="/hc/files/none"><track kind="captions" src="{theirs.path}" srclang="ko"></video></figure>'
    thief = shop.write(shop.start, kind="video", ko=("공개 영상", html))

    assert "먼지 봉투" not in client.get(f"/hc/ko/articles/{thief.pk}", follow=True).content.decode()
    assert answer("먼지 봉투 버려요", STRANGER, locale="ko", remember=False).outcome == "handover"


def test_the_library_costs_the_same_however_many_films(client, shop, film, django_assert_max_num_queries):
    for number in range(12):
        film(shop.start if number % 2 else shop.lamp_use, f"영상 {number}", purpose="using")
    client.get("/hc/ko/videos")
    with django_assert_max_num_queries(14):
        client.get("/hc/ko/videos")


def test_the_library_goes_with_its_block(client, shop, film):
    from handrail.workspace.portal import PortalDraft

    film(shop.start, "버즈 영상")
    assert "/hc/ko/videos" in client.get("/hc/ko").content.decode()
    assert "/hc/ko/videos" in client.get("/sitemap.xml").content.decode()
    draft = PortalDraft.of(shop.world.brand)
    document = draft.design.as_json()
    for block in document["blocks"]:
        block["on"] = block["code"] != "videos"
    draft.draw(document, by=shop.world.agent)
    draft.publish(by=shop.world.agent)
    assert "/hc/ko/videos" not in client.get("/hc/ko").content.decode()
    assert client.get("/hc/ko/videos").status_code == 404
