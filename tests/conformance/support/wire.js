import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const configuration = process.env.CONFIGURATION ?? 'Release';
const program = fileURLToPath(new URL(`../Wire/bin/${configuration}/net8.0/Wire.dll`, import.meta.url));

/** The module's own client, in a process of its own; `call` gives what became of a call. */
export function startOurClient(emulator, token) {
  const child = spawn('dotnet', [program, emulator.apiUri, token], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async call(name, parameters) {
      child.stdin.write(`${JSON.stringify({ call: name, arguments: parameters })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`Our client ended during ${name}.`);
      return value;
    },
    stop() {
      child.stdin.end();
    },
  };
}

/** What HTTP itself says, and who is speaking. */
const notOurs = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'user-agent'];

/** The requests that arrive while `work` is done, in a form that can be compared. */
export async function requestsOf(emulator, work) {
  const log = `${emulator.apiUri}/_emulator/requests`;
  await fetch(log, { method: 'DELETE' });
  await work();
  const { items } = await (await fetch(log)).json();
  return items.map(({ method, path, query, headers, body }) => ({
    method,
    // The SDK ends some paths with a slash, which the published document does not.
    path: path.replace(/\/$/, ''),
    query: [...new URLSearchParams(query)].sort(),
    headers: Object.fromEntries(
      Object.entries(headers)
        .map(([name, value]) => [name.toLowerCase(), value])
        // Without a body the SDK's library names a type for it all the same.
        .filter(([name]) => !notOurs.includes(name) && (body || name !== 'content-type'))
        .sort(),
    ),
    body: body ? JSON.parse(body) : undefined,
  }));
}
