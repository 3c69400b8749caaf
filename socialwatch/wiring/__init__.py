"""Wiring: settings in, working parts out; the one place that knows which concrete parts there are."""
