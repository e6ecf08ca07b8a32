"""Forms: what is shown for which values, what that requires, and arrangements nobody could fill in."""

import pytest
from django.db import IntegrityError, transaction

from handrail.conversations.fields import Required
from handrail.conversations.filling import fill
from handrail.conversations.forms import PLACES_MOST, Asked, CannotArrange, RequestForm
from handrail.workspace.typed_fields import Kind
from tests.worlds.asked import KINDS, Forms


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


def filled(form, by_customer=True, **typed):
    sent = {key: value if isinstance(value, list) else [value] for key, value in typed.items()}
    return fill(form.asks(), lambda key: sent.get(key, []), by_customer=by_customer)


def test_a_condition_shows_and_requires(forms):
    assert filled(forms.refund, kind="other").problems == {}
    assert set(filled(forms.refund, kind="refund").problems) == {"order_number"}
    said = filled(forms.refund, kind="refund", order_number="on-1")
    assert said.values == {forms.kind: ["refund"], forms.order: ["ON-1"]}
    assert said.problems == {}


def test_what_is_hidden_is_dropped_even_where_it_is_no_value(forms):
    said = filled(forms.refund, kind="other", order_number="<script>")
    assert said.values == {forms.kind: ["other"]} and said.problems == {}


def test_what_stands_in_a_hidden_field_decides_nothing(world, forms):
    sort = forms.field("sort", Kind.CHOICE, world, options=KINDS)
    below = forms.field("below", Kind.LINE, world)
    asks = [Asked(forms.kind), Asked(sort, forms.kind, ["refund"]), Asked(below, sort, ["other"])]
    form = RequestForm.make("chain", by=world.agent, name_ko="가", name_en="a", asks=asks)
    assert set(filled(form, kind="refund", sort="other").problems) == {"below"}
    said = filled(form, kind="exchange", sort="other", below="x")
    assert said.values == {forms.kind: ["exchange"]} and said.problems == {}


def test_one_of_several_chosen_is_enough_for_a_condition(world, forms):
    several = forms.field("several", Kind.CHOICES, world, options=KINDS)
    asks = [Asked(several), Asked(forms.order, several, ["refund", "exchange"])]
    form = RequestForm.make("several", by=world.agent, name_ko="가", name_en="a", asks=asks)
    assert set(filled(form, several=["other", "exchange"]).problems) == {"order_number"}
    assert filled(form, several=["other"]).problems == {}


def test_a_customer_fills_public_fields_alone(forms):
    said = filled(forms.refund, kind="other", cause="몰래")
    assert forms.cause not in said.values
    assert forms.cause in filled(forms.refund, by_customer=False, kind="other", cause="안내").values


def test_what_is_needed_at_sending_is_not_what_is_needed_for_solving(world, forms):
    when = forms.field("when_it_was", Kind.DAY, world, required=Required.CREATE)
    later = forms.field("later", Kind.LINE, world, required=Required.SOLVE)
    form = RequestForm.make(
        "two", by=world.agent, name_ko="가", name_en="a", asks=[Asked(when), Asked(later)]
    )
    assert set(filled(form).problems) == {"when_it_was"}


def test_a_condition_may_show_without_requiring(world, forms):
    asks = [Asked(forms.kind), Asked(forms.order, forms.kind, ["refund"], is_required=False)]
    form = RequestForm.make("lax", by=world.agent, name_ko="가", name_en="a", asks=asks)
    assert filled(form, kind="refund").problems == {}


@pytest.mark.parametrize(
    "code", ["later", "itself", "missing", "kind", "private", "values", "twice", "archived", "many"]
)
def test_what_nobody_could_fill_in_is_refused(world, forms, code):
    cause = forms.cause
    secret = forms.field("secret", Kind.YES_NO, world, is_public=False)
    gone = forms.field("gone", Kind.LINE, world)
    gone.archive(by=world.agent)
    wrong = {
        "later": [Asked(forms.order, forms.kind, ["refund"]), Asked(forms.kind)],
        "itself": [Asked(forms.kind, forms.kind, ["refund"])],
        "missing": [Asked(forms.order, forms.kind, ["refund"])],
        "kind": [Asked(cause), Asked(secret, cause, ["x"])],
        "private": [Asked(secret), Asked(forms.order, secret, ["yes"])],
        "values": [Asked(forms.kind), Asked(forms.order, forms.kind, [])],
        "twice": [Asked(forms.kind), Asked(forms.kind)],
        "archived": [Asked(gone)],
        "many": [Asked(forms.field(f"f{n}", Kind.LINE, world)) for n in range(PLACES_MOST + 1)]
        if code == "many"
        else [],
    }
    with pytest.raises(CannotArrange) as refused:
        forms.refund.rewrite(by=world.agent, asks=wrong[code])
    assert refused.value.code == ("later" if code == "itself" else code)
    assert len(forms.refund.asks()) == 3, "the form is as it was"


def test_two_that_wait_for_each_other_are_refused(world, forms):
    other = forms.field("other_kind", Kind.CHOICE, world, options=KINDS)
    asks = [Asked(forms.kind, other, ["refund"]), Asked(other, forms.kind, ["refund"])]
    with pytest.raises(CannotArrange):
        forms.refund.rewrite(by=world.agent, asks=asks)


def test_one_form_is_the_usual_one_and_it_is_in_use(world, forms):
    other = RequestForm.make(
        "other", by=world.agent, name_ko="가", name_en="a", is_default=True, is_active=False
    )
    forms.refund.refresh_from_db()
    assert other.is_default and other.is_active and not forms.refund.is_default
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestForm.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestForm.objects.filter(pk=forms.refund.pk).update(is_default=True)
