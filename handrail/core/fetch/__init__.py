"""The only way out over HTTP. What others tell us to fetch never reaches our own network, and never takes long.

Offers   fetch, and its errors Refused, Unreachable, TooLarge; dialing.dial, a bare line for mail under the same rules
Holds    client (what may be asked), network (sockets pinned to the checked address), addresses (what is inside)
"""

from handrail.core.fetch.client import Fetched, FetchError, Refused, TooLarge, Unreachable, fetch

__all__ = ["FetchError", "Fetched", "Refused", "TooLarge", "Unreachable", "fetch"]
