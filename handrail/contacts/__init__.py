"""Customer records: the people who turn to us, what proves who they are, and what they own.

Tables   Organisation, Person, Identity, Record
Verbs    identify, also_known_as, Person.prove, Person.rename, Person.describe, Record.keep
Records  person.met, identity.proved, identity.added, person.changed, record.kept
Never    staff; a merge of people on a claim alone
"""
