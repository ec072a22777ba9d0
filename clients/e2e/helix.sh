#!/usr/bin/env bash
# A session of a real Helix (25.01 or newer) in tmux, with the real server and the default model.
# usage: helix.sh [HX]   exits 0 if every check passed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
hx=$(command -v "${1:-hx}")

"$root/promptls" --version >&2
work=$(mktemp -d)
screen() { tmux -L "$session" -f /dev/null capture-pane -p -t hx; }
session=promptls-$$
trap 'tmux -L "$session" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$work/prompts/.git" "$work/config/helix"
cp "$root"/prompts/few-shot/sentiment.* "$work/prompts/"
cp "$root/clients/helix/languages.toml" "$work/config/helix/"
printf '[editor.lsp]\ndisplay-inlay-hints = true\n' > "$work/config/helix/config.toml"
export XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache PATH=$root:$PATH TERM=xterm-256color

passed=0
failed=0
# want NAME REGEX [KEY...]: waits until the screen shows it, three minutes at most, as the model may have to be loaded;
# the keys ask for it again every two seconds
want() {
  local left=1800
  until [[ $(screen) =~ $2 ]]; do
    left=$((left - 1))
    if [ $# -gt 2 ] && [ $((left % 20)) -eq 0 ]; then keys "${@:3}"; fi
    if [ "$left" -eq 0 ]; then
      failed=$((failed + 1))
      echo "FAILED  $1"
      screen
      return
    fi
    sleep 0.1
  done
  passed=$((passed + 1))
  echo "ok      $1"
}
# By itself for a while, or it would be the Alt of the key behind it.
escape() {
  keys Escape
  sleep 0.5
}
keys() { tmux -L "$session" send-keys -t hx "$@"; }

for language in promptls prompty promptls-github promptls-markdown promptls-text promptls-data poml; do
  if "$hx" --health "$language" | grep -q "promptls: .*$root/promptls"; then
    passed=$((passed + 1))
    echo "ok      health of $language"
  else
    failed=$((failed + 1))
    echo "FAILED  health of $language"
  fi
done

tmux -L "$session" -f /dev/null new-session -d -x 160 -y 50 -s hx "cd '$work/prompts' && '$hx' sentiment.prompt"
want "open" "sentiment.prompt"
keys g e
want "hover" "of the prompt" Space k
escape
keys o '{{'
want "completion" "review"
escape
escape
keys u
want "inlay hints" "[0-9]+ tokens"
keys Space a
want "code actions" "Preview all examples"
escape
keys -l ":lsp-workspace-command promptls.run {\"uri\": \"file://$work/prompts/sentiment.prompt\"}"
keys Enter
want "an answer" "answered" Space k
escape
keys ':q!' Enter
until ! tmux -L "$session" has-session -t hx 2>/dev/null; do sleep 0.1; done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
