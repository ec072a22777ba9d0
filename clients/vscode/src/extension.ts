import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { findServer, ServerNotFound } from "./server";

/** Training data stays under the id VS Code gives it: whether a file of JSON lines holds any, the server tells. */
const LANGUAGES = ["promptls", "prompty", "promptls-github", "promptls-markdown", "promptls-text", "poml", "jsonl"];

/** Files of VS Code's own prompt languages are read too, and stay under the language ids VS Code gives them. */
const MARKDOWN = ["prompt", "instructions", "agent", "chatmode"].map((kind) => `**/*.${kind}.md`).concat("**/copilot-instructions.md", "**/SKILL.md");

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("promptls", { log: true });
  const command = (name: string, run: () => Promise<unknown>) =>
    vscode.commands.registerCommand(`promptls.client.${name}`, () => run().catch((e: unknown) => vscode.window.showErrorMessage(sentence(e))));
  context.subscriptions.push(
    log,
    command("run", () => ask("promptls.run", { uri: active() })),
    command("preview", () => ask("promptls.preview", { uri: active() })),
    command("render", () => ask("promptls.render", { uri: active() }).then(showJson)),
    command("results", openResults),
    command("stop", () => ask("promptls.stop", {})),
    command("clearResults", () => ask("promptls.clearResults", { uri: active() })),
    command("selectModel", selectModel),
    command("showLog", async () => log.show()),
    command("restart", () => restart(context, log)),
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

/** Shows the virtual document of a prompt's results; the server writes it and tells when it changes. */
async function openResults(): Promise<void> {
  const uri = vscode.Uri.from({ scheme: "promptls", path: "preview", query: active() });
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

async function showJson(result: unknown): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "json", content: JSON.stringify(result, null, 2) });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function selectModel(): Promise<void> {
  const model = await vscode.window.showInputBox({
    title: "Model",
    prompt: "A name that `promptls model list` shows, or remote:NAME",
    value: vscode.workspace.getConfiguration("promptls").get<string>("model", ""),
  });
  if (model?.trim()) await ask("promptls.selectModel", { model: model.trim() });
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
