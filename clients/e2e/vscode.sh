#!/usr/bin/env bash
# VS Code (as code-server, in a headless Chromium) with the extension, the real server and the default model.
# usage: vscode.sh [FOLDER]   screenshots go to FOLDER, else to target/e2e/shots
# needs: Node 20 or newer, npm, a C++ compiler, Chromium
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/target/e2e
shots=${1:-$tools/shots}
port=${PORT:-8123}
version=4.100.3 # VS Code 1.100.3, the last to run on Node 20

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || { echo "Chromium was not found: install it or set CHROMIUM." >&2; exit 3; }

# code-server's own install script compiles everything and fetches binaries from elsewhere; only these modules are needed.
if [ ! -f "$tools/installed-$version" ]; then
  mkdir -p "$tools" && cd "$tools"
  echo '{"private": true}' >package.json
  npm install "code-server@$version" playwright-core@1.65.1 --ignore-scripts --no-audit --no-fund --save-exact --loglevel=error
  (
    cd node_modules/code-server/lib/vscode
    npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
    ln -sfn node_modules node_modules.asar
    npm rebuild @vscode/spdlog native-watchdog @parcel/watcher @vscode/deviceid --loglevel=error
  )
  npm rebuild argon2 --loglevel=error
  touch "installed-$version"
fi

cd "$root/clients/vscode"
[ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error
npm run --silent package >/dev/null
"$root/promptls" --version >&2

run=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$run"' EXIT
mkdir -p "$run/user/User" "$run/workspace" "$shots"
cp -r "$root"/prompts/* "$run/workspace"
cat >"$run/user/User/settings.json" <<J
{
  "promptls.path": "${PROMPTLS:-$root/promptls}",
  "promptls.autoPull": true,
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "window.restoreWindows": "none",
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
  "chat.commandCenter.enabled": false,
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "editor.guides.indentation": false,
  "editor.fontSize": 14,
  "editor.hover.delay": 200,
  "editor.renderLineHighlight": "none",
  "editor.stickyScroll.enabled": false,
  "breadcrumbs.enabled": false
}
J
code=("$tools/node_modules/code-server/out/node/entry.js" --config "$run/config.yaml" --user-data-dir "$run/user" --extensions-dir "$run/extensions")
printf 'bind-addr: 127.0.0.1:%s\nauth: none\ncert: false\n' "$port" >"$run/config.yaml"
node "${code[@]}" --install-extension "$root/clients/vscode/promptls.vsix" >/dev/null
node "${code[@]}" --disable-telemetry --disable-update-check --disable-workspace-trust --disable-getting-started-override \
  "$run/workspace" >"$run/server.log" 2>&1 &
server=$!
NODE_PATH=$tools/node_modules node "$here/vscode.cjs" "$port" "$run/workspace" "$shots" "$chromium" ||
  { tail -20 "$run/server.log"; find "$run/user" -name '*promptls*.log' -exec tail -40 {} +; exit 1; }
