"""X's API v2 as its documents describe it."""
