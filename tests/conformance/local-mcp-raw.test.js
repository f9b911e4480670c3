import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEmulator, workspaceKey } from './support/emulator.js';
import { call, clearFaults, connect, fault, requests, skipReason, startRaw } from './support/local-mcp.js';

const skip = skipReason();
const hello = (id, protocolVersion = '2025-11-25') => ({ id, method: 'initialize', params: { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } } });
const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };
const create = (email) => ({ name: 'hubspot_create-contact', arguments: { email } });

describe('Start-MembraneMcpServer, line by line', { skip }, () => {
  let emulator;
  let server;
  let hubspot;
  before(async () => {
    emulator = await startEmulator();
    hubspot = await connect(emulator, 'hubspot', 'CRM');
  });
  after(async () => {
    server?.child.kill();
    await emulator.stop();
  });

  it('answers initialize while the service holds back, and ping while a list waits', async () => {
    await fault(emulator, { match: { path: '*' }, delayMs: 600_000 });
    server = startRaw(emulator, 'Start-MembraneMcpServer -Connection hubspot -ThrottleLimit 1 -RefreshIntervalSec 1', '-InputFormat', 'None');
    const { result } = await server.ask(hello(1));
    assert.equal(result.protocolVersion, '2025-11-25');
    assert.equal(result.capabilities.tools.listChanged, true);
    server.send({ method: 'notifications/initialized' });
    server.send({ id: 2, method: 'tools/list' });
    assert.deepEqual((await server.ask({ id: 3, method: 'ping' })).result, {});
    assert.ok(!server.seen.some((one) => one.id === 2));
    await clearFaults(emulator);
    const names = (await server.answer(2)).result.tools.map((tool) => tool.name);
    assert.ok(names.includes('hubspot_create-contact'), names.join());
  });

  it('makes a service that is down an error of the call', async () => {
    await fault(emulator, { match: { path: '/connections*' }, status: 403 });
    const { error } = await server.ask({ id: 4, method: 'tools/list' });
    assert.equal(error.code, -32603);
    assert.match(error.message, /403|access|denied|refused/i);
    await clearFaults(emulator);
    assert.ok((await server.ask({ id: 5, method: 'tools/list' })).result.tools.length > 0);
  });

  it('tells the client when there are other tools, once, and nobody who has not asked', async () => {
    server.send({ id: 'all', method: 'subscriptions/listen', params: { _meta: meta, notifications: { toolsListChanged: true, promptsListChanged: true } } });
    server.send({ id: 'none', method: 'subscriptions/listen', params: { _meta: meta, notifications: {} } });
    const acknowledged = async (id) => (await server.next((one) => one.params?._meta?.['io.modelcontextprotocol/subscriptionId'] === id)).params;
    assert.deepEqual((await acknowledged('all')).notifications, { toolsListChanged: true });
    assert.deepEqual((await acknowledged('none')).notifications, {});
    const made = await call(emulator, '/actions', { key: 'later', name: 'Later', connectionId: hubspot.id, type: 'list-data-records', config: {} }, { workspaceKey, isAdmin: true });
    assert.ok(made.id, JSON.stringify(made));
    const changes = [await server.next((one) => one.method === 'notifications/tools/list_changed'), await server.next((one) => one.method === 'notifications/tools/list_changed')];
    assert.deepEqual(changes.map((one) => one.params?._meta?.['io.modelcontextprotocol/subscriptionId']).sort(), ['all', undefined]);
    const { result } = await server.ask({ id: 6, method: 'tools/list' });
    assert.ok(result.tools.some((tool) => tool.name === 'hubspot_later'), JSON.stringify(result.tools.map((tool) => tool.name)));
    assert.ok(!server.seen.some((one) => one.method === 'notifications/tools/list_changed'));
    server.send({ method: 'notifications/cancelled', params: { requestId: 'none' } });
    assert.deepEqual((await server.ask({ id: 7, method: 'ping' })).result, {});
    assert.ok(!server.seen.some((one) => one.id === 'none'));
  });

  it('cancels a call that is queued, and sends nothing for it', async () => {
    await fault(emulator, { match: { path: '*/run' }, delayMs: 600_000 });
    server.send({ id: 'first', method: 'tools/call', params: create('first@example.com') });
    server.send({ id: 'queued', method: 'tools/call', params: create('queued@example.com') });
    server.send({ id: 'queued', method: 'tools/call', params: create('again@example.com') });
    assert.match((await server.answer('queued')).error.message, /under way/);
    server.send({ method: 'notifications/cancelled', params: { requestId: 'queued' } });
    server.send({ method: 'notifications/cancelled', params: { requestId: { odd: true } } });
    assert.deepEqual((await server.ask({ id: 8, method: 'ping' })).result, {});
    await clearFaults(emulator);
    assert.equal((await server.answer('first')).result.structuredContent.email, 'first@example.com');
    assert.equal((await server.ask({ id: 'third', method: 'tools/call', params: create('third@example.com') })).result.isError, false);
    assert.ok(!server.seen.some((one) => one.id === 'queued'));
    const sent = (await requests(emulator)).filter((one) => one.path.endsWith('/run')).map((one) => JSON.stringify(one.body));
    assert.ok(!sent.some((body) => body.includes('queued@')), sent.join());
  });

  it('says what is wrong with garbage, and goes on', async () => {
    const refused = async (line) => {
      server.send(line);
      return (await server.next((one) => one.id === null && one.error)).error;
    };
    assert.equal((await refused('garbage')).code, -32700);
    assert.equal((await refused('{"jsonrpc":"2.0","id":1,"met')).code, -32700);
    assert.equal((await refused(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))).code, -32700);
    const deep = await refused(`{"jsonrpc":"2.0","id":1,"method":"ping","params":${'['.repeat(5000)}${']'.repeat(5000)}}`);
    assert.equal(deep.code, -32600);
    assert.match(deep.message, /nested more than \d+ levels/);
    for (const line of ['[]', '5', 'null', '"text"', '{}', '{"jsonrpc":"1.0","id":1,"method":"ping"}', '{"jsonrpc":"2.0","id":{},"method":"ping"}']) {
      assert.equal((await refused(line)).code, -32600, line);
    }

    assert.equal((await refused(Buffer.alloc(100 * 1024 * 1024, 'x'))).code, -32600);
    assert.equal((await server.ask({ id: 'none such', method: 'nothing' })).error.code, -32601);
    server.send('{"jsonrpc":"2.0","id":"half","method":"tools/call","params":{"name":"hubspot_create-contact","arguments":{"email":"\\ud800"}}}');
    assert.match((await server.answer('half')).error.message, /not valid Unicode/);
    server.send('   ');
    server.send({ id: 'unasked', result: {} });
    assert.deepEqual((await server.ask({ id: 9, method: 'ping' })).result, {});
    assert.match((await server.ask({ id: 10, method: 'tools/list', params: { cursor: 'x' } })).error.message, /cursor/);
    assert.match((await server.ask({ id: 11, method: 'tools/call', params: { name: 'hubspot_create-contact', arguments: [] } })).error.message, /arguments/);
  });

  it('speaks the revision that each request names', async () => {
    const { result: found } = await server.ask({ id: 12, method: 'server/discover', params: { _meta: meta } });
    assert.equal(found.resultType, 'complete');
    assert.ok(found.supportedVersions.includes('2026-07-28'));
    assert.equal(found._meta['io.modelcontextprotocol/serverInfo'].name, 'membrane');
    const { result: listed } = await server.ask({ id: 13, method: 'tools/list', params: { _meta: meta } });
    assert.deepEqual([listed.resultType, listed.ttlMs, listed.cacheScope], ['complete', 0, 'private']);
    const unknown = await server.ask({ id: 14, method: 'tools/list', params: { _meta: { ...meta, 'io.modelcontextprotocol/protocolVersion': '1900-01-01' } } });
    assert.equal(unknown.error.code, -32022);
    assert.deepEqual(unknown.error.data.requested, '1900-01-01');
    assert.equal((await server.ask({ id: 15, method: 'tools/list', params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } } })).error.code, -32602);
    assert.equal((await server.ask({ id: 16, method: 'ping', params: { _meta: meta } })).error.code, -32601);
    assert.equal((await server.ask({ id: 17, method: 'server/discover' })).error.code, -32602);
    assert.equal((await server.ask({ id: 18, method: 'subscriptions/listen', params: {} })).error.code, -32601);
  });

  it('takes batches in the one revision that has them', async () => {
    const batch = [
      { jsonrpc: '2.0', id: 'a', method: 'ping' },
      { jsonrpc: '2.0', id: 'b', method: 'tools/call', params: create('batch@example.com') },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      7,
    ];
    server.send(JSON.stringify(batch));
    assert.match((await server.next((one) => one.id === null)).error.message, /2025-03-26/);
    assert.equal((await server.ask(hello(19, '2025-03-26'))).result.protocolVersion, '2025-03-26');
    server.send(JSON.stringify(batch));
    const answers = await server.next(Array.isArray);
    assert.deepEqual(answers.map((one) => one.id).sort(), ['a', 'b', null]);
    assert.equal(answers.find((one) => one.id === 'b').result.structuredContent.email, 'batch@example.com');
    server.send(JSON.stringify([{ jsonrpc: '2.0', method: 'notifications/initialized' }]));
    assert.deepEqual((await server.ask({ id: 20, method: 'ping' })).result, {});
  });

  it('finishes what is under way when its input ends, and ends the subscription', async () => {
    server.send({ id: 'last', method: 'tools/call', params: create('last@example.com') });
    server.child.stdin.end('{"jsonrpc":"2.0","id":"half a line","method":"pi');
    assert.equal((await server.answer('last')).result.structuredContent.email, 'last@example.com');
    assert.equal((await server.answer('all')).result.resultType, 'complete');
    assert.equal((await server.next((one) => one.id === null)).error.code, -32700);
    assert.equal(await server.exited, 0);
    assert.doesNotMatch(server.errors(), /eyJ/);
  });

  it('ends when nobody reads any more', async () => {
    await fault(emulator, { match: { path: '*/run' }, delayMs: 600_000 });
    const orphan = startRaw(emulator, 'Start-MembraneMcpServer -Connection hubspot', '-InputFormat', 'None');
    await orphan.ask(hello(1));
    orphan.send({ id: 2, method: 'tools/call', params: create('orphan@example.com') });
    orphan.child.stdout.destroy();
    for (let id = 3; orphan.child.exitCode === null && id < 200; id++) {
      orphan.send({ id, method: 'ping' });
      await Promise.race([orphan.exited, new Promise((resolve) => setTimeout(resolve, 100))]);
    }

    assert.equal(await orphan.exited, 0);
    await clearFaults(emulator);
  });
});
