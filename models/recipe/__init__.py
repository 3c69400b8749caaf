"""The recipe that makes models/dutch again: read the base, trim its vocabulary, train in two stages, pack, evaluate."""
