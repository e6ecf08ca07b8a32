"""A test mail of one mailbox, sent to whoever asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.conversations.trial_mail import NotTried, send_test_mail
from handrail.web.console.frame import me
from handrail.web.console.mailbox_page import found, refuse
from handrail.workspace.locales import LOCALES


@require_POST
def send(request: HttpRequest, id: int) -> HttpResponse:
    """POST locale: a mail in that language, as it stands now, to the colleague's own address."""
    inbox, user = found(request, id), me(request)
    asked = request.POST.get("locale", "")
    try:
        send_test_mail(inbox, to=user, locale=asked if asked in LOCALES else user.locale)
    except NotTried as why:
        return refuse(request, inbox, str(why))
    messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": user.email})
    return redirect("console:mailbox", inbox.pk)
