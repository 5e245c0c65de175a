/** What is to go wrong. */
import {
  invalidInput,
  json,
  listOf,
  refused,
  schemaOf,
  unknownStore,
  type Parameter,
  type Paths,
  type Schema,
  type Schemas,
} from './parts.js';
import { choiceFields } from './requests.js';

const tags = ['Faults'];
const unknownFault = refused('This mock has no such fault.');
const id: Parameter = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const ofStore: Parameter = {
  name: 'store_hash',
  in: 'query',
  schema: { type: 'string' },
  description: 'Those that are meant for this store alone.',
};

export const faultPaths: Paths = {
  '/_mock/faults': {
    get: {
      operationId: 'getFaults',
      summary: 'Lists the faults and how often each hit',
      tags,
      parameters: [ofStore],
      responses: { 200: { description: 'The oldest first.', content: listOf(schemaOf('Fault')) }, 422: invalidInput },
    },
    post: {
      operationId: 'createFault',
      summary: 'Lets requests go wrong',
      description:
        'Of several faults that are meant for a request, the oldest hits it. Requests that are refused for path, token, scope or quota meet none. Those that a status, a body or a reset hits change nothing. A 429 is bare, without `X-Rate-Limit-*`, unless `headers` names one of these: the others are then those of a spent quota.',
      tags,
      requestBody: { required: true, content: json(schemaOf('NewFault')) },
      responses: {
        201: { description: 'It waits for its requests.', content: json(schemaOf('Fault')) },
        404: unknownStore,
        409: refused('There are 1,000 already.'),
        422: invalidInput,
      },
    },
    delete: {
      operationId: 'deleteFaults',
      summary: 'Removes all faults, or those of one store',
      tags,
      parameters: [ofStore],
      responses: { 204: { description: 'They are gone.' }, 422: invalidInput },
    },
  },
  '/_mock/faults/{id}': {
    get: {
      operationId: 'getFault',
      summary: 'Shows a fault and how often it hit',
      tags,
      parameters: [id],
      responses: { 200: { description: 'The fault.', content: json(schemaOf('Fault')) }, 404: unknownFault },
    },
    delete: {
      operationId: 'deleteFault',
      summary: 'Removes a fault',
      tags,
      parameters: [id],
      responses: { 204: { description: 'It is gone.' }, 404: unknownFault },
    },
  },
};

const match: Schema = {
  type: 'object',
  properties: choiceFields,
  additionalProperties: false,
  description: 'Which requests; what is left out does not matter.',
};

const fault: Schema = {
  type: 'object',
  description: 'With a delay alone, requests are answered as usual, only later.',
  properties: {
    status: { type: 'integer', minimum: 200, maximum: 599, description: '200 where there is only a body.' },
    body: {
      description: "A text is sent as it is, anything else as JSON. Left out: BigCommerce's own of that status.",
    },
    headers: {
      type: 'object',
      additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
      description: 'They go before those that the mock would send.',
    },
    delay_ms: { type: 'integer', minimum: 0, maximum: 600_000, description: 'Of real time.' },
    reset: { type: 'boolean', description: 'Cuts the connection instead of answering.' },
  },
  additionalProperties: false,
};

const times: Schema = { type: 'integer', minimum: 1, description: 'How many requests it hits; all when left out.' };
const probability: Schema = {
  type: 'number',
  minimum: 0,
  exclusiveMinimum: true,
  maximum: 1,
  default: 1,
  description: "That it hits a request. Which ones it hits follows from the mock's seed.",
};

export const faultSchemas: Schemas = {
  NewFault: {
    type: 'object',
    required: ['fault'],
    properties: { match, fault, times, probability },
    additionalProperties: false,
  },
  Fault: {
    type: 'object',
    required: ['id', 'match', 'fault', 'times', 'probability', 'hits', 'remaining'],
    properties: {
      id: { type: 'integer', description: 'Counts up from 1 since the start or the last reset.' },
      match,
      fault,
      times: { ...times, nullable: true },
      probability,
      hits: { type: 'integer', description: 'Requests that it hit.' },
      remaining: { type: 'integer', nullable: true, description: 'Null: no end of them.' },
    },
  },
};
