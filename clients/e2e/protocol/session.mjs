// A session of the protocol's official client with the real server and a tiny model that comes with it.
// Run by protocol.sh: session.mjs COMMAND ARGUMENT…
import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as lsp from "vscode-languageserver-protocol/node";
import { Client, refusal } from "./client.mjs";
import { edited, offsetOf, patched, positionOf, said, tokens } from "./text.mjs";

const PROMPT = `---
name: reviews
input:
  schema:
    review: string, the text to judge
  default:
    review: Fine.
config:
  maxOutputTokens: 4
---
{{! 😀 before everything }}
Judge each review.

Review: Wonderful 😀, I smiled.
Sentiment: positive

Review: It broke at once.
Sentiment: negative

Review: {{review}}
Sentiment:
`;
const PARTIAL = "{{> part}}\nTell {{name}} of it.\n";

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "promptls-")));
const uriOf = (name) => pathToFileURL(path.join(folder, name)).href;
const uri = uriOf("reviews.prompt");
writeFileSync(path.join(folder, "reviews.prompt"), PROMPT);
writeFileSync(path.join(folder, "caller.prompt"), PARTIAL);
writeFileSync(path.join(folder, "_part.prompt"), "Be brief.\n");

const [command, ...args] = process.argv.slice(2);
const client = new Client(command, args, {
  PROMPTLS_HOME: path.join(folder, "home"),
  PROMPTLS_CONFIG: path.join(folder, "settings.json"),
});
let capabilities;
let text = PROMPT;
let version = 1;

const document = { textDocument: { uri } };
/** The place behind the first occurrence of some words. */
const behind = (words) => ({ ...document, position: positionOf(text, text.indexOf(words) + words.length) });
const everything = () => ({ start: { line: 0, character: 0 }, end: positionOf(text, text.length) });

function open(name, content) {
  return client.notify(lsp.DidOpenTextDocumentNotification.type, {
    textDocument: { uri: uriOf(name), languageId: "promptls", version: 1, text: content },
  });
}

/** Replaces the first occurrence of some words, as a keystroke would. */
function type(words, replacement) {
  const at = text.indexOf(words);
  assert.ok(at >= 0, `the document has no ${words}`);
  const range = { start: positionOf(text, at), end: positionOf(text, at + words.length) };
  return change(text.replace(words, () => replacement), { range, text: replacement });
}

function change(after, event) {
  text = after;
  version += 1;
  return client.notify(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version },
    contentChanges: [event],
  });
}

function execute(name, argument, more = {}) {
  return client.request(lsp.ExecuteCommandRequest.type, { command: name, arguments: [{ uri, ...argument }], ...more });
}

