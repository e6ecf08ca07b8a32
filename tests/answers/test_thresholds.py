"""How sure an answer must be, by brand and channel: put by a manager, held by the gate, told by the ledger."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from handrail.accounts.viewer import STRANGER
from handrail.answers import bands
from handrail.answers.answer import answer
from handrail.answers.coefficients import shipped
from handrail.answers.entries import IndexState
from handrail.answers.fittings import Fitting
from handrail.answers.gate import gate_for
from handrail.answers.thresholds import NotOffered, Threshold, target_for
from handrail.channels.models import Inbox
from handrail.core.actors import SYSTEM, Actor
from handrail.core.events.models import Event
from handrail.workspace.models import Brand

MANAGER = Actor("staff", 4)


def now(channel, brand=None, inbox=None):
    return target_for(channel, brand, inbox=inbox, stamp=IndexState.now().stamp)


def test_mail_is_asked_for_more_than_chat_from_the_start(world):
    assert now("mail") > now("chat")


def test_a_brands_own_threshold_comes_before_that_of_all(world):
    other = Brand.objects.create(slug="two", name_ko="둘", name_en="Two")
    Threshold.put("chat", 0.90, by=MANAGER)
    Threshold.put("chat", 0.99, by=MANAGER, brand=world.brand)
    assert (now("chat", world.brand.pk), now("chat", other.pk), now("chat")) == (0.99, 0.90, 0.90)
    assert now("portal", world.brand.pk) == bands.TARGET

    Threshold.objects.get(brand=world.brand).drop(by=MANAGER)
    assert now("chat", world.brand.pk) == 0.90


def test_a_mailboxs_own_threshold_comes_before_its_brands_and_is_of_its_mail_alone(world):
    other = Inbox.objects.create(kind="mail", brand=world.brand, address="sales@handrail.test", name="sales")
    Threshold.put("mail", 0.90, by=MANAGER, brand=world.brand)
    own = Threshold.put("mail", 0.99, by=MANAGER, inbox=world.mail)
    assert (now("mail", world.brand.pk, world.mail.pk), now("mail", world.brand.pk, other.pk)) == (0.99, 0.90)
    assert now("chat", world.brand.pk, world.mail.pk) == bands.TARGET
    assert now("mail", world.brand.pk) == 0.90 and now("mail") == bands.TARGETS["mail"]
    told = Event.objects.get(verb="threshold.put", subject_id=own.pk)
    assert (told.data["inbox"], told.data["target"]) == (world.mail.pk, 0.99)

    with pytest.raises(NotOffered):
        Threshold.put("chat", 0.99, by=MANAGER, inbox=world.mail)
    own.drop(by=MANAGER)
    assert now("mail", world.brand.pk, world.mail.pk) == 0.90


@pytest.mark.parametrize("wrong", [{"channel": "chat"}, {"channel": "mail", "brand": True}])
def test_the_database_keeps_a_mailboxs_threshold_to_its_mail(world, wrong):
    row = Threshold(
        target=0.9, inbox=world.mail, **wrong | ({"brand": world.brand} if "brand" in wrong else {})
    )
    with pytest.raises(IntegrityError, match="a_mailboxs_threshold_is_of_its_mail"), transaction.atomic():
        row.save()


def test_each_change_is_told_with_who_made_it_and_what_was_before(world):
    first = Threshold.put("mail", 0.99, by=MANAGER)
    Threshold.put("mail", 0.99, by=MANAGER)
    Threshold.put("mail", 1.0, by=MANAGER)
    first.refresh_from_db()
    first.drop(by=MANAGER)

    told = list(Event.objects.filter(verb__startswith="threshold.").order_by("pk"))
    assert [(each.verb, each.data.get("before"), each.data.get("target")) for each in told] == [
        ("threshold.put", None, 0.99),
        ("threshold.put", 0.99, 1.0),
        ("threshold.dropped", 1.0, None),
    ]
    assert {(each.actor_kind, each.actor_id) for each in told} == {("staff", 4)}


@pytest.mark.parametrize(("channel", "target"), [("telegraph", 0.95), ("chat", 0.5), ("chat", 2.0)])
def test_only_what_is_offered_can_be_put(world, channel, target):
    with pytest.raises(NotOffered):
        Threshold.put(channel, target, by=MANAGER)


@pytest.mark.parametrize(
    ("target", "bound"), [(0.90, 0.5), (0.95, 0.6), (0.97, 0.8), (0.96, 0.8), (1.0, bands.NEVER)]
)
def test_the_bound_is_of_the_least_measured_target_that_is_enough(target, bound):
    assert bands.strict_enough({0.90: 0.5, 0.95: 0.6, 0.97: 0.8}, target) == bound


def test_what_came_with_the_product_answers_nothing_it_has_not_proved(world):
    assert gate_for("ko", "portal").answer_from == shipped().bounds["answer"]
    Threshold.put("portal", 1.0, by=MANAGER)
    assert gate_for("ko", "portal").answer_from == bands.NEVER


@pytest.fixture
def measured(help_centre):
    """A site that has measured itself: it may answer from a confidence of 0.2, of 0.3 for 99 %."""
    answers = {
        f"{target:.2f}": {"bound": bound, "answered": 400, "right": 396, "precision_at_least": target}
        for target, bound in ((0.90, 0.2), (0.95, 0.2), (0.97, 0.2), (0.99, bands.NEVER))
    }
    Fitting.objects.create(
        coefficients=shipped().as_json(),
        gates={"ko": {"cases": 500, "choices": 0.1, "answer": answers}},
        learned_from=500,
        measured_with=500,
        index_stamp="",
    )
    IndexState.move()
    return help_centre


def test_answering_holds_to_the_brands_threshold_of_the_channel(measured):
    def outcome(channel, brand=None):
        said = answer(
            "환불 신청하는 방법", STRANGER, locale="ko", channel=channel, brand=brand, remember=False
        )
        return said.outcome

    brand = measured.world.brand
    assert outcome("chat", brand.pk) == outcome("mail", brand.pk) == "answer"

    Threshold.put("mail", 0.99, by=SYSTEM, brand=brand)

    assert (outcome("chat", brand.pk), outcome("mail", brand.pk)) == ("answer", "choices")
    assert outcome("mail") == "answer"


def test_a_product_brings_its_own_brand(measured):
    Threshold.put("portal", 1.0, by=SYSTEM, brand=measured.world.brand)
    said = answer("환불 신청하는 방법", STRANGER, locale="ko", product=measured.world.product, remember=False)
    assert said.outcome == "choices"
