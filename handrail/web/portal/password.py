"""A password: chosen after a proved sign-in, and used to sign in again."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from handrail.accounts.models import User
from handrail.contacts.accounts import AddressTaken, give_password
from handrail.web.guessing import SLOWED_SECONDS, must_wait, said_of_waiting
from handrail.web.limits import address_of, network_of, take
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.posted import posted_from
from handrail.web.portal.present import refusal
from handrail.web.portal.profile import shown as profile_shown
from handrail.web.portal.sign_in import next_path, shown
from handrail.web.portal.whose import whose
from handrail.web.viewer import RESET_KEY, look_again

# Right and wrong ones; wrong ones are counted everywhere in web/guessing.py too.
TRIED_AN_HOUR = 20  # for one address, from one network
TRIED_HERE_A_MINUTE = 60


@posted_from("portal:sign-in")
@never_cache
@in_locale
def sign_in(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/sign-in/password {email, password, next}: one answer for every way of being wrong."""
    email = request.POST.get("email", "").strip().lower()[:254]
    if seconds := _waits(request, email):
        problem = said_of_waiting(seconds)
        return shown(request, locale, email=email, password_problem=problem, status=429)
    form = LoginForm({"login": email, "password": request.POST.get("password", "")}, request=request)
    if not form.is_valid():
        problem = _("Address and password don't match. You can also have a link sent to you.")
        return shown(request, locale, email=email, password_problem=problem, status=400)
    response = form.login(request, redirect_url=next_path(request) or addresses.requests(locale))
    look_again(request)
    return response


def _waits(request: HttpRequest, email: str) -> int:
    """Seconds until a password is looked at again; 0 where this one is."""
    here = take(f"{TRIED_HERE_A_MINUTE}/minute", "password-here", address_of(request))
    may = take(f"{TRIED_AN_HOUR}/hour", "password", email, network_of(request))
    waits = [SLOWED_SECONDS] if not here.is_allowed else []
    waits += [may.seconds] if not may.is_allowed else []
    return max([*waits, must_wait(request, email)])


@posted_from("portal:profile")
@never_cache
@in_locale
def choose(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/profile/password {present, password}: it counts from the next sign-in on; this browser stays in."""
    person = whose(request)
    problem, status = refusal(request, person, request.POST.get("present", ""))
    if problem:
        return profile_shown(request, locale, person, present_problem=problem, status=status)
    password = request.POST.get("password", "")
    try:
        validate_password(password, User(email=person.email, name=person.name))
        user = give_password(person, password, by=person)
    except ValidationError as error:
        return profile_shown(request, locale, person, problems=list(error.messages), status=400)
    except AddressTaken:
        problem = _("A password cannot be set for this address here.")
        return profile_shown(request, locale, person, problems=[problem], status=400)
    request.session.pop(RESET_KEY, None)
    if request.user.pk == user.pk:
        update_session_auth_hash(request, user)
    return redirect(f"{addresses.profile(locale)}?saved=1")
