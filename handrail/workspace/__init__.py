"""Brand and tenant settings: who we are, in which languages, and when people are there.

Tables   Brand, BusinessHours, Closure, PortalDraft, PortalVersion
Verbs    Brand.make, .rename, .touch, .restamp, .rule, .answer_at, .lead_to_host, .found, .put_away, .bring_back, BusinessHours.make, .plan, .close_on, .open_on, PortalDraft.draw, .publish, .restore
Records  brand.changed, brand.made, brand.renamed, brand.ruled, brand.host_given, brand.host_led_to, brand.put_away, brand.brought_back, hours.made, hours.changed, hours.closed, hours.opened, portal.drawn, portal.published
Offers   Brand.site: where a brand's links lead; hosts: names, and the question that shows whether one leads here (jobs.ask_host);
         locales and fallback, opening hours with Korean holidays, in words and as they are typed (weekly.py), Korean particles, formats for people,
         typed fields as a base without a table (typed_fields.py) and what is typed into them, read (typed.py)
Never    channel secrets
"""
