"""Bringing articles in from files: a folder of Markdown or HTML, or the saved pages of another help centre.

Reads    folder.py (with front_matter, pages, book) and zendesk.py make drafts; nothing is written meanwhile
Beside   care, keywords, trees and blocks are what an export of ours says beside its texts, each read and brought in
Writes   run.py, through the knowledge room's own verbs; imported.py remembers what each source said last time
Tells    report.py: what came in, what did not, why, and what to do next
Never    fetches anything from the network, or deletes what a source no longer holds
"""
