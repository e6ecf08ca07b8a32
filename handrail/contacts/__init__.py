"""Customer records: the people who turn to us, what proves who they are, and what they own.

Tables   Organisation, Person, Identity, Record
Verbs    identify, Person.prove, Person.rename, Record.keep
Records  person.met, identity.proved, person.changed, record.kept
Never    staff; a merge of people on a claim alone
"""
