"""Sockets to order systems, one file per kind; each ends in `connect(section) -> Shop`."""
