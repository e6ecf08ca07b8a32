"""Run inside the site: what its database holds, as one line of JSON.   usage: python -m tests.faults.census prepare|busy|count"""

from __future__ import annotations

import json
import os
import sys

import django


def prepare() -> object:
    """A brand with one mail inbox."""
    from handrail.channels.models import Inbox
    from handrail.workspace.models import Brand

    brand = Brand.objects.create(slug="faults", name_ko="시험", name_en="Trial", mail_domain="handrail.test")
    return Inbox.objects.create(kind="mail", brand=brand, address="help@handrail.test", name="help").pk


def busy() -> object:
    """How much is still to do: jobs, facts and deliveries on their way, mails not yet understood."""
    from handrail.channels.models import InboundRaw
    from handrail.conversations.models import Delivery
    from handrail.core.events.models import Event
    from handrail.core.jobs.models import Job

    return {
        "jobs": Job.objects.unfinished().exclude(dedupe_key__startswith="schedule:").count(),
        "facts": Event.objects.waiting().count(),
        "deliveries": Delivery.objects.filter(state="queued").count(),
        "raws": InboundRaw.objects.waiting().count(),
        "dead": Job.objects.dead().count(),
        "quarantined": InboundRaw.objects.quarantined().count(),
    }


def count() -> object:
    """Every mail taken in with its conversation, and every delivery with its address and state."""
    from handrail.conversations.models import Delivery, Message

    taken = Message.objects.filter(direction="in").values_list("message_id", "conversation")
    sent = Delivery.objects.values_list("wire_id", "endpoint__address", "state")
    return {"messages": [list(row) for row in taken], "deliveries": [list(row) for row in sent]}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    sys.stdout.write(json.dumps({"prepare": prepare, "busy": busy, "count": count}[sys.argv[1]]()) + "\n")
