// What all views use. Everything that is shown comes from strangers: it gets into the page as text, and in no other way.

/** Makes an element; texts among the children stay texts. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') element.className = value;
    else if (key === 'on') for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
  return element;
}

export const find = (selector) => document.querySelector(selector);

// Control characters, and marks that turn the order of letters round, so that a name could look like another.
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const code = (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0');

/** Text on one line, with what cannot be seen as its code. */
export const shown = (text) => String(text ?? '').replace(unseen, code);

/** Text of several lines. */
export const shownLines = (text) => String(text ?? '').replace(/\r\n/g, '\n').replace(unseen, (character) => ('\n\t'.includes(character) ? character : code(character)));

/** JSON with a line for each part; what is not JSON as it is. Numbers stay as they are written. */
export function pretty(text) {
  try {
    JSON.parse(text);
  } catch {
    return shownLines(text);
  }
  let depth = 0;
  let result = '';
  const line = () => '\n' + '  '.repeat(depth);
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gs)) {
    if (token === '{' || token === '[') {
      depth++;
      result += token + line();
    } else if (token === '}' || token === ']') {
      depth--;
      result = /[[{]\s*$/.test(result) ? result.trimEnd() + token : result + line() + token;
    } else {
      result += token === ',' ? token + line() : token === ':' ? ': ' : token;
    }
  }
  return shownLines(result);
}

const kinds = {
  good: ['READY', 'completed', 'success'],
  warn: ['CLIENT_ACTION_REQUIRED', 'BUILDING', 'DISCONNECTING', 'queued', 'running', 'starting', 'stopped', 'cancelled', 'busy'],
  bad: ['SETUP_FAILED', 'CONFIGURATION_ERROR', 'failed', 'error'],
};

/** A state as a coloured word. */
export function state(text) {
  const kind = Object.keys(kinds).find((one) => kinds[one].includes(text)) ?? 'calm';
  return make('span', { class: `word ${kind}` }, shown(text).replaceAll('_', ' ').toLowerCase());
}

const two = (number) => String(number).padStart(2, '0');

/** A moment of the workspace's clock, in this machine's time zone. */
export function time(iso, withMilliseconds = false) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return '';
  const day = moment.toDateString() === new Date().toDateString() ? '' : `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())} `;
  const milliseconds = withMilliseconds ? '.' + String(moment.getMilliseconds()).padStart(3, '0') : '';
  return make('time', { datetime: iso, title: iso }, `${day}${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}${milliseconds}`);
}

export function duration(milliseconds) {
  if (milliseconds < 1000) return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  return milliseconds < 60_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}

export const number = (value) => value.toLocaleString('en-US');

/** A link to a page of the emulator; to nothing else. */
export const pageLink = (path, text, label) =>
  /^\/[a-z]/.test(path ?? '') ? make('a', { href: path, target: '_blank', rel: 'noopener noreferrer', 'aria-label': label }, text) : undefined;

/** Asks the emulator; an error has its words. */
export async function ask(path, { method = 'GET', body } = {}) {
  const response = await fetch('/_emulator/' + path, {
    method,
    cache: 'no-store',
    signal: AbortSignal.timeout(10_000),
    headers: body ? { 'Content-Type': 'application/json' } : undefined,
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : undefined;
  if (!response.ok) throw new Error(answer?.message ?? `The emulator answered ${response.status}.`);
  return answer;
}

/** Makes the rows of a table body those of the items, and leaves alone what has not changed, with the focus in it. */
export function fill(body, items, keyOf, cellsOf) {
  const keys = new Set(items.map(keyOf));
  const rows = new Map();
  for (const row of [...body.rows]) {
    if (keys.has(row.dataset.key)) rows.set(row.dataset.key, row);
    else row.remove();
  }
  let place = body.firstElementChild;
  for (const item of items) {
    const row = rows.get(keyOf(item)) ?? make('tr', { 'data-key': keyOf(item) });
    const content = JSON.stringify(item);
    if (row.content !== content) {
      row.content = content;
      row.replaceChildren(...cellsOf(item));
    }
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place);
  }
}

export const cell = (content, className) => make('td', { class: className }, ...[content].flat());

/** A table with its columns; `wide` ones are left out where there is no room. */
export const table = (label, columns) =>
  make(
    'table',
    { 'aria-label': label },
    make('thead', {}, make('tr', {}, ...columns.map(([name, className]) => make('th', { scope: 'col', class: className }, name)))),
    make('tbody'),
  );

/** Copies text; where the browser does not let that happen, selects it, so that a key does it. */
export async function copy(text, element, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(element);
    button.textContent = 'Selected: press Ctrl+C';
  }
  setTimeout(() => (button.textContent = before), 2000);
}
