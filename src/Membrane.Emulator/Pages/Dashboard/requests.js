// The log: the newest requests, of which the page keeps so many, whatever comes.
import { ask, cell, copy, duration, find, make, number, pretty, shown, shownLines, time } from './page.js';

const most = 500;
const rows = new Map();
const body = find('#request-rows');
const panel = find('#request');
const view = find('[data-view="requests"]');
const filter = find('#filter');
const pause = find('#pause');
let known = { revision: 0, arrived: 0, first: 1 };
let shownUntil = 0;
let open;

/** What the page asks after; while the log is paused, nothing is to come. */
export const cursor = () => ({ after: known.revision, limit: isPaused() ? 0 : most });

const isPaused = () => pause.getAttribute('aria-pressed') === 'true';

/** Takes what is new. */
export function update(news, isNewEmulator) {
  if (isNewEmulator) {
    known = { revision: 0, arrived: 0, first: 1 };
    shownUntil = 0;
    body.replaceChildren();
    rows.clear();
    close();
  }
  if (isPaused()) {
    known = { ...known, arrived: news.arrived, first: news.first };
  } else {
    known = { revision: news.revision, arrived: news.arrived, first: news.first };
    shownUntil = news.arrived;
    for (const item of news.items) show(item, !isNewEmulator);
  }
  trim();
  describe();
}

function show(item, isNew) {
  const row = rows.get(item.number);
  if (row) {
    row.item = item;
    row.cells[0].replaceChildren(status(item));
    row.cells[3].replaceChildren(took(item));
  } else {
    // One that was answered long after it came belongs further down, or is gone already.
    const before = [...body.rows].find((one) => one.item.number < item.number) ?? null;
    const made = make('tr', { class: isNew ? 'is-new' : undefined });
    made.item = item;
    made.append(
      cell(status(item), 'keep'),
      cell(shown(item.method), 'keep'),
      cell(make('button', { type: 'button', class: 'row', tabindex: '-1', title: pathOf(item) }, shown(item.path), item.query && make('span', { class: 'soft' }, '?' + shown(item.query)))),
      cell(took(item), 'wide number'),
      cell(time(item.time, true), 'wide number'),
    );
    made.hidden = !matches(item);
    rows.set(item.number, made);
    body.insertBefore(made, before);
  }
  if (open === item.number && item.milliseconds !== null) showOpen(item.number);
}

const pathOf = (item) => shown(item.path + (item.query ? '?' + item.query : ''));
const took = (item) => (item.milliseconds === null ? '' : duration(item.milliseconds));

function status({ status: code, milliseconds }) {
  const word = code ?? (milliseconds === null ? 'waiting' : 'cut off');
  const kind = code === null ? (milliseconds === null ? 'warn' : 'bad') : code < 300 ? 'good' : code < 400 ? 'calm' : code < 500 ? 'warn' : 'bad';
  return make('span', { class: `word ${kind}` }, String(word));
}

/** Forgets what the emulator has forgotten, and what is too much for a page. */
function trim() {
  while (body.lastElementChild && (body.rows.length > most || body.lastElementChild.item.number < known.first)) {
    rows.delete(body.lastElementChild.item.number);
    body.lastElementChild.remove();
  }
  // Tab leads to the newest, unless a person is at another one.
  const buttons = [...body.querySelectorAll('tr:not([hidden]) button.row')];
  const isElsewhere = open !== undefined || body.contains(document.activeElement);
  if (buttons.length > 0 && !(isElsewhere && buttons.some((button) => button.tabIndex === 0))) mark(buttons[0]);
}

function describe() {
  const seen = [...body.rows].filter((row) => !row.hidden).length;
  const later = known.arrived - shownUntil;
  const kept = known.arrived - known.first + 1;
  const parts = [];
  if (isPaused()) parts.push(later > 0 ? `Paused. ${number(later)} newer ${later === 1 ? 'request has' : 'requests have'} arrived.` : 'Paused.');
  if (filter.value.trim()) parts.push(`${number(seen)} of ${number(body.rows.length)} match the filter.`);
  if (kept > body.rows.length && body.rows.length >= most) parts.push(`The newest ${number(body.rows.length)} of ${number(kept)} are shown. Get-MembraneEmulatorRequest shows all.`);
  const note = find('#requests-note');
  const text = parts.join(' ');
  if (note.textContent !== text) note.textContent = text;
  find('#requests-empty').hidden = body.rows.length > 0;
}

