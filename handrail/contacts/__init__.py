"""Customer records: the people who turn to us, what proves who they are, and what they own.

Tables   Organisation, Person, Identity, Record, Mark, Segment, SegmentRule
Verbs    identify, also_known_as, Person.prove, Person.rename, Person.describe, Record.keep,
         segments.mark, segments.unmark, Segment.define
Records  person.met, identity.proved, identity.added, person.changed, record.kept, person.marked,
         person.unmarked, segment.defined
Never    staff; a merge of people on a claim alone
"""
