import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../src/Membrane.Emulator/bin/', import.meta.url);
const configuration = process.env.CONFIGURATION ?? 'Release';
const program = fileURLToPath(new URL(`${configuration}/net8.0/Membrane.Emulator.dll`, folder));

export const workspaceKey = 'emulator-workspace';
export const workspaceSecret = 'emulator-development-secret-not-for-production-0123456789abcdef0';

/** A token as a backend of the workspace signs it. */
export function sign(claims, secret = workspaceSecret) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp: Math.floor(Date.now() / 1000) + 3600, ...claims })}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

/** Starts the emulator as a program and waits for the line that says where it listens. */
export async function startEmulator(...options) {
  if (!existsSync(program)) throw new Error(`Build the solution first: there is no ${configuration} build of the emulator.`);

  const child = spawn('dotnet', [program, ...(options.includes('--port') ? [] : ['--port', '0']), '--seed', '1', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => (errors += text));
  const exited = new Promise((resolve) => child.on('exit', resolve));
  const apiUri = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
      const ready = /^Membrane emulator listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(output);
      if (ready) resolve(ready[1]);
    });
    child.on('error', reject);
    exited.then((code) => reject(new Error(`The emulator ended with exit code ${code} before it listened. ${errors}`)));
  });

  return {
    apiUri,
    /** What it wrote to standard error: also every request that failed unexpectedly. */
    get errors() {
      return errors;
    },
    /** Ends it as a service manager would; gives the exit code. */
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}
