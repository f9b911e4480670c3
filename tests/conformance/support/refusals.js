import assert from 'node:assert/strict';
import * as sdk from '@membranehq/sdk';
import { certify } from './certify.js';

/** For assert.rejects: the SDK has read the answer as this kind of error, with this key. */
export const refusal = (kind, key, text = '') => (error) => {
  assert.ok(error instanceof kind, `${error?.constructor?.name}: ${error?.message}`);
  certify(sdk.ErrorDataSchema, { ...error.data });
  assert.equal(error.data.key, key);
  assert.ok(error.message.includes(text), error.message);
  return true;
};
