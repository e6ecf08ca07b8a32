"""The addresses of mailboxes: for administrators."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import (
    acknowledgement,
    mail_domain,
    mailbox_consent,
    mailbox_page,
    mailbox_servers,
    mailbox_trial,
    mailboxes,
)
from handrail.web.console.frame import at_console

runs = at_console("workspace.write")
urlpatterns = [
    path("mailboxes", runs(mailboxes.page), name="mailboxes"),
    path("mailboxes/keep", runs(mailboxes.keep), name="mailbox-keep"),
    path("mailboxes/<int:id>", runs(mailbox_page.one), name="mailbox"),
    path("mailboxes/<int:id>/place", runs(mailboxes.place), name="mailbox-place"),
    path("mailboxes/<int:id>/rest", runs(mailboxes.rest), name="mailbox-rest"),
    path("mailboxes/<int:id>/incoming", runs(mailbox_servers.incoming), name="mailbox-incoming"),
    path("mailboxes/<int:id>/outgoing", runs(mailbox_servers.outgoing), name="mailbox-outgoing"),
    path("mailboxes/<int:id>/test-mail", runs(mailbox_trial.send), name="mailbox-test"),
    path("mailboxes/<int:id>/consent", runs(mailbox_consent.keep), name="mailbox-consent"),
    path("acknowledgement", runs(acknowledgement.page), name="acknowledgement"),
    path("acknowledgement/keep", runs(acknowledgement.keep), name="acknowledgement-keep"),
    path("mail-domains/<str:domain>", runs(mail_domain.page), name="mail-domain"),
]
