// The page of docs/samples/react-page, with the vendor's React SDK as it is, in a real browser: see README.md.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startEmulator } from '../conformance/support/emulator.js';
import { launch, skip } from './support/chromium.js';
import { root, startBuiltPage, startFunction, startListener, startPage, stopAll } from './support/programs.js';

// Two cores that others use, too, take their time.
const options = { skip, timeout: 120_000 };
const pictures = join(root, 'out/browser');
const foreign = 'http://shop.example';
let emulator, listener, azureFunction, page, builtPage, browser;

before(async () => {
  if (skip) return console.error(`!! THE PAGE WAS NOT TRIED IN A BROWSER: ${skip}`);

  mkdirSync(pictures, { recursive: true });
  emulator = await startEmulator();
  browser = await launch();
  [listener, azureFunction] = await Promise.all([startListener(), startFunction()]);
  [page, builtPage] = await Promise.all([
    startPage({ apiUri: emulator.apiUri, tokenEndpoint: listener }),
    startBuiltPage({ apiUri: emulator.apiUri, tokenEndpoint: azureFunction }),
  ]);
});

after(() => Promise.all([browser?.close(), emulator?.stop(), stopAll()]));

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
    await reads(status(tab), /Nothing was connected/);

    await connect(tab, 'Slack');
    await reads(connections(tab), /Slack.*connected/);

    await connections(tab).getByRole('button', { name: 'Reconnect' }).click();
    await frame(tab).getByRole('button', { name: 'Allow' }).click();
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
    assert.equal(response.status, 201);
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
