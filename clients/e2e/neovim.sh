#!/usr/bin/env bash
# A session of a real Neovim (0.7 or newer, headless) with the real server and the default model.
# usage: neovim.sh [NVIM]   exits 0 if every check passed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
nvim=${1:-nvim}

"$root/promptls" --version >&2   # builds what is missing, so that the session does not wait for it
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/prompts/few-shot"
cp "$root"/prompts/few-shot/sentiment.* "$work/prompts/few-shot/"

export PROMPTLS_E2E_ROOT=$root PROMPTLS_E2E_FILE=$work/prompts/few-shot/sentiment.prompt
export XDG_STATE_HOME=$work/state XDG_DATA_HOME=$work/data
"$nvim" --headless --clean -n -i NONE -u NONE -c "luafile $here/neovim.lua"
