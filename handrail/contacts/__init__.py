"""Customer records: the people who turn to us, what proves who they are, and what they own.

Tables   Organisation, Domain, Person, Identity, Browser, Merge, Record, Mark, Segment, SegmentRule,
         Attribute, AttributeValue, ContactNote
Verbs    identify, also_known_as, Person.prove, Person.rename, Person.describe, Person.join, .leave, .stand,
         merging.merge, .unmerge, Organisation.make, .rename, .share, .know_by, .forget_domain, Record.keep,
         segments.mark, segments.unmark, Segment.define, Browser.seen, Browser.sign_out,
         Attribute.make, .rewrite, .archive, .restore, .arrange, attributes.say_of, .say_of_organisation, notes.note (on a person or an organisation), zones.learn_zone,
         ContactNote.put_right, .take_away
Records  person.met, identity.proved, identity.added, person.changed, person.joined, person.left, person.stands,
         person.merged, person.absorbed, person.unmerged, person.released, organisation.made, organisation.renamed,
         organisation.shared, organisation.domain_added, organisation.domain_dropped, record.kept, person.marked,
         person.unmarked, person.browser_signed_out, segment.defined, attribute.made, .changed, .archived, .restored, .moved,
         person.attribute_set, organisation.attribute_set, person.noted, person.note_changed, person.note_removed,
         organisation.noted, organisation.note_changed, organisation.note_removed
Offers   viewers.viewer_for (who somebody is once signed in), seeking (people by what one remembers of them)
Hears    nothing: a schedule forgets sessions that ran out
Never    staff; a merge of people on a claim alone

A merge moves nothing: it points from one contact to the one that goes on. The desk follows `merged_into`, signing in
follows `signs_in_as`, which is set only where both sides had proved their addresses (merging.py).
"""
