"""Inbound pipeline: from a channel's message to an answer or a person."""
