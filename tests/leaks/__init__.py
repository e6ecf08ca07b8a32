"""Who may read what, asked of every surface that shows knowledge."""
