"""One answer everywhere: for each reader and article every surface says the same, from the next request on."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db.models import Q

from handrail.accounts.viewer import Viewer
from handrail.contacts.segments import Rule, Segment, mark, unmark
from handrail.core.actors import SYSTEM
from handrail.web import limits
from tests.leaks.readers import Reader, readers
from tests.leaks.shelf import INNER, Item, Shelf
from tests.leaks.surfaces import SURFACES, Surface


class House:
    """The readers before the shelf. `wrong()` asks everybody everything, or of some items only, and tells where an answer was
    not right."""

    def __init__(self, world) -> None:
        limits.forget_all()
        cache.clear()
        self.readers, segment = readers(world)
        self.shelf = Shelf(world, segment).fill()

    def wrong(
        self, *, only: set[str] | None = None, by: set[str] | None = None, of: list[Item] | None = None
    ) -> list[str]:
        items = list(self.shelf.items.values()) if of is None else of
        return [
            told
            for surface in SURFACES
            if only is None or surface.name in only
            for name, reader in self.readers.items()
            if by is None or name in by
            for told in self._asked(surface, reader, items)
        ]

    def _asked(self, surface: Surface, reader: Reader, items: list[Item]) -> list[str]:
        once = "" if surface.each else surface.ask(reader, self.shelf, items[0])
        told = []
        for item in items:
            if surface.each and item.kind not in surface.kinds:
                continue
            said = surface.ask(reader, self.shelf, item) if surface.each else once
            if INNER in said and (surface.is_public or not reader.viewer.is_staff):
                told.append(f"{surface.name} shows a passage for colleagues to {reader.name}")
            is_shown = item.word in said
            expected = surface.expects(reader, item)
            if is_shown and not expected:
                told.append(
                    f"{surface.name} shows {item.word} ({item.audience or 'withdrawn'}) to {reader.name}"
                )
            elif expected and surface.is_whole and not is_shown:
                told.append(f"{surface.name} hides {item.word} ({item.audience}) from {reader.name}")
        return told


@pytest.fixture
def house(world, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    return House(world)


def test_every_surface_gives_every_reader_the_same_answer(house):
    assert house.wrong() == []

    # What was just read is read again under another audience, by the same readers and browsers.
    kinds = [
        ("public", "how-to"),
        ("agents", "how-to"),
        ("signed_in", "news"),
        ("public", "news"),
        ("employees", "how-to"),
    ]
    changed = [house.shelf.items[kind] for kind in kinds]
    house.shelf.show_to(changed[0], "agents")
    house.shelf.show_to(changed[1], "segment")
    house.shelf.show_to(changed[2], "public")
    house.shelf.withdraw(changed[3])
    house.shelf.archive(changed[4])
    assert house.wrong(of=changed) == []


def test_every_surface_shows_something_to_somebody(house):
    """What shows nothing at all leaks nothing either, and would try nothing."""
    item = house.shelf.items["public", "how-to"]
    news = house.shelf.items["public", "news"]
    words = [each.word for each in house.shelf.items.values()]
    silent = [
        surface.name
        for surface in SURFACES
        if not any(
            word in surface.ask(reader, house.shelf, item if "how-to" in surface.kinds else news)
            for reader in house.readers.values()
            for word in words
        )
    ]
    # The first is never sure enough here and is asked by keyword, too; the second names trees, and no article they lead to.
    assert silent == ["quoted answer", "troubleshooters"]


def test_who_joins_or_leaves_a_segment_reads_by_that_from_the_next_request_on(house):
    customer, member = house.readers["customer"].person, house.readers["member"].person
    both = {"only": {"the rows", "page", "search"}, "by": {"customer", "member"}}

    mark(customer, "plan", "business", by=SYSTEM)
    member.describe(organisation=None, by=SYSTEM)
    told = house.wrong(**both)
    assert any(line.endswith("to customer") for line in told)
    assert any(line.endswith("from member") for line in told)

    unmark(customer, "plan", by=SYSTEM)
    Segment.define("partners", names={"ko": "협력사", "en": "Partners"}, rules=[Rule(mark="vip")], by=SYSTEM)
    mark(member, "vip", by=SYSTEM)
    assert house.wrong(**both) == []


@pytest.mark.only_on("sqlite")  # a test of the test: once is enough
@pytest.mark.parametrize(
    ("place", "broken", "told"),
    [
        ("knowledge.articles.readable_by", lambda viewer: Q(), "page shows"),
        ("knowledge.articles.readable_by", lambda viewer: Q(audience="public"), "page hides"),
        ("answers.candidates.keys_of", lambda viewer: frozenset({"public"}), "search for one hides"),
        ("answers.candidates.keys_of", lambda viewer: frozenset({"public"}), "api answer of one hides"),
        ("web.portal.sitemap.STRANGER", Viewer(role="agent"), "sitemap shows"),
        ("web.portal.plain.STRANGER", Viewer(role="agent"), "llms.txt shows"),
        (
            "knowledge.article_files.ArticleFileQuerySet.visible_to",
            lambda rows, viewer: rows,
            "picture shows",
        ),
    ],
)
def test_a_seeded_leak_is_noticed(house, monkeypatch, place, broken, told):
    monkeypatch.setattr(f"handrail.{place}", broken)

    assert any(line.startswith(told) for line in house.wrong(only={told.rpartition(" ")[0]}))
