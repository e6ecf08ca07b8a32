"""Opening a conversation for a customer: who asks, who wrote it down, who looks after it and which team stand apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.automation.refusals import Refused, told
from handrail.channels.models import Inbox
from handrail.contacts.calling import is_number
from handrail.contacts.models import Person
from handrail.conversations.beginning_brand import brand_for
from handrail.conversations.checklists import Checklist, add_checklist
from handrail.conversations.conversation import Conversation
from handrail.conversations.filling import Filled
from handrail.conversations.first_drafts import FirstDraft, discard, held
from handrail.conversations.labels import Priority, Type
from handrail.conversations.opening import open_conversation
from handrail.conversations.ticket_templates import TicketTemplate
from handrail.conversations.values import fill
from handrail.conversations.wording import NAMED, Words, placed, worded
from handrail.core.files.keeping import FileRefused
from handrail.core.files.models import StoredFile
from handrail.core.ids import random_id
from handrail.web.desk.beginning import Beside, beside_of, filled_by, template_named, templates_offered
from handrail.web.desk.begun import begun_by, draft_named, draft_shown, key_of, left_in
from handrail.web.desk.composing import sent_files
from handrail.web.desk.conversations import FILES_MAX, fetch
from handrail.web.desk.fields import request_forms
from handrail.web.desk.first_words import ANSWERS, NotSentYet, along, say_first, take_along
from handrail.web.desk.frame import show, visible_teams
from handrail.web.desk.hours import mornings
from handrail.web.desk.met import NotMet, address_of, met, number_of
from handrail.workspace.models import Brand

BETWEEN = re.compile(r"[\s,;]+")
COPIED_MOST = 10
BEGUN_SHOWN = 3
WAYS = {"phone": _("Phone"), "form": _("In person or on paper"), "mail": _("Mail")}


class Opening(forms.Form):
    """What a colleague writes down. `first` says who the first words are to: the customer said them, or we write first."""

    requester = forms.CharField(label=_("Customer’s mail address or phone number"), max_length=254)
    name = forms.CharField(label=_("Customer’s name"), max_length=120, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=255)
    channel = forms.ChoiceField(label=_("How they reached us"), choices=list(WAYS.items()))
    first = forms.ChoiceField(
        label=_("The first words are"),
        choices=[("theirs", _("what the customer told us")), ("ours", _("our message to the customer"))],
    )
    text = forms.CharField(label=_("Words"), max_length=60_000)
    copied = forms.CharField(
        label=_("In copy"),
        help_text=_("Mail addresses with commas between them. They read along and get the replies."),
        max_length=2_000,
        required=False,
    )
    at = forms.ChoiceField(
        label=_("Our message leaves"),
        help_text=_("In the customer’s time zone. If they write before that, it stops and waits for you."),
        required=False,
    )
    assignee = forms.ChoiceField(label=_("Assignee"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL)
    type = forms.ChoiceField(
        label=pgettext_lazy("conversation", "Type"), choices=Type.choices, required=False
    )
    form = forms.ChoiceField(label=pgettext_lazy("request", "Form"), required=False)
    checklist = forms.ChoiceField(label=_("Checklist"), required=False)

    def __init__(self, *args: object, viewer: Viewer, zone: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        hours = mornings(zone, locale=viewer.locale)
        self.fields["at"].choices = [("", _("at once")), *((each.value, each.words) for each in hours)]  # type: ignore[attr-defined]
        staff = User.objects.who_may("conversations.read").values_list("pk", "name")
        self.fields["assignee"].choices = [("", _("Nobody yet")), *staff]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", _("The inbox’s team")), *visible_teams(viewer).items()]  # type: ignore[attr-defined]

        self.fields["brand"].choices = [  # type: ignore[attr-defined]
            ("", _("The team’s mailbox’s, else the customer’s last")),
            *((str(each.pk), each.name(viewer.locale)) for each in Brand.objects.listed()),
        ]
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            ("", _("The usual one")),
            *((str(pk), name) for pk, name in request_forms(viewer.locale)),
        ]
        self.fields["checklist"].choices = [  # type: ignore[attr-defined]
            ("", _("None of them")),
            *((str(each.pk), each.name(viewer.locale)) for each in Checklist.objects.offered(viewer.locale)),
        ]

    def clean_type(self) -> str:
        return self.cleaned_data["type"] or Type.QUESTION

    def clean_requester(self) -> str:
        said: str = self.cleaned_data["requester"]
        try:
            return number_of(said) if is_number(said) else address_of(said)
        except NotMet as why:
            raise forms.ValidationError(str(why)) from None

    def clean_copied(self) -> list[str]:
        addresses = [each.lower() for each in BETWEEN.split(self.cleaned_data["copied"]) if each]
        if len(addresses) > COPIED_MOST:
            raise forms.ValidationError(_("Put at most %(most)d addresses in copy.") % {"most": COPIED_MOST})
        try:
            return list(dict.fromkeys(address_of(each) for each in addresses))
        except NotMet as why:
            raise forms.ValidationError(str(why)) from None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("at") and said.get("first") == "theirs":
            self.add_error(
                "at", _("Only our own message can wait. What the customer told us stands here at once.")
            )
        if is_number(said.get("requester", "")):
            if said.get("first") == "ours":
                self.add_error(
                    "first", _("Nothing can be sent to a phone number. Write down what they told us.")
                )
            if said.get("channel") == "mail":
                self.add_error("channel", _("From a phone number comes no mail."))
        return said


def new(request: HttpRequest) -> HttpResponse:
    """GET /desk/new?follows=<number>&template=<slug>&draft=<key>: the form, filled from what it follows, from a template, or
    as somebody left it. POST: open it; with `choose`, only show what another request form asks; `macro`, `kept`, `closed`
    and `as_is` as a reply takes them; `draft` names what is over then."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    left = None if request.method == "POST" else draft_named(request.GET.get("draft", ""), viewer=viewer)
    said = left_in(left) if left else request.POST
    follows = said.get("follows") or request.GET.get("follows") or ""
    before = fetch(request, int(follows)) if follows.isdigit() and len(follows) < 16 else None
    zone = _zone(before)
    if left:
        form = Opening(initial=said.dict(), viewer=viewer, zone=zone)
        beside = replace(beside_of(said.get("form", ""), sent=said), filled=Filled())
        return _shown(request, form, beside, before, left=left)
    template = template_named(request.GET.get("template", ""), viewer=viewer)
    if request.method != "POST":
        initial = _initial(before) | filled_by(template, locale=viewer.locale)
        beside = beside_of(initial.get("form", ""), template=template)
        return _shown(request, Opening(initial=initial, viewer=viewer, zone=zone), beside, before, template)
    return _asked(request, before, zone)


