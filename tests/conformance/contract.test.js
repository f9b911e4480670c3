import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as sdk from '@membranehq/sdk';
import { startEmulator, workspaceKey } from './support/emulator.js';
import { sign, tenantClient } from './support/clients.js';
import { address, operations } from './support/contract.js';

const patience = 10_000;
const bodies = { none: undefined, empty: '{}', list: '[]', text: '"text"', nothing: 'null', broken: '{"a":', strange: '{"id":{"$ne":null},"limit":1e308,"\\u0000":"\\ud83d\\ude00"}' };
const noBody = ['GET', 'DELETE'];

/** Changes come last, and what would end the token or the workspace at the very end. */
const order = (operation) => (operation.id === 'rotateOrgWorkspaceSecret' ? 3 : operation.method === 'DELETE' ? 2 : operation.method === 'GET' ? 0 : 1);

describe('Every published operation', () => {
  let emulator;
  let tokens;
  before(async () => {
    emulator = await startEmulator();
    tokens = { tenant: sign({ iss: workspaceKey, id: 'contract' }), manager: sign({ workspaceKey, isAdmin: true }) };
  });
  after(async () => {
    assert.equal(await emulator.stop(), 0);
    assert.doesNotMatch(emulator.errors, /unexpectedly|Exception/);
  });

  async function call(operation, where, token, body) {
    const response = await fetch(emulator.apiUri + where, {
      method: operation.method,
      headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, text: await response.text() };
  }

  function check(operation, { status, text }, what) {
    const told = `${operation.method} ${operation.path} (${operation.id}) with ${what}: ${status} ${text.slice(0, 500)}`;
    if (status >= 200 && status < 300) {
      assert.equal(status, operation.status, told);
      if (status === 204) assert.equal(text, '', told);
      return;
    }

    assert.ok((status >= 400 && status < 500) || status === 501, told);
    const error = JSON.parse(text);
    assert.ok(Object.values(sdk.ErrorType).includes(error.type), told);
    assert.ok(typeof error.message === 'string' && error.message.length > 0, told);
    if (status === 501) assert.ok(error.message.includes(operation.id), told);
  }

  it('is in the list', () => assert.equal(operations.length, 278));

  it('is refused without a token', async () => {
    for (const operation of operations) {
      const answer = await call(operation, address(operation, () => 'x'));
      assert.equal(answer.status, 401, `${operation.method} ${operation.path}`);
      assert.equal(JSON.parse(answer.text).key, 'not_authenticated');
    }
  });

  for (const role of ['tenant', 'manager']) {
    it(`answers a ${role} by contract when what it names is not there`, async () => {
      for (const operation of operations) {
        for (const [what, body] of Object.entries(bodies)) {
          if (noBody.includes(operation.method) && body !== undefined) continue;
          check(operation, await call(operation, address(operation, () => 'x_unknown'), tokens[role], body), `${what} as ${role}`);
        }
      }
    });
  }

  it('answers by contract when what it names is there', async () => {
    const client = tenantClient(emulator, 'contract');
    const { items: integrations } = await client.integrations.find({ limit: 1 });
    const connection = await client.connections.create({ integrationId: integrations[0].id, credentials: { accessToken: 'secret' } });
    const { items: actions } = await client.actions.find({ connectionId: connection.id, limit: 1 });
    await client.action(actions[0].id).run({}, { connectionId: connection.id }).catch(() => undefined);
    const session = await client.post('/agent/sessions', { prompt: 'Build a connector for Contract (https://contract.example)' });
    const known = { '/agent/sessions': session.id, '/connections': connection.id };
    const first = async (collection) => {
      if (!(collection in known)) {
        const answer = await call({ method: 'GET' }, `${collection}?limit=1`, tokens.manager);
        const found = answer.status === 200 ? JSON.parse(answer.text).items?.[0] : undefined;
        known[collection] = found?.id ?? 'x_unknown';
      }

      return known[collection];
    };
    const statuses = {};
    for (const operation of [...operations].sort((one, other) => order(one) - order(other))) {
      const collection = operation.path.slice(0, operation.path.indexOf('/{'));
      const id = operation.path.includes('/{') ? await first(collection) : '';
      const where = address(operation, (name, { path }) => (path.startsWith(`${collection}/{${name}}`) ? id : 'x_unknown'));
      const answer = await call(operation, where, tokens.manager, noBody.includes(operation.method) ? undefined : '{}');
      check(operation, answer, `what is there (${where})`);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }

    assert.ok(statuses[200] > 100, JSON.stringify(statuses));
    console.log(`# answers over ${operations.length} operations: ${JSON.stringify(statuses)}`);
  });
});
