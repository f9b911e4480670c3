// The page of docs/samples/react-page, with the vendor's React SDK as it is, in a real browser: see README.md.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEmulator } from '../conformance/support/emulator.js';
import { launch, skip } from './support/chromium.js';
import { picture } from './support/pictures.js';
import { startBuiltPage, startFunction, startListener, startPage, stopAll } from './support/programs.js';

// Two cores that others use, too, take their time.
const options = { skip, timeout: 120_000 };
const foreign = 'http://shop.example';
let emulator, listener, azureFunction, page, builtPage, browser;

before(async () => {
  if (skip) return console.error(`!! THE PAGE WAS NOT TRIED IN A BROWSER: ${skip}`);

  emulator = await startEmulator();
  browser = await launch();
  [listener, azureFunction] = await Promise.all([startListener(), startFunction()]);
  [page, builtPage] = await Promise.all([
    startPage({ apiUri: emulator.apiUri, tokenEndpoint: listener }),
    startBuiltPage({ apiUri: emulator.apiUri, tokenEndpoint: azureFunction }),
  ]);
});

after(async () => {
  stopAll();
  await Promise.all([browser?.close(), emulator?.stop()]);
});

/** A customer of one's own on the page; `use` gets the tab, and a client of the API that signs in as the page does. */
async function visit(customer, use, { uri = page } = {}) {
  const context = await browser.newContext();
  context.setDefaultTimeout(30000);
  try {
    if (customer) await context.addCookies([{ name: 'session', value: customer, url: uri }]);
    const tab = await context.newPage();
    const problems = [];
    tab.on('pageerror', (error) => problems.push(error.message));
    await tab.goto(uri);
    await use(tab, context);
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

const app = (tab, name) => tab.getByRole('list', { name: 'Apps' }).getByRole('listitem').filter({ hasText: name });
const connections = (tab) => tab.getByRole('list', { name: 'Your connections' }).getByRole('listitem');
const status = (tab) => tab.getByRole('status');
const frame = (tab) => tab.frameLocator('#__integration-app-popup');

/** Waits until the text of the element fits; the error says what it was. */
async function reads(locator, pattern) {
  const deadline = Date.now() + 30000;
  let text;
  do {
    text = (await locator.textContent()) ?? '';
    if (pattern.test(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < deadline);
  assert.match(text, pattern);
}

async function connect(tab, name) {
  await app(tab, name).getByRole('button', { name: 'Connect', exact: true }).click();
  await frame(tab).getByRole('button', { name: 'Allow' }).click();
  await frame(tab).getByRole('button', { name: 'Done' }).click();
  await reads(status(tab), new RegExp(`Connected: .*${name}`, 'i'));
}

const tokenOf = async (customer) => (await (await fetch(`${listener}/api/membrane-token`, { headers: { cookie: `session=${customer}` } })).json()).token;

test('it lists the apps with their logos, and no connection yet', options, () =>
  visit('lists', async (tab) => {
    await app(tab, 'Slack').waitFor();
    await tab.getByText('None yet.').waitFor();
    for (const logo of await tab.locator('li img').all()) {
      assert.ok(await logo.evaluate((image) => image.decode().then(() => image.naturalWidth)), 'a logo');
    }
  }));

test('nobody who is not signed in gets a token', options, () =>
  visit(null, async (tab) => {
    await reads(tab.getByRole('alert').first(), /Sign in first/);
    assert.equal(await app(tab, 'Slack').count(), 0);
  }));

test('it connects in a frame, refuses, reconnects and removes', options, () =>
  visit('frames', async (tab) => {
    await app(tab, 'Slack').getByRole('button', { name: 'Connect', exact: true }).click();
    await frame(tab).getByRole('button', { name: 'Refuse' }).click();
    await frame(tab).getByRole('button', { name: 'Done' }).click();
    await reads(status(tab), /Nothing was connected/);

    await connect(tab, 'Slack');
    await reads(connections(tab), /Slack.*connected/);
    await picture(tab, 'page');

    await connections(tab).getByRole('button', { name: 'Reconnect' }).click();
    await frame(tab).getByRole('button', { name: 'Allow' }).click();
    await frame(tab).getByRole('button', { name: 'Done' }).click();
    await reads(status(tab), /Reconnected/);
    assert.equal(await connections(tab).count(), 1);

    await connections(tab).getByRole('button', { name: 'Remove' }).click();
    await tab.getByText('None yet.').waitFor();
  }));

test('it connects in a window of its own, and says if the person refuses there', options, () =>
  visit('windows', async (tab, context) => {
    for (const [decision, outcome] of [['Refuse', /refused|denied|declined/i], ['Allow', /Connected: .*Slack/]]) {
      const opening = context.waitForEvent('page');
      await app(tab, 'Slack').getByRole('button', { name: 'Connect in a window' }).click();
      const popup = await opening;
      const closing = popup.waitForEvent('close');
      await popup.getByRole('button', { name: decision }).click();
      await closing;
      await reads(status(tab), outcome);
    }

    await reads(connections(tab), /Slack/);
  }));

test('it connects with a key in a frame that nobody sees, and says if the app refuses the key', options, () =>
  visit('hidden', async (tab) => {
    const form = app(tab, 'Weather Station');
    await form.getByLabel('API key of Weather Station').fill('invalid-key');
    await form.getByRole('button', { name: 'Connect with the key' }).click();
    await reads(status(tab), /invalid|refused|rejected|not accept/i);
    assert.equal(await connections(tab).count(), 0);

    await form.getByLabel('API key of Weather Station').fill('a-good-key');
    await form.getByRole('button', { name: 'Connect with the key' }).click();
    await reads(status(tab), /Connected: .*Weather Station/);
    await reads(connections(tab), /Weather Station/);
    assert.equal(await connections(tab).count(), 1);
  }));

test('it hears of changes that are made elsewhere', options, () =>
  visit('stream', async (tab) => {
    await tab.getByText('None yet.').waitFor();
    const authorization = `Bearer ${await tokenOf('stream')}`;
    const response = await fetch(`${emulator.apiUri}/connections`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ integrationKey: 'weather-station', name: 'Made elsewhere', credentials: { apiKey: 'k' } }),
    });
    assert.ok(response.ok);
    await reads(connections(tab), /Made elsewhere/);
  }));

test('a page hears how its connection request ended', options, () =>
  visit('events', async (tab) => {
    await app(tab, 'Slack').waitFor();
    const token = await tokenOf('events');
    const heard = tab.evaluate(
      ([address]) =>
        new Promise((resolve, reject) => {
          const source = new EventSource(address);
          source.onopen = () => (window.isOpen = true);
          source.onmessage = ({ data }) => resolve(JSON.parse(data));
          source.onerror = () => reject(new Error('The stream ended.'));
        }),
      [`${emulator.apiUri}/sse/connection-events/request-of-the-test?token=${encodeURIComponent(token)}`],
    );
    await tab.waitForFunction(() => window.isOpen);
    // As the SDK posts it, from a page that the first one has nothing to do with.
    const form = new URLSearchParams({ payload: JSON.stringify({ token, integrationKey: 'slack', requestId: 'request-of-the-test' }) });
    const asked = await fetch(`${emulator.apiUri}/connect`, { method: 'POST', body: form });
    assert.match(asked.url, /connectionRequestId=/);
    await fetch(asked.url, { method: 'POST', body: new URLSearchParams({ decision: 'allow' }) });
    const event = await heard;
    assert.equal(event.type, 'newConnectionCreated');
    assert.equal(event.requestId, 'request-of-the-test');
    assert.equal(event.connection.name, 'Slack');
  }));

test('a page can read how long to wait after 429', options, () =>
  visit('limits', async (tab) => {
    await app(tab, 'Slack').waitFor();
    const fault = { match: { method: 'GET', path: '/flows' }, status: 429, headers: { 'Retry-After': '7' }, times: 1 };
    await fetch(`${emulator.apiUri}/_emulator/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) });
    const answer = await tab.evaluate(
      async ([address, token]) => {
        const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
        return [response.status, response.headers.get('Retry-After')];
      },
      [`${emulator.apiUri}/flows`, await tokenOf('limits')],
    );
    assert.deepEqual(answer, [429, '7']);
  }));

/** What a page of an origin gets of the API. */
async function callFrom(origin, apiUri) {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    await tab.route(`${origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }));
    await tab.goto(`${origin}/`);
    return await tab.evaluate(
      async ([address, token]) => {
        try {
          return (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).status;
        } catch (error) {
          return error.message;
        }
      },
      [`${apiUri}/integrations`, await tokenOf('origins')],
    );
  } finally {
    await context.close();
  }
}

test('a page of another origin is refused, unless the emulator allows it', options, async () => {
  assert.equal(await callFrom(foreign, emulator.apiUri), 'Failed to fetch');
  const open = await startEmulator('--allow-origin', foreign);
  try {
    assert.equal(await callFrom(foreign, open.apiUri), 200);
    assert.equal(await callFrom('http://other.example', open.apiUri), 'Failed to fetch');
  } finally {
    await open.stop();
  }
});

test('the page that is built gets its tokens from the Azure Function', options, () =>
  visit(
    null,
    async (tab) => {
      await connect(tab, 'Slack');
      await reads(connections(tab), /Slack.*connected/);
    },
    { uri: builtPage },
  ));

/** The hosted pages, each with how a person gets to it. */
const hosted = {
  consent: (tab, token) => tab.goto(`${emulator.apiUri}/embed/integrations/slack/connect?token=${token}`),
  refused: (tab) => tab.getByRole('button', { name: 'Refuse' }).click(),
  key: (tab, token) => tab.goto(`${emulator.apiUri}/embed/integrations/weather-station/connect?token=${token}`),
  'key refused': async (tab) => {
    await tab.locator('input[type=password], input[type=text]').first().fill('invalid');
    await tab.getByRole('button', { name: 'Connect', exact: true }).click();
  },
  connected: async (tab) => {
    await tab.locator('input[type=password], input[type=text]').first().fill('good');
    await tab.getByRole('button', { name: 'Connect', exact: true }).click();
  },
  'choice of an app': (tab, token) => tab.goto(`${emulator.apiUri}/screens/connect?token=${token}`),
  connection: async (tab, token) => tab.goto(`${emulator.apiUri}/screens/connection?token=${token}&connectionId=${(await post('/connections', token, ready)).id}`),
  waiting: async (tab, token) => tab.goto(`${emulator.apiUri}/screens/connection?token=${token}&connectionId=${(await post('/connections', token, waiting)).id}`),
  'not in the emulator': (tab) => tab.goto(`${emulator.apiUri}/embed/flow-instances/any/editor`),
  'no token': (tab) => tab.goto(`${emulator.apiUri}/embed/integrations/slack/connect`),
  'sign-in': async (tab) => tab.goto(await authorizeUri()),
  tenant: async (tab) => {
    await tab.getByLabel('E-mail address').fill('ada@example.com');
    await tab.getByRole('button', { name: 'Continue' }).click();
  },
  code: (tab) => tab.goto(`${emulator.apiUri}/oauth/code?code=${'a-code-of-some-length-'.repeat(4)}`),
  'no code': (tab) => tab.goto(`${emulator.apiUri}/oauth/code`),
  'not signed in': (tab) => tab.goto(`${emulator.apiUri}/oauth/code?error=access_denied&error_description=You%20refused.`),
};
const ready = { integrationKey: 'weather-station', name: 'Weather of Ada', credentials: { apiKey: 'k' } };
const waiting = { integrationKey: 'gmail', name: 'Mail of Ada' };

const post = async (path, token, body) =>
  (await fetch(emulator.apiUri + path, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();

async function authorizeUri() {
  const { client_id } = await post('/oauth/register', '', { client_name: 'A program', redirect_uris: ['http://127.0.0.1/back'] });
  const query = { response_type: 'code', client_id, redirect_uri: 'http://127.0.0.1:49152/back', scope: 'tenant', state: 's', code_challenge_method: 'S256', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' };
  return `${emulator.apiUri}/oauth/authorize?${new URLSearchParams(query)}`;
}

test('every hosted page fits a narrow window, and its own rules let it do what it does', options, async () => {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    const problems = [];
    tab.on('pageerror', (error) => problems.push(error.message));
    tab.on('console', (message) => /Content Security Policy/.test(message.text()) && problems.push(message.text()));
    for (const [name, open] of Object.entries(hosted)) {
      await open(tab, await tokenOf('pages'));
      await tab.getByRole('heading').first().waitFor();
      await picture(tab, `hosted ${name}`);
    }

    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
});
