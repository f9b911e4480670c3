import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as sdk from '@membranehq/sdk';
import { startEmulator } from './support/emulator.js';
import { managerClient, tenantClient } from './support/clients.js';
import { refusal } from './support/refusals.js';
import { certified, certifiedPage } from './support/elements.js';

// What the SDK calls the list and the element, what is created, and how it is copied and exported where it can be.
const kinds = [
  { kind: 'action', list: 'actions', body: { type: 'run-javascript', config: { code: 'return 1' } }, verbs: ['reset', 'clone', 'refresh'], exported: sdk.ActionExportProperties },
  { kind: 'flow', list: 'flows', body: { nodes: {} }, verbs: ['reset', 'clone', 'refresh'], exported: sdk.FlowExportProperties },
  { kind: 'fieldMapping', list: 'fieldMappings', body: {}, verbs: ['reset', 'clone', 'refresh'], exported: sdk.FieldMappingExportProperties },
  { kind: 'dataSource', list: 'dataSources', body: {}, verbs: ['reset', 'clone', 'refresh'], exported: sdk.DataSourceExportProperties },
  { kind: 'package', list: 'packages', body: {}, verbs: ['reset', 'clone', 'refresh'], exported: sdk.PackageExportProperties },
  { kind: 'appEventType', list: 'appEventTypes', body: {}, verbs: [], exported: sdk.AppEventTypeExportProperties },
];

describe('The life of an element', () => {
  let emulator;
  let client;
  before(async () => {
    emulator = await startEmulator();
    client = managerClient(emulator);
  });
  after(() => emulator.stop());

  for (const { kind, list, body, verbs, exported } of kinds) {
    it(`of the kind ${kind}`, async () => {
      const key = `my-${kind.toLowerCase()}`;
      const created = certified(kind, await client[list].create({ ...body, name: 'First', key }));
      assert.equal(created.key, key);
      const element = client[kind](created.id);
      assert.deepEqual(certified(kind, await element.get()), created);
      assert.deepEqual(certified(kind, await client[kind](key).get()), created);
      assert.deepEqual(certified(kind, await client[kind]({ key }).get()), created);
      assert.ok(certifiedPage(kind, await client[list].find({ limit: 1000 })).some((one) => one.id === created.id));

      const patched = certified(kind, await element.patch({ name: 'Second' }));
      assert.equal(patched.name, 'Second');
      assert.notEqual(patched.revision, created.revision);
      assert.equal(certified(kind, await element.put({ ...body, name: 'Third', key })).name, 'Third');
      for (const verb of verbs) certified(kind, await client.post(element.getPath(verb)));

      const copy = exported.safeParse(await client.get(element.getPath('export')));
      assert.ok(copy.success, String(copy.error));
      assert.ok(Array.isArray(await client.get(element.getPath('dependencies'))));

      await element.archive();
      assert.ok(!(await client[list].find({ limit: 1000 })).items.some((one) => one.id === created.id));
      const archived = (await client[list].find({ limit: 1000, includeArchived: true })).items.find((one) => one.id === created.id);
      assert.ok(certified(kind, archived).archivedAt);
      await assert.rejects(element.patch({ name: 'Fourth' }), refusal(sdk.BadRequestError, undefined, 'archived'));
      await element.restore();
      assert.equal(certified(kind, await element.get()).archivedAt, undefined);
    });

    it(`of the kind ${kind} is no tenant's business to change for everybody`, () =>
      assert.rejects(tenantClient(emulator)[list].create({ ...body, name: 'Mine' }), refusal(sdk.BadRequestError, 'access_denied')));
  }

  it('of an integration', async () => {
    const { connectorId } = await client.integration('slack').get();
    const created = certified('integration', await client.integrations.create({ name: 'Chat', key: 'chat', connectorId }));
    const integration = client.integration(created.id);
    assert.equal(certified('integration', await integration.patch({ name: 'Chat 2' })).name, 'Chat 2');
    assert.equal(certified('integration', await integration.put({ name: 'Chat 3', key: 'chat', connectorId })).name, 'Chat 3');
    certified('integration', await integration.setup());
    certified('integration', await client.integration({ key: 'chat' }).get());
    await integration.archive();
    assert.ok(!(await client.integrations.findAll()).some((one) => one.id === created.id));
    await integration.restore();
    assert.ok((await client.integrations.findAll()).some((one) => one.id === created.id));
  });

  it('of a tenant', async () => {
    const created = certified('customer', await client.customers.create({ name: 'Acme', internalId: 'acme-1', fields: { plan: 'free' } }));
    const customer = client.customer(created.id);
    assert.deepEqual(certified('customer', await customer.get()), created);
    assert.equal(certified('customer', await customer.patch({ name: 'Acme 2' })).name, 'Acme 2');
    assert.equal(certified('customer', await customer.put({ name: 'Acme 3' })).internalId, 'acme-1');
    assert.ok(certifiedPage('customer', await client.customers.find({ search: 'acme' })).some((one) => one.id === created.id));
    assert.equal((await tenantClient(emulator, 'acme-1').self.get()).id, created.id);
    await customer.archive();
    await assert.rejects(tenantClient(emulator, 'acme-1').self.get(), refusal(sdk.BadRequestError, 'access_denied'));
    await customer.restore();
    assert.equal((await tenantClient(emulator, 'acme-1').self.get()).id, created.id);
  });

  it('of the workspace', async () => {
    const [workspace] = certifiedPage('workspace', await client.get('/org-workspaces'));
    certified('workspace', await client.get(`/org-workspaces/${workspace.id}`));
    const { token } = certified('workspaceToken', await client.post(`/org-workspaces/${workspace.id}/access-token`, { tenantKey: 'derived' }));
    const derived = new sdk.MembraneClient({ apiUri: emulator.apiUri, token });
    assert.equal(certified('self', await derived.self.get()).internalId, 'derived');
  });
});

