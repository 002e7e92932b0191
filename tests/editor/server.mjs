// Owns the conversation with yaml-language-server: documents in, and what an editor would show out.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';

const SETTINGS = {
  yaml: {
    validate: true,
    hover: true,
    completion: true,
    // Nothing is fetched: the schema is the one that the document names.
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
  },
};

const CAPABILITIES = {
  workspace: { configuration: true },
  textDocument: {
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] } },
    hover: { contentFormat: ['markdown'] },
    publishDiagnostics: {},
  },
};

/** A server process, spoken to in LSP messages. */
class Server {
  #process;
  #received = Buffer.alloc(0);
  #next = 1;
  #answers = new Map();
  #diagnostics = new Map();

  constructor() {
    const path = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');
    this.#process = spawn(process.execPath, [path, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout.on('data', (data) => this.#receive(data));
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  #receive(data) {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [, length] = /Content-Length: (\d+)/i.exec(this.#received.toString('ascii', 0, end));
      const next = end + 4 + Number(length);
      if (this.#received.length < next) return;
      const message = JSON.parse(this.#received.toString('utf8', end + 4, next));
      this.#received = this.#received.subarray(next);
      this.#take(message);
    }
  }

  #take({ id, method, params, result, error }) {
    if (method === 'workspace/configuration') {
      this.#send({ id, result: params.items.map(({ section }) => SETTINGS[section] ?? null) });
    } else if (method === 'textDocument/publishDiagnostics') {
      this.#diagnostics.get(params.uri)?.(params.diagnostics);
    } else if (method !== undefined && id !== undefined) {
      this.#send({ id, result: null });
    } else if (id !== undefined) {
      const answer = this.#answers.get(id);
      this.#answers.delete(id);
      if (error) answer.reject(new Error(error.message));
      else answer.resolve(result);
    }
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  /** The next diagnostics for a document. */
  diagnostics(uri) {
    return new Promise((resolve) => this.#diagnostics.set(uri, resolve));
  }

  stop() {
    this.#process.kill();
  }
}

/**
 * Starts the server; it is stopped at the end of the calling test file.
 *
 * What it gives asks about texts with the schema of a name, from the folder SCHEMA_DIR, by the line
 * that the README tells contributors to write. The mark `¦` in a text is the cursor.
 */
export async function openEditor() {
  assert.ok(process.env.SCHEMA_DIR, 'SCHEMA_DIR names no folder with the schemas that casebook shows');
  const folder = resolve(process.env.SCHEMA_DIR);
  const server = new Server();
  after(() => server.stop());
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'casebook' }];
  await server.request('initialize', {
    processId: process.pid,
    rootUri: workspaceFolders[0].uri,
    workspaceFolders,
    capabilities: CAPABILITIES,
  });
  server.notify('initialized', {});
  server.notify('workspace/didChangeConfiguration', { settings: SETTINGS });

  let opened = 0;
  async function open(schema, marked) {
    const text = `# yaml-language-server: $schema=../${schema}\n${marked.replace('¦', '')}`;
    const before = `\n${marked.split('¦')[0]}`.split('\n');
    const uri = pathToFileURL(join(folder, 'cases', `document-${++opened}.yaml`)).href;
    const diagnostics = server.diagnostics(uri);
    server.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    const position = { line: before.length - 1, character: before.at(-1).length };
    return { diagnostics, at: { textDocument: { uri }, position } };
  }

  return {
    /** What is offered at the cursor, by label. */
    async completions(schema, marked) {
      const { at } = await open(schema, marked);
      const { items } = await server.request('textDocument/completion', at);
      return new Map(items.map((item) => [item.label, item]));
    },
    /** What is shown for the word at the cursor. */
    async hover(schema, marked) {
      const { at } = await open(schema, marked);
      return (await server.request('textDocument/hover', at))?.contents.value ?? '';
    },
    /** What is said against a text, a line each. */
    async faults(schema, text) {
      const { diagnostics } = await open(schema, text);
      const lines = (await diagnostics).map(({ range, message }) => `${range.start.line}: ${message}`);
      return lines;
    },
  };
}

/** The documentation of an offer as plain text. */
export function documentation(item) {
  const { documentation } = item;
  return typeof documentation === 'string' ? documentation : (documentation?.value ?? '');
}
