/** The control API described: `GET /_mock/control-openapi.json`, and pages for people at `/_mock/docs`. */
import type { FastifyInstance, FastifyReply } from 'fastify';

// Descriptions are loaded with the first of these calls: most mocks never see one.
export function docsCalls(api: FastifyInstance, _options: object, done: () => void): void {
  api.get('/control-openapi.json', async () => (await import('./description/document.js')).controlDocument());
  api.get('/docs', async (_request, reply) => sendPage(reply, (await import('./docs-pages.js')).controlPage()));
  api.get('/docs/operations', async (_request, reply) =>
    sendPage(reply, (await import('./docs-pages.js')).operationsPage()),
  );
  done();
}

/** Pages carry their style and nothing else: no script, nothing from elsewhere. */
function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    )
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .send(html);
}