describe('Elements of an integration and of a connection', () => {
  let emulator;
  let client;
  let connection;
  before(async () => {
    emulator = await startEmulator();
    client = tenantClient(emulator);
    connection = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
  });
  after(() => emulator.stop());

  it('are listed', async () => {
    for (const [kind, list] of [['action', 'actions'], ['flow', 'flows'], ['dataSource', 'dataSources'], ['fieldMapping', 'fieldMappings']]) {
      const ofIntegration = certifiedPage(kind, await client.integration('slack')[list].list());
      const ofConnection = certifiedPage(kind, await client.connection(connection.id)[list].list());
      if (kind === 'action') assert.ok(ofIntegration.length > 3 && ofConnection.length > 3);
    }
  });

  it('are read, made and changed at the connection', async () => {
    const action = client.connection(connection.id).action('list-messages');
    certified('action', await action.get());
    certified('action', await client.integration('slack').action('list-messages').get());
    const own = certified('action', await action.create());
    assert.equal(own.connectionId, connection.id);
    assert.equal(certified('action', await action.patch({ name: 'Mine' })).name, 'Mine');
    assert.equal(certified('action', await action.get()).name, 'Mine');
    assert.equal((await client.integration('slack').action('list-messages').get()).name, 'List Messages');
    await action.archive();
    assert.equal((await action.get()).name, 'List Messages');
  });

  it('are offered by the integration', async () => {
    const spec = certified('connectorSpec', await client.integration('slack').getConnectorSpec());
    assert.ok(spec.operations.some((one) => one.key === 'post-message'));
    assert.ok((await client.integration('slack').getOperations()).length > 3);
    const collections = await client.integration('slack').getDataCollections();
    assert.ok(collections.some((one) => one.key === 'messages'));
    certified('dataCollection', await client.integration('slack').getDataCollection('messages'));
  });
});
