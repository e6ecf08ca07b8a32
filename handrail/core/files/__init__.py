"""Files people send: stored under a random name, typed by their bytes, opened by links bound to the viewer."""
