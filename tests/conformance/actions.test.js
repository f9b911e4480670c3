import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as sdk from '@membranehq/sdk';
import { startEmulator } from './support/emulator.js';
import { tenantClient } from './support/clients.js';
import { refusal } from './support/refusals.js';
import { certified, certifiedPage } from './support/elements.js';

describe('Finding and running actions', () => {
  let emulator;
  let client;
  let connection;
  before(async () => {
    emulator = await startEmulator();
    client = tenantClient(emulator);
    connection = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
  });
  after(() => emulator.stop());

  it('finds by intent the action that does it', async () => {
    const found = certifiedPage('action', await client.actions.find({ connectionId: connection.id, intent: 'send a message' }));
    assert.equal(found[0].key, 'post-message');
  });

  it('reads an action by id, and by key within a connection', async () => {
    const [action] = (await client.actions.find({ connectionId: connection.id, limit: 1 })).items;
    const byId = certified('action', await client.action(action.id).get());
    assert.deepEqual(byId, action);
  });

  it('runs an action, and what it did can be seen', async () => {
    const [action] = (await client.actions.find({ connectionId: connection.id, intent: 'post message' })).items;
    const input = sdk.generateExampleFromSchema(action.inputSchema);
    const run = certified('actionRun', await client.action(action.id).run(input, { connectionId: connection.id }));
    assert.ok(run.output.id);
    const [list] = (await client.actions.find({ connectionId: connection.id, intent: 'list messages' })).items;
    const listed = certified('actionRun', await client.action(list.id).run({}, { connectionId: connection.id }));
    assert.ok(JSON.stringify(listed.output).includes(run.output.id));
  });

  it('says what is wrong with the input, as the SDK understands it', async () => {
    const [action] = (await client.actions.find({ connectionId: connection.id, intent: 'post message' })).items;
    await assert.rejects(client.action(action.id).run({ [Object.keys(action.inputSchema.properties)[0]]: 5 }, { connectionId: connection.id }), refusal(sdk.BadRequestError, undefined, 'must be a string'));
  });

  it('refuses to run on a connection that is not connected', async () => {
    const waiting = await client.connections.create({ integrationKey: 'slack' });
    const [action] = (await client.actions.find({ connectionId: connection.id, intent: 'list messages' })).items;
    await assert.rejects(client.action(action.id).run({}, { connectionId: waiting.id }), refusal(sdk.ConnectionError, undefined, 'not connected'));
  });

  it('searches by name and by meaning', async () => {
    assert.ok(certifiedPage('searchResult', await client.get('/search', { q: 'message' })).length > 0);
    const found = await client.get('/semantic-search', { q: 'send a message', elementType: 'action' });
    assert.ok(Array.isArray(found));
    assert.equal(found.map((one) => certified('searchResult', one))[0].element.key, 'post-message');
  });
});

describe('Actions in other ways', () => {
  let emulator;
  let client;
  let connection;
  before(async () => {
    emulator = await startEmulator();
    client = tenantClient(emulator);
    connection = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
  });
  after(() => emulator.stop());

  it('run by key and integration, at the connection, as an operation, and by act', async () => {
    certified('actionRun', await client.action({ key: 'list-messages', integrationKey: 'slack' }).run({}, { connectionId: connection.id }));
    certified('actionRun', await client.connection(connection.id).action('list-messages').run({}));
    certified('operationRun', await client.connection(connection.id).operation('list-messages').run({ input: {} }));
    certified('actionRun', await client.post('/act', { key: 'list-messages', connectionId: connection.id, input: {} }));
  });

  it('leave a log', async () => {
    const { actionRunId } = await client.connection(connection.id).action('list-messages').run({});
    const log = certified('actionRunLog', await client.get(`/action-run-logs/${actionRunId}`));
    assert.equal(log.status, 'success');
    assert.equal(log.action.key, 'list-messages');
    await assert.rejects(client.connection(connection.id).action('get-user').run({ id: 'nobody' }), refusal(sdk.ActionRunError, undefined));
    const logs = certifiedPage('actionRunLog', await client.get('/action-run-logs', { connectionId: connection.id, status: 'error' }));
    assert.deepEqual(logs.map((one) => [one.action.key, one.error.type]), [['get-user', 'action_run']]);
  });

  it('are built by an agent from an intent', async () => {
    const begun = certified('action', await client.actions.create({ intent: 'list carrier pigeons', connectionId: connection.id }));
    assert.equal(begun.connectionId, connection.id);
    const built = certified('action', await client.get(`/actions/${begun.id}`, { wait: true, timeout: 20 }));
    assert.equal(built.state, 'READY');
    certified('actionRun', await client.action(built.id).run({}, { connectionId: connection.id }));
  });
});