const checks = {
  async "initialize: it agrees to UTF-16 and names itself"() {
    const answer = await client.request(lsp.InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "session" }],
      capabilities: {
        general: { positionEncodings: ["utf-16"] },
        window: { workDoneProgress: true },
        workspace: { configuration: true, workspaceEdit: { documentChanges: true, resourceOperations: ["rename"] } },
        textDocument: {
          completion: { completionItem: { documentationFormat: ["markdown"], snippetSupport: true } },
          hover: { contentFormat: ["markdown"] },
        },
      },
    });
    capabilities = answer.capabilities;
    assert.equal(answer.serverInfo.name, "promptls");
    assert.equal(capabilities.positionEncoding, "utf-16");
    assert.equal(capabilities.textDocumentSync.change, lsp.TextDocumentSyncKind.Incremental);
    assert.ok(capabilities.inlineCompletionProvider);
    assert.deepEqual(capabilities.workspace.textDocumentContent.schemes, ["promptls"]);
  },

  async "workspace/configuration: it asks for its settings"() {
    await client.notify(lsp.InitializedNotification.type, {});
    await client.until("workspace/configuration", () => client.configurationAsked);
  },

  async "cancellation: a cancelled request is answered with RequestCancelled"() {
    await open("reviews.prompt", text);
    const cancel = new lsp.CancellationTokenSource();
    const run = client.request(
      lsp.ExecuteCommandRequest.type,
      { command: "promptls.run", arguments: [{ uri, maxTokens: 200 }] },
      cancel.token,
    );
    cancel.cancel();
    assert.equal(await refusal(run), lsp.LSPErrorCodes.RequestCancelled);
  },

  async "diagnostics: a misspelt variable is found, and its fix mends it"() {
    assert.deepEqual(await client.diagnostics(uri, 1), []);
    await type("{{review}}", "{{reviw}}");
    const found = (await client.diagnostics(uri, version)).find(({ message }) => message.includes("reviw"));
    assert.equal(found.source, "promptls");
    assert.equal(said(text, found.range), "reviw");
    assert.ok(found.codeDescription.href);
    const actions = await client.request(lsp.CodeActionRequest.type, {
      ...document,
      range: found.range,
      context: { diagnostics: [found], only: [lsp.CodeActionKind.QuickFix] },
    });
    const fix = await resolved(actions.find((action) => edits(action) || action.data));
    assert.match(edited(text, edits(fix)), /\{\{review\}\}/);
    await change(PROMPT, { text: PROMPT });
    assert.deepEqual(await client.diagnostics(uri, version), []);
  },

  async "completion and resolve: variables and helpers, with documentation"() {
    await type("Review: {{review}}", "Review: {{");
    const { items } = await client.request(lsp.CompletionRequest.type, behind("Review: {{"));
    const labels = items.map(({ label }) => label);
    assert.ok(labels.includes("review") && labels.includes("each"), labels.join(" "));
    const helper = items.find(({ label }) => label === "each");
    const { documentation } = await client.request(lsp.CompletionResolveRequest.type, helper);
    assert.ok(documentation.value.length > 0);
  },

  async "hover: an example's tokens, exactly counted"() {
    const hover = await client.request(lsp.HoverRequest.type, behind("Wonder"));
    assert.match(hover.contents.value, /^\*\*\d+ tokens\*\* · (\d+|<1) % of the prompt · (\d+|<1) % of 512/);
    assert.ok(said(text, hover.range).length > 0);
  },

  async "definition and references of a variable"() {
    const [at] = [await client.request(lsp.DefinitionRequest.type, behind("{{rev"))].flat();
    assert.equal(at.uri, uri);
    assert.equal(said(text, at.range), "review");
    const uses = await client.request(lsp.ReferencesRequest.type, { ...behind("{{rev"), context: { includeDeclaration: true } });
    assert.deepEqual(new Set(uses.map(({ range }) => said(text, range))), new Set(["review"]));
  },

  async "inlay hints: every one behind something"() {
    const hints = await client.request(lsp.InlayHintRequest.type, { ...document, range: everything() });
    assert.ok(hints.length >= 2);
    assert.ok(hints.every(({ position }) => offsetOf(text, position) <= text.length));
  },

  async "lenses: to run, and to count when they are resolved"() {
    const lenses = await client.request(lsp.CodeLensRequest.type, document);
    const titles = [];
    for (const lens of lenses) {
      const { command } = lens.command ? lens : await client.request(lsp.CodeLensResolveRequest.type, lens);
      titles.push(command.title);
    }
    assert.ok(titles.some((title) => title.includes("Run")), titles.join(" | "));
    assert.ok(titles.some((title) => /\d+ tokens/.test(title)), titles.join(" | "));
  },

  async "actions: every lens has its twin"() {
    const actions = await client.request(lsp.CodeActionRequest.type, {
      ...document,
      range: { start: behind("Wonder").position, end: behind("Wonder").position },
      context: { diagnostics: [] },
    });
    const commands = actions.map((action) => (typeof action.command === "string" ? action.command : action.command?.command));
    assert.ok(commands.includes("promptls.run") && commands.includes("promptls.runExample"), commands.join(" "));
  },

  async "rename: a variable everywhere, a partial with its file"() {
    const edit = await client.request(lsp.RenameRequest.type, { ...behind("{{rev"), newName: "opinion" });
    const renamed = edited(text, edits({ edit }));
    assert.equal(renamed, text.replaceAll("{{review}}", "{{opinion}}").replaceAll("    review:", "    opinion:"));
    await open("caller.prompt", PARTIAL);
    const moved = await client.request(lsp.RenameRequest.type, {
      textDocument: { uri: uriOf("caller.prompt") },
      position: positionOf(PARTIAL, PARTIAL.indexOf("part")),
      newName: "tone",
    });
    const file = moved.documentChanges.find(({ kind }) => kind === "rename");
    assert.equal(file.oldUri, uriOf("_part.prompt"));
    assert.equal(file.newUri, uriOf("_tone.prompt"));
  },

  async "formatting: nothing but white space, and nothing the second time"() {
    await type("{{review}}", "{{  review }}");
    const changes = await client.request(lsp.DocumentFormattingRequest.type, {
      ...document,
      options: { tabSize: 2, insertSpaces: true },
    });
    const after = edited(text, changes);
    assert.match(after, /\{\{review\}\}/);
    assert.equal(after.replace(/\s/g, ""), text.replace(/\s/g, ""));
  },

  async "semantic tokens: full, the delta after a keystroke, and a range agree"() {
    const legend = capabilities.semanticTokensProvider.legend;
    const full = await client.request(lsp.SemanticTokensRequest.type, document);
    const shown = tokens(text, full.data, legend);
    assert.ok(shown.some((token) => /^review:(variable|parameter)$/.test(token)), shown.join(" "));
    await type("Fine.", "Fine, 7.");
    const delta = await client.request(lsp.SemanticTokensDeltaRequest.type, { ...document, previousResultId: full.resultId });
    const again = await client.request(lsp.SemanticTokensRequest.type, document);
    assert.ok(delta.edits, "the answer should be a delta");
    assert.deepEqual(patched(full.data, delta.edits), again.data);
    const range = await client.request(lsp.SemanticTokensRangeRequest.type, { ...document, range: everything() });
    assert.deepEqual(range.data, again.data);
  },

  async "structure: symbols, folding, links and selection answer"() {
    assert.ok((await client.request(lsp.DocumentSymbolRequest.type, document)).length > 0);
    assert.ok((await client.request(lsp.FoldingRangeRequest.type, document)).some(({ startLine }) => startLine === 0));
    const links = await client.request(lsp.DocumentLinkRequest.type, { textDocument: { uri: uriOf("caller.prompt") } });
    assert.deepEqual(links.map(({ target }) => target), [uriOf("_part.prompt")]);
    const [selection] = await client.request(lsp.SelectionRangeRequest.type, { ...document, positions: [behind("Wonder").position] });
    assert.equal(said(text, selection.range), "Wonderful");
    const [symbol] = await client.request(lsp.WorkspaceSymbolRequest.type, { query: "_part" });
    assert.equal(symbol.location.uri, uriOf("_part.prompt"));
  },

  async "running: the contract's JSON, with progress from begin to end"() {
    const token = "of the client";
    client.followProgress(token);
    const result = await execute("promptls.run", { maxTokens: 3 }, { workDoneToken: token });
    assert.ok(["stop", "length"].includes(result.finish), JSON.stringify(result));
    assert.ok(result.usage.promptTokens > 0 && result.usage.outputTokens <= 3);
    const kinds = await ended(token);
    assert.equal(kinds[0], "begin");
  },

  async "progress: cancelling it ends the run with what there was"() {
    const before = client.progress.size;
    const run = execute("promptls.run", { maxTokens: 400 });
    const token = await client.until("a token", () => [...client.progress.keys()][before]);
    await client.notify(lsp.WorkDoneProgressCancelNotification.type, { token });
    assert.equal((await run).finish, "cancelled");
    await ended(token);
  },

  async "results: behind the example, in the virtual document, and stale after an edit"() {
    const preview = await execute("promptls.preview", {});
    assert.equal(preview.examples.length, 2);
    assert.match(await hintsText(), /⇒/);
    const { text: shown } = await client.request(lsp.TextDocumentContentRequest.type, {
      uri: `promptls:preview?${encodeURIComponent(uri)}`,
    });
    assert.match(shown, /[✓✗]/);
    await type("Judge each", "Now judge each");
    assert.match(await hintsText(), /stale/);
    await execute("promptls.clearResults", {});
    assert.doesNotMatch(await hintsText(), /⇒/);
  },

  async "inline completion: a list, whose items begin at the cursor"() {
    const at = behind("It broke at");
    const ghost = await client.request(lsp.InlineCompletionRequest.type, {
      ...at,
      context: { triggerKind: lsp.InlineCompletionTriggerKind.Invoked },
    });
    for (const { insertText, range } of ghost.items) {
      assert.ok(insertText.length > 0);
      assert.deepEqual(range.start, at.position);
    }
  },

  async "settings: changed ones are asked for again and take effect"() {
    client.settings = { lens: { run: false, tokens: false } };
    client.configurationAsked = false;
    await client.notify(lsp.DidChangeConfigurationNotification.type, { settings: null });
    await client.until("workspace/configuration", () => client.configurationAsked);
    let lenses = 1;
    while (lenses > 0) lenses = (await client.request(lsp.CodeLensRequest.type, document)).length;
  },

  async "refusals: a sentence and a code, and the session goes on"() {
    assert.equal(await refusal(client.connection.sendRequest("textDocument/unheardOf", {})), lsp.ErrorCodes.MethodNotFound);
    assert.equal(await refusal(execute("promptls.unheardOf", {})), lsp.ErrorCodes.InvalidParams);
    assert.equal(await refusal(execute("promptls.runExample", { index: 99 })), lsp.LSPErrorCodes.RequestFailed);
    assert.ok(await client.request(lsp.HoverRequest.type, behind("Wonder")));
  },

  async "shutdown and exit: it ends with 0"() {
    assert.equal(await client.leave(), 0);
  },
};

/** The edits of an action to the document, however the client was told of them. */
function edits({ edit }) {
  return edit?.changes?.[uri] ?? edit?.documentChanges?.find(({ textDocument }) => textDocument?.uri === uri)?.edits;
}

function resolved(action) {
  return edits(action) ? action : client.request(lsp.CodeActionResolveRequest.type, action);
}

async function hintsText() {
  const hints = await client.request(lsp.InlayHintRequest.type, { ...document, range: everything() });
  return hints.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join(""))).join(" ");
}

/** The kinds of what was reported, once the end was. */
function ended(token) {
  return client.until("the end of the progress", () => {
    const kinds = client.progress.get(token).map(({ kind }) => kind);
    return kinds.at(-1) === "end" && kinds;
  });
}

let passed = 0;
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    if (text !== PROMPT) await change(PROMPT, { text: PROMPT });
    await check();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (problem) {
    failed += 1;
    console.log(`FAILED ${name}: ${problem.stack}`);
  }
}
client.server.kill();
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed, 0 left out`);
process.exit(failed > 0 ? 1 : 0);
