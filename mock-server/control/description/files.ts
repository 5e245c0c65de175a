/** Files under addresses that the API gave for them. Those who fetch and send them hold no control token. */
import { refused, type Content, type Parameter, type Paths } from './parts.js';

const tags = ['Files'];
const bytes: Content = { '*/*': { schema: { type: 'string', format: 'binary' } } };
const path: Parameter = {
  name: 'path',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'As the API gave it; it may hold slashes.',
};

export const filePaths: Paths = {
  '/_mock/cdn/{path}': {
    get: {
      operationId: 'getFile',
      summary: 'Gives an uploaded image back',
      tags,
      security: [],
      parameters: [path],
      responses: {
        200: { description: 'The image.', content: bytes },
        404: refused('Nothing was uploaded to that address.'),
      },
    },
  },
  '/_mock/uploads/{path}': {
    put: {
      operationId: 'putFile',
      summary: 'Takes what the API gave an upload address for',
      tags,
      security: [],
      parameters: [path],
      requestBody: { content: bytes },
      responses: { 200: { description: 'It is there.' }, 404: refused('Nobody asked for that address.') },
    },
  },
};
