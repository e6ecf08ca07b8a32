"""Handrail: self-hosted customer service where people help themselves."""

__version__ = "0.1.0"
