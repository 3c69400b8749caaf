"""The desk: pages in Dutch for agents, leads and brand managers."""
