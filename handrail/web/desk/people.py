"""A person at the desk: who they are, where they are reached, what they have with us, and all they did, in one list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.contacts.attributes import Attribute
from handrail.contacts.merging import Merge, standing
from handrail.contacts.models import Identity, Organisation, Person, Record, called
from handrail.contacts.seeking import Found, seek_page, twins
from handrail.contacts.segments import Mark, mark, unmark
from handrail.contacts.zones import is_guess
from handrail.conversations.claims import with_word_of_colleagues
from handrail.core.alphabetical import Alphabetical
from handrail.web.desk.beside_person import Refused, beside_of
from handrail.web.desk.frame import fragment, show
from handrail.web.desk.life import ASSURED
from handrail.web.desk.profile import LANGUAGES, ZONES, real_zone
from handrail.web.desk.timeline import ICONS, KINDS, Timeline, Whose, timeline

RECORDS_SHOWN = 8
RECENT = 5  # things shown beside a conversation
ORGANISATIONS_OFFERED = 300
ATTRIBUTES_NAMED = 4  # as examples of what can be asked for
LARGEST = 1 << 62


@dataclass(frozen=True)
class Page:
    """Everything of a person's page but the list of what they did."""

    person: Person
    called: str
    identities: list[Identity]
    records: list[Record]
    marks: list[Mark]
    merges: list[Merge]
    twins: list[Found]


def every(request: HttpRequest) -> HttpResponse:
    """GET /desk/people?query=&before=: by name, address, number or attribute, who was met last first, a page at a time.

    before  the number the page before ended with
    """
    words, before = asked(request), request.GET.get("before", "")
    later = int(before) if before.isdecimal() and len(before) < 19 else None
    found = seek_page(words, viewer=viewer_of(request), before=later)
    return show(
        request,
        "desk/people.html",
        here="people",
        found=found.people,
        before=found.before,
        is_first=later is None,
        words=words,
        attributes=[each.key for each in Attribute.objects.active()[:ATTRIBUTES_NAMED]],
    )


def one(request: HttpRequest, id: int) -> HttpResponse:
    """GET /desk/people/<id>?without=&after=: who was merged leads to the one that goes on."""
    person = fetch(request, id)
    if person.merged_into_id:
        return redirect("desk:person", person.merged_into_id)
    return render(request, person)


def recent(request: HttpRequest, id: int) -> HttpResponse:
    """GET /desk/people/<id>/recent: a fragment with the last few things they did, beside a conversation of theirs."""
    viewer = viewer_of(request)
    person = fetch(request, id).root
    people = list(Person.objects.same_as(person.pk).values_list("pk", flat=True))
    identities = list(Identity.objects.filter(person__in=people))
    found = timeline(Whose(person, people, identities, viewer), rows=RECENT)
    return fragment(request, "desk/timeline_short.html", person=person, items=found.items, icons=ICONS)


def render(
    request: HttpRequest,
    person: Person,
    *,
    form: Details | None = None,
    trouble: str = "",
    refused: Refused | None = None,
) -> HttpResponse:
    """The page of a person. refused: what a change of attributes that cannot be brings back."""
    viewer = viewer_of(request)
    page, whose = gathered(person, viewer)
    without = [code for code in request.GET.get("without", "").split(",") if code in KINDS]
    after = request.GET.get("after", "")
    found: Timeline = timeline(whose, kinds=[code for code in KINDS if code not in without], after=after)
    return show(
        request,
        "desk/person.html",
        status=422 if trouble or refused or (form and form.errors) else 200,
        here="people",
        page=page,
        person=person,
        timeline=found,
        switches=switches(without),
        kept=urlencode({"without": ",".join(without)}) if without else "",
        is_first=not after,
        icons=ICONS,
        assured=ASSURED,
        form=form or Details(initial={name: getattr(person, name) for name in Details.base_fields}),
        languages=LANGUAGES,
        zones=ZONES,
        is_zone_guessed=is_guess(person.zone),
        may_change=can(viewer, "contacts.change"),
        organisations=list(
            Organisation.objects.order_by(Alphabetical("name")).values_list("name", flat=True)[
                :ORGANISATIONS_OFFERED
            ]
        ),
        trouble=trouble,
        known=beside_of(person, viewer=viewer, refused=refused),
    )


