"""The pictures a product can have, each with what it shows in words."""

from __future__ import annotations

from django.utils.translation import pgettext


def icons() -> list[tuple[str, str]]:
    """(name of a lucide icon, its words in the page's language)"""
    return [
        ("package", pgettext("picture", "Parcel")),
        ("headphones", pgettext("picture", "Headphones")),
        ("smartphone", pgettext("picture", "Phone")),
        ("laptop", pgettext("picture", "Laptop")),
        ("monitor", pgettext("picture", "Screen")),
        ("camera", pgettext("picture", "Camera")),
        ("watch", pgettext("picture", "Watch")),
        ("lamp-desk", pgettext("picture", "Lamp")),
        ("wind", pgettext("picture", "Air")),
        ("refrigerator", pgettext("picture", "Fridge")),
        ("washing-machine", pgettext("picture", "Washing machine")),
        ("droplets", pgettext("picture", "Drops")),
        ("sun", pgettext("picture", "Sun")),
        ("shirt", pgettext("picture", "Clothes")),
        ("utensils", pgettext("picture", "Food")),
        ("house", pgettext("picture", "Home")),
        ("car", pgettext("picture", "Car")),
        ("plane", pgettext("picture", "Travel")),
        ("truck", pgettext("picture", "Delivery")),
        ("credit-card", pgettext("picture", "Payment")),
        ("user-round", pgettext("picture", "Account")),
        ("building-2", pgettext("picture", "Company")),
        ("cloud", pgettext("picture", "Online service")),
        ("book-open", pgettext("picture", "Book")),
        ("graduation-cap", pgettext("picture", "Learning")),
        ("heart-pulse", pgettext("picture", "Health")),
        ("gamepad-2", pgettext("picture", "Games")),
        ("wrench", pgettext("picture", "Repair")),
    ]
