// The dashboard of the emulator in a real browser: see README.md.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { startEmulator } from '../conformance/support/emulator.js';
import { launch, skip } from './support/chromium.js';
import { picture } from './support/pictures.js';
import { freePort } from './support/programs.js';
import { control, fillWorkspace, hostileName } from './support/workspace.js';

const options = { skip, timeout: 120_000 };
const views = ['requests', 'connections', 'records', 'waiting', 'agents', 'flows', 'faults'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let emulator, workspace, browser;

before(async () => {
  if (skip) return;
  [emulator, browser] = await Promise.all([startEmulator(), launch()]);
  workspace = await fillWorkspace(emulator);
});

after(() => Promise.all([browser?.close(), emulator?.stop()]));

/** Opens the dashboard; whatever the browser complains of, or asks another server for, fails the test. */
async function visit(use, { of = emulator, hash = '', mayFail = false, ...contextOptions } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
  context.setDefaultTimeout(30000);
  try {
    const tab = await context.newPage();
    const problems = [];
    tab.on('pageerror', (error) => problems.push(error.message));
    tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
    tab.on('request', (request) => request.url().startsWith(of.apiUri + '/') || problems.push(`asked for ${request.url()}`));
    await tab.goto(`${of.apiUri}/${hash}`);
    await live(tab);
    await use(tab, context);
    if (!mayFail) assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

const live = (tab) => tab.locator('#live', { hasText: 'Live' }).waitFor();
const rows = (tab) => tab.locator('#request-rows tr:visible');
const go = (tab, name) => tab.locator('nav').getByRole('link', { name: new RegExp(`^${name}`) }).click();

test('every view fits, in light, dark and narrow, and has no barrier that axe finds', options, () =>
  visit(async (tab) => {
    await tab.evaluate(axe);
    await control(emulator, 'POST', 'faults', { match: { method: 'GET', path: '/flows*' }, status: 503, times: 3 });
    for (const name of views) {
      await tab.goto(`${emulator.apiUri}/#${name}`);
      const view = tab.locator(`[data-view="${name}"]`);
      await view.locator('tbody tr').first().waitFor();
      if (name === 'requests') {
        await rows(tab).filter({ hasText: 'create-contact' }).first().click();
        await tab.locator('#request-title').waitFor();
      }
      for (const look of await picture(tab, `dashboard ${name}`, [
        { name: 'light', width: 1280, height: 800, colorScheme: 'light' },
        { name: 'dark', width: 1280, height: 800, colorScheme: 'dark' },
        { name: 'narrow', width: 360, height: 740, colorScheme: 'light' },
      ])) {
        if (look.name === 'light') continue;
        await tab.setViewportSize(look);
        await tab.emulateMedia({ colorScheme: look.colorScheme });
        // In the dark only the colours are others.
        const rules = look.name === 'dark' ? { type: 'rule', values: ['color-contrast'] } : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const found = await tab.evaluate((runOnly) => window.axe.run({ runOnly }), rules);
        assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), [], `${name}, ${look.name}`);
      }
    }
    await control(emulator, 'DELETE', 'faults');
  }));

test('names of strangers are text, with what cannot be seen as its code', options, () =>
  visit(async (tab) => {
    for (const name of ['connections', 'records']) {
      await tab.goto(`${emulator.apiUri}/#${name}`);
      if (name === 'records') {
        const store = tab.locator('#store');
        await store.locator('option', { hasText: 'contacts of HubSpot' }).waitFor({ state: 'attached' });
        await store.selectOption({ label: await store.locator('option', { hasText: 'contacts of HubSpot' }).textContent() });
        await tab.getByRole('button', { name: /^Record/ }).last().click();
      }
      await tab.locator(`[data-view="${name}"] td:visible`, { hasText: hostileName.replace('\u202E', '\\u202e') }).first().waitFor();
    }
    await workspace.ada('GET', `/connections?search=${encodeURIComponent(hostileName)}`);
    await go(tab, 'Requests');
    await rows(tab).filter({ hasText: 'search=' }).first().click();
    await tab.locator('#request dd', { hasText: '<script>' }).waitFor();
    assert.equal(await tab.evaluate(() => window.harmed), undefined);
    assert.equal(await tab.locator('main img, main script').count(), 0);
  }));

test('the log is live, is read with the keyboard alone, and gives the request as a cmdlet', options, () =>
  visit(
    async (tab) => {
      await control(emulator, 'DELETE', 'requests');
      await workspace.ada('POST', '/connections', { integrationKey: 'weather-station', name: "Ada's ‘own’", credentials: { apiKey: 'S3CRET-of-Ada' } });
      await workspace.ada('GET', '/integrations');
      await tab.waitForFunction(() => /^\/integrations,\/connections$/.test([...document.querySelectorAll('#request-rows button')].map((one) => one.textContent)));
      await tab.locator('#clear').focus();
      await tab.keyboard.press('Tab');
      for (const key of ['ArrowDown', 'Enter']) await tab.keyboard.press(key);
      await tab.locator('#request').getByText('S3CRET').waitFor({ state: 'detached' });
      await tab.locator('#request-title', { hasText: 'POST /connections' }).waitFor();
      assert.ok(await tab.locator('#request-title').evaluate((title) => title === document.activeElement));
      assert.match(await tab.getByLabel('Body').textContent(), /"name": "Ada's ‘own’"/);
      const copyButton = tab.getByRole('button', { name: 'Copy as cmdlet' });
      await copyButton.press('Enter');
      await tab.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = await tab.evaluate(() => navigator.clipboard.readText());
      assert.ok(copied.startsWith("Invoke-MembraneRequest '/connections' -Method POST -Body '{"), copied);
      assert.ok(copied.includes("Ada''s ‘‘own’’") && copied.includes('(redacted)') && !copied.includes('S3CRET'), copied);
      await tab.getByText('Replace (redacted) by the values of: body.credentials').waitFor();
      await tab.keyboard.press('Escape');
      assert.equal(await tab.evaluate(() => document.activeElement.textContent), '/connections');

      await tab.locator('#filter').fill('get integrations 200');
      await tab.getByText('1 of 2 match the filter.').waitFor();
      assert.equal(await rows(tab).count(), 1);
    },
    { permissions: ['clipboard-read', 'clipboard-write'] },
  ));

test('everything can be reached by Tab, and shows that it has the focus', options, () =>
  visit(async (tab) => {
    for (const name of views) {
      await tab.goto(`${emulator.apiUri}/#${name}`);
      await tab.reload();
      await live(tab);
      const reached = new Set();
      for (let step = 0; step < 80; step++) {
        await tab.keyboard.press('Tab');
        const [key, visible] = await tab.evaluate(() => {
          const element = document.activeElement;
          const style = getComputedStyle(element);
          return [element === document.body ? '' : element.outerHTML, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
        });
        if (key === '' || reached.has(key)) break;
        reached.add(key);
        assert.ok(visible, `${name}: ${key}`);
      }
      const missing = await tab.evaluate(
        (seen) =>
          [...document.querySelectorAll('a[href], button, input, select')]
            .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && !seen.includes(one.outerHTML))
            .map((one) => one.outerHTML),
        [...reached],
      );
      assert.deepEqual(missing, [], name);
    }
  }));

test('thousands of requests do not grow the page, a paused log stays, and a large body is cut with words', options, () =>
  visit(async (tab) => {
    const ask = async (count) => {
      for (let sent = 0; sent < count; sent += 100) await Promise.all(Array.from({ length: 100 }, () => fetch(`${emulator.apiUri}/nothing-here`)));
    };
    await ask(1000);
    await tab.getByText(/The newest 500 of 1,\d{3} are shown/).waitFor();
    assert.equal(await tab.locator('#request-rows tr').count(), 500);

    await tab.getByRole('button', { name: 'Pause' }).click();
    await ask(100);
    await tab.getByText('Paused. 100 newer requests have arrived.').waitFor();
    const first = await rows(tab).first().textContent();
    await fetch(`${emulator.apiUri}/act`, { method: 'POST', body: JSON.stringify({ text: 'x'.repeat(5_000_000) }) });
    await tab.getByText('Paused. 101 newer requests have arrived.').waitFor();
    assert.equal(await rows(tab).first().textContent(), first);

    await tab.getByRole('button', { name: 'Resume' }).click();
    await rows(tab).first().filter({ hasText: '/act' }).click();
    await tab.getByText('The body has 5,000,011 bytes. The log keeps the first 16,384: the rest is cut off.').waitFor();
    await tab.getByText('Assign the whole body to $body first.').waitFor();
    assert.match(await tab.getByLabel('Command').textContent(), /-Body \$body/);
    assert.equal(await tab.locator('#request-rows tr').count(), 500);
  }));

test('faults are added, work, and are removed', options, () =>
  visit(
    async (tab) => {
      await tab.getByLabel('What happens').selectOption({ label: 'Answer with an error' });
      await tab.getByLabel('Status', { exact: true }).fill('418');
      await tab.getByRole('textbox', { name: 'Path' }).fill('/integrations*');
      await tab.getByRole('button', { name: 'Add' }).click();
      await tab.getByLabel('What happens').selectOption({ label: 'Limit the rate (429)' });
      await tab.getByLabel('Times').fill('7');
      await tab.getByRole('button', { name: 'Add' }).click();
      await tab.getByText('at most 5 a second, else 429').waitFor();
      assert.deepEqual((await control(emulator, 'GET', 'faults')).items.map(({ id, ...fault }) => fault), [
        { match: { path: '/integrations*' }, status: 418 },
        { match: { path: '/integrations*' }, requestsPerSecond: 5, times: 7, left: 7 },
      ]);
      assert.equal((await fetch(`${emulator.apiUri}/integrations`)).status, 418);
      await tab.getByRole('button', { name: 'Remove: answered 418' }).click();
      await tab.getByText('answered 418').waitFor({ state: 'detached' });
      assert.equal((await fetch(`${emulator.apiUri}/integrations`)).status, 401);
      await tab.getByRole('button', { name: 'Remove all' }).click();
      await tab.getByText('No fault is set').waitFor();
      assert.deepEqual((await control(emulator, 'GET', 'faults')).items, []);
      // A fault for everything must not shut out who wants to remove it.
      await tab.getByLabel('What happens').selectOption({ label: 'Cut the connection before the work' });
      await tab.getByRole('textbox', { name: 'Path' }).fill('');
      await tab.getByRole('button', { name: 'Add' }).click();
      await tab.reload();
      await tab.getByRole('button', { name: 'Remove: cut before the work' }).click();
      await tab.getByText('No fault is set').waitFor();
    },
    { hash: '#faults' },
  ));

test('what waits for a person is one click away', options, () =>
  visit(
    async (tab, context) => {
      const { client_id } = await (await fetch(`${emulator.apiUri}/oauth/register`, { method: 'POST', body: JSON.stringify({ client_name: 'A program', redirect_uris: ['http://127.0.0.1/back'] }) })).json();
      const query = { response_type: 'code', client_id, redirect_uri: 'http://127.0.0.1:49152/back', scope: 'tenant', state: 's', code_challenge_method: 'S256', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' };
      await fetch(`${emulator.apiUri}/oauth/authorize?${new URLSearchParams(query)}`);
      const signIn = tab.getByRole('link', { name: 'Open the page of A program' });
      await signIn.waitFor();
      for (const [link, decide] of [
        [signIn, async (page) => page.getByRole('button', { name: 'Continue' }).waitFor()],
        [tab.getByRole('link', { name: /Open the page of GitHub/i }), async (page) => page.getByRole('button', { name: 'Allow' }).click()],
      ]) {
        const opening = context.waitForEvent('page');
        await link.click();
        const page = await opening;
        assert.equal(await page.evaluate(() => window.opener), null);
        await decide(page);
        await page.close();
      }
      await tab.getByText('Connect GitHub').waitFor({ state: 'detached' });
    },
    { hash: '#waiting' },
  ));

test('it says that the emulator has stopped, and goes on with the next one', options, async () => {
  const port = String(await freePort());
  let own = await startEmulator('--port', port);
  await visit(
    async (tab) => {
      await fetch(`${own.apiUri}/of-the-first`);
      await rows(tab).filter({ hasText: '/of-the-first' }).waitFor();
      await own.stop();
      await tab.getByRole('alert').filter({ hasText: `The emulator at 127.0.0.1:${port} does not answer` }).waitFor();
      await tab.locator('#live', { hasText: 'Stopped' }).waitFor();
      own = await startEmulator('--port', port);
      await live(tab);
      await rows(tab).filter({ hasText: '/of-the-first' }).waitFor({ state: 'detached' });
      assert.equal(await tab.getByRole('alert').count(), 0);
    },
    // The browser itself writes down that nobody answers.
    { of: own, mayFail: true },
  );
  await own.stop();
});

test('no other page reads it, drives it, frames it or holds its window', options, async () => {
  const server = createServer((request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Another</title>')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const context = await browser.newContext();
  try {
    // The first is of this machine, whose pages may call the API.
    for (const origin of [`http://localhost:${server.address().port}`, 'http://shop.example']) {
      const tab = await context.newPage();
      await tab.route('http://shop.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }));
      await tab.goto(origin);
      const results = await tab.evaluate(async (address) => {
        const attempt = async (path, init) => {
          try {
            const response = await fetch(address + path, init);
            return response.type === 'opaque' ? 'opaque' : await response.text();
          } catch {
            return 'failed';
          }
        };
        const fault = JSON.stringify({ status: 500 });
        return {
          read: await Promise.all(['/', '/_emulator/dashboard', '/_emulator/requests', '/_emulator/requests/1'].map((path) => attempt(path, { headers: { Accept: 'text/html' } }))),
          drive: await Promise.all([
            attempt('/_emulator/faults', { method: 'POST', body: fault, mode: 'no-cors' }),
            attempt('/_emulator/faults', { method: 'POST', body: fault, headers: { 'Content-Type': 'application/json' } }),
            attempt('/_emulator/requests', { method: 'DELETE' }),
          ]),
          script: await new Promise((resolve) => {
            const script = document.createElement('script');
            script.onload = () => resolve('loaded');
            script.onerror = () => resolve('failed');
            script.src = address + '/_emulator/dashboard/dashboard.js';
            document.head.append(script);
          }),
        };
      }, emulator.apiUri);
      assert.deepEqual(results.read, ['failed', 'failed', 'failed', 'failed'], origin);
      assert.deepEqual(results.drive.slice(1), ['failed', 'failed'], origin);
      assert.equal(results.script, 'failed', origin);
      assert.deepEqual((await control(emulator, 'GET', 'faults')).items, [], origin);

      await tab.evaluate((address) => {
        const frame = document.createElement('iframe');
        frame.src = address;
        document.body.append(frame);
        window.other = window.open(address);
      }, emulator.apiUri + '/');
      await tab.waitForFunction(() => window.other.closed);
      const frame = tab.frames().find((one) => one !== tab.mainFrame());
      assert.doesNotMatch(await frame.evaluate(() => document.documentElement.textContent), /Membrane emulator/, origin);
    }
  } finally {
    await context.close();
    server.close();
  }
});
