"""`python -m handrail` is `handrail`."""

from handrail.cli import main

main()
