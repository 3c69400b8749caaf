"""Meta's Graph API as its documents describe it."""
