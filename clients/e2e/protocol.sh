#!/usr/bin/env bash
# A session of the protocol's official client (vscode-languageserver-protocol) with the real server and a tiny model.
# usage: protocol.sh   exits 0 if every check passed; needs Node 20 or newer, and npm
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

"$root/promptls" --version >&2
cd "$here/protocol"
npm ci --no-audit --no-fund --loglevel=error >&2
node session.mjs "$root/promptls" serve --model "$root/server/app/src/main/resources/dev/promptls/app/micro-q8_0.gguf"
