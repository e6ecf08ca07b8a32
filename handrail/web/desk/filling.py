"""Changing a conversation's fields and form from its side panel."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.conversations.fields import Field
from handrail.conversations.forms import RequestForm
from handrail.conversations.status import ConversationIsClosed
from handrail.conversations.values import choose_form, set_values
from handrail.web.asking import typed
from handrail.web.desk.conversations import fetch, render
from handrail.web.desk.fields import Returned
from handrail.workspace.typed import Unfit, Value, read
from handrail.workspace.typed_fields import FIELDS_MOST


@require_POST
def fields(request: HttpRequest, number: int) -> HttpResponse:
    """POST field_<key> for each of `has` (keys), with was_<key> as the page was drawn: what differs from that is set.

    What is no value of its field comes back as it was typed, and then nothing is changed.
    """
    conversation = fetch(request, number)
    user: User = request.user  # type: ignore[assignment]
    said = typed(request.POST)
    keys = request.POST.getlist("has")[:FIELDS_MOST]
    wanted: dict[Field, Value] = {}
    problems: dict[str, str] = {}
    for field in Field.objects.active().kept().filter(key__in=keys):
        was = request.POST.getlist(f"was_{field.key}")
        try:
            value = read(field, said(field.key), also=was)
        except Unfit as unfit:
            problems[field.key] = str(unfit)
            continue
        if value != [text.replace("\r\n", "\n") for text in was]:
            wanted[field] = value
    if problems:
        returned = Returned(typed={key: said(key) for key in keys}, problems=problems)
        trouble = _("Nothing was changed. Please look at the marked field.")
        return render(request, conversation, status=422, trouble=trouble, returned=returned)
    try:
        set_values(conversation, wanted, by=user)
    except Unfit as unfit:
        # Chosen already when the page was drawn, and meanwhile neither chosen nor offered.
        return render(request, fetch(request, number), status=422, trouble=str(unfit))
    except ConversationIsClosed:
        trouble = _("This conversation is closed and stays as it is. Open a follow-up instead.")
        return render(request, fetch(request, number), status=422, trouble=trouble)
    return redirect("desk:conversation", number)


@require_POST
def form(request: HttpRequest, number: int) -> HttpResponse:
    """POST form: the id of one in use, or "" for none of its own."""
    conversation = fetch(request, number)
    user: User = request.user  # type: ignore[assignment]
    wanted = request.POST.get("form", "")
    if wanted and not (wanted.isdigit() and len(wanted) < 16):
        raise Http404
    chosen = get_object_or_404(RequestForm.objects.active(), pk=wanted) if wanted else None
    try:
        choose_form(conversation, chosen, by=user)
    except ConversationIsClosed:
        trouble = _("This conversation is closed and stays as it is. Open a follow-up instead.")
        return render(request, fetch(request, number), status=422, trouble=trouble)
    return redirect("desk:conversation", number)
