"""The verbs of a mention's trip, one verb a file; `line` alone knows their order."""
