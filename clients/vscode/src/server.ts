import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

/** Why no server was found, in a sentence for the author. */
export class ServerNotFound extends Error {}

const launcher = process.platform === "win32" ? ["promptls.cmd", "promptls.exe", "promptls.bat"] : ["promptls"];

/**
 * Finds the launcher: the user's setting, else the checkout this extension was built in, else PATH, else the root of
 * a workspace. The last only where the workspace is trusted: whoever wrote a folder must not choose what is run.
 */
export function findServer(extensionPath: string): string {
  const configured = vscode.workspace.getConfiguration("promptls").get<string>("path", "").trim();
  if (configured) {
    if (isProgram(configured)) return configured;
    throw new ServerNotFound(`promptls.path is ${configured}, which is not a program that can be run: correct the setting or leave it empty.`);
  }
  const folders = [path.resolve(extensionPath, "..", ".."), ...(process.env.PATH ?? "").split(path.delimiter)];
  if (vscode.workspace.isTrusted) {
    folders.push(...(vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === "file").map((f) => f.uri.fsPath));
  }
  for (const folder of folders.filter((f) => path.isAbsolute(f))) {
    for (const name of launcher) {
      const file = path.join(folder, name);
      if (isProgram(file)) return file;
    }
  }
  throw new ServerNotFound("The promptls launcher was not found on PATH or in the workspace: set promptls.path to it.");
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
