import { describe, expect, it } from 'vitest';
import { checkExchange, type Exchange, type ExchangeRequest, type ExchangeResponse } from '../../../contracts/index.js';

const brand = { id: 7, name: 'Fernhill' };
const quota = {
  'X-Rate-Limit-Requests-Left': '149',
  'X-Rate-Limit-Requests-Quota': '150',
  'X-Rate-Limit-Time-Reset-Ms': '29000',
  'X-Rate-Limit-Time-Window-Ms': '30000',
};

/** A sound GET of a brand, changed in what a test is about. */
function exchange(request: Partial<ExchangeRequest> = {}, response: Partial<ExchangeResponse> = {}): Exchange {
  return {
    request: {
      method: 'GET',
      url: 'https://api.bigcommerce.com/stores/abc/v3/catalog/brands/7',
      headers: { 'x-auth-token': 't' },
      ...request,
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json', ...quota },
      body: JSON.stringify({ data: brand, meta: {} }),
      ...response,
    },
  };
}

/** What is found, as check, pointer and rule. */
function found(request?: Partial<ExchangeRequest>, response?: Partial<ExchangeResponse>): string[] {
  return checkExchange(exchange(request, response)).map(({ check, pointer, rule }) => `${check} ${pointer} ${rule}`);
}

describe('checkExchange', () => {
  it('finds nothing in a sound exchange, however its client spells it', () => {
    expect(found()).toEqual([]);
    expect(found({ method: 'get', url: '/stores/abc/v3/catalog/brands/7?include_fields=name#x' })).toEqual([]);
    expect(found({}, { body: { json: { data: brand, meta: {} } } })).toEqual([]);
    expect(found({}, { body: new TextEncoder().encode(JSON.stringify({ data: brand })) })).toEqual([]);
    expect(found({ method: 'HEAD' }, { body: '' })).toEqual([]);
  });

  it('says where, which rule, what was expected and what came', () => {
    const [violation, ...others] = checkExchange(exchange({}, { body: '{"data":{"id":"7"}}' }));
    expect(others).toEqual([]);
    expect(violation).toEqual({
      check: 'response-body',
      operation: 'getBrand',
      pointer: '/response/body/data/id',
      rule: 'type',
      expected: 'integer',
      received: '7',
    });
  });

  it('notices requests that no operation describes, and whoever serves them', () => {
    const url = '/stores/abc/v3/catalog/nonsense';
    expect(found({ url }, { status: 404 })).toEqual(['request-route /request/url route']);
    expect(found({ url })).toEqual(['request-route /request/url route', 'response-status /response/status route']);
    expect(found({ url, method: 'PATCH' }, { status: 501 })).toEqual(['request-route /request/url route']);
    expect(found({ url: '/stores/abc/v3/catalog/brands/%E0%A4' }, { status: 400 })).toEqual([
      'request-route /request/url route',
    ]);
  });

  it('notices request bodies that the operation does not take', () => {
    const put = { method: 'PUT' };
    const json = { 'x-auth-token': 't', 'Content-Type': 'application/json; charset=utf-8' };
    expect(found({ ...put, headers: json, body: '{"name":"Fernhill"}' })).toEqual([]);
    expect(found({ ...put, headers: json, body: '{"name":5}' })).toEqual(['request-body /request/body/name type']);
    expect(found({ ...put, headers: json, body: '{' })).toEqual(['request-body /request/body syntax']);
    expect(found({ ...put, headers: { ...json, 'Content-Type': 'text/plain' }, body: '{}' })).toEqual([
      'request-media-type /request/headers/content-type media type',
    ]);
  });

  it('notices statuses that are documented nowhere', () => {
    expect(found({}, { status: 418 })).toContain('response-status /response/status documented');
    expect(found({}, { status: 500, body: '<html>' })).toContain('response-status /response/status documented');
  });

  it('wants the documented media type and JSON in it', () => {
    expect(found({}, { headers: { ...quota, 'content-type': 'text/html' } })).toEqual([
      'response-media-type /response/headers/content-type media type',
    ]);
    expect(found({}, { body: 'oops' })).toEqual(['response-body /response/body syntax']);
    expect(found({ method: 'DELETE' }, { status: 204, body: '{}' })).toEqual(['response-body /response/body empty']);
  });

  it('wants integers in all four rate-limit headers of authenticated replies', () => {
    const headers = { 'content-type': 'application/json', ...quota, 'X-Rate-Limit-Requests-Left': 'many' };
    expect(found({}, { headers })).toEqual(['rate-limit-headers /response/headers/x-rate-limit-requests-left type']);
    expect(found({}, { headers: { 'content-type': 'application/json' } })).toHaveLength(4);
  });

  it('lets an overloaded store shed requests without these headers', () => {
    const body = JSON.stringify({ status: 429, title: 'Too many requests', type: 't', errors: {} });
    expect(found({}, { status: 429, headers: { 'content-type': 'application/json' }, body })).toEqual([]);
  });

  it('looks at chosen checks only, when asked', () => {
    const broken = exchange({}, { status: 418, headers: {} });
    const checks = checkExchange(broken, { only: ['response-status'] }).map(({ check }) => check);
    expect(checks).toEqual(['response-status']);
  });

  it('survives bodies that are nested without end', () => {
    const body = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(found({ method: 'PUT', headers: { 'content-type': 'application/json' }, body })).toContain(
      'request-body /request/body type',
    );
  });
});
