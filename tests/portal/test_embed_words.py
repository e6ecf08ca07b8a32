"""A film of another site with what is said in it: below the film, in each language, found by search, told by the library."""

from __future__ import annotations

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.core.html import clean
from handrail.web.portal.embeds import EMBED, facade

LINK = '<a href="https://youtu.be/abcdefghijk">필터 영상</a>'
SAID = "필터를 시계 반대 방향으로 돌려요<br>먼지 봉투를 버려요"
FILM = f'<figure class="embed">{LINK}<figcaption>{SAID}</figcaption></figure>'
BARE = f'<figure class="embed">{LINK}</figure>'


def shown(client, article, locale="ko"):
    return client.get(f"/hc/{locale}/articles/{article.pk}", follow=True).content.decode()


def test_what_is_said_stands_below_the_door_in_the_language_of_the_text(client, shop):
    english = FILM.replace(SAID, "Turn the filter to the left")
    article = shop.write(
        shop.start, kind="video", ko=("청소 영상", f"{FILM}<p>끝.</p>"), en=("Cleaning", english)
    )

    page = shown(client, article)
    below = page.split("</film-door></figure>")[1]
    assert below.index("<li><span>필터를 시계 반대 방향으로 돌려요</span></li>") < below.index("끝.")
    assert "<li><span>먼지 봉투를 버려요</span></li>" in below
    assert "Turn the filter" in shown(client, article, "en") and "시계" not in shown(client, article, "en")


def test_a_phrase_that_is_said_finds_the_film(shop):
    article = shop.write(shop.start, kind="video", ko=("청소 영상", FILM))
    shop.world.settle()

    found = answer("먼지 봉투를 버려요", STRANGER, locale="ko", remember=False)

    assert found.considered[0].article == article.pk


def test_the_library_tells_which_films_lack_it(client, shop):
    for title, html in [
        ("다 있는 영상", FILM),
        ("없는 영상", BARE),
        ("하나만 있는 영상", FILM + BARE),
        ("없는 다음에 있는 영상", BARE + FILM),
        ("빈 영상", f'<figure class="embed">{LINK}<figcaption> </figcaption></figure>'),
    ]:
        shop.write(shop.start, kind="video", ko=(title, html))

    tiles = client.get("/hc/ko/videos").content.decode().split('<a class="tile"')[1:]

    assert len(tiles) == 5
    assert [">다 있는 영상<" in tile for tile in tiles] == ["말한 내용이 글로도" in tile for tile in tiles]
    assert ["data-no-words" not in tile for tile in tiles] == ["말한 내용이 글로도" in tile for tile in tiles]


def test_a_film_without_words_has_nothing_below_it_and_two_films_keep_theirs_apart():
    drawn = EMBED.sub(
        lambda each: facade(each[1], each[2], each[3] or ""), clean(BARE + FILM, profile="article")
    )

    first, second, _rest = drawn.split("</film-door></figure>")
    assert "transcript" not in first and "transcript" not in second
    assert drawn.count("<film-door") == 2 and drawn.count('class="transcript"') == 1


def test_of_an_address_that_plays_nowhere_the_words_stay():
    assert "<li><span>말</span></li>" in facade("https://example.org/film", "영상", "말")
