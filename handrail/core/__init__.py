"""Platform: what every room stands on, and no word of the domain.

Holds    clock, ids, actors, html, markdown (of articles, and of replies as people type them), fetch, bus, events (outbox), jobs (lease table), files,
         harmless (what may stand in a log line), legible (names and headings without marks nobody sees)
Never    knows what a conversation or an article is
"""
