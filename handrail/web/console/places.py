"""The places of the console, by group: each with who may go there. A new page adds its line here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.accounts.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """`code` is what a page passes as `here`; `url` the name of its view; `counted` a key of what waits there."""

    code: str
    name: Promise
    url: str
    right: str
    icon: str
    counted: str = ""


GROUPS: list[tuple[Promise, list[Place]]] = [
    (
        _("Knowledge"),
        [
            Place("tasks", _("To do"), "console:tasks", "knowledge.write", "list-checks", "tasks"),
            Place("articles", _("Articles"), "console:articles", "knowledge.write", "file-text"),
            Place("labels", _("Labels"), "console:labels", "knowledge.write", "tag"),
            Place("synonyms", _("Synonyms"), "console:synonyms", "knowledge.write", "equal"),
            Place("segments", _("Segments"), "console:segments", "knowledge.publish", "users-round"),
            Place(
                "transfers",
                _("Import and export"),
                "console:transfers",
                "knowledge.publish",
                "arrow-left-right",
            ),
            Place("blocks", _("Reusable blocks"), "console:blocks", "knowledge.write", "blocks"),
            Place("topics", _("Products and topics"), "console:topics", "knowledge.write", "list-tree"),
        ],
    ),
    (
        _("Insights"),
        [
            Place("insights", _("Questions"), "console:insights", "knowledge.write", "chart-column"),
            Place("gaps", _("Gaps"), "console:gaps", "knowledge.write", "puzzle"),
            Place("readers", _("Articles that fail readers"), "console:readers", "knowledge.write", "frown"),
            Place("links", _("Broken links"), "console:links", "knowledge.write", "unlink"),
        ],
    ),
    (
        _("Help centre"),
        [
            Place("portal", _("Look and blocks"), "console:portal", "portal.write", "layout-dashboard"),
            Place("brands", _("Brands"), "console:brands", "brands.write", "store"),
            Place("faq", _("FAQ sets"), "console:faq", "knowledge.write", "circle-help"),
            Place("keywords", _("Keyword answers"), "console:keywords", "knowledge.publish", "key-round"),
            Place(
                "troubleshooters", _("Troubleshooters"), "console:troubleshooters", "knowledge.write", "route"
            ),
        ],
    ),
    (
        _("Requests"),
        [
            Place("forms", _("Request forms"), "console:forms", "forms.write", "clipboard-list"),
            Place("fields", _("Fields"), "console:fields", "forms.write", "text-cursor-input"),
            Place("statuses", _("Statuses"), "console:statuses", "forms.write", "signpost"),
            Place("templates", _("Ticket templates"), "console:templates", "forms.write", "layout-template"),
        ],
    ),
    (
        _("Customers"),
        [
            Place(
                "organisations",
                _("Organisations"),
                "console:organisations",
                "organisations.write",
                "building-2",
            ),
            Place("attributes", _("Attributes of customers"), "console:attributes", "forms.write", "tags"),
        ],
    ),
    (
        _("Who works here"),
        [
            Place("colleagues", _("Colleagues"), "console:colleagues", "accounts.write", "id-card"),
            Place("teams", _("Teams"), "console:teams", "workspace.write", "users"),
            Place("hours", _("Opening hours"), "console:hours", "workspace.write", "clock"),
        ],
    ),
    (
        _("Running"),
        [
            Place("answers", _("Answers"), "console:answers", "numbers.read", "message-circle-question", ""),
            Place("checklists", _("Checklists"), "console:checklists", "macros.share", "list-todo"),
            Place("rules", _("Rules of conversations"), "console:rules", "rules.write", "messages-square"),
            Place("mailboxes", _("Mailboxes"), "console:mailboxes", "workspace.write", "mail", "mailboxes"),
            Place("jobs", _("Jobs given up"), "console:jobs", "console.jobs", "cog", "jobs"),
            Place("inbound", _("Mail kept aside"), "console:inbound", "console.inbound", "mail-x", "inbound"),
            Place(
                "deliveries",
                _("Mail waiting to leave"),
                "console:deliveries",
                "console.jobs",
                "send",
                "deliveries",
            ),
        ],
    ),
]


def places(viewer: Viewer) -> list[tuple[Promise, list[Place]]]:
    """The groups with the places this viewer may go to; a group without any is left out."""
    seen = [(name, [place for place in each if place.right in viewer.rights]) for name, each in GROUPS]
    return [(name, each) for name, each in seen if each]
