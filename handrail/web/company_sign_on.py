"""The company's own sign-on: whoever its provider vouches for is a customer here, never staff."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect

from handrail.accounts.models import User
from handrail.channels.own_addresses import is_own
from handrail.contacts.accounts import account_of, free, vouch
from handrail.core.actors import SYSTEM
from handrail.web.language import language_asked, language_of


class Adapter(DefaultSocialAccountAdapter):
    """Only an operator's setting makes a provider, so a new customer may come in by it; a verified address is needed."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        email = verified_address(sociallogin)
        if email:
            free(email, by=SYSTEM)
        named = User.objects.filter(email=email).first() if email else None
        # Whom the company knows by its own id stays who they are, whatever address it names today.
        user = sociallogin.user if sociallogin.is_existing else account_of(email) or named
        if not email or is_own(email) or any(each and each.role for each in (user, named)):
            # A provider for customers could name a colleague's address, or one at which we read the mail of others.
            raise ImmediateHttpResponse(redirect(refused(request, sociallogin)))
        if user and not sociallogin.is_existing:
            sociallogin.connect(request, user)
        if user:
            vouch(user, email, by=SYSTEM)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = sociallogin.user
        user.email = verified_address(sociallogin)
        user.name = str(
            data.get("name") or f"{data.get('first_name') or ''} {data.get('last_name') or ''}".strip()
        )[:80]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        vouch(user, user.email, by=SYSTEM)
        return user


def verified_address(sociallogin: SocialLogin) -> str:
    """The address the provider vouches for, or ""."""
    return next((found.email.lower() for found in sociallogin.email_addresses if found.verified), "")


def refused(request: HttpRequest, sociallogin: SocialLogin) -> str:
    """The sign-in page in the language they left it in, which where they wanted to go names; else as at the door."""
    wanted = urlsplit(str(sociallogin.state.get("next") or "")).path
    accepted = request.headers.get("Accept-Language", "")
    return f"/hc/{language_of(wanted) or language_asked(request.COOKIES, accepted)}/sign-in?refused=1"
