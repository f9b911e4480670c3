import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { startEmulator, workspaceKey } from './support/emulator.js';
import { sign } from './support/clients.js';

const manifest = fileURLToPath(new URL('../../out/Membrane/Membrane.psd1', import.meta.url));
const shell = process.env.MEMBRANE_TEST_ENGINE ?? 'pwsh';
const hasShell = spawnSync(shell, ['-NoProfile', '-Command', 'exit 0']).status === 0;
const skip = hasShell ? false : 'There is no pwsh on the PATH: Start-MembraneMcpServer WAS NOT TRIED with the official MCP client.';
if (skip) console.error(`!!\n!! ${skip}\n!!`);

describe('Start-MembraneMcpServer, as the official MCP client sees it', { skip }, () => {
  const tenant = 'local-agent';
  const open = [];
  let emulator;
  let hubspot;
  let slack;
  before(async () => {
    assert.ok(existsSync(manifest), 'Build the solution first: there is no staged module.');
    emulator = await startEmulator();
    hubspot = await connect('hubspot', 'CRM');
    slack = await connect('slack', 'Chat');
  });
  after(async () => {
    for (const client of open) await client.close();
    await emulator.stop();
  });

  /** Connects an app, as a person who says yes. */
  async function connect(integrationKey, name) {
    const call = async (path, body) =>
      (await fetch(new URL(path, emulator.apiUri), {
        method: body ? 'POST' : 'GET',
        headers: { Authorization: `Bearer ${sign({ iss: workspaceKey, id: tenant })}`, 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
      })).json();
    const request = await call('/connection-requests', { integrationKey, name });
    await fetch(request.url, { method: 'POST', body: new URLSearchParams({ decision: 'allow', apiKey: 'test' }) });
    return { id: (await call(`/connection-requests/${request.requestId}`)).resultConnectionId };
  }

  /** Starts a server as an MCP client does: by a command line, with a token in the environment. */
  async function start(command, ...options) {
    const transport = new StdioClientTransport({
      command: shell,
      args: ['-NoProfile', '-NonInteractive', ...options, '-Command', `Import-Module '${manifest}'; ${command}`],
      env: { ...process.env, MEMBRANE_TOKEN: sign({ iss: workspaceKey, id: tenant }), MEMBRANE_API_URL: emulator.apiUri },
      stderr: 'pipe',
    });
    let errors = '';
    transport.stderr.on('data', (text) => (errors += text));
    const client = new Client({ name: 'conformance', version: '1.0.0' });
    const noise = [];
    client.onerror = (error) => noise.push(error);
    await client.connect(transport, { timeout: 120_000 }).catch((error) => {
      throw new Error(`${error.message}\n${errors}`);
    });
    open.push(client);
    return { client, noise, pid: transport.pid, errors: () => errors };
  }

  /** Makes the emulator misbehave once. */
  const fault = (body) => fetch(new URL('/_emulator/faults', emulator.apiUri), { method: 'POST', body: JSON.stringify(body) });

  for (const options of [[], ['-InputFormat', 'None']]) {
    it(`offers the actions of connections as tools ${options.join(' ')}`, async () => {
      const { client, noise, errors } = await start(`Start-MembraneMcpServer -Connection ${hubspot.id},${slack.id} -Verbose`, ...options);
      assert.equal(client.getServerVersion().name, 'membrane');
      assert.deepEqual(Object.keys(client.getServerCapabilities()), ['tools']);
      assert.match(client.getInstructions(), /CRM/);
      await client.ping();
      const { tools } = await client.listTools();
      const names = tools.map((tool) => tool.name);
      assert.ok(names.includes('hubspot_create-contact') && names.includes('slack_post-message'), names.join());
      assert.equal(new Set(names).size, names.length);
      for (const tool of tools) {
        assert.match(tool.name, /^[A-Za-z0-9_-]{1,64}$/);
        assert.equal(tool.inputSchema.type, 'object');
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
    await fetch(new URL('/_emulator/faults', emulator.apiUri), { method: 'DELETE' });
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
