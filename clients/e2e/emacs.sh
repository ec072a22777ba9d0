#!/usr/bin/env bash
# A session of a real Emacs (28 or newer, batch) with Eglot, the real server and the default model.
# usage: emacs.sh [EMACS]   exits 0 if every check passed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

"$root/promptls" --version >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/.git"   # so that Eglot takes it for a project
cp "$root"/prompts/few-shot/sentiment.* "$work"
export PROMPTLS_E2E_ROOT=$root PROMPTLS_E2E_FILE=$work/sentiment.prompt
"${1:-emacs}" --no-init-file --batch -l "$here/emacs.el"
