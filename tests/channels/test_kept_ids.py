"""Mails that bear one Message-ID: found among all that were kept, by the index, and told apart by what they say."""

from __future__ import annotations

import pytest
from django.db import connection

from handrail.channels.inbound import kept_under
from handrail.channels.mail.keep import is_told_apart
from handrail.channels.models import InboundRaw


@pytest.mark.parametrize("message_id", ["a1@example.com", "100%_sure@example.com"])
def test_namesakes_are_found_by_the_index_of_ids(world, message_id):
    """No row is looked at but those kept under the id, however many were kept."""
    rows = [
        InboundRaw(inbox=world.mail, external_id=f"{n}@example.com#{n:032x}", sha256="x", body=b"x")
        for n in range(300)
    ]
    InboundRaw.objects.bulk_create(rows)
    for mark in "ab":
        InboundRaw.objects.create(
            inbox=world.mail, external_id=f"{message_id}#{mark * 32}", sha256="x", body=b"x"
        )
    InboundRaw.objects.create(
        inbox=world.mail, external_id=f"{message_id}.kr#{'c' * 32}", sha256="x", body=b"x"
    )
    first, second = InboundRaw.objects.filter(kept_under(message_id)).order_by("pk")
    assert not is_told_apart(first) and is_told_apart(second)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read through quicker
    assert "inbound_by_id" in InboundRaw.objects.filter(kept_under(message_id), pk__lt=second.pk).explain()
