import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as sdk from '@membranehq/sdk';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { startEmulator, workspaceKey } from './support/emulator.js';
import { sign, tenantClient } from './support/clients.js';
import { certified, certifiedPage } from './support/elements.js';

describe('The MCP server, as the official MCP client sees it', () => {
  let emulator;
  let address;
  let mcp;
  before(async () => {
    emulator = await startEmulator();
    address = new URL('/mcp/integrate-anything', emulator.apiUri);
    mcp = await connect(sign({ iss: workspaceKey, id: 'agent' }));
  });
  after(async () => {
    await mcp.close();
    await emulator.stop();
  });

  async function connect(token) {
    const client = new Client({ name: 'conformance', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers: token ? { Authorization: `Bearer ${token}` } : {} } }));
    return client;
  }

  /** Calls a tool that must succeed; gives what it answered. */
  async function call(name, args = {}) {
    const result = await mcp.callTool({ name, arguments: args });
    assert.ok(!result.isError, result.content[0].text);
    assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
    return result.structuredContent;
  }

  it('introduces itself', async () => {
    assert.equal(mcp.getServerVersion().name, 'membrane-emulator');
    assert.deepEqual(Object.keys(mcp.getServerCapabilities()), ['tools']);
    await mcp.ping();
  });

  it('lets nobody in without a token, and says where one is to be had', async () => {
    await assert.rejects(connect(), (error) => error instanceof StreamableHTTPError && error.code === 401);
    await assert.rejects(connect(sign({ iss: workspaceKey, id: 'agent', exp: 1 })), (error) => error instanceof StreamableHTTPError && error.code === 401);
    const response = await fetch(address, { method: 'POST', body: '{}' });
    assert.match(response.headers.get('www-authenticate'), /^Bearer resource_metadata="http.*\/\.well-known\/oauth-protected-resource\/mcp\/integrate-anything"$/);
    assert.equal((await response.json()).key, 'not_authenticated');
  });

  it('offers tools, each with a schema and a description', async () => {
    const { tools } = await mcp.listTools();
    const names = tools.map((tool) => tool.name);
    for (const name of ['list-connections', 'search-connectors', 'search-tools', 'run-tool', 'create-connection', 'get-connection', 'request-connection', 'check-connection-result', 'get-action'])
      assert.ok(names.includes(name), `${name} is not among ${names}`);

    assert.equal(new Set(names).size, names.length);
    for (const tool of tools) {
      assert.ok(tool.description.length > 20);
      assert.equal(tool.inputSchema.additionalProperties, false);
      for (const required of tool.inputSchema.required ?? []) assert.ok(required in tool.inputSchema.properties);
    }
  });

  it('takes an agent from the app to the result', async () => {
    const [connector] = certifiedPage('searchResult', await call('search-connectors', { q: 'slack' }));
    const request = certified('connectionRequest', await call('request-connection', { connectorId: connector.element.id, name: 'From MCP' }));
    assert.equal((await call('check-connection-result', { requestId: request.requestId })).status, 'pending');
    await fetch(request.url, { method: 'POST', body: new URLSearchParams({ decision: 'allow' }) });

    const { status, resultConnectionId: connectionId } = await call('check-connection-result', { requestId: request.requestId });
    assert.equal(status, 'success');
    assert.equal(certified('connection', await call('get-connection', { connectionId, wait: true, timeout: 5 })).state, 'READY');
    assert.deepEqual(certifiedPage('connection', await call('list-connections')).map((one) => one.name), ['From MCP']);
    const [action] = certifiedPage('action', await call('search-tools', { connectionId, intent: 'send a message', limit: 3 }));
    assert.equal(certified('action', await call('get-action', { actionId: action.id })).key, 'post-message');
    const run = certified('actionRun', await call('run-tool', { actionId: action.id, connectionId, input: sdk.generateExampleFromSchema(action.inputSchema) }));
    assert.ok(run.output.id);
    const listed = (await call('search-tools', { connectionId, intent: 'list messages' })).items[0];
    assert.ok(JSON.stringify(await call('run-tool', { actionId: listed.id, connectionId })).includes(run.output.id));
  });

  it('shows an agent the connections of its own tenant only', async () => {
    const { id } = await tenantClient(emulator).connections.create({ integrationKey: 'slack' });
    const result = await mcp.callTool({ name: 'get-connection', arguments: { connectionId: id } });
    assert.equal(result.isError, true);
    assert.equal(JSON.parse(result.content[0].text).key, 'not_found');
  });

  it('tells the agent what it did wrong', async () => {
    for (const [name, args, text] of [
      ['get-connection', {}, 'connectionId'],
      ['get-connection', { connectionId: 5 }, 'connectionId'],
      ['get-connection', { connectionId: 'con_x', timeout: 61 }, 'timeout'],
      ['list-connections', { surprise: true }, 'surprise'],
      ['request-connection', {}, 'integrationKey'],
    ]) {
      const result = await mcp.callTool({ name, arguments: args });
      assert.equal(result.isError, true, name);
      assert.ok(result.content[0].text.includes(text), result.content[0].text);
    }

    await assert.rejects(mcp.callTool({ name: 'nothing', arguments: {} }), /There is no tool 'nothing'/);
    await assert.rejects(mcp.listResources(), /There is no method|does not support/);
  });

  it('is strict about the protocol', async () => {
    const headers = { Authorization: `Bearer ${sign({ iss: workspaceKey, id: 'agent' })}`, 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
    const send = (body, more = {}) => fetch(address, { method: 'POST', headers: { ...headers, ...more }, body });
    const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
    assert.equal((await send(ping)).status, 200);
    assert.equal((await send('{"jsonrpc":"2.0","method":"notifications/initialized"}')).status, 202);
    assert.equal((await (await send('{"jsonrpc":')).json()).error.code, -32700);
    assert.equal((await (await send('[]')).json()).error.code, -32600);
    assert.equal((await (await send('{"jsonrpc":"2.0","id":null,"method":"ping"}')).json()).error.code, -32600);
    assert.equal((await (await send('{"jsonrpc":"2.0","id":1,"method":"nothing"}')).json()).error.code, -32601);
    assert.equal((await send(ping, { 'MCP-Protocol-Version': '1999-01-01' })).status, 400);
    assert.equal((await send(ping, { Origin: 'https://evil.example' })).status, 403);
    for (const method of ['GET', 'DELETE']) assert.equal((await fetch(address, { method, headers })).status, 405);
  });
});
