"""Every list says of an article that exists in another language alone which language that is."""

from __future__ import annotations

import re

import pytest

from handrail.core.actors import SYSTEM

MARK = "영어로만"


@pytest.fixture
def english(shop):
    """A how-to and a film that exist in English alone, the first related to one that is in Korean."""
    guide = shop.write(shop.start, en=("Change the ear tips", "<p>Pull gently.</p>"))
    film = shop.write(shop.start, kind="video", en=("Watch the ear tips", "<p>Look closely.</p>"))
    shop.pairing.relate([guide], by=SYSTEM)
    return guide, film


def item(page: str, title: str) -> str:
    """The list item that bears this title."""
    found = [each for each in re.findall(r"<li\b.*?</li>", page, re.S) if title in each]
    assert found, title
    return found[-1]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/hc/ko/tutorials", "Change the ear tips"),
        ("/hc/ko/videos", "Watch the ear tips"),
        ("/hc/ko", "Watch the ear tips"),
    ],
)
def test_a_list_marks_it_and_its_words_are_read_in_their_language(client, shop, english, path, title):
    said = item(client.get(path).content.decode(), title)

    assert MARK in said and f'lang="en">{title}' in said
    assert MARK not in item(client.get(path.replace("/ko", "/en")).content.decode(), title)


def test_related_ones_are_marked_too(client, shop, english):
    page = client.get(f"/hc/ko/articles/{shop.pairing.pk}", follow=True).content.decode()

    assert MARK in item(page, "Change the ear tips")
