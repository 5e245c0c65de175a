/** `/_mock`: the mock's own calls. No part of the API, no CORS; a control token guards them beyond loopback. */
import type { FastifyInstance } from 'fastify';
import { NotFoundError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { accessRefusal } from './access.js';
import { apiAccountCalls } from './api-accounts.js';
import { appCalls } from './apps.js';
import { cdnFiles } from './cdn-files.js';
import { clockCalls } from './clock.js';
import { docsCalls } from './docs.js';
import { faultCalls } from './faults.js';
import { healthCalls } from './health.js';
import { takeJsonBodies } from './json-bodies.js';
import { presetCalls } from './presets.js';
import { reportCalls } from './report.js';
import { requestCalls } from './requests.js';
import { resetCalls } from './reset.js';
import { snapshotContentCalls } from './snapshot-content.js';
import { snapshotCalls } from './snapshots.js';
import { storeAppCalls } from './store-apps.js';
import { storeCalls } from './stores.js';
import { uploads } from './uploads.js';
import { userCalls } from './users.js';
import { webhookCalls } from './webhooks.js';

export async function control(api: FastifyInstance, { state }: { state: MockState }): Promise<void> {
  // Images are fetched by shops and browsers, and bundles uploaded by tools, which hold no control token.
  await api.register(cdnFiles, { state });
  await api.register(uploads, { state });
  await api.register(async (guarded) => {
    takeJsonBodies(guarded);
    guarded.addHook('onRequest', (request, _reply, next) => {
      next(accessRefusal(request, state.settings));
    });
    await guarded.register(healthCalls, { state });
    await guarded.register(docsCalls);
    await guarded.register(resetCalls, { state });
    await guarded.register(storeCalls, { state });
    await guarded.register(snapshotCalls, { state });
    await guarded.register(snapshotContentCalls, { state });
    await guarded.register(apiAccountCalls, { state });
    await guarded.register(userCalls, { state });
    await guarded.register(appCalls, { state });
    await guarded.register(storeAppCalls, { state });
    await guarded.register(presetCalls);
    await guarded.register(requestCalls, { state });
    await guarded.register(reportCalls, { state });
    await guarded.register(faultCalls, { state });
    await guarded.register(clockCalls, { state });
    await guarded.register(webhookCalls, { state });
    guarded.all('/*', (request) => {
      throw new NotFoundError(`${request.method} ${request.url.split('?', 1)[0] ?? ''} is no control call`);
    });
  });
}
