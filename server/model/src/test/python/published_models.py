"""Writes the ONNX folders of PublishedFolderTest, and what ONNX Runtime makes of them in Python.

Two tiny decoders with random weights: one as Optimum exports (plain operators, a cache that grows,
position_ids, weights inside), one as onnxruntime-genai builds (GroupQueryAttention over a buffer
that past and present may share, float16, weights in a file of their own).

    pip install onnx onnxruntime numpy
    python published_models.py ../resources/published
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

LAYERS, HIDDEN, HEADS, KV_HEADS, SIZE, FEED = 2, 32, 4, 2, 16, 48
CONTEXT = 256
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
VOCABULARY = 256 + len(SPECIAL)


def byte_alphabet():
    """Byte-level BPE writes each byte as a printable character (GPT-2)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    table = {b: chr(b) for b in printable}
    table.update({b: chr(256 + i) for i, b in enumerate(others)})
    return [table[b] for b in range(256)]


def tokenizer():
    vocabulary = {token: i for i, token in enumerate([*SPECIAL, *byte_alphabet()])}
    return {
        "version": "1.0",
        "added_tokens": [
            {"id": i, "content": text, "special": True, "single_word": False, "lstrip": False,
             "rstrip": False, "normalized": False}
            for i, text in enumerate(SPECIAL)
        ],
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
                          "use_regex": True},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True,
                    "use_regex": True},
        "model": {"type": "BPE", "vocab": vocabulary, "merges": []},
    }


