import assert from 'node:assert/strict';
import { z } from 'zod';

/**
 * Parses an answer with a schema of the SDK and holds both against each other. The schema alone would accept
 * "5" for 5 where it coerces, and would drop what it does not know; here both are faults. A field that other
 * sources of the contract name, and the schema does not, has to be listed in `beyond` by its path ('a.b');
 * one that the schema leaves open, and the contract promises all the same, in `having`.
 */
export function certify(schema, value, { beyond = [], having = [] } = {}) {
  const result = schema.safeParse(value);
  assert.ok(result.success, () => `${z.prettifyError(result.error)}\nin ${JSON.stringify(value, null, 2)}`);
  const faults = differences(value, result.data, '').filter(({ path, kind }) => !(kind === 'unknown' && beyond.includes(path)));
  assert.deepEqual(faults, [], `The schema reads something else than was sent: ${JSON.stringify(faults)} in ${JSON.stringify(value, null, 2)}`);
  for (const name of having) assert.ok(value[name] !== undefined && value[name] !== null, `There is no ${name} in ${JSON.stringify(value, null, 2)}`);

  return value;
}

/** The same for every item of a page. */
export function certifyPage(schema, page, options) {
  assert.deepEqual(Object.keys(page).filter((name) => name !== 'cursor'), ['items']);
  assert.ok(page.cursor === undefined || (typeof page.cursor === 'string' && page.cursor.length > 0), 'A cursor is text, or not there.');
  for (const item of page.items) certify(schema, item, options);
  return page.items;
}

function differences(sent, read, path) {
  if (read instanceof Date) return new Date(sent).getTime() === read.getTime() ? [] : [{ path, kind: 'changed' }];

  if (Array.isArray(sent) && Array.isArray(read)) return sent.flatMap((item, index) => differences(item, read[index], path));

  if (isObject(sent) && isObject(read)) {
    return [
      ...Object.keys(sent).flatMap((name) => {
        const at = path ? `${path}.${name}` : name;
        return name in read ? differences(sent[name], read[name], at) : [{ path: at, kind: 'unknown' }];
      }),
      // A default that the SDK fills in is no fault of the answer.
    ];
  }

  return Object.is(sent, read) ? [] : [{ path, kind: 'changed' }];
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
