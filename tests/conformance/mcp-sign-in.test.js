import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { startEmulator } from './support/emulator.js';
import { tenantClient } from './support/clients.js';

const redirectUrl = 'http://127.0.0.1:9/callback';

/** What a program keeps while a person signs in, as the MCP client asks for it. */
function keeper() {
  const kept = {};
  return {
    kept,
    redirectUrl,
    clientMetadata: { client_name: 'Conformance', redirect_uris: [redirectUrl], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'none', scope: 'tenant' },
    clientInformation: () => kept.client,
    saveClientInformation: (client) => (kept.client = client),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => (kept.tokens = tokens),
    redirectToAuthorization: (address) => (kept.address = address),
    saveCodeVerifier: (verifier) => (kept.verifier = verifier),
    codeVerifier: () => kept.verifier,
  };
}

/** Signs in on the pages, as a person does, and gives the code that the browser brings back. */
async function signIn(address, tenantKey) {
  const answer = await fetch(address, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: 'person@example.com', decision: 'allow', tenantKey }) });
  assert.equal(answer.status, 303, await answer.text());
  const back = new URL(answer.headers.get('location'));
  assert.equal(back.origin + back.pathname, redirectUrl);
  return back.searchParams.get('code');
}

describe('Signing in to the MCP server, as the official MCP client does it by itself', () => {
  let emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  it('finds the authorization server, registers, signs in and goes on', async () => {
    const authProvider = keeper();
    const transport = () => new StreamableHTTPClientTransport(new URL('/mcp/integrate-anything', emulator.apiUri), { authProvider });
    const first = transport();
    await assert.rejects(new Client({ name: 'conformance', version: '1.0.0' }).connect(first), UnauthorizedError);
    assert.equal(authProvider.kept.address.searchParams.get('code_challenge_method'), 'S256');

    await first.finishAuth(await signIn(authProvider.kept.address, 'signed-in'));
    const client = new Client({ name: 'conformance', version: '1.0.0' });
    await client.connect(transport());

    await tenantClient(emulator, 'signed-in').connections.create({ integrationKey: 'slack', name: 'Mine', credentials: { accessToken: 'secret' } });
    const { structuredContent } = await client.callTool({ name: 'list-connections', arguments: {} });
    assert.deepEqual(structuredContent.items.map((one) => one.name), ['Mine']);
    await client.close();
  });
});
