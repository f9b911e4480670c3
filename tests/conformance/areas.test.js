import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import * as sdk from '@membranehq/sdk';
import { startEmulator } from './support/emulator.js';
import { managerClient, tenantClient } from './support/clients.js';
import { certified, certifiedPage } from './support/elements.js';
import { refusal } from './support/refusals.js';

describe('What belongs to a connection or a tenant', () => {
  let emulator;
  let manager;
  let client;
  let other;
  let at;
  before(async () => {
    emulator = await startEmulator();
    manager = managerClient(emulator);
    client = tenantClient(emulator);
    other = tenantClient(emulator);
    const connect = (who) => who.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    at = { connectionId: (await connect(client)).id };
    await connect(other);
  });
  after(async () => {
    await emulator.stop();
    assert.doesNotMatch(emulator.errors, /unexpectedly|Exception/);
  });

  const messages = () => client.connection(at.connectionId).dataCollection('messages');

  async function finished(id) {
    for (let tries = 0; tries < 500; tries++) {
      const run = await client.flowRun(id).get();
      if (!['queued', 'running'].includes(run.state)) return run;
      await setTimeout(10);
    }

    throw new Error(`The flow run ${id} does not end.`);
  }

  it('is made with autoCreate once, and is found again', async () => {
    await manager.flows.create({ name: 'Sync', key: 'sync', nodes: { start: { type: 'api-trigger', name: 'Start' } } });
    await assert.rejects(client.flowInstance({ flowKey: 'sync', ...at }).get(), refusal(sdk.BadRequestError, 'not_found', 'autoCreate'));
    const made = certified('flow', await client.flowInstance({ flowKey: 'sync', autoCreate: true, ...at }).get());
    assert.equal((await client.flowInstance({ flowKey: 'sync', autoCreate: true, ...at }).get()).id, made.id);
    assert.equal((await client.flowInstance({ flowId: made.flowId, ...at }).get()).id, made.id);
    assert.equal((await client.flowInstance({ parentKey: 'sync', integrationKey: 'slack' }).get()).id, made.id);
    const second = await client.flowInstance({ flowKey: 'sync', instanceKey: 'b', autoCreate: true, ...at }).get();
    assert.notEqual(second.id, made.id);
    assert.equal(second.instanceKey, 'b');
    await assert.rejects(client.flowInstance({ flowKey: 'sync', ...at }).create({}), refusal(sdk.BadRequestError, 'already_exists'));
  });

  it('follows what it is an instance of where that is asked for, until it is changed', async () => {
    const parent = manager.flow('sync');
    const mine = (options) => client.flowInstance({ flowKey: 'sync', ...at, ...options });
    await parent.patch({ description: 'New' });
    assert.equal((await mine().get()).description, undefined);
    assert.equal((await mine({ autoUpdate: true }).get()).description, 'New');
    await mine().patch({ description: 'Mine' });
    await parent.patch({ description: 'Newer' });
    assert.equal((await mine({ autoUpdate: true }).get()).description, 'Mine');
    assert.equal((await mine().updateToLatestFlow()).description, 'Newer');
  });

  it('is restored in the parts that are named', async () => {
    const mine = client.flowInstance({ flowKey: 'sync', ...at });
    await mine.patch({ name: 'Mine', nodes: { start: { type: 'filter', name: 'Mine' }, own: { type: 'filter', name: 'Own' } } });
    assert.equal((await mine.reset({ name: true })).name, 'Sync');
    const { nodes } = await mine.reset({ nodes: { start: true } });
    assert.deepEqual([nodes.start.name, nodes.own.name], ['Start', 'Own']);
    assert.deepEqual(Object.keys((await mine.reset({ allNodes: true })).nodes), ['start']);
  });

  it('does not exist for another tenant', async () => {
    const { id } = await client.flowInstance({ flowKey: 'sync', ...at }).get();
    const table = await manager.dataLinkTables.create({ name: 'Pairs', key: 'pairs' });
    const own = client.dataLinkTableInstance({ dataLinkTableKey: 'pairs', autoCreate: true, ...at });
    await own.createLink({ appRecordId: '1', externalRecordId: 'a' });
    const tableId = await own.getId();
    for (const ask of [
      () => other.flowInstance(id).get(),
      () => other.flowInstance(id).patch({ name: 'Theirs' }),
      () => other.flowInstance(id).archive(),
      () => other.flowInstance({ flowKey: 'sync', ...at, autoCreate: true }).get(),
      () => other.dataLinkTableInstance(tableId).findLinks(),
      () => other.get(`/data-link-tables/${tableId}/links`),
      () => other.get(`/data-link-tables/${table.id}/links`, at),
    ]) await assert.rejects(ask(), refusal(sdk.BadRequestError, 'not_found'));
    assert.deepEqual((await other.get('/data-links', { dataLinkTableInstanceId: tableId })).items, []);
    assert.deepEqual((await other.flowInstances.find({})).items, []);
    assert.equal((await client.flowInstance(id).get()).name, 'Sync');
  });

  it('is no way to what all have', async () => {
    const { id } = await manager.flow('sync').get();
    await assert.rejects(client.flowInstance(id).patch({ name: 'Mine now' }), refusal(sdk.BadRequestError, 'not_found'));
    await assert.rejects(client.flow('sync').patch({ name: 'Mine now' }), refusal(sdk.BadRequestError, 'access_denied'));
  });

  it('goes with its connection, and can be had again', async () => {
    const { id } = await client.connections.create({ integrationKey: 'github', credentials: { accessToken: 'secret' } });
    const mine = client.flowInstance({ flowKey: 'sync', connectionId: id, autoCreate: true });
    const { id: instance } = await mine.get();
    await client.connection(id).archive();
    await assert.rejects(mine.get(), refusal(sdk.BadRequestError, 'not_found'));
    await assert.rejects(client.flowInstance(instance).patch({ name: 'Gone' }), refusal(sdk.BadRequestError, 'not_found'));
    const fresh = client.flowInstance({ flowKey: 'sync', ...at });
    const before = await fresh.get();
    await fresh.archive();
    await assert.rejects(fresh.get(), refusal(sdk.BadRequestError, 'not_found'));
    await assert.rejects(client.flowInstance(before.id).patch({ name: 'Gone' }), refusal(sdk.BadRequestError, undefined, 'archived'));
    assert.ok((await client.flowInstances.find({ includeArchived: true })).items.some((one) => one.id === before.id && one.archivedAt));
    await fresh.restore();
    assert.equal((await fresh.get()).id, before.id);
  });

  it('has to be named', async () => {
    await assert.rejects(client.get('/flow-instance'), refusal(sdk.BadRequestError, undefined, "'flowKey'"));
    await assert.rejects(client.flowInstance({ flowKey: 'nothing', ...at }).get(), refusal(sdk.BadRequestError, 'not_found', 'nothing'));
    await assert.rejects(client.flowInstance({ flowKey: 'sync', connectionId: 'con_none' }).get(), refusal(sdk.BadRequestError, 'not_found', 'con_none'));
    await assert.rejects(manager.appDataSchemaInstance({ appDataSchemaKey: 'none' }).get(), refusal(sdk.BadRequestError, undefined, "'userId'"));
    const { id } = await client.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    await assert.rejects(client.flowInstance({ flowKey: 'sync' }).get(), refusal(sdk.BadRequestError, undefined, '2 connections'));
    await client.connection(id).archive();
  });

  it('is put back as it was read', async () => {
    await manager.appDataSchemas.create({ name: 'Contact', key: 'contact', schema: { type: 'object' } });
    for (const [kind, accessor] of [
      ['dataLinkTableInstance', client.dataLinkTableInstance({ dataLinkTableKey: 'pairs', ...at })],
      ['appDataSchemaInstance', client.appDataSchemaInstance({ appDataSchemaKey: 'contact', autoCreate: true })],
      ['appDataSchema', manager.appDataSchema('contact')],
      ['flow', client.flowInstance({ flowKey: 'sync', ...at })],
    ]) {
      const item = await accessor.get();
      const put = certified(kind, await accessor.put({ ...item, name: 'Put back' }));
      const changing = ['name', 'updatedAt', 'revision', 'isCustomized'];
      const kept = (one) => Object.fromEntries(Object.entries(one).filter(([name]) => !changing.includes(name)));
      assert.deepEqual(kept(put), kept(item));
    }
    await assert.rejects(manager.appDataSchemas.create({ name: 'X', colour: 'red' }), refusal(sdk.BadRequestError, undefined, "'colour'"));
  });

  it('links records in the direction that is asked for', async () => {
    const table = client.dataLinkTableInstance({ dataLinkTableKey: 'pairs', ...at });
    await table.createLink({ appRecordId: '2', externalRecordId: 'b', direction: 'import' });
    await table.createLink({ appRecordId: '2', externalRecordId: 'b', direction: 'import' });
    const found = async (query) => certifiedPage('dataLink', await table.findLinks(query)).map((link) => link.externalRecordId);
    assert.deepEqual(await found({}), ['a', 'b']);
    assert.deepEqual(await found({ direction: 'import' }), ['a', 'b']);
    assert.deepEqual(await found({ direction: 'export' }), ['a']);
    assert.deepEqual(await found({ appRecordId: '2' }), ['b']);
    const [link] = (await client.get('/data-links', { dataLinkTableInstanceId: await table.getId(), externalRecordId: 'b' })).items;
    await client.delete(`/data-links/${link.id}`);
    assert.deepEqual(await found({ limit: 1 }), ['a']);
    await assert.rejects(table.deleteLink({ appRecordId: '2', externalRecordId: 'b' }), refusal(sdk.BadRequestError, 'not_found'));
    await assert.rejects(table.createLink({ appRecordId: '3' }), refusal(sdk.BadRequestError, undefined, 'externalRecordId'));
    await assert.rejects(table.createLink({ appRecordId: '3', externalRecordId: 'c', direction: 'up' }), refusal(sdk.BadRequestError, undefined, 'direction'));
  });

  it('hears of events of the own app, which launch flows', async () => {
    const type = await manager.appEventTypes.create({ name: 'Order placed', key: 'order', tenantIdFormula: { $var: 'body.customer' } });
    await manager.flows.create({
      name: 'On order', key: 'on-order', integrationId: (await client.connection(at.connectionId).get()).integrationId,
      nodes: {
        start: { type: 'app-event-trigger', name: 'Order', config: { appEventTypeKey: 'order' }, links: [{ key: 'post' }] },
        post: { type: 'run-action', name: 'Post', config: { actionKey: 'post-message', input: { text: { $var: '$.input.order' } } } },
      },
    });
    const { id: tenantId } = await client.self.get();
    const send = (uri, body) => fetch(uri, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    const [subscription] = (await client.appEventSubscriptions.find()).items;
    assert.equal((await send(subscription.webhookUri, { order: 'Unheard' })).status, 200);
    await client.appEventSubscription(subscription.id).subscribe();
    assert.equal((await send(subscription.webhookUri, { order: 'One' })).status, 200);
    assert.equal((await send(type.globalWebhookUri, { order: 'Two', customer: tenantId })).status, 200);
    assert.equal((await send(type.globalWebhookUri, { order: 'Three', customer: 'nobody' })).status, 404);
    assert.equal((await send(`${type.globalWebhookUri}x`, {})).status, 404);
    assert.equal((await fetch(type.globalWebhookUri, { method: 'POST', body: '{' })).status, 400);

    const events = certifiedPage('appEvent', await client.get('/app-events'));
    assert.deepEqual(events.map(({ event }) => event.order), ['Two', 'One', 'Unheard']);
    assert.deepEqual(events.map(({ launchedFlowRunIds }) => launchedFlowRunIds.length), [1, 1, 0]);
    await finished(events[0].launchedFlowRunIds[0]);
    const run = certified('flowRun', await finished(events[1].launchedFlowRunIds[0]));
    assert.deepEqual([run.state, run.launchedBy.type, run.launchedBy.ids], ['completed', 'app-event-trigger', [events[1].id]]);
    assert.ok((await messages().list({})).records.some(({ fields }) => fields.text === 'One'));
    certified('appEvent', await client.get(`/app-events/${events[0].id}`));
    assert.deepEqual((await other.get('/app-events')).items, []);
    await assert.rejects(other.get(`/app-events/${events[0].id}`), refusal(sdk.BadRequestError, 'not_found'));
  });

  it('hears of what happens in an app since it subscribed', async () => {
    const watch = async (type) => certified('externalEventSubscription', await client.post('/external-event-subscriptions', { ...at, config: { type, dataSource: { collectionKey: 'messages' } } }));
    const [created, updated, deleted] = [await watch('data-record-created'), await watch('data-record-updated'), await watch('data-record-deleted')];
    await manager.flows.create({
      name: 'On message', key: 'on-message',
      nodes: { start: { type: 'data-record-created-trigger', name: 'New', config: { dataSource: { collectionKey: 'messages' } } } },
    });
    const pull = async ({ id }) => certified('externalEventPull', await client.post(`/external-event-subscriptions/${id}/pull-events`)).collectedEventIds;
    assert.deepEqual(await pull(created), []);
    const { id } = await messages().create({ fields: { text: 'New' } });
    const [event] = await pull(created);
    const found = certified('externalEvent', await client.get(`/external-event-log-records/${event}`));
    assert.equal(found.payload.record.fields.text, 'New');
    assert.equal((await finished(found.launchedFlowRunIds[0])).launchedBy.type, 'external-event');
    assert.deepEqual(await pull(created), []);
    assert.deepEqual(await pull(updated), []);
    await setTimeout(5);
    await messages().update({ id, fields: { text: 'Newer' } });
    assert.equal((await pull(updated)).length, 1);
    assert.deepEqual(await pull(deleted), []);
    await messages().delete({ id });
    assert.equal((await pull(deleted)).length, 1);
    assert.deepEqual(await pull(created), []);
  });

  it('stops hearing, and starts anew', async () => {
    const { items } = await client.externalEventSubscriptions().find({ ...at, status: 'subscribed' });
    const [{ id }] = certifiedPage('externalEventSubscription', { items });
    const subscription = client.externalEventSubscription(id);
    await subscription.unsubscribe();
    assert.equal((await subscription.get()).status, 'unsubscribed');
    await assert.rejects(subscription.pullEvents(), refusal(sdk.BadRequestError, undefined, 'not subscribed'));
    await messages().create({ fields: { text: 'Missed' } });
    await subscription.resubscribe();
    await subscription.pullEvents();
    const [last] = certifiedPage('externalEventPull', await client.get('/external-event-pulls', { externalEventSubscriptionId: id }));
    assert.deepEqual(last.collectedEventIds, []);
    assert.deepEqual((await other.externalEventSubscriptions().find({})).items, []);
    await assert.rejects(other.externalEventSubscription(id).get(), refusal(sdk.BadRequestError, 'not_found'));
    await client.delete(`/external-event-subscriptions/${id}`);
    await assert.rejects(subscription.subscribe(), refusal(sdk.BadRequestError, 'not_found'));
    await client.post(`/external-event-subscriptions/${id}/restore`);
    await subscription.subscribe();
    for (const [body, word] of [[{}, 'connectionId'], [{ ...at, config: { type: 'x' } }, 'type'], [{ ...at, config: { type: 'connector-event' }, pullUpdatesIntervalSeconds: 5 }, 'pullUpdatesIntervalSeconds'], [{ connectionId: 'con_none', config: { type: 'connector-event' } }, 'con_none']])
      await assert.rejects(client.post('/external-event-subscriptions', body), (error) => error.message.includes(word));
  });

  it('is a product that the workspace has connected', async () => {
    const product = certified('connectedProduct', await manager.post('/connected-products', { name: 'Helper', type: 'ai-agent', audience: 'personal' }));
    assert.equal(certified('connectedProduct', await manager.patch(`/connected-products/${product.id}`, { ...product, type: 'app' })).type, 'app');
    assert.deepEqual(certifiedPage('connectedProduct', await manager.get('/connected-products', { type: 'app' })).map(({ id }) => id), [product.id]);
    assert.deepEqual((await manager.get('/connected-products', { type: 'ai-agent' })).items, []);
    await assert.rejects(client.post('/connected-products', { name: 'Mine', type: 'app' }), refusal(sdk.BadRequestError, 'access_denied'));
  });
});
