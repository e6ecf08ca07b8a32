#!/usr/bin/env python
"""Django's own door; `handrail` is the same with our names."""

from handrail.cli import main

if __name__ == "__main__":
    main()
