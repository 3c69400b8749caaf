"""The base in full precision: a local folder with the files of intfloat/multilingual-e5-small as the hub has them."""

import json
from pathlib import Path

from safetensors.numpy import load_file

from models.recipe.base import Base

FILES = ("config.json", "tokenizer.json", "model.safetensors")


def read_folder(folder: Path) -> Base:
    """The same as `read_base`, without the loss of four bits; raises SystemExit naming the file that is missing."""
    for name in FILES:
        if not (folder / name).is_file():
            raise SystemExit(f"{folder} is no full-precision base: {name} is missing")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    unigram = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    pieces = [piece for piece, _ in unigram["vocab"]]
    places = {piece: number for number, piece in enumerate(pieces)}
    stored = load_file(folder / "model.safetensors")
    tensors = {
        name.removeprefix("bert."): values.astype("float32")
        for name, values in stored.items()
        if "pooler" not in name and not name.endswith("position_ids")
    }
    return Base(
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        positions=config["max_position_embeddings"],
        epsilon=config["layer_norm_eps"],
        pieces=pieces,
        scores=[score for _, score in unigram["vocab"]],
        bos=places["<s>"],
        eos=places["</s>"],
        pad=places["<pad>"],
        unk=places["<unk>"],
        tensors=tensors,
    )
