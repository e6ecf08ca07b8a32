"""Files people send: stored under a random name, typed by their bytes, opened by links bound to the viewer.

Tables   StoredFile
Verbs    keep, erase
Offers   check (would keep take it?), read, open_stored, link and open_link (ten minutes, one viewer)
Records  file.kept, file.erased
         scanning.virus_in (clamd, where the operator named one)
Never    unpacks, executes or serves: the view is in web, and storage lies outside any web root
"""
