// Asks the emulator once a second what is new, and shows one view at a time.
import { find, make, number, shown, time } from './page.js';
import * as faults from './faults.js';
import * as records from './records.js';
import * as requests from './requests.js';
import * as workspace from './workspace.js';

const views = [...document.querySelectorAll('[data-view]')];
const links = [...document.querySelectorAll('nav a')];
let instance = '';
let version = '';
let timer;
let asking;

function showView() {
  const name = views.some((view) => view.dataset.view === location.hash.slice(1)) ? location.hash.slice(1) : 'requests';
  for (const view of views) view.hidden = view.dataset.view !== name;
  for (const link of links) {
    if (link.hash === '#' + name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (name === 'records' && instance) records.refresh();
}

function count(name, value) {
  const place = find(`[data-count="${name}"]`);
  place.textContent = value > 0 ? number(value) : '';
  place.classList.toggle('asks', value > 0 && (name === 'waiting' || name === 'faults'));
}

function take(news) {
  const isNewEmulator = news.instance !== instance;
  instance = news.instance;
  requests.update(news.requests, isNewEmulator);
  faults.update(news.faults);
  count('requests', news.requests.arrived - news.requests.first + 1);
  count('faults', news.faults.length);
  if (news.workspace) {
    version = news.version;
    workspace.update(news.workspace);
    records.update(news.workspace.stores);
    for (const name of ['connections', 'stores', 'waiting', 'agentSessions', 'flowRuns']) count(name, news.workspace[name].total);
    const waiting = news.workspace.waiting.total;
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}Membrane emulator ${location.host}`;
    find('#address').textContent = `${location.origin}  ${shown(news.workspace.key)}`;
  }
  find('#clock').replaceChildren(...(Math.abs(news.offsetSeconds) >= 1 ? ['The clock says ', time(news.now)] : []));
  say('good', 'Live');
  find('#stopped').hidden = true;
  document.body.classList.remove('is-stopped');
}

function say(kind, word) {
  // Said again only if it is something else: it is read aloud.
  if (find('#live').textContent !== word) find('#live').replaceChildren(make('span', { class: `word ${kind}` }, word));
}

function stop(error) {
  say('bad', 'Stopped');
  const stopped = find('#stopped');
  if (!stopped.hidden) return;
  const why = error instanceof TypeError || error.name === 'TimeoutError' ? 'does not answer: it has stopped, or is busy' : `answered with an error: ${shown(error.message)}`;
  stopped.textContent = `The emulator at ${location.host} ${why}. What is shown is what it had last; the page goes on when it runs again.`;
  stopped.hidden = false;
  document.body.classList.add('is-stopped');
}

async function poll() {
  clearTimeout(timer);
  let wait = document.hidden ? 5000 : 1000;
  try {
    const query = new URLSearchParams({ instance, version, ...requests.cursor() });
    const response = await fetch(`/_emulator/dashboard?${query}`, { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    take(await response.json());
  } catch (error) {
    stop(error);
    wait = 2000;
  }
  timer = setTimeout(ask, wait);
}

/** Asks now, or waits for the answer that is under way. */
async function ask() {
  await (asking ??= poll().finally(() => (asking = undefined)));
}

faults.whenChanged(async () => {
  await asking;
  await ask();
});
addEventListener('hashchange', showView);
document.addEventListener('visibilitychange', () => document.hidden || ask());
find('[data-skip]').addEventListener('click', (event) => {
  event.preventDefault();
  find('main').focus();
});
find('#address').textContent = location.origin;
showView();
ask();
