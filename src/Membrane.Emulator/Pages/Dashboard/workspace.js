// What the workspace holds: connections, what waits for a person, agent sessions, flow runs.
import { cell, duration, fill, find, make, number, pageLink, shown, state, table, time } from './page.js';

const under = (text, kind = '') => (text ? make('span', { class: `under ${kind}` }, shown(text)) : undefined);
const id = (text) => make('span', { class: 'under mono' }, shown(text));
const took = ({ startTime, endTime }) => (endTime ? duration(Math.max(0, new Date(endTime) - new Date(startTime))) : '');

const lists = {
  connections: {
    label: 'Connections',
    columns: [['State'], ['Connection'], ['App', 'wide'], ['Tenant'], ['Changed', 'wide number']],
    empty: 'No connection yet. In PowerShell: Connect-MembraneApp slack',
    key: (one) => one.id,
    cells: (one) => [
      cell([state(one.state), pageLink(one.page, make('span', { class: 'under' }, 'Open the page'), `Open the page for ${shown(one.name)}`)].filter(Boolean), 'keep'),
      cell([shown(one.name), one.key && under(one.key), id(one.id), under(one.error, 'bad')].filter(Boolean)),
      cell(shown(one.app), 'wide'),
      cell(shown(one.tenant)),
      cell(time(one.updatedAt), 'wide number'),
    ],
  },
  waiting: {
    label: 'Waiting for a person',
    columns: [['What'], ['For'], ['Since', 'number'], ['Page']],
    empty: 'Nothing waits for a person.',
    key: (one) => one.page,
    cells: (one) => [
      cell(one.kind === 'sign-in' ? `Sign-in of ${shown(one.app)}` : `Connect ${shown(one.app ?? 'an app')}`),
      cell(one.kind === 'sign-in' ? 'whoever signs in' : shown(one.tenant)),
      cell(time(one.since), 'number'),
      cell(pageLink(one.page, 'Open', `Open the page of ${shown(one.app ?? 'the app')}`) ?? '', 'keep'),
    ],
  },
  agentSessions: {
    label: 'Agent sessions',
    columns: [['Status'], ['Prompt and answer'], ['Tenant', 'wide'], ['Changed', 'wide number']],
    empty: "No agent session yet. In PowerShell: New-MembraneAgentSession 'Build a connector for Notion (https://notion.so)'",
    key: (one) => one.id,
    cells: (one) => [cell(state(one.status), 'keep'), cell([shown(one.prompt), under(one.summary), id(one.id)]), cell(shown(one.tenant ?? 'manager'), 'wide'), cell(time(one.updatedAt), 'wide number')],
  },
  flowRuns: {
    label: 'Flow runs',
    columns: [['State'], ['Flow'], ['Connection', 'wide'], ['Begun by', 'wide'], ['Duration', 'wide number'], ['Begun', 'number']],
    empty: 'No flow run yet. In PowerShell: Start-MembraneFlow',
    key: (one) => one.id,
    cells: (one) => [
      cell(state(one.state), 'keep'),
      cell([shown(one.name), id(one.id), under(one.error, 'bad')]),
      cell(shown(one.connection), 'wide'),
      cell(shown(one.launchedBy), 'wide'),
      cell(took(one), 'wide number'),
      cell(time(one.startTime), 'number'),
    ],
  },
};

/** Shows the workspace as it is now. */
export function update(workspace) {
  for (const [name, { label, columns, empty, key, cells }] of Object.entries(lists)) {
    const place = find(`[data-list="${name}"]`);
    const { items, total } = workspace[name];
    if (items.length === 0) {
      place.replaceChildren(make('p', { class: 'empty' }, empty));
      continue;
    }
    if (!place.querySelector('table')) place.replaceChildren(table(label, columns), make('p', { class: 'empty' }));
    fill(place.querySelector('tbody'), items, key, (item) => cells(item).filter(Boolean));
    const more = place.querySelector('p');
    more.hidden = total <= items.length;
    more.textContent = `The newest ${number(items.length)} of ${number(total)} are shown.`;
  }
}
