import { describe, expect, it } from 'vitest';
import { FULL, startMock } from '../mock.js';

const scripts = '/v3/content/scripts';

describe('createScript', () => {
  it('completes a script that has a source', async () => {
    const mock = await startMock();
    const { body } = await mock.post(scripts, { name: 'Badge', src: 'https://cdn.example.com/a.js' }).expect(200);
    expect(body.data).toMatchObject({
      kind: 'src',
      load_method: 'default',
      location: 'head',
      visibility: 'storefront',
      consent_category: 'unknown',
      enabled: true,
      channel_id: 1,
    });
    expect(body.data).not.toHaveProperty('html');
    await mock.put(`${scripts}/${body.data.uuid}`, { enabled: false }).expect(200);
    expect((await mock.get(`${scripts}/${body.data.uuid}`)).body.data.enabled).toBe(false);
  });

  it.each([
    { name: 'x', kind: 'src' },
    { name: 'x', kind: 'src', src: 'https://a.example.com', html: '<script></script>' },
    { name: 'x', kind: 'script_tag', src: 'https://a.example.com' },
    { name: 'x', kind: 'script_tag', html: '<script></script><script></script>' },
    { name: 'x', kind: 'script_tag', html: 'alert(1)' },
    { name: 'x', kind: 'script_tag', html: '<script></script>', load_method: 'async' },
    { name: 'x', src: 'https://a.example.com', integrity_hashes: ['1', '2', '3', '4', '5', '6'] },
    { kind: 'src', src: 'https://a.example.com' },
  ])('refuses %j', async (script) => {
    const mock = await startMock();
    await mock.post(scripts, script).expect(422);
  });

  it('shows each app its own only', async () => {
    const mock = await startMock();
    const { body } = await mock.post(scripts, { name: 'Badge', src: 'https://cdn.example.com/a.js' }).expect(200);
    const app = mock.asApp('another');
    expect((await app.get(scripts).expect(200)).body.data).toEqual([]);
    await app.get(`${scripts}/${body.data.uuid}`).expect(404);
    await mock.delete(`${scripts}/${body.data.uuid}`).expect(204);
  });

  it('needs the scope of the checkout for pages of the checkout', async () => {
    const all = await startMock();
    const script = { name: 'Badge', src: 'https://cdn.example.com/a.js' };
    await all.post(scripts, { ...script, visibility: 'all_pages' }).expect(200);
    const { accounts } = all.store;
    const { id, scopes } = accounts.byToken(FULL)!;
    const others = [...scopes].filter((scope) => scope !== 'store_content_checkout');
    const mock = all.as(accounts.renew(id, others)!.access_token);
    await mock.post(scripts, { ...script, visibility: 'checkout' }).expect(403);
    const { body } = await mock.post(scripts, { ...script, visibility: 'order_confirmation' }).expect(200);
    await mock.put(`${scripts}/${body.data.uuid}`, { visibility: 'all_pages' }).expect(403);
  });
});
