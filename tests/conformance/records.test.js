import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as sdk from '@membranehq/sdk';
import { startEmulator } from './support/emulator.js';
import { tenantClient } from './support/clients.js';
import { refusal } from './support/refusals.js';
import { certified } from './support/elements.js';

describe('Records of a connection', () => {
  let emulator;
  let client;
  let connection;
  let messages;
  before(async () => {
    emulator = await startEmulator();
    client = tenantClient(emulator);
    const { id } = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    connection = client.connection(id);
    messages = connection.dataCollection('messages');
  });
  after(() => emulator.stop());

  it('are described by their collection', async () => {
    const collections = await client.get(connection.getPath('data'));
    assert.ok(collections.some((one) => one.key === 'messages'));
    const spec = certified('dataCollection', await messages.get());
    assert.equal(spec.key, 'messages');
    assert.equal(spec.fieldsSchema.type, 'object');
  });

  it('are created, found in every way, changed and deleted', async () => {
    const { id } = certified('recordCreated', await messages.create({ fields: { text: 'Hello from the SDK', channel: 'general' } }));
    const { record } = certified('recordFound', await messages.findById({ id }));
    assert.equal(record.id, id);
    assert.equal(record.fields.text, 'Hello from the SDK');
    const has = (answer) => answer.records.some((one) => one.id === id);
    assert.ok(has(certified('recordList', await messages.list({}))));
    assert.ok(has(certified('recordList', await messages.list({ filter: { channel: 'general' } }))));
    assert.ok(!has(await messages.list({ filter: { channel: 'random' } })));
    assert.ok(has(certified('recordSearch', await messages.search({ query: 'from the sdk' }))));
    assert.equal(certified('recordMatch', await messages.match({ query: { channel: 'general' } })).record.id, id);
    assert.ok(has(certified('recordFind', await client.post(connection.getPath('data/messages/find'), { query: { channel: 'general' } }))));

    certified('recordUpdated', await messages.update({ id, fields: { text: 'Changed' } }));
    assert.deepEqual(
      (({ text, channel }) => ({ text, channel }))((await messages.findById({ id })).record.fields),
      { text: 'Changed', channel: 'general' },
    );
    await messages.delete({ id });
    assert.ok(!has(await messages.list({})));
    await assert.rejects(messages.findById({ id }), refusal(sdk.BadRequestError, 'not_found'));
  });

  it('are the same that actions and the app itself show', async () => {
    const { id } = await messages.create({ fields: { text: 'Shared' } });
    const listed = certified('actionRun', await connection.action('list-messages').run({}));
    assert.ok(listed.output.items.some((one) => one.id === id));
    const throughApp = await connection.proxy.get('/messages');
    assert.ok(throughApp.items.some((one) => one.id === id));
    const posted = await connection.proxy.post('/messages', { text: 'By proxy' });
    assert.equal((await messages.findById({ id: posted.id })).record.fields.text, 'By proxy');
    assert.equal((await connection.proxy.patch(`/messages/${posted.id}`, { text: 'Again' })).text, 'Again');
    await connection.proxy.delete(`/messages/${posted.id}`);
    await assert.rejects(messages.findById({ id: posted.id }), refusal(sdk.BadRequestError, 'not_found'));
    assert.ok((await connection.request('/messages', { text: 'The older way' })).id);
  });
});
