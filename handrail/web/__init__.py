"""Delivery layer: URLs, views, forms and templates, by audience.

Holds    edge (cached pages, streams), ui (design system), and six surfaces that may not see each other
Never    a business rule, or a query another screen needs
"""
