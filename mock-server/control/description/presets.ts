/** What accounts and users can be given. */
import { listOf, type Paths, type Schema } from './parts.js';

const tags = ['API accounts'];
const text: Schema = { type: 'string' };
const textByName: Schema = { type: 'object', additionalProperties: text };

const preset: Schema = {
  type: 'object',
  required: ['name', 'title', 'description', 'levels', 'scopes'],
  properties: {
    name: text,
    title: text,
    description: text,
    levels: { ...textByName, description: 'Level by resource.' },
    scopes: { type: 'array', items: text },
  },
};

const resource: Schema = {
  type: 'object',
  required: ['name', 'label', 'levels', 'initial', 'for_apps_only'],
  properties: {
    name: text,
    label: { ...text, description: 'As the control panel calls it.' },
    levels: { ...textByName, description: 'Scope by level, from the least to the most.' },
    initial: { ...text, description: 'Level where none is picked.' },
    for_apps_only: { type: 'boolean' },
  },
};

const permission: Schema = {
  type: 'object',
  required: ['name', 'label', 'is_high_risk'],
  properties: {
    name: text,
    label: text,
    is_high_risk: { type: 'boolean', description: 'The owner of the store alone grants it.' },
  },
};

export const presetPaths: Paths = {
  '/_mock/presets': {
    get: {
      operationId: 'getPresets',
      summary: 'Lists what kinds of tools ask for',
      tags,
      responses: { 200: { description: 'The presets.', content: listOf(preset) } },
    },
  },
  '/_mock/scopes': {
    get: {
      operationId: 'getScopes',
      summary: 'Lists the resources that an account can be given, with their levels',
      tags,
      responses: { 200: { description: 'The resources.', content: listOf(resource) } },
    },
  },
  '/_mock/permissions': {
    get: {
      operationId: 'getPermissions',
      summary: 'Lists what a user can be permitted',
      tags: ['Users'],
      responses: { 200: { description: 'The permissions.', content: listOf(permission) } },
    },
  },
};
