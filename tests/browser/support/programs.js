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

/** Starts a program, and waits until its output says that it is ready; gives what the pattern found, and how to stop it. */
async function start(program, programArguments, ready, options) {
  const child = spawn(program, programArguments, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  const exited = new Promise((resolve) => child.on('exit', resolve));
  const found = await new Promise((resolve, reject) => {
    const read = (text) => {
      // Vite writes colours into its addresses.
      output += String(text).replace(/\x1b\[[0-9;]*m/g, '');
      const match = ready.exec(output);
      if (match) resolve(match[1] ?? match[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    exited.then((code) => reject(new Error(`${program} ended with exit code ${code}: ${output}`)));
  });
  return {
    found,
    stop() {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

const environment = (values) => ({ ...process.env, NO_COLOR: '1', ...values });

/** The page, served by Vite as a developer does. */
export async function startPage({ apiUri, tokenEndpoint }) {
  const folder = join(root, 'docs/samples/react-page');
  const page = await start(process.execPath, [join(folder, 'node_modules/vite/bin/vite.js'), '--port', String(await freePort()), '--strictPort'], /Local:\s+(http:\/\/localhost:\d+)/, {
    cwd: folder,
    env: environment({ VITE_MEMBRANE_API_URL: apiUri, TOKEN_ENDPOINT: tokenEndpoint }),
  });
  return { uri: page.found, stop: page.stop };
}

async function startScript(command, port) {
  const engine = process.env.MEMBRANE_TEST_ENGINE ?? 'pwsh';
  const server = await start(engine, ['-NoProfile', '-NonInteractive', '-Command', command], /listens on/, {
    env: environment({
      PSModulePath: [join(root, 'out'), process.env.PSModulePath].filter(Boolean).join(delimiter),
      MEMBRANE_WORKSPACE_KEY: workspaceKey,
      MEMBRANE_WORKSPACE_SECRET: workspaceSecret,
    }),
  });
  return { uri: `http://localhost:${port}`, stop: server.stop };
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
