import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { startEmulator } from './support/emulator.js';
import { clearFaults, connect, fault as misbehave, launch, skipReason } from './support/local-mcp.js';

const skip = skipReason();

/** The official clients: the one of the older line, and the one of the newer line in both ways that it has of speaking. */
const lines = {
  '1.x': (identity) => [new Client(identity), StdioClientTransport],
  '2.x with a handshake': (identity) => [new ModernClient(identity), ModernTransport],
  '2.x without one': (identity) => [new ModernClient(identity, { versionNegotiation: { mode: 'auto' } }), ModernTransport],
};

describe('Start-MembraneMcpServer, as the official MCP client sees it', { skip }, () => {
  const open = [];
  let emulator;
  let hubspot;
  let slack;
  before(async () => {
    emulator = await startEmulator();
    hubspot = await connect(emulator, 'hubspot', 'CRM');
    slack = await connect(emulator, 'slack', 'Chat');
  });
  after(async () => {
    for (const client of open) await client.close();
    await emulator.stop();
  });

  /** Starts a server as an MCP client does: by a command line, with a token in the environment. */
  async function start(command, ...options) {
    return startWith('1.x', command, ...options);
  }

  async function startWith(line, command, ...options) {
    const [client, Transport] = lines[line]({ name: 'conformance', version: '1.0.0' });
    const transport = new Transport({ ...launch(emulator, command, ...options), stderr: 'pipe' });
    let errors = '';
    transport.stderr.on('data', (text) => (errors += text));
    const noise = [];
    client.onerror = (error) => noise.push(error);
    await client.connect(transport, { timeout: 120_000 }).catch((error) => {
      throw new Error(`${error.message}\n${errors}`);
    });
    open.push(client);
    return { client, noise, pid: transport.pid, errors: () => errors };
  }

  /** Makes the emulator misbehave once. */
  const fault = (body) => misbehave(emulator, body);

  for (const [line, ...options] of [['1.x'], ['1.x', '-InputFormat', 'None'], ['2.x with a handshake'], ['2.x without one', '-InputFormat', 'None']]) {
    it(`offers the actions of connections as tools to the client ${line} ${options.join(' ')}`, async () => {
      const { client, noise, errors } = await startWith(line, `Start-MembraneMcpServer -Connection ${hubspot.id},${slack.id} -Verbose`, ...options);
      assert.equal(client.getServerVersion().name, 'membrane');
      assert.deepEqual(Object.keys(client.getServerCapabilities()), ['tools']);
      assert.ok(client.getInstructions().includes(hubspot.id));
      if (line !== '2.x without one') await client.ping();
      const { tools } = await client.listTools();
      const names = tools.map((tool) => tool.name);
      assert.ok(names.includes('hubspot_create-contact') && names.includes('slack_post-message'), names.join());
      assert.equal(new Set(names).size, names.length);
      for (const tool of tools) {
        assert.match(tool.name, /^[A-Za-z0-9_-]{1,64}$/);
        assert.equal(tool.inputSchema.type, 'object');
        assert.ok(tool.outputSchema === undefined || tool.outputSchema.type === 'object');
      }

      const result = await client.callTool({ name: 'hubspot_create-contact', arguments: { email: 'node@example.com', firstName: 'Zoë 日本 🎉' } });
      assert.equal(result.isError, false, JSON.stringify(result));
      assert.equal(result.structuredContent.firstName, 'Zoë 日本 🎉');
      assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
      assert.deepEqual(noise, []);
      assert.match(errors(), /Serving \d+ tools/);
    });
  }

  it('answers many calls at once, each with its own result', async () => {
    const { client } = await start(`Start-MembraneMcpServer -Connection ${hubspot.id}`);
    const emails = Array.from({ length: 40 }, (_, index) => `many${index}@example.com`);
    const results = await Promise.all(emails.map((email) => client.callTool({ name: 'hubspot_create-contact', arguments: { email } })));
    assert.deepEqual(results.map((result) => result.structuredContent.email), emails);
  });

  it('tells the agent what it did wrong', async () => {
    const { client } = await start(`Start-MembraneMcpServer -Connection ${hubspot.id}`);
    const wrong = await client.callTool({ name: 'hubspot_create-contact', arguments: { email: 5 } });
    assert.equal(wrong.isError, true);
    assert.equal(JSON.parse(wrong.content[0].text).error.problems[0].path, 'email');
    const missing = await client.callTool({ name: 'hubspot_get-contact', arguments: { id: 'nobody' } });
    assert.equal(missing.isError, true);
    await assert.rejects(client.callTool({ name: 'slack_post-message', arguments: { channel: 'x', text: 'y' } }), /There is no tool/);
    await assert.rejects(client.listResources(), /There is no method|does not support/);
  });

  it('reports progress, and ends a call that is cancelled', async () => {
    const { client } = await start(`Start-MembraneMcpServer -Connection ${hubspot.id}`);
    const progress = [];
    await fault({ match: { path: '*/run' }, delayMs: 7000, times: 1 });
    const result = await client.callTool({ name: 'hubspot_create-contact', arguments: { email: 'slow@example.com' } }, undefined, { onprogress: (one) => progress.push(one), timeout: 60_000 });
    assert.equal(result.isError, false);
    assert.ok(progress.length >= 2, JSON.stringify(progress));
    assert.ok(progress[1].progress > progress[0].progress);
    assert.match(progress[0].message, /create-contact/);

    const stop = new AbortController();
    await fault({ match: { path: '*/run' }, delayMs: 30_000, times: 1 });
    const call = client.callTool({ name: 'hubspot_create-contact', arguments: { email: 'gone@example.com' } }, undefined, { signal: stop.signal, onprogress: () => stop.abort(), timeout: 60_000 });
    await assert.rejects(call);
    await client.ping();
    await clearFaults(emulator);
  });

  it('lets an agent find its tools itself', async () => {
    const { client } = await start(`Start-MembraneMcpServer -Connection ${hubspot.id},${slack.id} -Dynamic`);
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name), ['find_actions', 'run_action']);
    const words = tools[0].inputSchema.properties.connection.enum;
    assert.equal(words.length, 2);
    const found = await client.callTool({ name: 'find_actions', arguments: { intent: 'send a message', limit: 3 } });
    const action = found.structuredContent.actions.find((one) => one.name && /message/i.test(one.description ?? ''));
    assert.ok(action, JSON.stringify(found));
    const ran = await client.callTool({ name: 'run_action', arguments: { action: action.action, connection: action.connection, input: { channel: '#general', text: 'Hello' } } });
    assert.equal(ran.isError, false, JSON.stringify(ran));
    const elsewhere = await client.callTool({ name: 'run_action', arguments: { action: action.action, connection: words.find((word) => word !== action.connection), input: {} } });
    assert.equal(elsewhere.isError, true);
  });

  it('ends when the client leaves', async () => {
    const { client, pid } = await start(`Start-MembraneMcpServer -Connection ${hubspot.id}`);
    await client.close();
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });
});
