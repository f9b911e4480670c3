import { createHmac, randomUUID } from 'node:crypto';
import { MembraneClient } from '@membranehq/sdk';
import { workspaceKey, workspaceSecret } from './emulator.js';

/** The SDK's client of a tenant nobody has used yet; the SDK mints its tokens itself. */
export const tenantClient = (emulator, tenantKey = `tenant-${randomUUID()}`) =>
  new MembraneClient({ apiUri: emulator.apiUri, uiUri: emulator.apiUri, workspaceKey, workspaceSecret, tenantKey });

/** The SDK's client with a token for the whole workspace. */
export const managerClient = (emulator) => new MembraneClient({ apiUri: emulator.apiUri, token: sign({ workspaceKey, isAdmin: true }) });

/** A token as a backend of the workspace signs it. */
export function sign(claims, secret = workspaceSecret) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp: Math.floor(Date.now() / 1000) + 3600, ...claims })}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