def _asked(request: HttpRequest, before: Conversation | None, zone: str) -> HttpResponse:
    """Open what was sent, or show it again with what stands in the way."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    beside = beside_of(request.POST.get("form", ""), sent=request.POST)
    if "choose" in request.POST:
        form = Opening(initial=request.POST.dict(), viewer=viewer, zone=zone)
        return _shown(request, form, replace(beside, filled=Filled()), before)
    form = Opening(request.POST, viewer=viewer, zone=zone)
    if not form.is_valid() or beside.filled.problems:
        return _shown(request, form, beside, before)
    stop = None
    try:
        files = sent_files(request)
        opened = _open(form.cleaned_data, beside, before, request, files)
    except FileRefused as refused:
        form.add_error("text", str(refused))
    except Refused as refused:
        form.add_error("text", told(refused.code, 0, locale=viewer.locale))
    except NotSentYet as seen_first:
        stop = seen_first
    except ValueError:
        form.add_error("at", _("Choose an hour within the next 90 days."))
    else:
        return redirect("desk:conversation", opened.pk)
    return _shown(request, form, beside, before, stop=stop)


def _shown(
    request: HttpRequest,
    form: Opening,
    beside: Beside,
    before: Conversation | None,
    template: TicketTemplate | None = None,
    left: FirstDraft | None = None,
    stop: NotSentYet | None = None,
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    is_fresh = request.method != "POST" and left is None
    taken = along(request)
    return show(
        request,
        "desk/new.html",
        status=422 if form.is_bound else 200,
        form=form,
        follows=before,
        here="new",
        client_id=random_id(),
        picked=template,
        templates=templates_offered(viewer),
        boxes=beside.boxes(viewer.locale),
        files_max=FILES_MAX,
        files_again=bool(request.FILES),
        beside=beside,
        stop=stop,
        agreed=[name for name in ANSWERS if name in request.POST],
        taken=taken,
        changes=taken.changes(viewer.locale),
        **draft_shown(request, left),
        begun=begun_by(viewer)[:BEGUN_SHOWN] if is_fresh else [],
    )


@transaction.atomic
def _open(
    said: dict[str, Any],
    beside: Beside,
    before: Conversation | None,
    request: HttpRequest,
    files: list[StoredFile],
) -> Conversation:
    user: User = request.user  # type: ignore[assignment]
    team = Team.objects.get(pk=said["team"]) if said["team"] else None
    requester: str = said["requester"]
    person, address = met(requester, by=user, name=said["name"])
    brand = _brand(said, before, person, team, request)
    inbox = Inbox.objects.mail_for(brand, team)
    if inbox is None:
        raise Http404("No active mail inbox; a customer could not be written to.")
    fields = {"priority": said["priority"], "type": said["type"], "follows": before, "form": beside.form}
    if team:
        fields["team"] = team
    conversation = open_conversation(
        inbox,
        requester=person,
        by=user,
        subject=said["subject"],
        channel=said["channel"],
        address=address,
        brand_id=brand.pk,
        **fields,
    )
    fill(conversation, beside.filled.values, by=user)
    if checklist := Checklist.objects.offered().filter(pk=said["checklist"] or 0).first():
        add_checklist(conversation, checklist, by=user)
    _copy(conversation, said["copied"], inbox, by=user)
    _say(conversation, said, [*files, *placed(said["text"], held(user=user))], request)
    if said["assignee"]:
        conversation.assign(to=User.objects.who_may("conversations.read").get(pk=said["assignee"]), by=user)
    if key := key_of(request.POST.get("draft", "")):
        discard(key, user=user)
    return conversation


def _brand(
    said: dict[str, Any], before: Conversation | None, person: Person, team: Team | None, request: HttpRequest
) -> Brand:
    """The one picked; of a follow-up the one it follows, unless that is put away; else what `brand_for` finds."""
    if said["brand"]:
        return Brand.objects.listed().get(pk=said["brand"])
    if before is not None and not before.brand.is_away:
        return before.brand
    return brand_for(person, team=team, viewer=request.viewer) or request.brand  # type: ignore[attr-defined]


def _say(
    conversation: Conversation, said: dict[str, Any], files: list[StoredFile], request: HttpRequest
) -> None:
    """The first words: what the customer told us, or ours to them; what goes along with either."""
    files = [*take_along(conversation, along(request), by=request.user), *files]  # type: ignore[arg-type]
    if said["first"] == "ours":
        return say_first(conversation, said["text"], files, request=request)
    person = conversation.requester
    window = conversation.endpoints.order_by("pk").first()
    told_us: dict[str, Any] = {"author_name": person.name or said["name"], "endpoint": window}
    words = worded(said["text"], files) if NAMED in said["text"] else Words(said["text"], "")
    conversation.receive(words.text, by=person, files=files, html=words.html, **told_us)
    return None


def _copy(conversation: Conversation, addresses: list[str], inbox: Inbox, *, by: User) -> None:
    """They take part from the first word on; whose conversation it is does already."""
    for address in addresses:
        person, _address = met(address, by=by)
        if person.root.pk != conversation.requester.root.pk:
            conversation.add_participant(person, by=by)
            conversation.attach_endpoint(inbox, address, person=person, by=by)


def _zone(before: Conversation | None) -> str:
    """Where the customer is, as far as it is known before they are named."""
    return before.requester.zone if before else str(Person._meta.get_field("zone").default)


def _initial(before: Conversation | None) -> dict[str, object]:
    if before is None:
        return {}
    reached_by = before.requester.email or _number_of(before.requester)
    return {
        "requester": reached_by,
        "name": before.requester.name,
        "subject": before.subject,
        "team": before.team_id or "",
        "assignee": before.assignee_id or "",
        "priority": before.priority,
        "channel": "mail" if before.requester.email else "phone",
        "first": "ours" if before.requester.email else "theirs",
    }


def _number_of(person: Person) -> str:
    return person.identities.filter(kind="phone").values_list("value", flat=True).first() or ""
