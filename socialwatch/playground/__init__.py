"""A stranger beside the house: servers that speak X's and Meta's wire formats, and a sock shop's scripted world."""

from socialwatch.playground.living import World
from socialwatch.playground.server import Server, serve

__all__ = ["Server", "World", "serve"]
