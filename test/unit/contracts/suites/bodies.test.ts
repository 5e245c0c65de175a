import { describe, expect, it } from 'vitest';
import { bodyFaults, megabyteFault, withFault } from '../../../../contracts/suites/broken-bodies.js';
import { ExistingRows } from '../../../../contracts/suites/existing-rows.js';
import { sampleBody } from '../../../../contracts/suites/sample-body.js';
import { describedRequest, jsonSchemaIn } from '../../../../contracts/described-messages.js';
import type { Send } from '../../../../contracts/index.js';
import { operationById, operationRules, operations, type Schema } from '../../../../openapi/index.js';

const withJson = operations.filter(({ body }) => body?.media.includes('application/json'));

/** A store in which each list has the rows 11 and 12. */
const send: Send = (request) => {
  const body = JSON.stringify({ data: [{ id: 11 }, { id: 12 }] });
  return Promise.resolve({ request, response: { status: 200, headers: {}, body } });
};
const rows = new ExistingRows({ storeHash: 'abc', tokens: { fullAccess: 't' }, send });

function schemaOf(id: string): NonNullable<ReturnType<typeof jsonSchemaIn>> {
  return jsonSchemaIn(describedRequest(operationById(id)!)!)!;
}

describe('sampleBody', () => {
  it.each(withJson.map((operation) => [operation.id, operation] as const))(
    'makes valid bodies of %s',
    async (id, operation) => {
      const values = (await rows.find(operation.path)) ?? { store_hash: 'abc' };
      for (const options of [{}, { isFull: true }]) {
        const { validate } = operationRules(operation);
        const body = await sampleBody(schemaOf(id), operation, rows, values, options);
        expect(validate?.(body) === true ? [] : validate?.errors, JSON.stringify(body)).toEqual([]);
      }
    },
  );

  it('names rows that exist', async () => {
    const create = operationById('createBrandsMetafields');
    const body = await sampleBody(schemaOf(create.id), create, rows, { store_hash: 'abc' });
    expect(body).toMatchObject([{ resource_id: 11 }]);
  });

  it('takes optional properties in when asked', async () => {
    const create = operationById('createProduct');
    const body = await sampleBody(
      schemaOf(create.id),
      create,
      rows,
      { store_hash: 'abc' },
      { along: ['custom_url', 'url'] },
    );
    expect(body).toMatchObject({ name: expect.any(String), custom_url: { url: expect.any(String) } });
  });
});

describe('bodyFaults', () => {
  const schema: Schema = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 3 },
      size: { type: 'integer', minimum: 1, maximum: 5, nullable: true },
      parts: { type: 'array', items: { type: 'boolean' } },
      id: { type: 'integer', readOnly: true },
    },
  };

  it('has one for each rule of each property that can be written', () => {
    const faults = bodyFaults(schema).map(({ path, kind }) => `${path.join('.')} ${kind}`);
    expect(faults).toEqual([
      ' wrong type',
      ' null',
      'name missing',
      'name wrong type',
      'name null',
      'name too long',
      'name too small',
      'size wrong type',
      'size too small',
      'size too large',
      'parts wrong type',
      'parts null',
      'parts.0 wrong type',
      'parts.0 null',
    ]);
  });

  it('knows where a megabyte is too much', () => {
    expect(megabyteFault(schema)?.path).toEqual(['name']);
    expect(megabyteFault({ type: 'array', items: { type: 'integer' } })?.path).toEqual([]);
  });
});

describe('withFault', () => {
  const body = { name: 'x', parts: [{ size: 1 }] };

  it.each([
    [{ path: ['name'], kind: 'missing' as const }, { parts: [{ size: 1 }] }],
    [
      { path: ['parts', '0', 'size'], kind: 'null' as const, value: null },
      { name: 'x', parts: [{ size: null }] },
    ],
    [{ path: [], kind: 'wrong type' as const, value: 'no object' }, 'no object'],
  ])('breaks a copy: %j', (fault, broken) => {
    expect(withFault(body, fault)).toEqual(broken);
    expect(body).toEqual({ name: 'x', parts: [{ size: 1 }] });
  });
});
