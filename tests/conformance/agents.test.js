import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEmulator } from './support/emulator.js';
import { tenantClient } from './support/clients.js';
import { certified, certifiedPage } from './support/elements.js';

describe('Agent sessions', () => {
  let emulator;
  let client;
  before(async () => {
    emulator = await startEmulator();
    client = tenantClient(emulator);
  });
  after(() => emulator.stop());

  it('go from busy to idle and tell what was built', async () => {
    const begun = certified('agentSession', await client.post('/agent/sessions', { prompt: 'Build a connector for Zebra (https://zebra.example)' }));
    assert.equal(begun.state, 'busy');
    const ended = certified('agentSession', await client.get(`/agent/sessions/${begun.id}`, { wait: true, timeout: 20 }));
    assert.equal(ended.state, 'idle');
    assert.equal(ended.status, 'completed');
    assert.match(ended.summary, /Zebra/);
    assert.deepEqual(certifiedPage('connector', await client.get('/connectors', { search: 'zebra' })).map((one) => one.name), ['Zebra']);
    assert.ok(certifiedPage('agentSession', await client.get('/agent/sessions')).some((one) => one.id === begun.id));
  });

  it('can be interrupted and spoken to again', async () => {
    const { id } = await client.post('/agent/sessions', { prompt: 'Build a connector for Yak (https://yak.example)' });
    assert.deepEqual(await client.post(`/agent/sessions/${id}/interrupt`), { interrupted: true });
    assert.equal(certified('agentSession', await client.get(`/agent/sessions/${id}`)).state, 'idle');
    const again = certified('agentSession', await client.post(`/agent/sessions/${id}/message`, { input: 'Build it all the same.' }));
    assert.equal(again.state, 'busy');
  });
});
