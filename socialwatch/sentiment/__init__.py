"""Sockets to the models that read a mention, one file per kind; each ends in `connect(section) -> Assessor`."""

import os

# Before torch is imported, which reads it once. By default its threads wait for one another by turning round and round:
# nothing gained on a quiet machine, and 40 % more processor time beside two busy neighbours (the whole demo).
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
