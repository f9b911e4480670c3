import { readFileSync } from 'node:fs';

/** The published operations: { method, path, id, status, query }. */
export const operations = readFileSync(new URL('../operations.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => {
    const [method, path, id, status, ...query] = line.split(' ');
    return { method, path, id, status: Number(status), query: query.map((one) => one.slice(1).split(':')) };
  });

/** The path with its parameters filled in, and every query parameter that the operation requires. */
export function address(operation, fill) {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(fill(name, operation)));
  const query = operation.query.map(([name, type]) => `${name}=${type === 'boolean' ? 'false' : name === 'cursor' ? '' : 'x'}`);
  return path + (query.length ? `?${query.join('&')}` : '');
}
