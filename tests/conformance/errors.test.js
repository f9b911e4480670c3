import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as sdk from '@membranehq/sdk';
import { startEmulator, workspaceKey } from './support/emulator.js';
import { sign, tenantClient } from './support/clients.js';
import { refusal } from './support/refusals.js';

describe('Errors, as the SDK reads them', () => {
  let emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  const withToken = (token) => new sdk.MembraneClient({ apiUri: emulator.apiUri, token });

  it('not found', () => assert.rejects(tenantClient(emulator).connection('con_nope').get(), refusal(sdk.BadRequestError, 'not_found', 'con_nope')));

  it('a token with a wrong signature', () =>
    assert.rejects(withToken(sign({ iss: workspaceKey, id: 'x' }, 'another secret')).self.get(), refusal(sdk.BadRequestError, 'not_authenticated')));

  it('an expired token', () => assert.rejects(withToken(sign({ iss: workspaceKey, id: 'x', exp: 1 })).self.get(), refusal(sdk.BadRequestError, 'not_authenticated')));

  it("a manager's operation with a tenant's token", () =>
    assert.rejects(tenantClient(emulator).customers.find(), refusal(sdk.BadRequestError, 'access_denied')));

  it('a value out of range', () =>
    assert.rejects(tenantClient(emulator).actions.find({ limit: 1001 }), refusal(sdk.BadRequestError, undefined, 'limit')));
});
