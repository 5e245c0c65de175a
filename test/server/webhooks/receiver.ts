/** Something that listens for callbacks, on a free port. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

export interface Callback {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly text: string;
  readonly body: {
    readonly producer: string;
    readonly hash: string;
    readonly created_at: number;
    readonly store_id: string;
    readonly scope: string;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- every event has a form of its own
    readonly data: any;
  };
}

export interface Receiver {
  readonly url: string;
  readonly callbacks: readonly Callback[];
  /** Waits until there were so many in all. @throws after two seconds */
  readonly got: (count: number) => Promise<readonly Callback[]>;
  /** Answers with this status from now on; -1 closes the connection instead, 0 never answers. */
  readonly answerWith: (status: number, headers?: Record<string, string>) => void;
}

const open: Server[] = [];

afterEach(async () => {
  await Promise.all(
    open.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

export async function startReceiver(): Promise<Receiver> {
  const callbacks: Callback[] = [];
  let status = 200;
  let own: Record<string, string> = {};
  let arrived = (): void => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = JSON.parse(text) as Callback['body'];
      callbacks.push({ path: request.url ?? '', headers: request.headers, text, body });
      arrived();
      if (status === -1) request.socket.destroy();
      else if (status > 0) response.writeHead(status, own).end();
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    callbacks,
    got: (count) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          const scopes = callbacks.map(({ body }) => body.scope).join(', ');
          reject(new Error(`waited for ${String(count)} callbacks, got ${String(callbacks.length)}: ${scopes}`));
        }, 2_000);
        arrived = () => {
          if (callbacks.length < count) return;
          clearTimeout(timer);
          resolve(callbacks);
        };
        arrived();
      }),
    answerWith: (next, headers = {}) => {
      status = next;
      own = headers;
    },
  };
}
