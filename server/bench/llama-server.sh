#!/usr/bin/env bash
# Runs llama-cpp-python's OpenAI-compatible server on a GGUF file, for the tests of the room `model`
# that want a real server of that kind:
#
#   server/bench/llama-server.sh MODEL.gguf [PORT] &
#   mvn -pl server/model -am verify -Dtest=LlamaServerTest -Dsurefire.failIfNoSpecifiedTests=false \
#       -Dpromptls.llamaServer=http://127.0.0.1:8000
#
# PYTHON names a Python that has it (pip install 'llama-cpp-python[server]'). Scoring needs
# --logits_all.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: $0 MODEL.gguf [PORT]" >&2; exit 2; }
exec "${PYTHON:-python3}" -m llama_cpp.server --model "$1" --host 127.0.0.1 --port "${2:-8000}" \
    --n_ctx 2048 --n_threads "${THREADS:-2}" --logits_all true
