import { describe, expect, it } from 'vitest';
import { envelopeErrors } from '../../../contracts/error-envelope.js';

const v3 = '/stores/{store_hash}/v3/catalog/brands';
const v2 = '/stores/{store_hash}/v2/orders';

describe('envelopeErrors', () => {
  it.each([
    [v3, 422, { status: 422, title: 'Missing Required Fields', type: 'address', errors: { name: 'x' } }],
    [v3, 401, { status: 401, title: 'Unauthorized', type: 'address' }],
    [v3, 422, { errors: [{ status: 422 }], meta: { total: 1, success: 0, failed: 1 } }],
    [v3, 422, { batch_errors: [] }],
    [v2, 404, [{ status: 404, message: 'The requested resource was not found.' }]],
    // The gateway stands before both versions.
    [v2, 403, { status: 403, title: 'no scope', type: 'address', errors: {} }],
  ])('accepts a refusal of %s with %i', (path, status, body) => {
    expect(envelopeErrors(path, status, body)).toEqual([]);
  });

  it.each([
    [v3, 422, [{ status: 422, message: 'no' }], '/response/body'],
    [v3, 422, { status: 400, title: 'no', type: 'address' }, '/response/body/status'],
    [v3, 422, { status: 422, type: 'address' }, '/response/body/title'],
    [v3, 422, { status: 422, title: 'no', type: 'address', errors: 'no' }, '/response/body/errors'],
    [v3, 422, { meta: {} }, '/response/body/errors'],
    [v2, 404, { status: 404, message: 'no' }, '/response/body'],
    [v2, 404, [], '/response/body'],
    [v2, 404, [{ status: 404 }], '/response/body/0/message'],
    [v2, 404, [{ status: 400, message: 'no' }], '/response/body/0/status'],
    [v2, 404, ['no'], '/response/body/0'],
  ])('objects to a refusal of %s with %i: %j', (path, status, body, pointer) => {
    expect(envelopeErrors(path, status, body).map((finding) => finding.pointer)).toEqual([pointer]);
  });
});
