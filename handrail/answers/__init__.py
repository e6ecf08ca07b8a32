"""Answer engine."""
