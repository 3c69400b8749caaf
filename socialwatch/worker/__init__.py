"""The corridor: it claims jobs and walks the line, and it ticks the pollers."""
