import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workspaceKey, workspaceSecret } from '../../conformance/support/emulator.js';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A port that is free now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const running = new Set();

/** Ends every program that was started here, with what it started, also where the start of another failed. */
export function stopAll() {
  for (const child of running) {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
    // What a program started holds its output open, and this process with it.
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** Starts a program, and waits until its output says that it is ready; gives what the pattern found. */
async function start(program, programArguments, ready, options) {
  const child = spawn(program, programArguments, { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', ...options });
  running.add(child);
  for (const end of ['exit', 'error']) child.on(end, () => running.delete(child));
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (text) => {
      // Vite writes colours into its addresses.
      output += String(text).replace(/\x1b\[[0-9;]*m/g, '');
      const match = ready.exec(output);
      if (match) resolve(match[1] ?? match[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${program} ended with exit code ${code}: ${output}`)));
  });
}

const environment = (values) => ({ ...process.env, NO_COLOR: '1', ...values });

const pageFolder = join(root, 'out/browser/react-page');
const vite = (values, ...viteArguments) =>
  start(process.execPath, [join(pageFolder, 'node_modules/vite/bin/vite.js'), ...viteArguments], /Local:\s+(http:\/\/localhost:\d+)|built in/, {
    cwd: pageFolder,
    env: environment(values),
  });

/** The page as a developer has it; the README says who puts it there. */
export const startPage = async ({ apiUri, tokenEndpoint }) =>
  vite({ VITE_MEMBRANE_API_URL: apiUri, TOKEN_ENDPOINT: tokenEndpoint }, '--port', String(await freePort()), '--strictPort');

/** The page as it is built for customers. */
export async function startBuiltPage({ apiUri, tokenEndpoint }) {
  const folder = join(root, 'out/browser/built');
  await vite({ VITE_MEMBRANE_API_URL: apiUri }, 'build', '--outDir', folder, '--emptyOutDir');
  return vite({ TOKEN_ENDPOINT: tokenEndpoint }, 'preview', '--outDir', folder, '--port', String(await freePort()), '--strictPort');
}

async function startScript(command, port) {
  const engine = process.env.MEMBRANE_TEST_ENGINE ?? 'pwsh';
  await start(engine, ['-NoProfile', '-NonInteractive', '-Command', command], /listens on/, {
    env: environment({
      PSModulePath: [join(root, 'out'), process.env.PSModulePath].filter(Boolean).join(delimiter),
      MEMBRANE_WORKSPACE_KEY: workspaceKey,
      MEMBRANE_WORKSPACE_SECRET: workspaceSecret,
    }),
  });
  return `http://localhost:${port}`;
}

/** The sample on HttpListener: the session says who is signed in. */
export async function startListener() {
  const port = await freePort();
  const script = join(root, 'docs/samples/token-endpoint/Start-TokenEndpoint.ps1');
  const findTenant = "{ param($request) $cookie = $request.Cookies['session']; if ($cookie) { @{ TenantKey = $cookie.Value; TenantName = 'Ada Lovelace' } } }";
  return startScript(`& '${script}' -Port ${port} -FindTenant ${findTenant}`, port);
}

/** The Azure Function, in a host that plays the platform: the customer 'function-customer' is signed in. */
export async function startFunction() {
  const port = await freePort();
  const host = join(root, 'tests/Pester/Support/FunctionHost.ps1');
  const folder = join(root, 'docs/samples/token-endpoint/azure-functions/membrane-token');
  return startScript(`& '${host}' -Function '${folder}' -Port ${port} -Header @{ 'x-ms-client-principal-id' = 'function-customer' }`, port);
}
