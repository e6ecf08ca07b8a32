"""Brand and tenant settings: who we are, in which languages, and when people are there.

Tables   Brand, BusinessHours, Closure, PortalDraft, PortalVersion
Verbs    Brand.touch, Brand.rule, BusinessHours.close_on, PortalDraft.draw, .publish, .restore
Records  brand.changed, brand.ruled, hours.closed, portal.drawn, portal.published
Offers   locales and fallback, opening hours with Korean holidays and in words, Korean particles, formats for people
Never    channel secrets
"""
