"""Sockets to the public platforms, one file per kind; each ends in `connect(section) -> Channel`."""