def gathered(person: Person, viewer: Viewer) -> tuple[Page, Whose]:
    people = list(Person.objects.same_as(person.pk).values_list("pk", flat=True))
    identities = list(
        with_word_of_colleagues(Identity.objects.filter(person__in=people)).order_by("-assurance", "pk")
    )
    named = person.name or called({each.kind: each.value for each in reversed(identities)})
    page = Page(
        person=person,
        called=named,
        identities=identities,
        records=list(Record.objects.filter(person__in=people).order_by("-at")[:RECORDS_SHOWN]),
        marks=list(Mark.objects.filter(person__in=people).order_by(Alphabetical("name"), "pk")),
        merges=standing(person),
        twins=twins(person, identities, viewer=viewer),
    )
    return page, Whose(person, people, identities, viewer)


def switches(without: list[str]) -> list[tuple[str, str, bool, str]]:
    """(code, words, whether it is shown, the query that turns it round) of each kind."""
    rows = []
    for code, words in KINDS.items():
        is_on = code not in without
        left = [each for each in KINDS if (each in without) != (each == code)]
        rows.append((code, str(words), is_on, urlencode({"without": ",".join(left)}) if left else ""))
    return rows


class Details(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    locale = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    zone = forms.CharField(label=gettext_lazy("Time zone"), max_length=40, required=False)

    def clean_zone(self) -> str:
        return real_zone(self.cleaned_data["zone"]) if self.cleaned_data["zone"] else ""


@require_POST
def details(request: HttpRequest, id: int) -> HttpResponse:
    """POST name, locale, zone; without a zone theirs stays."""
    person, form = fetch(request, id), Details(request.POST)
    if not form.is_valid():
        return render(request, person, form=form)
    user: User = request.user  # type: ignore[assignment]
    if form.cleaned_data["name"] != person.name:
        person.rename(form.cleaned_data["name"], by=user)
    zone = form.cleaned_data["zone"] or person.zone
    person.describe(locale=form.cleaned_data["locale"], zone=zone, by=user)
    return redirect("desk:person", person.pk)


@require_POST
def marks(request: HttpRequest, id: int) -> HttpResponse:
    """POST add (a tag, or `name = value`), or remove: what colleagues say of them."""
    person, user = fetch(request, id), request.user
    if gone := request.POST.get("remove", ""):
        for each in Person.objects.same_as(person.pk):
            unmark(each, gone, by=user)  # type: ignore[arg-type]
        return redirect("desk:person", person.pk)
    name, _mark, value = request.POST.get("add", "").replace("\0", "").partition("=")
    if not name.strip():
        return render(request, person, trouble=_("Write a word such as “VIP”, or “plan = business”."))
    mark(person, name.strip(), value.strip(), by=user)  # type: ignore[arg-type]
    return redirect("desk:person", person.pk)


def fetch(request: HttpRequest, id: int) -> Person:
    """The contact with this number for whoever is looking. Raises Http404 for one they may not see."""
    found = people_seen(request).filter(pk=id).first() if id < LARGEST else None
    if found is None:
        raise Http404
    return found


def people_seen(request: HttpRequest) -> QuerySet[Person]:
    return Person.objects.visible_to(viewer_of(request)).select_related("organisation", "merged_into")


def named(request: HttpRequest, field: str) -> Person:
    """The contact a form names. Raises Http404."""
    said = request.POST.get(field, "")
    if not said.isdecimal() or len(said) > 18:
        raise Http404
    return fetch(request, int(said))


def asked(request: HttpRequest) -> str:
    return request.GET.get("query", "").replace("\0", "").strip()[:100]


def viewer_of(request: HttpRequest) -> Viewer:
    return request.viewer  # type: ignore[attr-defined,no-any-return]
