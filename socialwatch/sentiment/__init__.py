"""Sockets to the models that read a mention, one file per kind; each ends in `connect(section) -> Assessor`."""
