"""The socket for our own model: transformers and torch, from a local folder, never over a network."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before transformers is imported: it reads this once
# oneDNN keeps a compiled kernel for each of the last thousand sizes of pass, and posts come in every length.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from socialwatch.domain.assessment import Assessor, Reading, Span
from socialwatch.errors import Misconfigured
from socialwatch.sentiment.allocator import give_back
from socialwatch.sentiment.artefact import Artefact, open_artefact
from socialwatch.sentiment.batches import by_length, cut, shortened
from socialwatch.sentiment.heads import EACH, HEADS, WIDTH, places
from socialwatch.sentiment.readings import blank, reading_of
from socialwatch.sentiment.runs import BUCKETS, places_of, runs
from socialwatch.sentiment.spans import driven
from socialwatch.sentiment.vectors import mean, packed, padded, precision

PAD, FEWEST_IDS = 1, 3
ENCODER = "encoder:"
PLACES = places()


def connect(section: Mapping[str, Any]) -> Assessor:
    """`path`: the model's folder; `threads`: how many processor threads it may use (default: torch's own choice);
    `precision`: "auto", "bf16" or "fp32".

    Raises Misconfigured when the folder is missing, damaged or of another format.
    """
    folder = Path(str(section["path"]))
    artefact = open_artefact(folder)
    if section.get("threads"):
        torch.set_num_threads(int(section["threads"]))
    try:
        kind = precision(str(section.get("precision", "auto")))
        tensors = unpacked(load_file(artefact.weights), kind)
        return Transformer(artefact, Tokenizer.from_file(str(artefact.tokenizer)), tensors)
    except Misconfigured:
        raise
    except (
        Exception
    ) as wrong:  # tokenizers and transformers raise nothing finer; the sum was right, so it never was a model
        raise Misconfigured(f"The model in {folder} cannot be loaded ({type(wrong).__name__}).") from wrong


def unpacked(stored: Mapping[str, torch.Tensor], kind: torch.dtype) -> dict[str, torch.Tensor]:
    """int8 rows times their scale, everything else as it stands; the encoder in `kind`, what stands on it in fp32."""

    def full(name: str) -> torch.Tensor:
        values = stored[name].float()
        if stored[name].dtype == torch.int8:
            values *= stored[f"{name}.scale"].float().unsqueeze(1)
        return values.to(kind) if name.startswith(ENCODER) else values

    return {name: full(name) for name in stored if not name.endswith(".scale")}


class Transformer:
    """One encoder, one pass, all heads; safe to share between threads because nothing changes after loading."""

    def __init__(self, artefact: Artefact, tokenizer: Tokenizer, tensors: Mapping[str, torch.Tensor]) -> None:
        self.model = artefact.model
        self._longest = artefact.longest
        self._tokenizer = tokenizer
        self._encoder = _encoder(artefact.encoder, tensors)
        self._heads = tensors["heads.weight"], tensors["heads.bias"]
        self._meaning = tensors["meaning.weight"], tensors["meaning.bias"]
        self._wide = tensors["wide.weight"], tensors["wide.rarity"]
        softness = torch.ones(WIDTH)
        for head in HEADS:
            softness[PLACES[head.name]] = artefact.temperatures[head.name]
        self._softness = softness
        pieces = tokenizer.get_vocab_size()
        fits = self._heads[0].shape[0] == WIDTH and self._wide[0].shape == (places_of(pieces), WIDTH)
        if not fits or pieces != artefact.encoder["vocab_size"]:
            raise Misconfigured(f"The model in {artefact.folder} does not fit this version of socialwatch (sizes).")

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in the same order; any number of texts."""
        rows = self._ids(texts)
        readings = [blank(self.model)] * len(rows)
        legible = [number for number, row in enumerate(rows) if len(row) >= FEWEST_IDS]
        for batch in by_length([rows[number] for number in legible]):
            chosen = [legible[place] for place in batch]
            scores, meanings = self._pass([rows[number] for number in chosen])
            for number, reading in zip(chosen, self._readings(scores, meanings), strict=True):
                readings[number] = reading
            give_back()
        return readings

    def why(self, text: str) -> list[Span]:
        """The stretches that drove the frustration, gravest first."""
        return driven(text, self._frustrations)

    def _frustrations(self, texts: Sequence[str]) -> list[float]:
        rows = self._ids(texts)
        found = [0.0] * len(rows)
        for batch in by_length(rows):
            scores, _ = self._pass([rows[place] for place in batch])
            steps = scores[:, PLACES["frustration"]].nan_to_num().sigmoid()
            for place, score in zip(batch, steps.cummin(dim=1).values.mean(dim=1).tolist(), strict=True):
                found[place] = score
        return found

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        written = [shortened(text) for text in texts]
        return [cut(encoding.ids, self._longest) for encoding in self._tokenizer.encode_batch(written)]

    @torch.inference_mode()
    def _pass(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of all heads, softened by their temperatures, and the vector of meaning; one row per text."""
        ids, mask = padded(rows, PAD)
        states = self._encoder(input_ids=ids, attention_mask=None if bool(mask.all()) else mask).last_hidden_state
        pooled = mean(states, mask)
        linear = torch.nn.functional.linear
        scores = linear(pooled, *self._heads) / self._softness + self._plain_words(rows)
        return scores, linear(pooled, *self._meaning)

    def _plain_words(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """What the words alone say: the weighed mean of the rows of their runs."""
        weight, rarity = self._wide
        found = [runs(row, len(weight) - 2 * BUCKETS) for row in rows]
        lengths = torch.tensor([len(each) for each in found])
        places = torch.tensor([place for each in found for place in each])
        weights = rarity[places]
        texts = torch.arange(len(found)).repeat_interleave(lengths)
        squares = torch.zeros(len(found)).index_add_(0, texts, weights * weights)
        weights = weights / squares.sqrt().clamp(min=1e-6)[texts]
        starts = lengths.cumsum(0) - lengths
        return torch.nn.functional.embedding_bag(places, weight, starts, mode="sum", per_sample_weights=weights)

    def _readings(self, scores: torch.Tensor, meanings: torch.Tensor) -> list[Reading]:
        sound = scores.isfinite().all(dim=1).tolist()
        tempered = scores.nan_to_num(posinf=30.0, neginf=-30.0)
        columns = {}
        for head in HEADS:
            part = tempered[:, PLACES[head.name]]
            columns[head.name] = (part.sigmoid() if head.shape == EACH else part.softmax(dim=1)).tolist()
        return [
            reading_of({name: rows[number] for name, rows in columns.items()}, embedding, self.model, sound[number])
            for number, embedding in enumerate(packed(meanings))
        ]


def _encoder(settings: Mapping[str, Any], tensors: Mapping[str, torch.Tensor]) -> BertModel:
    """Built without numbers and then filled: drawing random ones first would only cost time."""
    config = BertConfig(**settings)
    with torch.device("meta"):
        encoder = BertModel(config, add_pooling_layer=False)
    encoder.load_state_dict(
        {name.removeprefix(ENCODER): values for name, values in tensors.items() if name.startswith(ENCODER)},
        assign=True,
    )
    positions = torch.arange(config.max_position_embeddings).unsqueeze(0)
    encoder.embeddings.register_buffer("position_ids", positions, persistent=False)
    encoder.embeddings.register_buffer("token_type_ids", torch.zeros_like(positions), persistent=False)
    encoder.train(False)
    return encoder
