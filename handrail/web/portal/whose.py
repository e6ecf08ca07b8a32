"""Whose account a page below My account is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from handrail.contacts.models import Person
from handrail.web.viewer import visitor_of


def whose(request: HttpRequest) -> Person:
    """The person the page belongs to. 404 where the session is nobody's, or a guest's."""
    viewer = visitor_of(request)
    if viewer.only is not None or not viewer.person_id:
        raise Http404
    return Person.objects.get(pk=viewer.person_id)
