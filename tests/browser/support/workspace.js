import { sign, workspaceKey } from '../../conformance/support/emulator.js';

/** Calls the API of the emulator as a tenant or, with null, as a manager; an error has what was answered. */
export function caller({ apiUri }, tenant) {
  const claims = tenant === null ? { workspaceKey, isAdmin: true } : { workspaceKey, tenantKey: tenant };
  const authorization = `Bearer ${sign(claims)}`;
  return async (method, path, body) => {
    const response = await fetch(apiUri + path, { method, headers: { authorization, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}

export const control = async ({ apiUri }, method, path, body) => {
  const response = await fetch(`${apiUri}/_emulator/${path}`, { method, body: body && JSON.stringify(body) });
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
};

/** Connects an app as the person would, who allows it. */
export async function connect(call, integrationKey, name) {
  const { url, requestId } = await call('POST', '/connection-requests', { integrationKey, name, allowMultipleConnections: true });
  await fetch(url, { method: 'POST', body: new URLSearchParams({ decision: 'allow', apiKey: 'k' }) });
  return (await call('GET', `/connection-requests/${requestId}`)).resultConnectionId;
}

/** A workspace with something of each kind, some of it with names that are meant to do harm. */
export async function fillWorkspace(emulator) {
  const ada = caller(emulator, 'ada');
  const manager = caller(emulator, null);
  const hubspot = await connect(ada, 'hubspot', 'HubSpot of Ada');
  const slack = await connect(ada, 'slack', hostileName);
  for (const [email, name] of [['ada@example.com', 'Ada Lovelace'], ['grace@example.com', 'Grace Hopper'], ['eve@example.com', hostileName]]) {
    await ada('POST', `/actions/create-contact/run?connectionId=${hubspot}`, { input: { email, firstName: name } });
  }
  await ada('POST', `/actions/post-message/run?connectionId=${slack}`, { input: { channel: '#general', text: 'Hello!' } });
  await manager('POST', '/flows', {
    key: 'welcome',
    name: 'Welcome new contacts',
    integrationKey: 'hubspot',
    nodes: { start: { type: 'api-trigger', links: [{ key: 'make' }] }, make: { type: 'run-action', config: { actionKey: 'create-contact', inputMapping: { email: { $var: '$.input.mail' } } } } },
  });
  await ada('POST', `/flows/welcome/run?connectionId=${hubspot}`, { input: { mail: 'new@example.com' } });
  await ada('POST', `/flows/welcome/run?connectionId=${hubspot}`, { input: { mail: 5 } });
  await ada('POST', '/agent/sessions', { prompt: 'Create an action to archive a contact' });
  await ada('POST', '/connection-requests', { integrationKey: 'github' });
  await fetch(`${emulator.apiUri}/connections/none`, { headers: { authorization: `Bearer ${sign({ workspaceKey, tenantKey: 'ada' })}` } });
  return { ada, hubspot, slack };
}

export const hostileName = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script> \u202Egnp.txt';
