"""How the sign-in library behaves here: staff accounts are made by an administrator, never by sign-up."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.channels.password_mail import send_new_password_link
from handrail.channels.sign_in_mail import send_sign_in_link
from handrail.web.guessing import SLOWED_SECONDS, must_wait, was_wrong
from handrail.web.limits import address_of

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many wrong passwords. Wait an hour, then try again."),
        "slowed_login_attempts": _(
            "Many wrong passwords came from here. Wait half a minute, then try again."
        ),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """In place of the library's count, which six strangers' tries for one account bring to its end everywhere."""
        if seconds := must_wait(request, credentials.get("email", "")):
            is_moment = seconds <= SLOWED_SECONDS
            raise self.validation_error("slowed_login_attempts" if is_moment else "too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        was_wrong(request, credentials.get("email", ""))

    def get_login_redirect_url(self, request: Any) -> str:
        """Where somebody lands who named no page: customers at their requests, authors at the articles, others at the desk."""
        user = request.user
        if not user.is_staff:
            return reverse("portal:requests", args=[user.locale])
        rights = rights_of(user.role)
        reads_none = "conversations.read" not in rights and "console.enter" in rights
        return reverse("console:home" if reads_none else "desk:home")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Colleagues choose a new password at the desk's door; customers come in by a link and choose one there.

        What the library worked out stays unused: the jobs make their secrets themselves.
        """
        locale = get_language() or user.locale
        if user.is_staff:
            path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
            job = send_new_password_link.using(dedupe_key=f"new-password:{user.pk}")
            job.enqueue(user.pk, locale=locale, path=path)
            return
        email = email.strip().lower()
        path = reverse("portal:sign-in-link", args=[locale, "x"])[:-1]
        link = send_sign_in_link.using(dedupe_key=f"sign-in:{email}:")
        after = reverse("portal:profile", args=[locale])
        link.enqueue(email, locale=locale, path=path, next_path=after, brand=self.request.brand.pk)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: what is sent goes by our own jobs, from a mailbox of ours. No open page has the library mail more."""
        log.warning("The sign-in library wanted to send %s, which has no words of ours.", template_prefix)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account behind an address and its password. Raises ValidationError for one that was shut."""
        user: User | None = super().authenticate(request, **credentials)
        if user and not user.is_active:
            raise self.validation_error("account_inactive")
        return user

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Who came in by the company's sign-on, under an account that was shut."""
        return redirect(f"{reverse('portal:sign-in', args=[user.locale])}?refused=1")

    def is_open_for_signup(self, request: Any) -> bool:
        return False
