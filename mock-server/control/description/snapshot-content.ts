/** A saved state as JSON. */
import { contentSchema } from '../../snapshots/check-content.js';
import { invalidInput, json, refused, schemaOf, storeHash, type Paths } from './parts.js';
import { snapshotName } from './stores.js';

const tags = ['Snapshots'];
// What checks it describes it, too.
const content = json(contentSchema);

export const snapshotContentPaths: Paths = {
  '/_mock/stores/{store_hash}/snapshots/{name}/content': {
    get: {
      operationId: 'getSnapshotContent',
      summary: 'Gives a saved state as JSON',
      description: 'The same state gives the same text: keys are sorted, and each row is a line. Secrets are left out.',
      tags,
      parameters: [storeHash, snapshotName],
      responses: {
        200: { description: 'The whole state.', content },
        404: refused('This mock has no such store, or the store no such snapshot.'),
      },
    },
    put: {
      operationId: 'putSnapshotContent',
      summary: 'Saves a state that was read, from this store or another',
      description:
        'It is saved, not restored: that is `PUT` on the snapshot. Rows that name the other store name this one; accounts that both have keep the token they have here.',
      tags,
      parameters: [storeHash, snapshotName],
      requestBody: { required: true, content },
      responses: {
        200: { description: 'The snapshot.', content: json(schemaOf('Snapshot')) },
        404: refused('This mock has no such store.'),
        422: invalidInput,
      },
    },
  },
};
