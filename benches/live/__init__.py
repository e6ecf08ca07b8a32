"""Open windows: thousands that wait and hundreds in which people talk, beside Django Channels in the same run."""
