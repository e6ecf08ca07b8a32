"""Beside an article's text: who reads it, where it stands, its labels, neighbours and files; and the site's own lists."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.accounts.models import Role
from handrail.contacts.models import Organisation
from handrail.contacts.segments import Segment
from handrail.knowledge.models import ArticleLabel, SynonymSet
from tests.desk.conftest import signed_in


@pytest.fixture
def author(world):
    return signed_in(world.staff("author@handrail.test", "정작가", Role.AUTHOR))


@pytest.fixture
def article(world):
    return world.article("환불 안내", "<p>3일 걸려요.</p>")


def test_an_audience_chosen_there_holds_on_the_next_request(author, client, world, article):
    Organisation.objects.create(name="나무책방")
    author.post(
        "/console/segments/keep",
        {
            "name_ko": "협력사",
            "name_en": "Partners",
            "matches": "any",
            "rules": "organisation: 나무책방\nplan = business",
        },
    )
    segment = Segment.objects.get()
    assert segment.rules.count() == 2
    page = f"/console/articles/{article.pk}/ko"
    assert "협력사" in author.get(page).content.decode()

    author.post(
        f"/console/articles/{article.pk}/place",
        {"audience": f"segment:{segment.pk}", "topic": article.topic_id},
    )

    article.refresh_from_db()
    assert article.audience_key == f"segment:{segment.pk}"
    assert client.get(f"/hc/ko/articles/{article.pk}").status_code == 404
    refused = author.post(f"/console/articles/{article.pk}/place", {"audience": "segment:999"})
    assert refused.status_code == 422
    assert "plan = business" in author.get("/console/segments").content.decode()


def test_what_a_film_is_for_is_chosen_there_and_asked_of_films_alone(author, world, article):
    page = f"/console/articles/{article.pk}/ko"
    assert 'name="purpose"' not in author.get(page).content.decode()
    article.change_kind("video", by=world.agent)
    assert 'name="purpose"' in author.get(page).content.decode()
    place = {"audience": "public", "topic": article.topic_id}

    for sent, kept in (("storing", "storing"), ("nonsense", "storing"), ("", "")):
        author.post(f"/console/articles/{article.pk}/place", place | {"purpose": sent})
        article.refresh_from_db()
        assert article.purpose == kept


@pytest.mark.parametrize("rules", ["", "organisation: 없는 곳"])
def test_a_segment_nobody_could_belong_to_is_refused_with_its_reason(author, world, rules):
    sent = {"name_ko": "협력사", "name_en": "Partners", "rules": rules}
    assert author.post("/console/segments/keep", sent).status_code == 422
    assert not Segment.objects.exists()


def test_labels_neighbours_and_files_are_kept_there(author, world, article, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    other = world.article("환불 늦을 때", "<p>기다리세요.</p>")
    base = f"/console/articles/{article.pk}"

    author.post(
        f"{base}/furniture", {"labels": "카드, 해외", "related": f"https://x/hc/ko/articles/{other.pk}-y\n"}
    )
    assert list(article.labels.values_list("name", flat=True)) == ["카드", "해외"]
    assert list(article.related.all()) == [other]
    lost = author.post(f"{base}/furniture", {"labels": "카드", "related": "987654"})
    assert lost.status_code == 422 and "987654" in lost.content.decode()
    author.post(f"{base}/files", {"file": SimpleUploadedFile("신청서.pdf", b"%PDF-1.4 form")})
    file = article.files.downloads().get()
    assert "신청서.pdf" in author.get(f"{base}/ko").content.decode()
    author.post(f"{base}/files/{file.pk}/removed")
    assert not article.files.exists()


def test_a_label_gets_a_name_for_readers_of_each_language(author, world, article):
    article.label_as(["카드", "해외"], by=world.agent)
    card = ArticleLabel.objects.get(name="카드")

    author.post("/console/labels", {"label": card.pk, "name.ko": "", "name.en": "Cards"})
    text = author.get("/console/labels").content.decode()
    assert 'value="Cards"' in text and text.count('placeholder="카드"') == 2
    assert "해외" not in author.get("/console/labels?find=카").content.decode()

    long = author.post("/console/labels", {"label": card.pk, "name.ko": "", "name.en": "x" * 41})
    assert long.status_code == 422 and "x" * 41 in long.content.decode()
    card.refresh_from_db()
    assert card.names == {"en": "Cards"}
    assert author.post("/console/labels", {"label": "none"}).status_code == 404


def test_synonyms_are_written_changed_and_dropped(author, world):
    author.post("/console/synonyms/keep", {"locale": "ko", "words": "환불, 리펀드"})
    words = SynonymSet.objects.get()
    author.post("/console/synonyms/keep", {"pk": words.pk, "words": "환불, 반품"})
    assert "환불, 반품" in author.get("/console/synonyms").content.decode()
    assert author.post("/console/synonyms/keep", {"locale": "ko", "words": "환불"}).status_code == 422
    author.post(f"/console/synonyms/{words.pk}/drop")
    assert not SynonymSet.objects.exists()


def test_a_block_for_a_segment_is_for_nobody_wider(author, world):
    from handrail.contacts.segments import Rule
    from handrail.knowledge.models import Block

    segment = Segment.define("p", names={"ko": "협력사", "en": "P"}, rules=[Rule(mark="vip")], by=world.agent)
    author.post("/console/blocks/new", {"name": "정산", "audience": f"segment:{segment.pk}"})
    author.post("/console/blocks/new", {"name": "틀린 것", "audience": "segment:999"})

    keys = {block.name: block.audience_key for block in Block.objects.all()}
    assert keys == {"정산": f"segment:{segment.pk}", "틀린 것": "agents"}
