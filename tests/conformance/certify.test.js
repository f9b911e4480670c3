import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { certified, certifiedPage } from './support/elements.js';

// What the other tests rely on: an answer that is nearly right does not pass.
describe('Certifying an answer', () => {
  const right = {
    id: 'con_1', name: 'Slack', userId: 'cus_1', tenantId: 'cus_1', connected: true, disconnected: false, state: 'READY', canTest: true,
    createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', type: 'connector', integrationKey: 'slack',
  };

  it('accepts what is right', () => assert.equal(certified('connection', right), right));

  for (const [what, wrong] of Object.entries({
    'a field that is missing': { ...right, userId: undefined },
    'a promised field that is missing': { ...right, state: undefined },
    'a field of another type': { ...right, createdAt: 5 },
    'a value outside of its list': { ...right, state: 'FINE' },
    'a null where there is no null': { ...right, meta: null },
    'a field that nobody knows': { ...right, surprise: 1 },
    'a field deep inside that nobody knows': { ...right, error: { message: 'x', surprise: 1 } },
  })) {
    it(`refuses ${what}`, () => assert.throws(() => certified('connection', wrong), assert.AssertionError));
  }

  it('refuses what the SDK would only coerce', () =>
    assert.throws(() => certified('agentSession', { hasWorker: 'false' }), assert.AssertionError));

  it('refuses a page that is none', () => {
    assert.throws(() => certifiedPage('connection', [right]), assert.AssertionError);
    assert.throws(() => certifiedPage('connection', { items: [right], cursor: 5 }), assert.AssertionError);
    assert.throws(() => certifiedPage('connection', { items: [right], total: 1 }), assert.AssertionError);
  });
});
