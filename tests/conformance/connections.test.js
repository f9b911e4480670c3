import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as sdk from '@membranehq/sdk';
import { startEmulator } from './support/emulator.js';
import { tenantClient } from './support/clients.js';
import { refusal } from './support/refusals.js';
import { certified, certifiedPage } from './support/elements.js';

describe('Connecting apps', () => {
  let emulator;
  let client;
  before(async () => {
    emulator = await startEmulator();
    client = tenantClient(emulator);
  });
  after(() => emulator.stop());

  it('knows the tenant of the token', async () => {
    const key = 'Müller & Söhne';
    assert.equal(certified('self', await tenantClient(emulator, key).self.get()).internalId, key);
  });

  it('pages through integrations as findAll does', async () => {
    const all = certifiedPage('integrationItem', { items: await client.integrations.findAll() });
    const paged = [];
    for (let cursor; ; ) {
      const page = await client.integrations.find({ limit: 2, cursor });
      paged.push(...certifiedPage('integrationItem', page));
      assert.ok(page.items.length <= 2);
      cursor = page.cursor;
      if (!cursor) break;
    }

    assert.ok(all.length > 3);
    assert.deepEqual(paged.map((one) => one.id), all.map((one) => one.id));
  });

  it('reads one integration by id and by key', async () => {
    const [item] = (await client.integrations.find({ limit: 1 })).items;
    const byKey = certified('integration', await client.integration(item.key).get());
    assert.deepEqual(certified('integration', await client.integration(item.id).get()), byKey);
    assert.equal(byKey.id, item.id);
  });

  it('lists connectors', async () => {
    const connectors = certifiedPage('connector', await client.get('/connectors', { search: 'slack' }));
    assert.deepEqual(connectors.map((one) => one.key), ['slack']);
    certified('connector', await client.get(`/connectors/${connectors[0].id}`, { version: '' }));
  });

  it('creates a connection that waits for a person, and says where', async () => {
    const connection = certified('connection', await client.connections.create({ integrationKey: 'slack', name: 'Mine' }));
    assert.equal(connection.state, 'CLIENT_ACTION_REQUIRED');
    assert.equal(connection.connected, false);
    assert.equal(connection.clientAction.type, 'connect');
    assert.ok(connection.clientAction.uiUrl.startsWith(emulator.apiUri));
    assert.equal(connection.name, 'Mine');
  });

  it('creates a connection that works when credentials are given', async () => {
    const created = certified('connection', await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } }));
    assert.equal(created.state, 'READY');
    assert.ok(!JSON.stringify(created).includes('secret'));
    const read = certified('connection', await client.connection(created.id).get());
    assert.deepEqual(read, created);
    const listed = certifiedPage('connection', await client.connections.find({ integrationKey: 'slack' }));
    assert.ok(listed.some((one) => one.id === created.id));
  });

  it('shows credentials only when they are asked for', async () => {
    const { id } = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    const open = certified('connectionWithSecrets', await client.connection(id).get({ includeSecrets: true }));
    assert.deepEqual(open.credentials, { accessToken: 'secret' });
  });

  it('keeps one tenant from the connections of another', async () => {
    const { id } = await client.connections.create({ integrationKey: 'slack' });
    const other = tenantClient(emulator);
    assert.deepEqual((await other.connections.find()).items, []);
    await assert.rejects(other.connection(id).get(), refusal(sdk.BadRequestError, 'not_found'));
  });

  it('asks a person by a connection request', async () => {
    const request = certified('connectionRequest', await client.post('/connection-requests', { integrationKey: 'slack', name: 'Mine', allowMultipleConnections: true }));
    assert.equal(request.status, 'pending');
    assert.equal(request.url, sdk.getConnectionRequestUrl(emulator.apiUri, request.requestId));
    assert.deepEqual(certified('connectionRequest', await client.get(`/connection-requests/${request.requestId}`)), request);
  });

  it('changes, tests, refreshes and exports a connection', async () => {
    const { id } = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    const connection = client.connection(id);
    assert.equal(certified('connection', await connection.patch({ name: 'Renamed', meta: { team: 'blue' } })).name, 'Renamed');
    const { integrationId } = await connection.get();
    assert.deepEqual(certified('connection', await connection.put({ name: 'Put', integrationId })).name, 'Put');
    assert.equal(certified('connectionTest', await client.post(`/connections/${id}/test`)).success, true);
    await connection.refreshCredentials();
    certified('connectionExport', await client.get(connection.getPath('export'), { includeSecrets: false }));
    assert.ok(Array.isArray(await client.get(connection.getPath('dependencies'))));
  });

  it('archives a connection and restores it', async () => {
    const { id } = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    await client.connection(id).archive();
    assert.ok(!(await client.connections.find()).items.some((one) => one.id === id));
    assert.ok((await client.connections.find({ includeArchived: true })).items.find((one) => one.id === id).archivedAt);
    await client.post(`/connections/${id}/restore`);
    assert.ok(certifiedPage('connection', await client.connections.find()).some((one) => one.id === id));
  });

  it('disconnects a connection for good', async () => {
    const { id } = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    await client.post(`/connections/${id}/disconnect`);
    const cut = certified('connectionWithSecrets', { credentials: 'none', ...(await client.connection(id).get({ includeSecrets: true })) });
    assert.equal(cut.disconnected, true);
    assert.equal(cut.credentials, 'none');
  });

  it('ensures a connection by the address of the app, known or not', async () => {
    const known = certified('connection', await client.post('/connections/ensure', { appUrl: 'https://github.com/login', name: 'Code' }));
    assert.equal(known.state, 'CLIENT_ACTION_REQUIRED');
    assert.equal((await client.post('/connections/ensure', { appUrl: 'github.com' })).id, known.id);
    const building = certified('connection', await client.post('/connections/ensure', { appUrl: 'https://yonder.example' }));
    assert.equal(building.state, 'BUILDING');
    assert.ok(building.buildingAgentSessionId);
    const built = certified('connection', await client.get(`/connections/${building.id}`, { wait: true, timeout: 20 }));
    assert.equal(built.state, 'CLIENT_ACTION_REQUIRED');
    await fetch(built.clientAction.uiUrl, { method: 'POST', body: new URLSearchParams({ decision: 'allow' }) });
    assert.equal(certified('connection', await client.connection(building.id).get()).state, 'READY');
  });

  it('says which ways there are to sign in', async () => {
    const options = await client.post('/connection-options', { integrationKey: 'slack' });
    assert.deepEqual(options.map((one) => one.type), ['oauth2']);
  });

  it('names the pages that it has', async () => {
    const uri = await client.getEmbedUri('integrations/slack/connect', { name: 'By page', allowMultipleConnections: '1' });
    const page = await fetch(uri);
    assert.equal(page.status, 200);
    assert.ok(!page.url.includes('token'));
    await fetch(page.url, { method: 'POST', body: new URLSearchParams({ decision: 'allow' }) });
    assert.deepEqual(certifiedPage('connection', await client.connections.find({ search: 'By page' })).map((one) => one.state), ['READY']);
  });
});
