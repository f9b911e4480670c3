// The faults that are set, and a form for those that are often wanted.
import { ask, cell, fill, find, make, number, shown, table } from './page.js';

const form = find('#fault');
const problem = find('#fault-problem');
const place = find('#fault-list');
let changed = () => {};

/** Calls back when a fault was added or removed here. */
export const whenChanged = (callback) => (changed = callback);

export function update(faults) {
  find('#remove-faults').hidden = faults.length === 0;
  if (faults.length === 0) {
    place.replaceChildren(make('p', { class: 'empty' }, 'No fault is set: every request is answered as it should be.'));
    return;
  }
  if (!place.querySelector('table')) place.replaceChildren(table('Faults', [['What happens'], ['To'], ['Left', 'number'], ['']]));
  const head = place.querySelector('th:last-child');
  if (!head.firstChild) head.append(make('span', { class: 'unseen' }, 'Remove'));
  fill(place.querySelector('tbody'), faults, (one) => String(one.id), (one) => [
    cell(make('span', { class: 'word warn' }, describe(one))),
    cell(make('span', { class: 'mono' }, `${shown(one.match?.method ?? 'any method')} ${shown(one.match?.path ?? 'any path')}`)),
    cell(one.left === undefined ? 'no end' : number(one.left), 'number'),
    cell(removeButton(one), 'keep'),
  ]);
}

function describe(fault) {
  const parts = [
    fault.delayMs && `held back ${number(fault.delayMs)} ms`,
    fault.jitterMs && `up to ${number(fault.jitterMs)} ms more`,
    fault.requestsPerSecond && `at most ${number(fault.requestsPerSecond)} a second, else 429`,
    fault.status && `answered ${fault.status}`,
    fault.drop && { before: 'cut before the work', after: 'done, answer lost', 'mid-body': 'answer cut in the middle' }[fault.drop],
    fault.bodyBytesPerSecond && `${number(fault.bodyBytesPerSecond)} bytes a second`,
    fault.contentType && `as ${shown(fault.contentType)}`,
    fault.headers && `with ${Object.keys(fault.headers).map(shown).join(', ')}`,
    fault.probability && `with probability ${fault.probability}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function removeButton(fault) {
  const button = make('button', { type: 'button', 'aria-label': `Remove: ${describe(fault)}` }, 'Remove');
  button.addEventListener('click', () => run(() => ask(`faults/${fault.id}`, { method: 'DELETE' })));
  return button;
}

async function run(work) {
  problem.hidden = true;
  try {
    await work();
  } catch (error) {
    problem.textContent = shown(error.message);
    problem.hidden = false;
  }
  await changed();
}

find('#remove-faults').addEventListener('click', () => run(() => ask('faults', { method: 'DELETE' })));

form.elements.kind.addEventListener('change', arrange);
arrange();

function arrange() {
  for (const label of form.querySelectorAll('[data-for]')) {
    label.hidden = label.dataset.for !== form.elements.kind.value;
    label.querySelector('input').disabled = label.hidden;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { kind, status, delay, rate, method, path, times } = form.elements;
  const match = { ...(method.value && { method: method.value }), ...(path.value.trim() && { path: path.value.trim() }) };
  const fault = {
    ...(Object.keys(match).length > 0 && { match }),
    ...{
      status: { status: status.valueAsNumber },
      delay: { delayMs: delay.valueAsNumber },
      rate: { requestsPerSecond: rate.valueAsNumber },
    }[kind.value] ?? { drop: kind.value },
    ...(times.value && { times: times.valueAsNumber }),
  };
  run(() => ask('faults', { method: 'POST', body: fault }));
});
