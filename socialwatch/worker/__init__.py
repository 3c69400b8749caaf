"""The corridor: it claims jobs, walks the line and ticks the pollers."""
