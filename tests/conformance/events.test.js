import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEmulator } from './support/emulator.js';
import { managerClient, tenantClient } from './support/clients.js';
import { certified, certifiedPage } from './support/elements.js';

describe('Subscriptions to events of the own app', () => {
  let emulator;
  before(async () => {
    emulator = await startEmulator();
    await managerClient(emulator).appEventTypes.create({ name: 'Order placed', key: 'order-placed' });
  });
  after(() => emulator.stop());

  it('are there for every tenant, and are subscribed to', async () => {
    const client = tenantClient(emulator);
    const [found] = certifiedPage('appEventSubscription', await client.appEventSubscriptions.find());
    const subscription = client.appEventSubscription(found.id);
    assert.equal(certified('appEventSubscription', await subscription.get()).isSubscribed, false);
    await subscription.subscribe();
    assert.equal(certified('appEventSubscription', await subscription.get()).isSubscribed, true);
    certified('appEventSubscription', await subscription.patch({ name: 'Mine' }));
    assert.notEqual((await tenantClient(emulator).appEventSubscriptions.find()).items[0].id, found.id);
  });
});
