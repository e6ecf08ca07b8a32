"""Addresses of what customers and colleagues are asked beside their words, and of where a conversation can stand. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import attributes, fields, forms, statuses, ticket_templates
from handrail.web.console.frame import at_console

writes = at_console("forms.write")
urlpatterns = [
    path("fields", writes(fields.every), name="fields"),
    path("fields/new", writes(fields.new), name="field-new"),
    path("fields/order", writes(fields.order), name="fields-order"),
    path("fields/<slug:field>/edit", writes(fields.one), name="field"),
    path("attributes", writes(attributes.every), name="attributes"),
    path("attributes/new", writes(attributes.new), name="attribute-new"),
    path("attributes/order", writes(attributes.order), name="attributes-order"),
    path("attributes/<slug:attribute>/edit", writes(attributes.one), name="attribute"),
    path("forms", writes(forms.every), name="forms"),
    path("forms/new", writes(forms.new), name="form-new"),
    path("forms/<slug:form>/edit", writes(forms.one), name="form"),
    path("statuses", writes(statuses.every), name="statuses"),
    path("statuses/new", writes(statuses.new), name="status-new"),
    path("statuses/order", writes(statuses.order), name="statuses-order"),
    path("statuses/<slug:status>/edit", writes(statuses.one), name="status"),
    path("templates", writes(ticket_templates.every), name="templates"),
    path("templates/new", writes(ticket_templates.new), name="template-new"),
    path("templates/<slug:template>/edit", writes(ticket_templates.one), name="template"),
]
