"""What survives when processes are killed: a source and a sink that never are, a site that is, and a checker of ledgers."""
