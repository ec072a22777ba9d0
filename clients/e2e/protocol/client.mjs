// The server as a process, and the official client of the protocol at its other end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  createProtocolConnection,
  ConfigurationRequest,
  ExitNotification,
  LSPErrorCodes,
  PublishDiagnosticsNotification,
  ResponseError,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
} from "vscode-languageserver-protocol/node";

const PATIENCE_MILLIS = 120_000; // nothing takes that long unless the machine is busy

export class Client {
  /** Settings as the editor would give them under `promptls`. */
  settings = {};
  /** What came under each progress token, in order. */
  progress = new Map();
  #diagnostics = new Map();
  #awaited = new Set();

  constructor(command, args, env) {
    this.server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
    this.exited = once(this.server, "exit");
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.server.stdout),
      new StreamMessageWriter(this.server.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (said) => {
      this.#diagnostics.set(said.uri, said);
      this.#changed();
    });
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => {
      this.configurationAsked = true;
      this.#changed();
      return items.map(({ section }) => (section === "promptls" ? this.settings : null));
    });
    this.connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => this.followProgress(token));
    this.connection.listen();
  }

  /** Collects what is reported under a token. */
  followProgress(token) {
    const said = [];
    this.progress.set(token, said);
    this.connection.onProgress(WorkDoneProgress.type, token, (value) => {
      said.push(value);
      this.#changed();
    });
    return null;
  }

  request(type, params, token) {
    return this.connection.sendRequest(type, params, token);
  }

  notify(type, params) {
    return this.connection.sendNotification(type, params);
  }

  /** The findings that were pushed for a version of a document. */
  diagnostics(uri, version) {
    return this.until(`diagnostics of version ${version}`, () => {
      const said = this.#diagnostics.get(uri);
      return said?.version === version && said.diagnostics;
    });
  }

  /** Waits until `found` gives something, looking again whenever the server has said something. */
  until(what, found) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#awaited.delete(look);
        reject(new Error(`${what} did not come in ${PATIENCE_MILLIS / 1000} s`));
      }, PATIENCE_MILLIS);
      const look = () => {
        const value = found();
        if (value) {
          clearTimeout(late);
          this.#awaited.delete(look);
          resolve(value);
        }
      };
      this.#awaited.add(look);
      look();
    });
  }

  #changed() {
    [...this.#awaited].forEach((look) => look());
  }

  /** Says goodbye as the protocol wants it and gives the exit code. */
  async leave() {
    await this.request(ShutdownRequest.type);
    await this.notify(ExitNotification.type);
    const [code] = await this.exited;
    this.connection.dispose();
    return code;
  }
}

/** The code with which a request was refused. */
export async function refusal(request) {
  try {
    await request;
  } catch (refused) {
    if (refused instanceof ResponseError) return refused.code;
    throw refused;
  }
  throw new Error("The request was not refused.");
}

export { LSPErrorCodes };
