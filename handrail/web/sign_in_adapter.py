"""How the sign-in library behaves here: staff accounts are made by an administrator, never by sign-up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.web.guessing import must_wait, was_wrong
from handrail.web.limits import address_of


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many wrong passwords. Wait an hour, then try again."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """In place of the library's count, which six strangers' tries for one account bring to its end everywhere."""
        if must_wait(request, credentials.get("email", "")):
            raise self.validation_error("too_many_login_attempts")

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

    def format_email_subject(self, subject: str) -> str:
        return subject

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Marked as automatic, so that no absence note answers it."""
        marks = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        return super().render_mail(template_prefix, email, context, headers={**(headers or {}), **marks})

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
