import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { findServer, ServerNotFound } from "./server";

/** Training data stays under the id VS Code gives it: whether a file of JSON lines holds any, the server tells. */
const LANGUAGES = ["promptls", "prompty", "promptls-github", "promptls-markdown", "promptls-text", "poml", "jsonl"];

/** Files of VS Code's own prompt languages are read too, and stay under the language ids VS Code gives them. */
const MARKDOWN = ["prompt", "instructions", "agent", "chatmode"].map((kind) => `**/*.${kind}.md`).concat("**/copilot-instructions.md", "**/SKILL.md");

const FOUND = "promptls-found";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("promptls", { log: true });
  const command = (name: string, run: () => Promise<unknown>) =>
    vscode.commands.registerCommand(`promptls.client.${name}`, () => run().catch((e: unknown) => vscode.window.showErrorMessage(sentence(e))));
  context.subscriptions.push(
    log,
    command("run", () => ask("promptls.run", { uri: active() })),
    command("runExample", runExample),
    command("preview", () => ask("promptls.preview", { uri: active() })),
    command("previewEach", () => ask("promptls.preview", { uri: active(), mode: "leave-one-out" })),
    command("render", () => openBeside("sent")),
    command("results", () => openBeside("preview")),
    command("clearResults", () => ask("promptls.clearResults", { uri: active() })),
    command("surprisal", () => analyse("surprisal")),
    command("colours", toggleColours),
    command("shots", () => analyse("shots")),
    command("labels", () => analyse("labels")),
    command("tokenizers", () => analyse("tokenizers")),
    command("input", setInput),
    command("insertTemplate", insertTemplate),
    command("convert", convert),
    command("stop", () => ask("promptls.stop", {})),
    command("selectModel", selectModel),
    command("showLog", async () => log.show()),
    command("restart", () => restart(context, log)),
    vscode.workspace.registerTextDocumentContentProvider(FOUND, { provideTextDocumentContent: (uri) => found.get(uri.toString()) }),
    vscode.workspace.onDidCloseTextDocument((document) => void found.delete(document.uri.toString())),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (["promptls.path", "promptls.arguments"].some((key) => change.affectsConfiguration(key))) {
        void vscode.commands.executeCommand("promptls.client.restart");
      }
    }),
  );
  await start(context, log).catch((e: unknown) => report(e));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  const executable = {
    command: findServer(context.extensionPath),
    args: ["serve", ...vscode.workspace.getConfiguration("promptls").get<string[]>("arguments", [])],
    // Node refuses to start a .cmd file without a shell.
    options: { shell: process.platform === "win32" },
  };
  const server: ServerOptions = { run: executable, debug: executable };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...LANGUAGES.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
      ...MARKDOWN.map((pattern) => ({ scheme: "file", pattern })),
    ],
    outputChannel: log,
    traceOutputChannel: log,
    synchronize: { configurationSection: "promptls" },
    initializationOptions: vscode.workspace.getConfiguration("promptls"),
    markdown: { isTrusted: false, supportHtml: false },
  };
  log.info(`Starting ${executable.command} ${executable.args.join(" ")}`);
  client = new LanguageClient("promptls", "promptls", server, options);
  await client.start();
  await vscode.commands.executeCommand("setContext", "promptls.active", true);
}

async function restart(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  await vscode.commands.executeCommand("setContext", "promptls.active", false);
  await client?.dispose();
  client = undefined;
  await start(context, log);
}

/** Forwards to the server's own command of that name. */
async function ask(name: string, argument: object): Promise<unknown> {
  if (!client?.isRunning()) throw new Error("The promptls server is not running: see its log, or restart it.");
  return client.sendRequest("workspace/executeCommand", { command: name, arguments: [argument] });
}

function active(): string {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) throw new Error("No prompt is open: open one and try again.");
  return document.uri.scheme === "promptls" ? document.uri.query : document.uri.toString();
}

/** Shows a virtual document of a prompt: its results, or what is sent. The server writes it and tells when it changes. */
async function openBeside(path: "preview" | "sent"): Promise<void> {
  const uri = vscode.Uri.from({ scheme: "promptls", path, query: active() });
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

/** What was found out, as documents that are read and not saved. */
const found = new Map<string, string>();

async function showNumbers(analysis: string, result: unknown): Promise<void> {
  const uri = vscode.Uri.from({ scheme: FOUND, path: `${analysis} ${found.size + 1}.json` });
  found.set(uri.toString(), JSON.stringify(result, null, 2));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

/** The server knows which example that is: it offers to run it. */
async function runExample(): Promise<void> {
  const uri = active();
  const cursor = vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    vscode.Uri.parse(uri),
    new vscode.Range(cursor, cursor),
  );
  const run = actions.find((action) => action.command?.command === "promptls.runExample")?.command;
  if (!run) throw new Error("No example is at the cursor: put it into one and try again.");
  await vscode.commands.executeCommand(run.command, ...(run.arguments ?? []));
}

/** Says in a sentence what was found out; the numbers are shown on demand. */
async function analyse(analysis: string): Promise<void> {
  const result = (await ask("promptls.analyse", { uri: active(), analysis })) as { summary?: string };
  const chosen = await vscode.window.showInformationMessage(result.summary ?? analysis, "Show Numbers");
  if (chosen) await showNumbers(analysis, result);
}

async function toggleColours(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("promptls.surprisal");
  await settings.update("colours", !settings.get<boolean>("colours", true), vscode.ConfigurationTarget.Global);
}

async function setInput(): Promise<void> {
  const uri = active();
  const given = await vscode.window.showInputBox({ title: "Input", prompt: "What the prompt is tried with, as a JSON object", value: "{}" });
  if (given === undefined) return;
  const input: unknown = JSON.parse(given);
  if (typeof input !== "object" || input === null || Array.isArray(input)) throw new Error('An input is a JSON object, as {"name": "Ann"}.');
  await ask("promptls.setActiveInput", { uri, input });
}

async function insertTemplate(): Promise<void> {
  const uri = active();
  const position = vscode.window.activeTextEditor?.selection.active;
  const { templates } = (await ask("promptls.insertTemplate", {})) as { templates: { name: string; description: string }[] };
  const items = templates.map(({ name, description }) => ({ label: name, detail: description }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Template", matchOnDetail: true });
  if (chosen) await ask("promptls.insertTemplate", { uri, template: chosen.label, position });
}

async function convert(): Promise<void> {
  const uri = active();
  const to = await vscode.window.showQuickPick(["dotprompt", "prompty", "github", "markdown", "openai", "alpaca", "sharegpt", "text"], { title: "Convert to" });
  if (to) await ask("promptls.convert", { uri, to, create: true });
}

async function selectModel(): Promise<void> {
  const { models } = (await ask("promptls.selectModel", {})) as { models: { name: string; what: string; contextWindow: number }[] };
  const items = models.map(({ name, what, contextWindow }) => ({ label: name, description: contextWindow ? `${what} · ${contextWindow} tokens` : what }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Model", matchOnDescription: true });
  if (chosen) await ask("promptls.selectModel", { model: chosen.label });
}

function report(error: unknown): void {
  const choice = error instanceof ServerNotFound ? "Open Settings" : "Show Log";
  void vscode.window.showErrorMessage(sentence(error), choice).then((chosen) => {
    if (chosen === "Open Settings") void vscode.commands.executeCommand("workbench.action.openSettings", "promptls.path");
    if (chosen === "Show Log") void vscode.commands.executeCommand("promptls.client.showLog");
  });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
