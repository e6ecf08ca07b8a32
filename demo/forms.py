"""What is asked beside the words: fields, request forms, ticket templates, and what stands in some conversations; and the
statuses of its own."""

from __future__ import annotations

from typing import Any

from demo.data import load
from handrail.accounts.models import Role, Team, User
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.fields import Field
from handrail.conversations.forms import Asked, RequestForm
from handrail.conversations.ticket_templates import TicketTemplate
from handrail.conversations.values import choose_form, set_values
from handrail.core import clock
from handrail.core.events.ledger import of_the_past
from handrail.intake.suggesting import suggest
from handrail.knowledge.products import Product


def prepare(products: dict[str, Product]) -> tuple[int, int]:
    """Make fields, forms and templates, by a manager. Returns how many forms and templates there are."""
    said = load("forms.yaml")
    manager = User.objects.staff().filter(role=Role.MANAGER).order_by("pk")[0]
    teams = {team.slug: team for team in Team.objects.all()}
    fields = {one["key"]: _field(one, manager) for one in said["fields"]}
    forms = {one["slug"]: _form(one, fields, teams, manager) for one in said["forms"]}
    for one in said["forms"]:
        suggest(forms[one["slug"]], products=[products[slug] for slug in one.get("suggests", [])], by=manager)
    for one in said["statuses"]:
        CustomStatus.make(one["category"], by=manager, **_words(one, "name", "told"))
    for one in said["templates"]:
        TicketTemplate.make(
            one["slug"],
            by=manager,
            values=one.get("values", {}),
            first=one["first"],
            team=teams[one["team"]],
            form=forms[one["form"]],
            priority=one.get("priority", "normal"),
            type=one.get("type", "question"),
            **_words(one, "name", "subject", "text"),
        )
    return len(forms), len(said["templates"])


def fill_in() -> int:
    """Put values into conversations that were held, when they were last spoken in. Returns into how many."""
    said = load("forms.yaml")["filled"]
    _stand()
    for one in said:
        conversation = Conversation.objects.select_related("assignee").get(subject=one["subject"])
        by = conversation.assignee or User.objects.staff().order_by("pk")[0]
        values = {Field.objects.get(key=key): value for key, value in one["values"].items()}
        with of_the_past(), clock.at(conversation.last_message_at):
            choose_form(conversation, RequestForm.objects.get(slug=one["form"]), by=by)
            set_values(conversation, values, by=by)
    return len(said)


def _stand() -> None:
    """Some conversations stand where the company's own words say it, since they were last spoken in."""
    for one in load("forms.yaml")["standing"]:
        conversation = Conversation.objects.select_related("assignee").get(subject=one["subject"])
        by = conversation.assignee or User.objects.staff().order_by("pk")[0]
        with of_the_past(), clock.at(conversation.last_message_at):
            conversation.set_status(one["status"], by=by)


def _field(one: dict[str, Any], by: User) -> Field:
    return Field.make(
        one["key"],
        one["kind"],
        by=by,
        options=one.get("options"),
        is_public=one.get("audience") != "agents",
        required=one.get("required", "never"),
        **_words(one, "name", "help"),
    )


def _form(one: dict[str, Any], fields: dict[str, Field], teams: dict[str, Team], by: User) -> RequestForm:
    asks = [
        Asked(
            fields[ask["field"]],
            fields.get(ask.get("when", "")),
            ask.get("values", ()),
            is_required=ask.get("needed", True),
        )
        for ask in one["asks"]
    ]
    return RequestForm.make(
        one["slug"],
        by=by,
        asks=asks,
        team=teams.get(one.get("team", "")),
        is_default=one.get("default", False),
        **_words(one, "name", "intro"),
    )


def _words(one: dict[str, Any], *names: str) -> dict[str, str]:
    return {
        f"{name}_{locale}": one.get(name, {}).get(locale, "") for name in names for locale in ("ko", "en")
    }
