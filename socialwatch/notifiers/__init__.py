"""Sockets that tell a person something, one file per kind; each ends in `connect(section) -> Notifier`."""
