"""The socket for a sequence classifier of your own: any local folder or hub id that transformers can read.

It tells frustration only; everything else in its readings comes from rules (domain/wording) and is marked as such.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import torch

from socialwatch.domain.assessment import Assessor, Reading, Span
from socialwatch.domain.wording import BY_RULES, WITH_RULES, wording
from socialwatch.errors import Misconfigured
from socialwatch.sentiment.batches import by_length, cut, shortened
from socialwatch.sentiment.labels import label_map
from socialwatch.sentiment.origin import Origin, absent, origin
from socialwatch.sentiment.readings import DIMENSIONS, blank, rounded
from socialwatch.sentiment.spans import driven
from socialwatch.sentiment.vectors import mean, packed, padded, precision

LONGEST = 256  # tokens
LONGEST_NAME = 60  # characters; the tables have room for 80, of which the sum and the mark take 15
# The level from which on: a classifier of three moods has no finer scale, so "neutral" at 0.2 stays no frustration.
LEVELS = (0.25, 0.5, 0.8)
TRIAL = ("Proef", "Een tweede, langere proef van het model.")


def connect(section: Mapping[str, Any]) -> Assessor:
    """`path`: a folder or hub id; `labels`: how frustrated each label is, 0..1; `revision`: of the hub id; `network`:
    whether a hub id may be fetched (else only from the cache of this computer); `threads`: as for the transformer.

    Raises Misconfigured naming the path or the label.
    """
    if section.get("threads"):
        torch.set_num_threads(int(section["threads"]))
    source = origin(section)
    loaded, tokenizer = _loaded(source, precision(str(section.get("precision", "auto"))))
    values = label_map(section.get("labels") or {}, loaded.config.id2label, source.path)
    try:
        return _tried(Classifier(_name(source, loaded, values), loaded, tokenizer, values))
    except Exception as wrong:  # whatever a foreign model falls over, it falls over here and not in the queue
        raise Misconfigured(f"Het model {source.path} kan geen teksten lezen ({type(wrong).__name__}).") from wrong


class Classifier:
    """One pass per batch; safe to share between threads because nothing changes after loading."""

    def __init__(self, model: str, loaded: Any, tokenizer: Any, values: Sequence[float]) -> None:
        self.model = model
        self._loaded = loaded
        self._tokenizer = tokenizer
        self._values = torch.tensor(values)
        self._padding = tokenizer.pad_token_id or 0
        self._longest = _longest(loaded.config, tokenizer)
        self._wide = getattr(loaded.config, "hidden_size", None) == DIMENSIONS
        self._bare = len(self._ids([""])[0])

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in the same order; any number of texts."""
        rows = self._ids(texts)
        readings = [blank(self.model, BY_RULES)] * len(rows)
        legible = [number for number, row in enumerate(rows) if len(row) > self._bare and _visible(texts[number])]
        for batch in by_length([rows[number] for number in legible]):
            chosen = [legible[place] for place in batch]
            found = self._pass([rows[number] for number in chosen])
            for number, told, certainty, embedding in zip(chosen, *found, strict=True):
                readings[number] = self._reading(texts[number], told, certainty, embedding)
        return readings

    def why(self, text: str) -> list[Span]:
        """The stretches that drove the frustration, gravest first."""
        return driven(text, self._frustrations)

    def _frustrations(self, texts: Sequence[str]) -> list[float]:
        rows = self._ids(texts)
        found = [0.0] * len(rows)
        for batch in by_length(rows):
            for place, score in zip(batch, self._pass([rows[place] for place in batch])[0], strict=True):
                found[place] = score
        return found

    def _reading(self, text: str, told: float, certainty: float, embedding: bytes) -> Reading:
        return Reading(
            frustration=rounded(told),
            level=sum(rounded(told) >= least for least in LEVELS),
            confidence=rounded(certainty),
            embedding=embedding,
            model=self.model,
            by_rules=BY_RULES,
            **asdict(wording(shortened(text), rounded(told))),
        )

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        written = [shortened(text) for text in texts]
        if not written:
            return []
        rows = self._tokenizer(written, padding=False, truncation=False, verbose=False)["input_ids"]
        return [cut(row, self._longest) for row in rows]

    @torch.inference_mode()
    def _pass(self, rows: Sequence[Sequence[int]]) -> tuple[list[float], list[float], list[bytes]]:
        """Per text: frustration, certainty (0 when the model gave no numbers), and its embedding."""
        ids, mask = padded(rows, self._padding)
        even = bool(mask.all())
        found = self._loaded(
            input_ids=ids, attention_mask=None if even else mask, output_hidden_states=self._wide or None
        )
        scores = found.logits.float()
        chances = scores.nan_to_num(posinf=30.0, neginf=-30.0).softmax(dim=1)
        sound = scores.isfinite().all(dim=1)
        certain = torch.where(sound, chances.max(dim=1).values, 0.0)
        # Vectors of another width cannot stand beside ours and cutting them would make up a likeness: then none.
        embeddings = packed(mean(found.hidden_states[-1], mask)) if self._wide else [bytes(DIMENSIONS)] * len(rows)
        return (chances @ self._values).tolist(), certain.tolist(), embeddings


