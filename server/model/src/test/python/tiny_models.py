"""Writes tiny GGUF models with random weights and the values that exact arithmetic gives for them.

    python tiny_models.py VOCABULARY.gguf FOLDER [NAME...]

needs numpy, gguf and llama-cpp-python 0.3.36. Every block of a quantised tensor is random bytes under a
suitable scale, so all codes and scales of a type occur. The values are computed here in float64; llama.cpp, given
the dequantised weights as F32, must agree (gemma3: to 2e-2, since llama.cpp looks GELU up in half precision).
The vocabulary is taken from VOCABULARY.gguf. Without names, the models of the test resources are written.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

COMMITTED = ["tiny-qwen3", "tiny-gemma3", "tiny-llama-rope", "tiny-gemma3-linear"]
STEPS = 16

# One token, two, more than the sliding window, more than a chunk of the engine.
LENGTHS = [1, 2, 40, 300]


@dataclass
class Spec:
    name: str
    arch: str
    types: list
    embedding: str = "Q8_0"
    output: str | None = None
    hidden: int = 256
    heads: int = 4
    kv_heads: int = 2
    head: int = 64
    ffn: int = 512
    layers: int = 3
    window: int = 0
    base: float = 10000.0
    rope_freqs: bool = False
    stretch: float = 1.0
    biases: bool = False

    @property
    def gemma(self):
        return self.arch == "gemma3"

    @property
    def head_norms(self):
        return self.arch in ("qwen3", "gemma3")


def specs():
    small = dict(hidden=64, ffn=96, heads=4, kv_heads=2)
    yield Spec("tiny-qwen3", "qwen3", ["Q8_0", "Q4_1", "Q5_1"], "Q5_1", head=32, base=1e6, **small)
    yield Spec("tiny-gemma3", "gemma3", ["Q8_0", "Q4_0", "IQ4_NL"], "Q8_0", head=32, layers=7, window=16, base=1e6, **small)
    yield Spec("tiny-llama-rope", "llama", ["F16", "BF16"], "BF16", head=32, layers=2, rope_freqs=True, base=5e5, **small)
    every = ["Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"]
    for kind in every:
        yield Spec("tied-" + kind, "llama", [kind], kind)
        yield Spec("untied-" + kind, "qwen3", [kind], kind, output=kind, base=1e6)
    for kind in ("F32", "F16", "BF16"):
        yield Spec("tied-" + kind, "llama", ["Q4_K"], kind)
        yield Spec("untied-" + kind, "qwen2", [kind], kind, output="Q6_K", biases=True)
    yield Spec("mixed", "llama", every, "Q4_K", output="BF16", layers=4)
    yield Spec("wide", "qwen3", ["Q4_K", "Q6_K"], "Q6_K", head=128)
    yield Spec("gemma", "gemma3", ["Q4_K", "Q6_K"], "Q6_K", layers=13, window=16, base=1e6)
    yield Spec("gemma-wide", "gemma3", ["Q5_0"], "Q4_1", layers=7, window=64, head=128, kv_heads=1)
    yield Spec("gemma-one", "gemma3", ["Q8_0"], "Q8_0", layers=6, window=1)
    yield Spec("rope", "llama", ["Q4_0"], "Q6_K", rope_freqs=True, base=5e5)
    yield Spec("tiny-gemma3-linear", "gemma3", ["Q8_0"], "Q8_0", head=32, layers=6, window=16, base=1e6, stretch=8.0, **small)
    yield Spec("linear", "llama", ["Q8_0"], "Q8_0", stretch=4.0)


# Where a block keeps its half-precision scale and, if any, its minimum; and the minimum, in scales, that
# brings the mean of random codes to zero.
SCALES = {
    Type.Q4_0: (0, None, 0), Type.Q4_1: (0, 2, -7.5), Type.Q5_0: (0, None, 0), Type.Q5_1: (0, 2, -15.5),
    Type.Q8_0: (0, None, 0), Type.Q2_K: (80, 82, 1.5), Type.Q3_K: (108, None, 0), Type.Q4_K: (0, 2, 7.5),
    Type.Q5_K: (0, 2, 15.5), Type.Q6_K: (208, None, 0), Type.IQ4_NL: (0, None, 0),
}


def halves(values):
    return np.asarray(values, np.float16).view(np.uint8).reshape(-1, 2)


def random_tensor(random, kind, rows, columns, deviation):
    """Bytes `[rows, bytes]` (or floats) as the file holds them, and their values."""
    kind = Type[kind]
    if kind not in SCALES:
        values = (random.standard_normal((rows, columns)) * deviation).astype(np.float32)
        data = values if kind == Type.F32 else gguf.quants.quantize(values, kind)
        return data, gguf.quants.dequantize(data, kind).reshape(rows, columns)
    per_block, size = gguf.GGML_QUANT_SIZES[kind]
    at, minimum_at, minimum = SCALES[kind]
    blocks = random.integers(0, 256, (rows * columns // per_block, size), dtype=np.uint8)

    def fill(scales):
        blocks[:, at:at + 2] = halves(scales)
        if minimum_at is not None:
            blocks[:, minimum_at:minimum_at + 2] = halves(scales * minimum)
        return gguf.quants.dequantize(blocks.reshape(rows, -1), kind)

    relative = random.uniform(0.5, 1.5, len(blocks)) * random.choice([-1, 1], len(blocks))
    values = fill(relative * deviation / fill(relative).std())
    return blocks.reshape(rows, -1), values


class Model:
    def __init__(self, spec, vocabulary, seed):
        self.spec, self.vocabulary, self.tensors = spec, vocabulary, {}
        random = np.random.default_rng(seed)
        turn = iter(range(1 << 30))
        q, kv = spec.heads * spec.head, spec.kv_heads * spec.head

        def matrix(name, columns, rows, kind=None, gain=1.0):
            kind = kind or spec.types[next(turn) % len(spec.types)]
            self.tensors[name] = (kind, *random_tensor(random, kind, rows, columns, gain / np.sqrt(columns)))

        def vector(name, size, mean=1.0, deviation=0.2):
            values = (mean + deviation * random.standard_normal(size)).astype(np.float32)
            self.tensors[name] = ("F32", values, values)

        matrix("token_embd.weight", spec.hidden, vocabulary, spec.embedding, 2.0)
        if spec.output:
            matrix("output.weight", spec.hidden, vocabulary, spec.output, 2.0)
        vector("output_norm.weight", spec.hidden)
        if spec.rope_freqs:
            factors = np.linspace(1, 8, spec.head // 2).astype(np.float32)
            self.tensors["rope_freqs.weight"] = ("F32", factors, factors)
        for layer in range(spec.layers):
            at = f"blk.{layer}."
            vector(at + "attn_norm.weight", spec.hidden)
            matrix(at + "attn_q.weight", spec.hidden, q, gain=1.5)
            matrix(at + "attn_k.weight", spec.hidden, kv, gain=1.5)
            matrix(at + "attn_v.weight", spec.hidden, kv)
            matrix(at + "attn_output.weight", q, spec.hidden)
            if spec.biases:
                for part, size in (("q", q), ("k", kv), ("v", kv)):
                    vector(f"{at}attn_{part}.bias", size, 0, 0.5)
            if spec.head_norms:
                vector(at + "attn_q_norm.weight", spec.head)
                vector(at + "attn_k_norm.weight", spec.head)
            if spec.gemma:
                vector(at + "post_attention_norm.weight", spec.hidden)
                vector(at + "post_ffw_norm.weight", spec.hidden)
            vector(at + "ffn_norm.weight", spec.hidden)
            matrix(at + "ffn_gate.weight", spec.hidden, spec.ffn)
            matrix(at + "ffn_up.weight", spec.hidden, spec.ffn)
            matrix(at + "ffn_down.weight", spec.ffn, spec.hidden)
        self.weights = {name: t[2].astype(np.float64) for name, t in self.tensors.items()}

    def write(self, path, source, dequantised):
        spec, arch = self.spec, self.spec.arch
        writer = gguf.GGUFWriter(path, arch)
        writer.add_name(spec.name)
        writer.add_context_length(512)
        writer.add_embedding_length(spec.hidden)
        writer.add_block_count(spec.layers)
        writer.add_feed_forward_length(spec.ffn)
        writer.add_head_count(spec.heads)
        writer.add_head_count_kv(spec.kv_heads)
        writer.add_key_length(spec.head)
        writer.add_value_length(spec.head)
        writer.add_rope_dimension_count(spec.head)
        writer.add_rope_freq_base(spec.base)
        if spec.stretch != 1:
            writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
            writer.add_rope_scaling_factor(spec.stretch)
        writer.add_layer_norm_rms_eps(1e-5)
        if spec.gemma:
            writer.add_sliding_window(spec.window)
        for name, entry in source.fields.items():
            if name.startswith("tokenizer."):
                sub = entry.types[1] if len(entry.types) > 1 else None
                writer.add_key_value(name, entry.contents(), entry.types[0], sub)
        for name, (kind, data, values) in self.tensors.items():
            if dequantised:
                writer.add_tensor(name, values.astype(np.float32))
            else:
                writer.add_tensor(name, data, raw_dtype=Type[kind])
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()

    def norm(self, x, name):
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float64(np.float32(1e-5))) * self.weights[name]

    def rotate(self, x, base, stretch):
        half = self.spec.head // 2
        frequency = base ** (-np.arange(half) / half) / stretch
        if self.spec.rope_freqs:
            frequency = frequency / self.weights["rope_freqs.weight"]
        angle = np.arange(x.shape[0])[:, None, None] * frequency
        cos, sin = np.cos(angle), np.sin(angle)
        result = np.empty_like(x)
        if self.spec.arch == "llama":
            first, second = np.s_[..., 0::2], np.s_[..., 1::2]
        else:
            first, second = np.s_[..., :half], np.s_[..., half:]
        result[first] = x[first] * cos - x[second] * sin
        result[second] = x[second] * cos + x[first] * sin
        return result

    def attention(self, x, layer):
        spec, at, count = self.spec, f"blk.{layer}.", len(x)
        local = spec.gemma and layer % 6 != 5

        def project(part, heads):
            y = x @ self.weights[f"{at}attn_{part}.weight"].T
            y = y + self.weights.get(f"{at}attn_{part}.bias", 0)
            y = y.reshape(count, heads, spec.head)
            if spec.head_norms and part != "v":
                y = self.norm(y, f"{at}attn_{part}_norm.weight")
            return y if part == "v" else self.rotate(y, *((10000.0, 1.0) if local else (spec.base, spec.stretch)))

        shared = spec.heads // spec.kv_heads
        q = project("q", spec.heads)
        k = project("k", spec.kv_heads).repeat(shared, 1)
        v = project("v", spec.kv_heads).repeat(shared, 1)
        scores = np.einsum("ihd,jhd->hij", q, k) / np.sqrt(spec.head)
        distance = np.arange(count)[:, None] - np.arange(count)[None, :]
        hidden = distance < 0
        if local:
            hidden |= distance >= spec.window
        scores[:, hidden] = -np.inf
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = np.einsum("hij,jhd->ihd", scores, v).reshape(count, -1)
        return mixed @ self.weights[at + "attn_output.weight"].T

    def logits(self, ids):
        spec, w = self.spec, self.weights
        x = w["token_embd.weight"][ids] * (np.sqrt(spec.hidden) if spec.gemma else 1)
        for layer in range(spec.layers):
            at = f"blk.{layer}."
            branch = self.attention(self.norm(x, at + "attn_norm.weight"), layer)
            x = x + (self.norm(branch, at + "post_attention_norm.weight") if spec.gemma else branch)
            y = self.norm(x, at + "ffn_norm.weight")
            gate, up = y @ w[at + "ffn_gate.weight"].T, y @ w[at + "ffn_up.weight"].T
            if spec.gemma:
                gate = 0.5 * gate * (1 + np.tanh(np.sqrt(2 / np.pi) * (gate + 0.044715 * gate**3)))
            else:
                gate = gate / (1 + np.exp(-gate))
            branch = (gate * up) @ w[at + "ffn_down.weight"].T
            x = x + (self.norm(branch, at + "post_ffw_norm.weight") if spec.gemma else branch)
        x = self.norm(x, "output_norm.weight")
        return x @ w.get("output.weight", w["token_embd.weight"]).T

    def prompt(self, ids):
        """The golden of one prompt, and the smallest margin between the best two tokens of a step."""
        ids, margin, greedy = list(ids), np.inf, []
        logits = self.logits(ids)
        last = logits[-1]
        for _ in range(STEPS):
            second, best = np.argsort(last)[-2:]
            margin = min(margin, last[best] - last[second])
            greedy.append(int(best))
            last = self.logits(ids + greedy)[-1]
        logs = logits - np.log(np.exp(logits - logits.max(-1, keepdims=True)).sum(-1, keepdims=True)) - logits.max(-1, keepdims=True)
        top = np.argsort(-logits[-1])[:10]
        margin = min(margin, -np.diff(logits[-1][top]).max() if len(top) > 1 else np.inf)
        golden = {
            "kind": f"{len(ids)} tokens",
            "ids": [int(i) for i in ids],
            "logits_last_top10": [[int(i), round(float(logits[-1][i]), 5)] for i in top],
            "logprobs": [round(float(logs[i, ids[i + 1]]), 6) for i in range(len(ids) - 1)],
            "greedy_ids": greedy,
        }
        return golden, margin, logits


def llama_cpp(path):
    from llama_cpp import Llama

    return Llama(str(path), n_ctx=512, n_batch=512, n_ubatch=512, logits_all=True, type_k=0, type_v=0,
                 flash_attn=False, n_threads=1, n_threads_batch=1, swa_full=True, verbose=False)


def main():
    vocabulary_file, folder, *names = sys.argv[1:]
    source = gguf.GGUFReader(vocabulary_file)
    vocabulary = len(source.fields["tokenizer.ggml.tokens"].contents())
    folder = Path(folder)
    lines = []
    for seed, spec in enumerate(specs()):
        if spec.name not in (names or COMMITTED) and names != ["all"]:
            continue
        model = Model(spec, vocabulary, seed)
        path = folder / (spec.name + ".gguf")
        model.write(path, source, False)
        reference = folder / (spec.name + ".f32")
        model.write(reference, source, True)
        llama = llama_cpp(reference)
        random = np.random.default_rng(1000 + seed)
        prompts, difference = [], 0.0
        for length in LENGTHS:
            margin = 0
            while margin < 0.01:
                golden, margin, logits = model.prompt(random.integers(3, vocabulary - 8, length))
            llama.reset()
            llama.eval(golden["ids"])
            theirs = np.array(llama.scores[:length], np.float64)
            difference = max(difference, np.abs(theirs - logits).max())
            prompts.append(golden)
        reference.unlink()
        print(spec.name, "largest difference of a logit to llama.cpp", difference, flush=True)
        if difference > (2e-2 if spec.gemma else 1e-3):
            sys.exit("llama.cpp disagrees")
        lines.append({"file": path.name, "max_abs_logit_diff_llama_cpp": difference, "prompts": prompts})
    with open(folder / "tiny-goldens.jsonl", "w") as out:
        for line in lines:
            out.write(json.dumps(line, separators=(",", ":")) + "\n")


main()
