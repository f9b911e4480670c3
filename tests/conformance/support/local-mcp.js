import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { workspaceKey } from './emulator.js';
import { sign } from './clients.js';

export const manifest = fileURLToPath(new URL('../../../out/Membrane/Membrane.psd1', import.meta.url));
export const shell = process.env.MEMBRANE_TEST_ENGINE ?? 'pwsh';
export const tenant = 'local-agent';

const hasShell = spawnSync(shell, ['-NoProfile', '-Command', 'exit 0']).status === 0;

/** Why these tests are skipped, said aloud; false where they are not. */
export function skipReason() {
  const skip = hasShell ? false : 'There is no pwsh on the PATH: Start-MembraneMcpServer WAS NOT TRIED with the official MCP clients.';
  if (skip) console.error(`!!\n!! ${skip}\n!!`);
  return skip;
}

/** How an MCP client starts a server: by a command line, with a token in the environment. */
export const launch = (emulator, command, ...options) => ({
  command: shell,
  args: ['-NoProfile', '-NonInteractive', ...options, '-Command', `Import-Module '${manifest}'; ${command}`],
  env: { ...process.env, MEMBRANE_TOKEN: sign({ iss: workspaceKey, id: tenant }), MEMBRANE_API_URL: emulator.apiUri },
});

/** A request to the emulator, as the tenant or as a manager. */
export async function call(emulator, path, body, claims = { iss: workspaceKey, id: tenant }) {
  if (!existsSync(manifest)) throw new Error('Build the solution first: there is no staged module.');
  const answer = await fetch(new URL(path, emulator.apiUri), {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${sign(claims)}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return answer.json();
}

/** Connects an app, as a person who says yes. */
export async function connect(emulator, integrationKey, name) {
  const request = await call(emulator, '/connection-requests', { integrationKey, name });
  await fetch(request.url, { method: 'POST', body: new URLSearchParams({ decision: 'allow', apiKey: 'test' }) });
  return { id: (await call(emulator, `/connection-requests/${request.requestId}`)).resultConnectionId };
}

/** Makes the emulator misbehave. */
export const fault = (emulator, body) => fetch(new URL('/_emulator/faults', emulator.apiUri), { method: 'POST', body: JSON.stringify(body) });

/** Makes the emulator behave, also with what it holds back. */
export const clearFaults = (emulator) => fetch(new URL('/_emulator/faults', emulator.apiUri), { method: 'DELETE' });

/** What reached the emulator. */
export const requests = async (emulator) => (await (await fetch(new URL('/_emulator/requests', emulator.apiUri))).json()).items;

/** A server that is spoken with in lines, whatever they are. */
export function startRaw(emulator, command, ...options) {
  const { command: program, args, env } = launch(emulator, command, ...options);
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const seen = [];
  const waiting = [];
  let rest = '';
  let errors = '';
  child.stderr.on('data', (text) => (errors += text));
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    seen.push(...lines.map((line) => JSON.parse(line)));
    for (const wake of waiting.splice(0)) wake();
  });
  const exited = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
  exited.then(() => waiting.splice(0).forEach((wake) => wake()));
  const server = {
    child,
    exited,
    seen,
    errors: () => errors,
    /** Sends a line: text, bytes, or a message. */
    send(line) {
      const isBytes = typeof line === 'string' || Buffer.isBuffer(line);
      child.stdin.write(Buffer.concat([isBytes ? Buffer.from(line) : Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...line })), Buffer.from('\n')]));
    },
    /** Waits for the first message that fits. */
    async next(fits) {
      for (;;) {
        const index = seen.findIndex(fits);
        if (index >= 0) return seen.splice(index, 1)[0];
        if (child.exitCode !== null) throw new Error(`The server has ended. ${errors}`);
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    answer: (id) => server.next((one) => one.id === id),
    /** Sends a request, and waits for its answer. */
    ask(message) {
      server.send(message);
      return server.answer(message.id);
    },
  };
  return server;
}