def _loaded(source: Origin, kind: torch.dtype) -> tuple[Any, Any]:
    """Model and tokenizer. transformers is imported here: whether it may use the network it reads once, at import."""
    os.environ.setdefault("HF_HUB_OFFLINE", "0" if source.network else "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DISABLE_SAFETENSORS_CONVERSION", "1")  # it would ask the hub to rewrite the model
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    asked = {"revision": source.revision or "main", "local_files_only": not source.network, "trust_remote_code": False}
    loaded = _model(transformers, source, asked).to(kind)
    return loaded, _tokenizer(transformers, source, asked, loaded)


def _model(kit: Any, source: Origin, asked: Mapping[str, Any]) -> Any:
    try:
        config = kit.AutoConfig.from_pretrained(source.path, **asked)
    except Exception as wrong:  # the hub, the cache and the parser each raise their own
        said = f"De config.json in {source.path} is niet te lezen." if source.folder else absent(source)
        raise Misconfigured(said) from wrong
    _fit(config, source)
    try:
        loaded, report = kit.AutoModelForSequenceClassification.from_pretrained(
            source.path, config=config, dtype=torch.float32, output_loading_info=True, **asked
        )
    except Exception as wrong:
        raise Misconfigured(f"Het model in {source.path} is niet te laden ({type(wrong).__name__}).") from wrong
    # An encoder without its head is loaded all the same, with a head of random numbers.
    if report["missing_keys"] or report["mismatched_keys"]:
        raise Misconfigured(f"Het model in {source.path} is geen afgemaakte classifier: er ontbreken gewichten.")
    return loaded.train(False)


def _tokenizer(kit: Any, source: Origin, asked: Mapping[str, Any], loaded: Any) -> Any:
    try:
        tokenizer = kit.AutoTokenizer.from_pretrained(source.path, **asked)
    except Exception as wrong:
        raise Misconfigured(f"De tokenizer van {source.path} is niet te laden ({type(wrong).__name__}).") from wrong
    # Without its files transformers hands out an empty tokenizer, for which every word is unknown.
    if len(tokenizer) <= len(set(tokenizer.all_special_ids)):
        raise Misconfigured(f"Bij het model {source.path} hoort een tokenizer, en die ontbreekt.")
    if len(tokenizer) > loaded.get_input_embeddings().num_embeddings:
        raise Misconfigured(f"De tokenizer van {source.path} past niet bij het model: hij kent meer woorddelen.")
    return tokenizer


def _fit(config: Any, source: Origin) -> None:
    several = getattr(config, "problem_type", None) in ("multi_label_classification", "regression")
    if several or config.num_labels < 2:
        raise Misconfigured(f"Het model {source.path} kiest niet één label per tekst, en dat is hier nodig.")


def _longest(config: Any, tokenizer: Any) -> int:
    """Tokens per text. RoBERTa numbers its places from beyond the padding sign, so that many are not there."""
    places = getattr(config, "max_position_embeddings", None) or LONGEST
    taken = (getattr(config, "pad_token_id", None) or 0) + 1
    return max(3, min(LONGEST, int(tokenizer.model_max_length), places - taken))


def _name(source: Origin, loaded: Any, values: Sequence[float]) -> str:
    """A name that changes when the head or the label map does: embeddings and scores are compared within one name."""
    told = hashlib.sha256(repr(list(values)).encode())
    for weights in list(loaded.parameters())[-2:]:
        told.update(weights.detach().to(torch.bfloat16).contiguous().view(torch.int16).numpy().tobytes())
    name = source.path.rstrip("/").rsplit("/", 1)[-1][:LONGEST_NAME]
    return f"{name}-{told.hexdigest()[:8]}{WITH_RULES}"


def _tried(found: Classifier) -> Classifier:
    """Two texts of unequal length, read at once: shows a model that cannot, before a queue relies on it."""
    if any(not 0 <= reading.frustration <= 1 for reading in found.read(TRIAL)):
        raise ValueError("no chances")
    return found


def _visible(text: str) -> bool:
    return any(sign.isprintable() and not sign.isspace() for sign in text)
