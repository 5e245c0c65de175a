/** Events as servers send them: https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { BytesAnswer } from '../resources/handler.js';

/** A stream that says all it has to say at once, and ends. */
export function eventStream(events: readonly object[]): BytesAnswer {
  return {
    status: 200,
    bytes: events.map((event) => `event: message\ndata: ${JSON.stringify(event)}\n\n`).join(''),
    headers: { 'content-type': 'text/event-stream' },
  };
}
