// The records of one store at a time.
import { ask, cell, find, make, number, pretty, shown } from './page.js';

const choice = find('#store');
const place = find('#records');
const note = find('#records-note');
const view = find('[data-view="records"]');
let stores = [];
let pages = 0;
let cursor;
let reading;

const keyOf = ({ connectionId, collection }) => JSON.stringify([connectionId, collection]);

/** Shows which stores there are; the records of the chosen one are read again, unless somebody has read on in them. */
export function update({ items, total }) {
  stores = items;
  const chosen = choice.value;
  choice.replaceChildren(
    ...items.map((one) =>
      make('option', { value: keyOf(one), selected: keyOf(one) === chosen }, `${shown(one.collection)} of ${shown(one.connection ?? one.connectionId)} (${number(one.count)})`),
    ),
  );
  choice.disabled = items.length === 0;
  if (total > items.length) note.textContent = `${number(items.length)} of ${number(total)} stores are listed.`;
  if (!view.hidden) refresh();
}

export function refresh() {
  if (stores.length === 0) {
    pages = 0;
    note.textContent = '';
    place.replaceChildren(make('p', { class: 'empty' }, 'No records yet: actions make them, and data collections show the same ones.'));
  } else if (pages > 1) {
    note.textContent = 'The workspace has changed since these records were read. Choose the store again to see them as they are.';
  } else {
    read();
  }
}

choice.addEventListener('change', read);

async function read() {
  const asked = (reading = {});
  const [connectionId, collection] = JSON.parse(choice.value);
  try {
    const answer = await page(connectionId, collection);
    if (asked !== reading) return;
    pages = 1;
    note.textContent = '';
    const opened = new Set([...place.querySelectorAll('button[aria-expanded="true"]')].map((button) => button.dataset.id));
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
    place.replaceChildren(...show(answer.items));
    for (const button of place.querySelectorAll('button[data-id]')) {
      if (opened.has(button.dataset.id)) button.click();
      if (focused === button.dataset.id) button.focus();
    }
    offerMore(connectionId, collection, answer.cursor);
  } catch (error) {
    note.textContent = shown(error.message);
  }
}

const page = (connectionId, collection, from) =>
  ask(`dashboard/records?${new URLSearchParams({ connectionId, collection, ...(from ? { cursor: from } : {}) })}`);

/** A table of the fields that most records have. */
function show(items) {
  const counts = new Map();
  for (const { fields } of items) for (const name of Object.keys(fields ?? {})) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 6).map(([name]) => name);
  const body = make('tbody');
  body.append(...items.flatMap((record) => rowsOf(record, names)));
  const head = make('tr', {}, make('th', { scope: 'col' }, 'Id'), ...names.map((name, index) => make('th', { scope: 'col', class: index > 1 ? 'wide' : undefined }, shown(name))));
  const result = make('table', { 'aria-label': 'Records' }, make('thead', {}, head), body);
  result.names = names;
  return [result];
}

function rowsOf(record, names) {
  const whole = make('tr', { hidden: true }, make('td', { colspan: names.length + 1 }, make('pre', {}, pretty(JSON.stringify(record)))));
  const button = make('button', { type: 'button', class: 'row', 'aria-expanded': 'false', 'data-id': record.id, 'aria-label': `Record ${shown(record.id)}` }, shown(record.id));
  button.addEventListener('click', () => {
    whole.hidden = !whole.hidden;
    button.setAttribute('aria-expanded', String(!whole.hidden));
  });
  return [make('tr', {}, cell(button, 'mono'), ...names.map((name, index) => cell(brief(record.fields?.[name]), index > 1 ? 'wide' : undefined))), whole];
}

function brief(value) {
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return shown(text.length > 120 ? text.slice(0, 120) + '…' : text);
}

function offerMore(connectionId, collection, next) {
  cursor = next;
  if (!next) return;
  const button = make('button', { type: 'button' }, 'More');
  const line = make('p', { class: 'empty' }, button);
  button.addEventListener('click', async () => {
    let answer;
    try {
      answer = await page(connectionId, collection, cursor);
    } catch (error) {
      note.textContent = shown(error.message);
      return;
    }
    pages++;
    const shownTable = place.querySelector('table');
    const rows = answer.items.flatMap((record) => rowsOf(record, shownTable.names));
    shownTable.tBodies[0].append(...rows);
    line.remove();
    rows[0]?.querySelector('button').focus();
    offerMore(connectionId, collection, answer.cursor);
  });
  place.append(line);
}
