"""Brand and tenant settings: who we are, in which languages, and when people are there.

Tables   Brand, BusinessHours, Closure, PortalDraft, PortalVersion
Verbs    Brand.touch, Brand.rule, BusinessHours.make, .plan, .close_on, .open_on, PortalDraft.draw, .publish, .restore
Records  brand.changed, brand.ruled, hours.made, hours.changed, hours.closed, hours.opened, portal.drawn, portal.published
Offers   locales and fallback, opening hours with Korean holidays, in words and as they are typed (weekly.py), Korean particles, formats for people,
         typed fields as a base without a table (typed_fields.py) and what is typed into them, read (typed.py)
Never    channel secrets
"""
