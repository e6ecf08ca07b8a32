"""The words of the help centre's builder: its blocks and places."""

from __future__ import annotations

from django.utils.translation import gettext as _


def block_words() -> dict[str, tuple[str, str]]:
    """code -> (name, what goes with it when it is off)."""
    return {
        "search": (_("Search"), _("The question field on the first page. Search itself stays.")),
        "products": (_("Products"), _("The tiles on the first page.")),
        "questions": (_("Common questions"), _("What is read most, pinned first.")),
        "news": (_("News"), _("Also the page that lists it, and the feed.")),
        "troubleshooters": (_("Troubleshooters"), _("Also the page that lists them.")),
        "tutorials": (_("How-tos"), _("Also the page that lists them by topic.")),
        "videos": (_("Films"), _("Also the library that lists them.")),
        "faq": (
            _("FAQ sets"),
            _("Also their pages, the links to them, and the sets that other websites show."),
        ),
        "topics": (_("All topics"), _("The index on the first page.")),
        "requests": (
            _("My requests"),
            _("Nothing leads there then. Who has the address of a request still opens it."),
        ),
        "contact": (_("Contact"), _("Form and chat close: readers who find no answer can't reach you here.")),
    }


def place_words() -> list[tuple[str, str]]:
    return [
        ("home", _("First page")),
        ("news", _("News")),
        ("troubleshooters", _("Troubleshooters")),
        ("tutorials", _("How-tos")),
        ("videos", _("Films")),
        ("requests", _("My requests")),
        ("contact", _("Contact form")),
        ("chat", _("Chat")),
        ("url", _("An address of your own")),
    ]
