"""llama.cpp's side of the measurement of speed (see README.md): reads one JSON object a line from
standard input, works, and writes one line back. What the libraries print goes to standard error.

{"model": PATH, "threads": N}         loads a file            -> {}
{"prompt": [ids], "decode": N}        runs, in tokens/second  -> {"prefill", "decodeAfterPrefill", "decodeFromEmpty"}
"""

import json
import os
import sys
import time

import llama_cpp

CONTEXT = 1024


def clear(context):
    llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(context), False)


def decode(context, ids):
    """Runs tokens behind those that are there."""
    tokens = (llama_cpp.llama_token * len(ids))(*ids)
    status = llama_cpp.llama_decode(context, llama_cpp.llama_batch_get_one(tokens, len(ids)))
    if status != 0:
        raise RuntimeError(f"llama_decode gave {status}")


def rate(context, steps):
    """Tokens a second over some steps; llama.cpp works when the logits are read at the latest."""
    begun = time.perf_counter()
    for ids in steps:
        decode(context, ids)
        llama_cpp.llama_get_logits_ith(context, -1)
    return sum(map(len, steps)) / (time.perf_counter() - begun)


def measure(context, prompt, count):
    # Which tokens are decoded does not matter for speed; like llama-bench, these are not sampled.
    steps = [[token] for token in (prompt * (count // len(prompt) + 1))[:count]]
    clear(context)
    prefill = rate(context, [prompt])
    after = rate(context, steps)
    clear(context)
    return {"prefill": prefill, "decodeAfterPrefill": after, "decodeFromEmpty": rate(context, steps)}


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(message):
        print(json.dumps(message), file=answers, flush=True)

    say({"version": llama_cpp.__version__})
    model = None
    for line in sys.stdin:
        request = json.loads(line)
        if "model" in request:
            if model is not None:
                model.close()
            threads = request["threads"]
            model = llama_cpp.Llama(
                request["model"],
                n_ctx=CONTEXT,
                n_batch=512,
                n_ubatch=512,
                n_threads=threads,
                n_threads_batch=threads,
                verbose=False,
            )
            say({})
        else:
            say(measure(model.ctx, request["prompt"], request["decode"]))


if __name__ == "__main__":
    main()
