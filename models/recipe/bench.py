"""How fast is `socialwatch score`, beside a RobBERT-size classifier? Run: python -m models.recipe.bench."""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import (
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForSequenceClassification,
    TextClassificationPipeline,
)

from models.recipe.card import CARD, between
from models.recipe.examples import read_posts
from socialwatch.sentiment.transformer import connect
from socialwatch.sentiment.vectors import fastest

HERE = Path(__file__).resolve().parents[1]
CORPUS = HERE / "corpus"
SHIPPED = HERE / "dutch"
BATCH = 64
X_LENGTH = 280  # characters; most posts are no longer, and so were those the baseline was first measured on


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: `bound` is what the project set itself, "" where nothing was set."""

    what: str
    found: str
    bound: str = ""


def main() -> None:
    """Print the report as a table; nothing else may run on the machine meanwhile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument(
        "--baseline-posts", type=int, default=600, help="of the same posts, because the baseline is slow"
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--write", action="store_true", help="into the card")
    wanted = parser.parse_args()
    torch.set_num_threads(wanted.threads)
    texts = sample(wanted.posts, X_LENGTH)
    some = texts[: wanted.baseline_posts]
    rows = [*about(texts, wanted.threads), *ours(texts, wanted.threads)]
    longer = long_posts(wanted.posts, wanted.threads)
    pace = {row.what: float(row.found.split()[0]) for row in rows if row.found.endswith("posts/s")}
    rows += against(some, pace["socialwatch score"], pace["socialwatch score, fp32"])
    rows += [*longer, *agreement(texts), *reasons(texts)]
    lines = ["| | measured | at least (at most) |", "|---|---|---|"]
    lines += [f"| {row.what} | {row.found} | {row.bound} |" for row in rows]
    print("\n".join(lines))
    if wanted.write:
        CARD.write_text(between(CARD.read_text(encoding="utf-8"), "speed", lines), encoding="utf-8")


def sample(count: int, longest: int) -> list[str]:
    """Posts of our corpus of at most `longest` characters, shuffled, begun again when there are too few."""
    texts = [post["text"] for post in (*read_posts(CORPUS), *read_posts(CORPUS / "frozen"))]
    texts = [text for text in texts if len(text) <= longest]
    random.Random(7).shuffle(texts)
    return (texts * (count // len(texts) + 1))[:count]


def about(texts: Sequence[str], threads: int) -> list[Row]:
    """What was measured on what."""
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    lengths = sorted(len(row.ids) for row in tokenizer.encode_batch(list(texts)))
    return [
        Row("processor", f"{processor()}, {threads} threads, {'bf16' if fastest() is torch.bfloat16 else 'no bf16'}"),
        Row("posts", str(len(texts))),
        Row("tokens, mean and p95", f"{sum(lengths) / len(lengths):.1f} and {lengths[int(len(lengths) * 0.95)]}"),
    ]


def processor() -> str:
    """Its own name, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def ours(texts: Sequence[str], threads: int) -> list[Row]:
    """The command itself, start-up apart, with and without bf16."""
    start, _ = scored(["Mijn pakket is er nog niet"], threads)
    whole, memory = scored(texts, threads)
    plain_start, _ = scored(["Mijn pakket is er nog niet"], threads, precision="fp32")
    plain, _ = scored(texts, threads, precision="fp32")
    return [
        Row("cold start of `echo tekst | socialwatch score`", f"{start:.1f} s", "5 s"),
        Row("resident memory, at most", f"{memory} MB", "700 MB"),
        Row("socialwatch score", f"{len(texts) / (whole - start):.0f} posts/s"),
        Row("socialwatch score, fp32", f"{len(texts) / (plain - plain_start):.0f} posts/s"),
    ]


def scored(texts: Sequence[str], threads: int, precision: str = "auto") -> tuple[float, int]:
    """Seconds that `socialwatch score` takes from start to end, and its largest resident memory in MB."""
    settings = {"SOCIALWATCH_MODEL__PRECISION": precision, "SOCIALWATCH_MODEL__THREADS": str(threads)}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
        file.flush()
        started = time.perf_counter()
        program = subprocess.Popen(
            [sys.executable, "-m", "socialwatch", "score", file.name],
            stdout=subprocess.DEVNULL,
            env={**os.environ, **settings},
        )
        _, status, used = os.wait4(program.pid, 0)
        took = time.perf_counter() - started
    if status != 0:
        raise SystemExit("socialwatch score failed")
    return took, peak(used)


def peak(used: resource.struct_rusage) -> int:
    """Megabytes; Linux counts in kilobytes, macOS in bytes. A child inherits the peak of the process that starts it, so
    this is to be asked before anything large is loaded here.
    """
    return used.ru_maxrss // (1_000 if sys.platform == "linux" else 1_000_000)


def against(texts: Sequence[str], fast: float, plain: float) -> list[Row]:
    """The baseline as its documentation has it, in batches, and in bf16."""
    one = pace_of(baseline(torch.float32), texts, 1)
    many = pace_of(baseline(torch.float32), texts, BATCH)
    light = pace_of(baseline(torch.bfloat16), texts, BATCH)
    return [
        Row("RobBERT-size classifier through transformers.pipeline, one by one", f"{one:.1f} posts/s"),
        Row("the same in batches of 64", f"{many:.1f} posts/s"),
        Row("the same in bf16, batches of 64", f"{light:.1f} posts/s"),
        Row("ours against it one by one", f"{fast / one:.0f} times", "25 times"),
        Row("ours against its batches", f"{fast / many:.0f} times", "20 times"),
        Row("ours without bf16 against it one by one", f"{plain / one:.1f} times", "10 times"),
        Row("ours against it in bf16", f"{fast / light:.1f} times"),
    ]


def baseline(kind: torch.dtype) -> TextClassificationPipeline:
    """12 layers of 768 and 40,000 pieces, with random weights: only its size counts here. Our tokenizer serves it."""
    torch.manual_seed(7)
    fast = PreTrainedTokenizerFast(
        tokenizer_file=str(SHIPPED / "tokenizer.json"), pad_token="<pad>", model_max_length=512, padding_side="right"
    )
    size = RobertaConfig(vocab_size=40_000, max_position_embeddings=514, num_labels=3, pad_token_id=1)
    model = RobertaForSequenceClassification(size).to(kind)
    model.train(False)
    return TextClassificationPipeline(model=model, tokenizer=fast, device="cpu")


def pace_of(pipe: Any, texts: Sequence[str], size: int) -> float:
    """Posts a second after warming up."""
    pipe(list(texts[:8]), batch_size=size, truncation=True)
    started = time.perf_counter()
    pipe(list(texts), batch_size=size, truncation=True)
    return len(texts) / (time.perf_counter() - started)


def long_posts(count: int, threads: int) -> list[Row]:
    """The same command on posts of every length, those of Facebook among them."""
    texts = sample(count, sys.maxsize)
    start, _ = scored(texts[:1], threads)
    whole, memory = scored(texts, threads)
    lengths = [len(row.ids) for row in Tokenizer.from_file(str(SHIPPED / "tokenizer.json")).encode_batch(texts)]
    return [
        Row("posts of every length: tokens, mean", f"{sum(lengths) / len(lengths):.1f}"),
        Row("posts of every length: socialwatch score", f"{len(texts) / (whole - start):.0f} a second"),
        Row("posts of every length: resident memory, at most", f"{memory} MB", "700 MB"),
    ]


def agreement(texts: Sequence[str]) -> list[Row]:
    """In how many posts the level of the fast path is the level in fp32."""
    fast = [reading.level for reading in connect({"path": SHIPPED}).read(texts)]
    exact = [reading.level for reading in connect({"path": SHIPPED, "precision": "fp32"}).read(texts)]
    share = sum(a == b for a, b in zip(fast, exact, strict=True)) / len(texts)
    return [Row("levels equal to fp32", f"{share:.2%}", "99.5 %")]


def reasons(texts: Sequence[str]) -> list[Row]:
    """How long the reasons of one post take, over a hundred posts."""
    assessor, took = connect({"path": SHIPPED}), []
    for text in texts[:100]:
        started = time.perf_counter()
        assessor.why(text)
        took.append(time.perf_counter() - started)
    took.sort()
    return [Row("why for one post, median and p95", f"{took[50] * 1000:.0f} and {took[95] * 1000:.0f} ms", "300 ms")]


if __name__ == "__main__":
    main()
