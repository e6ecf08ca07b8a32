"""Articles over the API: what the caller may read, and the version every other place shows."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Token
from handrail.core.actors import SYSTEM


def test_one_edit_shows_everywhere_with_the_same_version(client, world):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    article.write("ko", title="환불 안내", html="<p>4일 걸려요.</p>", by=world.agent)
    article.translations.get().publish(by=world.agent)
    world.settle()

    said = client.get(f"/api/v2/articles/{article.pk}").json()
    page = client.get(f"/hc/ko/articles/{article.pk}", follow=True).content.decode()
    plain = client.get(f"/hc/ko/articles/{article.pk}-{article.translations.get().slug}.md").content.decode()
    quoted = client.get("/hc/ko/answer", {"query": "환불 안내"}).json()["answer"]

    assert said["version"] == 2 and "4일" in said["body"] and said["locale"] == "ko"
    assert "4일 걸려요" in page and "2판" in page
    assert "4일 걸려요" in plain and "2판" in plain
    assert quoted is None or "4일" in quoted["text"]


def test_a_list_comes_in_pages_and_by_label(client, world):
    for number in range(32):
        article = world.article(f"글 {number}", "<p>본문.</p>")
    article.label_as(["카드"], by=world.agent)

    first = client.get("/api/v2/articles").json()
    second = client.get("/api/v2/articles", {"page": first["next_page"]}).json()

    assert (len(first["articles"]), len(second["articles"]), second["next_page"]) == (30, 2, None)
    assert [
        one["labels"] for one in client.get("/api/v2/articles", {"label": "카드"}).json()["articles"]
    ] == [["카드"]]


@pytest.mark.parametrize("number", ["0", "987654", "99999999999999999999"])
def test_what_is_not_there_is_said_in_the_apis_shape(client, world, number):
    answer = client.get(f"/api/v2/articles/{number}")
    assert answer.status_code == 404 and answer.json()["error"] == "RecordNotFound"


def test_a_token_reads_what_its_owner_reads_and_no_more(client, world):
    inside = world.article("안쪽", "<p>쉿.</p>", audience="agents")
    _token, secret = Token.issue(world.agent, name="bot", scopes=[], by=SYSTEM)

    assert client.get(f"/api/v2/articles/{inside.pk}").status_code == 404
    said = client.get(f"/api/v2/articles/{inside.pk}", headers={"authorization": f"Bearer {secret}"})
    assert said.json()["title"] == "안쪽"
