import { randomUUID } from 'node:crypto';
import { MembraneClient } from '@membranehq/sdk';
import { sign, workspaceKey, workspaceSecret } from './emulator.js';

export { sign };

/** The SDK's client of a tenant nobody has used yet; the SDK mints its tokens itself. */
export const tenantClient = (emulator, tenantKey = `tenant-${randomUUID()}`) =>
  new MembraneClient({ apiUri: emulator.apiUri, uiUri: emulator.apiUri, workspaceKey, workspaceSecret, tenantKey });

/** The SDK's client with a token for the whole workspace. */
export const managerClient = (emulator) => new MembraneClient({ apiUri: emulator.apiUri, token: sign({ workspaceKey, isAdmin: true }) });
