import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { startEmulator, workspaceKey } from './support/emulator.js';
import { call, clearFaults, connect, fault, launch, requests, skipReason } from './support/local-mcp.js';

const skip = skipReason();
const token = 'conformance-token-0123456789';
const authorization = { Authorization: `Bearer ${token}` };
const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };
const hello = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } } };

/** Starts a server that listens, and gives its address. */
async function startHttp(emulator, command) {
  const { command: program, args, env } = launch(emulator, command);
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const exited = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => {
      errors += text;
      const ready = /MCP server listening on (\S+)/.exec(errors);
      if (ready) resolve(new URL(ready[1]));
    });
    exited.then((code) => reject(new Error(`The server ended with ${code}. ${output} ${errors}`)));
  });
  return { child, address, exited, output: () => output, errors: () => errors };
}

describe('Start-MembraneMcpServer -Http', { skip }, () => {
  const open = [];
  let emulator;
  let hubspot;
  let server;
  before(async () => {
    emulator = await startEmulator();
    hubspot = await connect(emulator, 'hubspot', 'CRM');
    server = await startHttp(emulator, `Start-MembraneMcpServer -Http -Connection hubspot -BearerToken ${token} -RefreshIntervalSec 1`);
  });
  after(async () => {
    for (const client of open) await client.close();
    server?.child.kill('SIGKILL');
    await emulator.stop();
  });

  /** The official clients: the one of the older line, and the one of the newer line in both ways that it has of speaking. */
  const lines = {
    '1.x': () => [new Client({ name: 'conformance', version: '1' }), new StreamableHTTPClientTransport(server.address, { requestInit: { headers: authorization } })],
    '2.x with a handshake': () => [new ModernClient({ name: 'conformance', version: '1' }), new ModernHttp(server.address, { requestInit: { headers: authorization } })],
    '2.x without one': () => [
      new ModernClient({ name: 'conformance', version: '1' }, { versionNegotiation: { mode: 'auto' } }),
      new ModernHttp(server.address, { requestInit: { headers: authorization } }),
    ],
  };

  async function start(line) {
    const [client, transport] = lines[line]();
    const noise = [];
    client.onerror = (error) => noise.push(error);
    await client.connect(transport);
    open.push(client);
    return { client, transport, noise };
  }

  const callTool = (client, params, options) => (client instanceof Client ? client.callTool(params, undefined, options) : client.callTool(params, options));

  for (const line of Object.keys(lines)) {
    it(`serves the official client ${line}`, async () => {
      const { client, transport } = await start(line);
      assert.equal(client.getServerVersion().name, 'membrane');
      assert.match(client.getInstructions(), /hubspot/);
      const { tools } = await client.listTools();
      assert.ok(tools.some((tool) => tool.name === 'hubspot_create-contact' && tool.outputSchema.type === 'object'));
      const emails = Array.from({ length: 20 }, (_, index) => `many${index}@${line.length}.example.com`);
      const results = await Promise.all(emails.map((email) => callTool(client, { name: 'hubspot_create-contact', arguments: { email } })));
      assert.deepEqual(results.map((result) => result.structuredContent.email), emails);
      const wrong = await callTool(client, { name: 'hubspot_create-contact', arguments: { email: 5 } });
      assert.equal(wrong.isError, true);

      const progress = [];
      await fault(emulator, { match: { path: '*/run' }, delayMs: 6000, times: 1 });
      const slow = await callTool(client, { name: 'hubspot_create-contact', arguments: { email: 'slow@example.com' } }, { onprogress: (one) => progress.push(one) });
      assert.equal(slow.isError, false);
      assert.match(progress[0].message, /create-contact/);

      const stop = new AbortController();
      await fault(emulator, { match: { path: '*/run' }, delayMs: 600_000, times: 1 });
      const canceled = callTool(client, { name: 'hubspot_create-contact', arguments: { email: 'gone@example.com' } }, { signal: stop.signal, onprogress: () => stop.abort(), timeout: 120_000 });
      await assert.rejects(canceled);
      assert.ok((await client.listTools()).tools.length > 0);
      await clearFaults(emulator);
      if (transport.sessionId) await transport.terminateSession();
      await client.close();
    });
  }

  it('tells a client of either line when there are other tools', async () => {
    const changed = [];
    const { client: old } = await start('1.x');
    const { ToolListChangedNotificationSchema } = await import('@modelcontextprotocol/sdk/types.js');
    const told = new Promise((resolve) => old.setNotificationHandler(ToolListChangedNotificationSchema, resolve));
    await old.listTools();
    const modern = new ModernClient({ name: 'conformance', version: '1' }, {
      versionNegotiation: { mode: { pin: '2026-07-28' } },
      listChanged: { tools: { onChanged: (error, tools) => changed.push(error ?? tools) } },
    });
    await modern.connect(new ModernHttp(server.address, { requestInit: { headers: authorization } }));
    open.push(modern);
    await modern.listTools();
    const made = await call(emulator, '/actions', { key: 'later', name: 'Later', connectionId: hubspot.id, type: 'list-data-records', config: {} }, { workspaceKey, isAdmin: true });
    assert.ok(made.id, JSON.stringify(made));
    await told;
    while (changed.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(changed.at(-1).some((tool) => tool.name === 'hubspot_later'), String(changed[0]));
    assert.ok((await old.listTools()).tools.some((tool) => tool.name === 'hubspot_later'));
  });

  /** A request as it is; the answer with its body. */
  const raw = (method, { headers = authorization, body, path = '/mcp', host } = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const request = http.request(
        // Each on a connection of its own: what HttpListener refuses by itself must not be in the way of what follows.
        { agent: false, host: '127.0.0.1', port: server.address.port, path, method, headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...(host ? { Host: host } : {}), ...headers } },
        (response) => {
          let content = '';
          response.setEncoding('utf8');
          response.on('data', (part) => (content += part));
          response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text: content, json: content.startsWith('{') || content.startsWith('[') ? JSON.parse(content) : undefined }));
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(text);
    });

  it('lets in nobody but a program of this machine that knows the token', async () => {
    const status = async (options) => (await raw('POST', { body: hello, ...options })).status;
    assert.equal(await status({ headers: {} }), 401);
    assert.equal(await status({ headers: { Authorization: 'Bearer wrong' } }), 401);
    assert.equal(await status({ headers: {}, path: '/mcp?token=wrong' }), 401);
    assert.equal(await status({ headers: {}, path: `/mcp?token=${token}` }), 200);
    assert.equal(await status({ headers: { ...authorization, Origin: 'https://evil.example' } }), 403);
    assert.equal(await status({ headers: { ...authorization, Origin: 'null' } }), 403);
    assert.equal(await status({ headers: { ...authorization, Origin: server.address.origin } }), 200);
    assert.ok([400, 403, 404].includes(await status({ host: 'evil.example' })));
    assert.equal(await status({ path: '/elsewhere' }), 404);
    assert.match((await raw('POST', { headers: {}, body: hello })).headers['www-authenticate'], /Bearer/);
  });

  it('has sessions, for those that begin with a handshake', async () => {
    const began = await raw('POST', { body: hello });
    const session = began.headers['mcp-session-id'];
    assert.match(session, /^[0-9a-f]{64}$/);
    const within = { ...authorization, 'Mcp-Session-Id': session, 'MCP-Protocol-Version': '2025-11-25' };
    assert.equal((await raw('POST', { headers: within, body: { jsonrpc: '2.0', method: 'notifications/initialized' } })).status, 202);
    assert.deepEqual((await raw('POST', { headers: within, body: { jsonrpc: '2.0', id: 2, method: 'ping' } })).json.result, {});
    assert.equal((await raw('POST', { body: { jsonrpc: '2.0', id: 2, method: 'ping' } })).status, 400);
    assert.equal((await raw('POST', { headers: { ...within, 'Mcp-Session-Id': 'none' }, body: { jsonrpc: '2.0', id: 2, method: 'ping' } })).status, 404);
    assert.equal((await raw('POST', { headers: { ...within, 'MCP-Protocol-Version': '1900-01-01' }, body: { jsonrpc: '2.0', id: 2, method: 'ping' } })).status, 400);
    assert.equal((await raw('GET', {})).status, 405);
    assert.equal((await raw('PUT', { headers: within })).status, 405);
    assert.equal((await raw('GET', { headers: { ...within, Accept: 'application/json' } })).status, 406);
    assert.equal((await raw('GET', { headers: { ...within, 'Mcp-Session-Id': 'none' } })).status, 404);
    assert.equal((await raw('POST', { headers: within, body: [{ jsonrpc: '2.0', id: 2, method: 'ping' }] })).status, 400);

    const listening = raw('GET', { headers: within });
    while ((await raw('GET', { headers: { ...within, Accept: 'text/event-stream', 'Mcp-Session-Id': session }, path: '/mcp?second' }).catch(() => ({ status: 0 }))).status !== 409) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }

    assert.equal((await raw('DELETE', { headers: within })).status, 204);
    assert.equal((await listening).status, 200);
    assert.equal((await raw('POST', { headers: within, body: { jsonrpc: '2.0', id: 2, method: 'ping' } })).status, 404);
    assert.equal((await raw('DELETE', {})).status, 405);

    const batches = { ...authorization, 'Mcp-Session-Id': (await raw('POST', { body: { ...hello, params: { ...hello.params, protocolVersion: '2025-03-26' } } })).headers['mcp-session-id'] };
    const batch = await raw('POST', { headers: batches, body: [{ jsonrpc: '2.0', id: 'a', method: 'ping' }, { jsonrpc: '2.0', id: 'b', method: 'nothing' }] });
    assert.deepEqual(batch.json.map((one) => one.id).sort(), ['a', 'b']);
    assert.equal((await raw('POST', { headers: batches, body: [{ jsonrpc: '2.0', method: 'notifications/initialized' }] })).status, 202);
  });

  it('holds the headers of the newest revision to its messages', async () => {
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } };
    const headers = { ...authorization, 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/list' };
    assert.equal((await raw('POST', { headers, body: list })).json.result.resultType, 'complete');
    for (const [name, value] of [['Mcp-Method', 'tools/call'], ['Mcp-Method', undefined], ['MCP-Protocol-Version', '2025-11-25'], ['MCP-Protocol-Version', undefined]]) {
      const { [name]: _, ...others } = headers;
      const answer = await raw('POST', { headers: value ? { ...others, [name]: value } : others, body: list });
      assert.deepEqual([answer.status, answer.json.error.code], [400, -32020], `${name}: ${value}`);
    }

    const run = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { _meta: meta, name: 'hubspot_create-contact', arguments: { email: 'encoded@example.com' } } };
    const encoded = `=?base64?${Buffer.from(run.params.name).toString('base64')}?=`;
    const ran = await raw('POST', { headers: { ...headers, 'Mcp-Method': 'tools/call', 'Mcp-Name': encoded }, body: run });
    assert.equal(ran.headers['content-type'], 'text/event-stream');
    assert.match(ran.text, /encoded@example\.com/);
    assert.equal((await raw('POST', { headers: { ...headers, 'Mcp-Method': 'tools/call', 'Mcp-Name': 'other' }, body: run })).json.error.code, -32020);
    const plain = await raw('POST', { headers: { ...headers, Accept: 'application/json', 'Mcp-Method': 'tools/call', 'Mcp-Name': run.params.name }, body: run });
    assert.equal(plain.json.result.structuredContent.email, 'encoded@example.com');
    const unknown = await raw('POST', { headers: { ...headers, 'Mcp-Method': 'nothing' }, body: { ...list, method: 'nothing' } });
    assert.deepEqual([unknown.status, unknown.json.error.code], [404, -32601]);
    const future = await raw('POST', { headers: { ...headers, 'MCP-Protocol-Version': '2099-01-01' }, body: { ...list, params: { _meta: { ...meta, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' } } } });
    assert.deepEqual([future.status, future.json.error.code], [400, -32022]);
    const bare = await raw('POST', { headers, body: { ...list, params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } } } });
    assert.deepEqual([bare.status, bare.json.error.code], [400, -32602]);
  });

  it('stops a call of which the client closes the stream', async () => {
    const headers = { ...authorization, 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/call', 'Mcp-Name': 'hubspot_create-contact' };
    const message = (id) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { _meta: meta, name: 'hubspot_create-contact', arguments: { email: `closed${id}@example.com` } } });
    const before = (await requests(emulator)).length;
    const runs = async () => (await requests(emulator)).slice(before).filter((one) => one.path.endsWith('/run'));

    // As many as run at a time: while one of them does, no further one begins.
    await fault(emulator, { match: { path: '*/run' }, delayMs: 600_000, times: 8 });
    const held = Array.from({ length: 8 }, (_, id) => {
      const request = http.request({ host: '127.0.0.1', port: server.address.port, path: '/mcp', method: 'POST', headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' } });
      request.on('error', () => {});
      request.end(JSON.stringify(message(id)));
      return request;
    });
    while ((await runs()).length < 8) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const request of held) request.destroy();
    assert.match((await raw('POST', { headers, body: message(9) })).text, /closed9@example\.com/);
    await clearFaults(emulator);
  });

  it('says what is wrong with garbage', async () => {
    const garbage = await raw('POST', { body: 'garbage' });
    assert.deepEqual([garbage.status, garbage.json.error.code], [400, -32700]);
    assert.equal((await raw('POST', { body: Buffer.from([0x22, 0xff, 0x22]) })).json.error.code, -32700);
    assert.match((await raw('POST', { body: `[${'['.repeat(5000)}${']'.repeat(5000)}]` })).json.error.message, /nested/);
    assert.equal((await raw('POST', { headers: { ...authorization, 'Content-Type': 'text/plain' }, body: hello })).status, 415);
    const large = await raw('POST', { headers: { ...authorization, 'Content-Length': String(100 * 1024 * 1024) }, body: 'x' }).catch((error) => error.code);
    assert.ok(large.status === 413 || typeof large === 'string', String(large.status));
  });

  it('makes a token, and keeps it out of what it prints', async () => {
    const own = await startHttp(emulator, 'Start-MembraneMcpServer -Http -Port 0 -Connection hubspot -Dynamic | ForEach-Object { "$($_.Transport) $($_.Address) $($_.Token | ConvertFrom-SecureString -AsPlainText)" }');
    assert.equal(own.address.search, '');
    while (!/^http \S+ \S+\s/.test(own.output())) await new Promise((resolve) => own.child.stdout.once('data', resolve));
    const made = own.output().split(/\s+/)[2];
    assert.match(made, /^[0-9a-f]{64}$/);
    assert.doesNotMatch(own.errors(), new RegExp(made));
    own.address.searchParams.set('token', made);
    const client = new ModernClient({ name: 'address only', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new ModernHttp(own.address));
    assert.deepEqual((await client.listTools()).tools.map((tool) => tool.name), ['find_actions', 'run_action']);
    await client.close();
    own.child.kill('SIGKILL');
    await own.exited;
    assert.match(own.output(), /http http:\/\/127\.0\.0\.1:\d+\/mcp/);
  });
});
