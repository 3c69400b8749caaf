"""How often the kind is right on the demo's world, which nobody trained on: python -m models.recipe.world."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

from socialwatch.sentiment.transformer import connect

MODEL = Path(__file__).resolve().parents[1] / "dutch"


def main() -> None:
    """Print the share of kinds that are right, and the confusions that occur more than once."""
    written = files("socialwatch.playground").joinpath("world/posts.jsonl").read_text("utf-8")
    posts = [json.loads(row) for row in written.split("\n") if row]
    posts = [post for post in posts if post["who"] != "sokkerij" and not post["repost_of"]]
    readings = connect({"path": MODEL}).read([post["text"] for post in posts])
    pairs = Counter((post["tags"][0], reading.kind.value) for post, reading in zip(posts, readings, strict=True))
    right = sum(count for (meant, read), count in pairs.items() if meant == read)
    print(f"kind right: {right} of {len(posts)} ({right / len(posts):.0%})")
    for (meant, read), count in pairs.most_common():
        if meant != read and count > 1:
            print(f"{count:3} {meant} read as {read}")


if __name__ == "__main__":
    main()