function matches(item) {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${item.method} ${pathOf(item)} ${item.status ?? ''} ${item.operationId ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

filter.addEventListener('input', () => {
  for (const row of body.rows) row.hidden = !matches(row.item);
  trim();
  describe();
});

pause.addEventListener('click', () => {
  pause.setAttribute('aria-pressed', String(!isPaused()));
  pause.textContent = isPaused() ? 'Resume' : 'Pause';
  describe();
});

find('#clear').addEventListener('click', async () => {
  try {
    await ask('requests', { method: 'DELETE' });
  } catch (error) {
    find('#requests-note').textContent = shown(error.message);
    return;
  }
  body.replaceChildren();
  rows.clear();
  close();
  shownUntil = known.arrived;
  known.first = known.arrived + 1;
  describe();
});

body.addEventListener('click', (event) => {
  const row = event.target.closest('tr');
  if (row) choose(row);
});

body.addEventListener('keydown', (event) => {
  const visible = [...body.querySelectorAll('tr:not([hidden]) button.row')];
  const at = visible.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
  if (at < 0 || next === undefined || !visible[next]) return;
  event.preventDefault();
  mark(visible[next]);
  visible[next].focus();
});

view.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && open !== undefined) close();
});

function mark(button) {
  for (const other of body.querySelectorAll('button.row[tabindex="0"]')) other.tabIndex = -1;
  button.tabIndex = 0;
}

async function choose(row) {
  mark(row.querySelector('button'));
  for (const other of body.querySelectorAll('.is-open')) unmark(other);
  row.classList.add('is-open');
  row.querySelector('button').setAttribute('aria-current', 'true');
  open = row.item.number;
  await showOpen(open);
  find('#request-title')?.focus();
}

function unmark(row) {
  row.classList.remove('is-open');
  row.querySelector('button').removeAttribute('aria-current');
}

function close() {
  const row = rows.get(open);
  open = undefined;
  panel.hidden = true;
  view.classList.remove('has-open');
  panel.replaceChildren();
  if (row) {
    unmark(row);
    row.querySelector('button').focus();
  }
}

async function showOpen(requested) {
  let content;
  try {
    content = details(await ask(`requests/${requested}`));
  } catch (error) {
    content = [heading('Request'), make('p', { class: 'bad' }, shown(error.message))];
  }
  if (open !== requested) return;
  const hadFocus = panel.contains(document.activeElement);
  panel.replaceChildren(...content);
  panel.hidden = false;
  view.classList.add('has-open');
  if (hadFocus) find('#request-title').focus();
}

const heading = (text) =>
  make('div', { class: 'bar' }, make('h3', { id: 'request-title', class: 'mono', tabindex: '-1' }, text), make('button', { type: 'button', on: { click: close } }, 'Close'));

function details(request) {
  const facts = [
    ['Status', status(request)],
    ['Time', time(request.time, true)],
    request.milliseconds === null ? undefined : ['Duration', duration(request.milliseconds)],
    request.operationId ? ['Operation', shown(request.operationId)] : undefined,
    request.ignored.length > 0 ? ['Ignored', shown(request.ignored.join(', '))] : undefined,
    request.redacted.length > 0 ? ['Hidden', shown(request.redacted.join(', '))] : undefined,
  ].filter(Boolean);
  return [
    heading(`${shown(request.method)} ${shown(request.path)}`),
    list(facts),
    ...command(request),
    ...(request.query ? [make('h4', {}, 'Query'), list(request.query.split('&').map(pair))] : []),
    ...bodyOf(request),
    make('h4', {}, 'Headers'),
    list(Object.entries(request.headers).map(([name, value]) => [shown(name), shown(value)])),
  ];
}

const list = (entries) => make('dl', {}, ...entries.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));

function pair(text) {
  const [name, ...value] = text.split('=');
  const decode = (part) => {
    try {
      return decodeURIComponent(part.replaceAll('+', ' '));
    } catch {
      return part;
    }
  };
  return [shown(decode(name)), shown(decode(value.join('=')))];
}

function command({ command: line, commandNotes: notes }) {
  const words = notes.map((note) => make('p', { class: 'note' }, shown(note)));
  if (!line) return [make('h4', {}, 'PowerShell'), ...words];
  const text = make('pre', { tabindex: '0', 'aria-label': 'Command' }, line);
  const button = make('button', { type: 'button', class: 'main' }, 'Copy as cmdlet');
  button.addEventListener('click', () => copy(line, text, button));
  return [make('h4', {}, 'PowerShell'), make('div', { class: 'command' }, text, ...words, button)];
}

function bodyOf({ body: text, bodyBytes, keptBytes }) {
  if (!bodyBytes) return [];
  const isCut = bodyBytes > keptBytes;
  const note = isCut ? `The body has ${number(bodyBytes)} bytes. The log keeps the first ${number(keptBytes)}: the rest is cut off.` : undefined;
  return [
    make('h4', {}, `Body, ${number(bodyBytes)} ${bodyBytes === 1 ? 'byte' : 'bytes'}`),
    note && make('p', { class: 'note' }, note),
    make('pre', { tabindex: '0', 'aria-label': 'Body' }, isCut ? shownLines(text) : pretty(text)),
  ].filter(Boolean);
}