class Graph:
    def __init__(self, numbers, element):
        self.nodes, self.weights, self.serial = [], [], 0
        self.numbers, self.element = numbers, element

    def op(self, kind, *inputs, outputs=1, domain="", **attributes):
        self.serial += 1
        names = [f"{kind}_{self.serial}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, values, dtype=np.int64):
        self.serial += 1
        name = f"c_{self.serial}"
        self.weights.append(numpy_helper.from_array(np.array(values, dtype), name))
        return name

    def random(self, *shape, scale=None):
        scale = scale or 1.6 / np.sqrt(shape[0])
        return self.constant(self.numbers.normal(0, scale, shape), self.element)

    def norm(self, x):
        gain = self.constant(np.ones(HIDDEN), self.element)
        return self.op("LayerNormalization", x, gain, axis=-1, epsilon=1e-5)

    def feed_forward(self, x):
        gate = self.op("MatMul", x, self.random(HIDDEN, FEED))
        up = self.op("MatMul", x, self.random(HIDDEN, FEED))
        silu = self.op("Mul", gate, self.op("Sigmoid", gate))
        return self.op("MatMul", self.op("Mul", silu, up), self.random(FEED, HIDDEN))


def rotary_tables(element):
    angles = np.outer(np.arange(CONTEXT), 10000.0 ** (-np.arange(0, SIZE, 2) / SIZE))
    return np.cos(angles).astype(element), np.sin(angles).astype(element)


def plain_attention(g, x, layer, cos, sin, positions, mask):
    """Optimum: everything spelt out, the present is the past and what is new."""

    def heads(count):
        flat = g.op("MatMul", x, g.random(HIDDEN, count * SIZE))
        apart = g.op("Reshape", flat, g.constant([0, 0, count, SIZE]))
        return g.op("Transpose", apart, perm=[0, 2, 1, 3])

    def rotated(t):
        c = g.op("Unsqueeze", g.op("Gather", cos, positions), g.constant([1]))
        s = g.op("Unsqueeze", g.op("Gather", sin, positions), g.constant([1]))
        a, b = g.op("Split", t, outputs=2, axis=-1, num_outputs=2)
        return g.op("Concat", g.op("Sub", g.op("Mul", a, c), g.op("Mul", b, s)),
                    g.op("Add", g.op("Mul", b, c), g.op("Mul", a, s)), axis=-1)

    def remembered(t, part):
        node = helper.make_node("Concat", [f"past_key_values.{layer}.{part}", t],
                                [f"present.{layer}.{part}"], axis=2)
        g.nodes.append(node)
        wide = g.op("Unsqueeze", node.output[0], g.constant([2]))
        shape = g.op("Concat", g.constant([1, KV_HEADS, HEADS // KV_HEADS]),
                     g.op("Shape", node.output[0], start=2, end=4), axis=0)
        spread = g.op("Expand", wide, shape)
        return g.op("Reshape", spread, g.constant([0, HEADS, -1, SIZE]))

    query = rotated(heads(HEADS))
    key = remembered(rotated(heads(KV_HEADS)), "key")
    value = remembered(heads(KV_HEADS), "value")
    scores = g.op("MatMul", query, g.op("Transpose", key, perm=[0, 1, 3, 2]))
    scores = g.op("Div", scores, g.constant(np.sqrt(SIZE), g.element))
    scores = g.op("Where", mask, scores, g.constant(-1e4, g.element))
    mixed = g.op("MatMul", g.op("Softmax", scores, axis=-1), value)
    flat = g.op("Reshape", g.op("Transpose", mixed, perm=[0, 2, 1, 3]),
                g.constant([0, 0, HEADS * SIZE]))
    return g.op("MatMul", flat, g.random(HEADS * SIZE, HIDDEN))


def causal_mask(g):
    """[1, 1, sequence, total]: what each position may see, by attention_mask and order."""
    total = g.op("Squeeze", g.op("Shape", "attention_mask", start=1, end=2), g.constant([0]))
    columns = g.op("Range", g.constant(0), total, g.constant(1))
    earlier = g.op("LessOrEqual", columns, g.op("Unsqueeze", "position_ids", g.constant([2])))
    present = g.op("Cast", g.op("Unsqueeze", "attention_mask", g.constant([1])),
                   to=TensorProto.BOOL)
    return g.op("Unsqueeze", g.op("And", earlier, present), g.constant([1]))


def shared_attention(g, x, layer, cos, sin, lengths, total):
    """onnxruntime-genai: one operator, lengths computed from attention_mask."""
    query, key, value = (g.op("MatMul", x, g.random(HIDDEN, n * SIZE))
                         for n in (HEADS, KV_HEADS, KV_HEADS))
    node = helper.make_node(
        "GroupQueryAttention",
        [query, key, value, f"past_key_values.{layer}.key", f"past_key_values.{layer}.value",
         lengths, total, cos, sin],
        [f"attention_{layer}", f"present.{layer}.key", f"present.{layer}.value"],
        domain="com.microsoft", num_heads=HEADS, kv_num_heads=KV_HEADS, do_rotary=1,
        scale=float(1 / np.sqrt(SIZE)))
    g.nodes.append(node)
    return g.op("MatMul", node.output[0], g.random(HEADS * SIZE, HIDDEN))


def build(seed, shared):
    element = np.float16 if shared else np.float32
    kind = TensorProto.FLOAT16 if shared else TensorProto.FLOAT
    g = Graph(np.random.default_rng(seed), element)
    cos, sin = (g.constant(table, element) for table in rotary_tables(element))
    if shared:
        sums = g.op("ReduceSum", "attention_mask", g.constant([1]), keepdims=0)
        lengths = g.op("Cast", g.op("Sub", sums, g.constant([1])), to=TensorProto.INT32)
        total = g.op("Cast", g.op("Squeeze", g.op("Shape", "attention_mask", start=1, end=2),
                                  g.constant([0])), to=TensorProto.INT32)
        context = (lengths, total)
    else:
        context = ("position_ids", causal_mask(g))
    x = g.op("Gather", g.random(VOCABULARY, HIDDEN, scale=1.0), "input_ids")
    attention = shared_attention if shared else plain_attention
    for layer in range(LAYERS):
        x = g.op("Add", x, attention(g, g.norm(x), layer, cos, sin, *context))
        x = g.op("Add", x, g.feed_forward(g.norm(x)))
    logits = g.op("MatMul", g.norm(x), g.random(HIDDEN, VOCABULARY, scale=0.8))
    g.nodes.append(helper.make_node("Identity", [logits], ["logits"]))

    def info(name, dtype, *shape):
        return helper.make_tensor_value_info(name, dtype, shape)

    inputs = [info("input_ids", TensorProto.INT64, "batch_size", "sequence_length"),
              info("attention_mask", TensorProto.INT64, "batch_size", "total_sequence_length")]
    if not shared:
        inputs.append(info("position_ids", TensorProto.INT64, "batch_size", "sequence_length"))
    outputs = [info("logits", kind, "batch_size", "sequence_length", VOCABULARY)]
    for layer in range(LAYERS):
        for part in ("key", "value"):
            inputs.append(info(f"past_key_values.{layer}.{part}", kind, "batch_size", KV_HEADS,
                               "past_sequence_length", SIZE))
            outputs.append(info(f"present.{layer}.{part}", kind, "batch_size", KV_HEADS,
                                "total_sequence_length", SIZE))
    graph = helper.make_graph(g.nodes, "decoder", inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets[: 2 if shared else 1], ir_version=9)


def log_softmax(rows):
    rows = rows.astype(np.float64)
    rows = rows - rows.max(-1, keepdims=True)
    return rows - np.log(np.exp(rows).sum(-1, keepdims=True))


def golden(path, shared):
    """The whole sequence at once, without a cache: what any other way must come to."""
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    element = np.float16 if shared else np.float32

    def rows(ids):
        n = len(ids)
        feed = {"input_ids": np.array([ids], np.int64), "attention_mask": np.ones((1, n), np.int64)}
        if not shared:
            feed["position_ids"] = np.arange(n, dtype=np.int64)[None]
        for layer in range(LAYERS):
            for part in ("key", "value"):
                feed[f"past_key_values.{layer}.{part}"] = np.zeros((1, KV_HEADS, 0, SIZE), element)
        return log_softmax(session.run(["logits"], feed)[0][0])

    text = "A tiny decoder with random weights."
    prompt = [len(SPECIAL) + b for b in text.encode()]
    scored = rows(prompt)
    ids, margins = list(prompt), []
    for _ in range(12):
        last = rows(ids)[-1]
        best = np.sort(last)[::-1]
        margins.append(round(float(best[0] - best[1]), 4))
        ids.append(int(last.argmax()))
    return {
        "text": text,
        "ids": prompt,
        "logprobs": [round(float(scored[i, prompt[i + 1]]), 5) for i in range(len(prompt) - 1)],
        "greedy_ids": ids[len(prompt):],
        "greedy_margin": margins,
    }


CHAT = ("{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
        "{{ message['content'] }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")


def write(folder, shared, seed):
    folder.mkdir(parents=True, exist_ok=True)
    model = build(seed, shared)
    graph = folder / "model.onnx" if shared else folder / "onnx" / "model.onnx"
    graph.parent.mkdir(exist_ok=True)
    if shared:
        (folder / "model.onnx.data").unlink(missing_ok=True)
        onnx.save(model, graph, save_as_external_data=True, location="model.onnx.data",
                  size_threshold=256)
    else:
        onnx.save(model, graph)

    def dump(name, value):
        (folder / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n",
                                   encoding="utf-8")

    shape = {"num_hidden_layers": LAYERS, "hidden_size": HIDDEN, "num_attention_heads": HEADS}
    if shared:
        dump("genai_config.json", {
            "model": {
                "bos_token_id": 0, "eos_token_id": [0, 2], "context_length": CONTEXT,
                "type": "llama", "vocab_size": VOCABULARY,
                "decoder": {**shape, "num_key_value_heads": KV_HEADS, "head_size": SIZE,
                            "filename": "model.onnx"},
            },
            "search": {"max_length": CONTEXT, "past_present_share_buffer": True},
        })
        (folder / "chat_template.jinja").write_text(CHAT, encoding="utf-8")
        dump("tokenizer_config.json", {"bos_token": "<|endoftext|>", "eos_token": "<|im_end|>"})
    else:
        dump("config.json", {
            **shape, "model_type": "llama", "architectures": ["LlamaForCausalLM"],
            "num_key_value_heads": KV_HEADS, "max_position_embeddings": CONTEXT,
            "vocab_size": VOCABULARY, "bos_token_id": 1, "eos_token_id": 2,
        })
        dump("generation_config.json", {"eos_token_id": [2, 0]})
        dump("tokenizer_config.json", {
            "add_bos_token": False, "bos_token": {"content": "<|im_start|>"},
            "eos_token": {"content": "<|im_end|>"}, "chat_template": CHAT,
        })
    dump("tokenizer.json", tokenizer())
    dump("golden.json", golden(graph, shared))


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    write(target / "optimum", shared=False, seed=3)
    write(target / "genai", shared=True, seed=5)
