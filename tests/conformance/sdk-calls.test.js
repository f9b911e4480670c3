import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startEmulator } from './support/emulator.js';
import { managerClient, tenantClient } from './support/clients.js';
import { certified, certifiedPage } from './support/elements.js';
import { calls, methodsOf } from './support/sdk-drive.js';

/** What the SDK and its hooks ask for: { method, path, call, hooks }. */
const listed = readFileSync(new URL('sdk-calls.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => {
    const [method, path, call, ...hooks] = line.split(' ');
    return { method, path, call, hooks };
  });
const inABrowser = ({ method }) => method === 'PAGE' || method === 'STREAM';
const pattern = ({ path }) => new RegExp(`^${path.replace(/\{path\}/, '.+').replace(/\{\w+\}/g, '[^/]+')}/?$`);

describe('Whatever the vendor’s SDK asks for', () => {
  let emulator;
  const at = { made: {} };
  before(async () => {
    emulator = await startEmulator();
    at.manager = managerClient(emulator);
    at.tenant = tenantClient(emulator);
    const { id } = await at.tenant.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } });
    at.at = { connectionId: id };
    const watched = { type: 'data-record-created', dataSource: { collectionKey: 'messages' } };
    at.made.externalEventSubscription = (await at.tenant.post('/external-event-subscriptions', { connectionId: id, config: watched })).id;
  });
  after(async () => {
    assert.equal(await emulator.stop(), 0);
    assert.doesNotMatch(emulator.errors, /unexpectedly|Exception/);
  });

  const requests = async () => {
    const log = `${emulator.apiUri}/_emulator/requests`;
    const { items } = await (await fetch(log)).json();
    await fetch(log, { method: 'DELETE' });
    return items;
  };

  it('is in the list, and nothing else is', () => {
    const theirs = methodsOf(tenantClient(emulator)).sort();
    const ours = listed.map(({ call }) => call).filter((call) => call !== '-' && !call.includes('(object)'));
    assert.deepEqual([...new Set(ours)].sort(), theirs);
    const driven = calls.map(([call]) => call);
    const rest = listed.filter((line) => !inABrowser(line) && line.call !== '-').map(({ call }) => call);
    assert.deepEqual(driven.toSorted(), rest.toSorted());
  });

  it('answers, in the shape that the SDK declares', async () => {
    await requests();
    for (const [call, kind, ask, keep] of calls) {
      const line = listed.find((one) => one.call === call && !inABrowser(one));
      const answer = await ask(at).catch((error) => {
        throw new Error(`${call}: ${JSON.stringify(error.data ?? error.response?.data ?? error.message)}`);
      });
      if (keep) at.made[keep] = answer.id;
      if (kind.endsWith('[]')) certifiedPage(kind.slice(0, -2), answer);
      else if (kind !== '-') certified(kind, answer);
      const asked = await requests();
      const where = pattern(line);
      assert.ok(asked.some((one) => one.method === line.method && where.test(one.path)), `${call}: ${JSON.stringify(asked.map((one) => `${one.method} ${one.path}`))}`);
      for (const one of asked) assert.ok(one.status < 300, `${call}: ${one.method} ${one.path} ${one.status}`);
    }
  });

  it('answers the hooks that read a list', async () => {
    const lists = listed.filter(({ method, path, hooks }) => method === 'GET' && hooks.length > 0 && !path.includes('{') && /s$/.test(hooks[0]));
    assert.ok(lists.length > 20, String(lists.length));
    for (const { path } of lists) {
      const { items } = await at.manager.get(`${path}?limit=25&hash=-5`);
      assert.ok(Array.isArray(items), path);
      if (path !== '/app-events') assert.ok(items.length > 0, `${path} has nothing to show`);
    }
  });
});
