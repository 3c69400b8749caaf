"""Sockets that carry out what an owner decided, one file per kind; each ends in `connect(section) -> GestureDesk`."""
