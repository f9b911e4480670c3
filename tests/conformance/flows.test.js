import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startEmulator } from './support/emulator.js';
import { managerClient, tenantClient } from './support/clients.js';
import { certified, certifiedPage } from './support/elements.js';

describe('Flows', () => {
  let emulator;
  let client;
  let connection;
  before(async () => {
    emulator = await startEmulator();
    client = tenantClient(emulator);
    connection = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    await managerClient(emulator).flows.create({
      name: 'Greet',
      key: 'greet',
      integrationId: connection.integrationId,
      nodes: {
        start: { type: 'api-trigger', name: 'Start', links: [{ key: 'post' }] },
        post: { type: 'run-action', name: 'Post', config: { actionKey: 'post-message', input: { text: 'Hello' } }, links: [] },
      },
    });
  });
  after(() => emulator.stop());

  async function finished(id) {
    for (let tries = 0; tries < 500; tries++) {
      const run = certified('flowRun', await client.flowRun(id).get());
      if (!['queued', 'running'].includes(run.state)) return run;
      await setTimeout(20);
    }

    throw new Error(`The flow run ${id} does not end.`);
  }

  it('run on a connection, node by node', async () => {
    const begun = certified('flowRun', await client.connection(connection.id).flow('greet').run({ input: { who: 'you' } }));
    const run = await finished(begun.id);
    assert.equal(run.state, 'completed', JSON.stringify(run.errors));
    assert.equal(run.connectionId, connection.id);
    assert.deepEqual(Object.keys(run.nodes), ['start', 'post']);
    assert.ok(certifiedPage('flowRun', await client.flowRuns.find({ connectionId: connection.id })).some((one) => one.id === run.id));
    const { records } = await client.connection(connection.id).dataCollection('messages').list({});
    assert.ok(records.some((one) => one.fields.text === 'Hello'));
  });

  it('keep what their nodes put out', async () => {
    const { id } = await client.connection(connection.id).flow('greet').run({});
    await finished(id);
    assert.ok(await client.flowRun(id).getOutput());
    assert.ok(await client.flowRun(id).getNodeOutputs('post'));
  });

  it('are read and switched at the connection', async () => {
    const flow = client.connection(connection.id).flow('greet');
    certified('flow', await flow.get({ autoCreate: true }));
    await flow.disable();
    assert.equal(certified('flow', await flow.get()).enabled, false);
    await flow.enable();
    assert.equal((await flow.get()).enabled, true);
  });

  it('can be run again', async () => {
    const { id } = await client.connection(connection.id).flow('greet').run({ input: { n: 1 } });
    await finished(id);
    const again = certified('flowRun', await client.flowRun(id).repeat());
    assert.notEqual(again.id, id);
    assert.equal((await finished(again.id)).state, 'completed');
  });
});
