"""Prints blocks of random bytes of each quantised type and the values that gguf.quants reads from them.

    python block_vectors.py > ../resources/gguf/blocks.jsonl
"""

import json

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

# Where the half-precision scale and minimum of a block are; random bits there might be no number.
HALVES = {
    Type.Q4_0: [0], Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.Q8_0: [0], Type.Q2_K: [80, 82],
    Type.Q3_K: [108], Type.Q4_K: [0, 2], Type.Q5_K: [0, 2], Type.Q6_K: [208], Type.IQ4_NL: [0],
}

random = np.random.default_rng(1)
for kind, places in HALVES.items():
    values, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = random.integers(0, 256, (2, size), dtype=np.uint8)
    for at in places:
        blocks[:, at:at + 2] = random.normal(0, 0.1, (2, 1)).astype(np.float16).view(np.uint8)
    floats = gguf.quants.dequantize(blocks.reshape(1, -1), kind).reshape(-1)
    print(json.dumps({"type": kind.name, "bytes": blocks.tobytes().hex(), "values": [float(str(v)) for v in floats]}, separators=(",", ":")))
