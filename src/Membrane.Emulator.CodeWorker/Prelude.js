// What code finds beside the language: the workspace, the app behind the connection, a console and timers.
({
  prepare(send, write, succeed, fail) {
    'use strict';
    const { parse, stringify } = JSON;
    const started = Date.now();
    const commonJs = { exports: {} };
    let timers = [];

    // As in Node, the time stands still for timers while code runs: their order is that of their delays, however slow the machine is.
    let now = 0;
    let lastTimer = 0;

    const call = (method, path, body) => {
      const answer = parse(send(method, path, body === undefined ? undefined : stringify(body)));
      if (answer.status < 400) {
        return answer.body;
      }

      const error = new Error(answer.body?.message ?? `${method} ${path} was answered with ${answer.status}`);
      throw Object.assign(error, { name: 'MembraneError', status: answer.status, data: answer.body });
    };
    const request = async (method, path, body) => call(method, path, body);
    const query = (values) => {
      const parts = Object.entries(values ?? {})
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'object' ? stringify(value) : value)}`);
      return parts.length > 0 ? '?' + parts.join('&') : '';
    };
    const withQuery = (path, values) => {
      const text = query(values);
      return path + (path.includes('?') ? text.replace('?', '&') : text);
    };
    const client = (path) => ({
      get: (rest, values) => request('GET', withQuery(path(rest), values)),
      post: (rest, body) => request('POST', path(rest), body),
      put: (rest, body) => request('PUT', path(rest), body),
      patch: (rest, body) => request('PATCH', path(rest), body),
      delete: (rest, body) => request('DELETE', path(rest), body),
    });

    // A selector is an id, a key, or an object that has one of them and says where to look.
    const element = (area, selector, place) => {
      const { id, key, ...where } = typeof selector === 'object' && selector !== null ? selector : { key: selector };
      const path = `/${area}/${encodeURIComponent(id ?? key)}`;
      const suffix = query({ ...place, ...where });
      return {
        get: () => request('GET', path + suffix),
        patch: (body) => request('PATCH', path + suffix, body),
        archive: () => request('DELETE', path + suffix),
        run: (body) => request('POST', path + '/run' + suffix, body),
      };
    };
    const action = (selector, place) => {
      const found = element('actions', selector, place);
      return { ...found, run: (input, options) => found.run({ ...options, input: input ?? {} }) };
    };
    const flow = (selector, place) => {
      const found = element('flows', selector, place);
      return { ...found, run: (options) => found.run(options ?? {}) };
    };
    const proxy = (connectionId) =>
      client((path) => `/connections/${encodeURIComponent(connectionId)}/proxy/${String(path).replace(/^\/+/, '')}`);
    const connection = (selector) => {
      const { run, ...found } = element('connections', selector);
      const id = typeof selector === 'object' && selector !== null ? (selector.id ?? selector.key) : selector;
      return {
        ...found,
        action: (key) => action(key, { connectionId: id }),
        flow: (key) => flow(key, { connectionId: id }),
        operation: (key) => ({
          run: (input) => request('POST', `/connections/${encodeURIComponent(id)}/operations/${encodeURIComponent(key)}/run`, { input }),
        }),
        proxy: proxy(id),
      };
    };
    const list = (area) => ({
      find: (values) => request('GET', `/${area}` + query(values)),
      create: (body) => request('POST', `/${area}`, body),
    });
    const membrane = {
      ...client((path) => '/' + String(path).replace(/^\/+/, '')),
      act: (body) => request('POST', '/act', body),
      action: (selector) => action(selector),
      actions: list('actions'),
      connection,
      connections: list('connections'),
      flow: (selector) => flow(selector),
      flows: list('flows'),
      integrations: list('integrations'),
    };

    const told = (value) => {
      if (typeof value === 'string') {
        return value;
      }

      if (value instanceof Error) {
        return value.stack || `${value}`;
      }

      try {
        return stringify(value) ?? String(value);
      } catch {
        return String(value);
      }
    };
    const console = {};
    for (const level of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
      console[level] = (...values) => write(level, values.map(told).join(' '));
    }

    const setTimeout = (work, delay = 0, ...values) => {
      if (typeof work !== 'function') {
        throw new TypeError('The first argument of setTimeout must be a function');
      }

      timers.push({ id: ++lastTimer, at: now + Math.max(0, Number(delay) || 0), work: () => work(...values) });
      return lastTimer;
    };
    const clearTimeout = (id) => {
      timers = timers.filter((timer) => timer.id !== id);
    };
    Object.assign(globalThis, { clearTimeout, console, exports: commonJs.exports, membrane, module: commonJs, setTimeout });

    const failed = (error) => {
      let message;
      let stack;
      try {
        message = error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)
          ? `${error.name ?? 'Error'}: ${error.message}`
          : `Error: ${told(error)}`;
        stack = error?.stack;
      } catch {
        message = 'Error: The code threw something that cannot be shown.';
      }

      fail(message, typeof stack === 'string' ? stack : undefined);
    };
    const finish = (value) => {
      if (typeof value === 'function' || typeof value === 'symbol') {
        fail(`TypeError: The code returned a ${typeof value}, which is not JSON.`, undefined);
        return;
      }

      let text;
      try {
        text = stringify(value);
      } catch (error) {
        fail(`TypeError: The code returned a value that is not JSON: ${told(error?.message)}`, error?.stack);
        return;
      }

      succeed(text);
    };
    const exported = (value) => {
      const candidates = [value, commonJs.exports, commonJs.exports?.default];
      return candidates.find((candidate) => typeof candidate === 'function');
    };

    return {
      run(main, argument) {
        const work = exported(main);
        if (work === undefined) {
          fail('TypeError: The code exports no function: begin it with "export default async function ({ input }) {".', undefined);
          return;
        }

        const given = parse(argument);
        const client = given.connection ? proxy(given.connection.id) : undefined;
        new Promise((resolve) => resolve(work({ ...given, membrane, externalApiClient: client }))).then(finish).then(undefined, failed);
      },
      next: () => (timers.length > 0 ? Math.max(0, Math.min(...timers.map((timer) => timer.at)) - (Date.now() - started)) : -1),
      fire() {
        now = Date.now() - started;
        const due = timers.reduce((first, timer) => (timer.at < first.at ? timer : first));
        timers = timers.filter((timer) => timer !== due);
        try {
          due.work();
        } catch (error) {
          failed(error);
        }
      },
    };
  },
});
