/** Control calls about apps answer as the control document says. */
import { expect, it } from 'vitest';
import { answerProblems } from '../control/described-answer.js';
import { startApp, startListening } from './sample-app.js';

it('calls about apps answer as described', async () => {
  const mock = await startListening();
  const { client_id, url } = await startApp(mock);
  const seen = new Set<string>();
  const problems: string[] = [];
  const call = async (method: 'get' | 'post' | 'put' | 'delete', path: string, id: string, body?: object) => {
    const target = path.replace('{store_hash}', 'mockstore1').replace('{client_id}', id);
    const answer = await mock.raw[method](target).send(body);
    seen.add(`${method} ${path} ${String(answer.status)}`);
    problems.push(...answerProblems(method, path, answer));
  };
  const app = '/_mock/apps/{client_id}';
  const clicks = '/_mock/stores/{store_hash}/apps/{client_id}';

  await call('post', '/_mock/apps', '', {
    client_id: 'other',
    name: 'Other',
    auth_callback: url,
    load_callback: url,
    scopes: [],
  });
  await call('post', '/_mock/apps', '', {
    client_id: 'other',
    name: 'x',
    auth_callback: url,
    load_callback: url,
    scopes: [],
  });
  await call('post', '/_mock/apps', '', {});
  await call('get', '/_mock/apps', '');
  await call('get', app, 'other');
  await call('get', app, 'nobody');
  await call('put', app, 'other', { name: 'Another' });
  await call('put', app, 'other', { name: 7 });
  await call('post', `${clicks}/load`, client_id);
  await call('post', `${clicks}/install`, client_id);
  await call('post', `${clicks}/install`, client_id, { call: 1 });
  await call('get', '/_mock/stores/{store_hash}/apps', '');
  await call('delete', app, client_id);
  await call('post', `${clicks}/load`, client_id, { url: '/here', call: false });
  await call('post', `${clicks}/remove-user`, client_id, { user: 1 });
  await call('put', app, client_id, { scopes: [], uninstall_callback: null });
  await call('post', `${clicks}/load`, client_id);
  await call('post', `${clicks}/uninstall`, client_id);
  await call('post', `${clicks}/uninstall`, client_id);
  await call('delete', app, client_id);

  expect(problems).toEqual([]);
  expect([...seen]).toEqual([
    'post /_mock/apps 201',
    'post /_mock/apps 409',
    'post /_mock/apps 422',
    'get /_mock/apps 200',
    `get ${app} 200`,
    `get ${app} 404`,
    `put ${app} 200`,
    `put ${app} 422`,
    `post ${clicks}/load 404`,
    `post ${clicks}/install 200`,
    `post ${clicks}/install 422`,
    'get /_mock/stores/{store_hash}/apps 200',
    `delete ${app} 409`,
    `post ${clicks}/load 200`,
    `post ${clicks}/remove-user 409`,
    `post ${clicks}/load 409`,
    `post ${clicks}/uninstall 200`,
    `post ${clicks}/uninstall 404`,
    `delete ${app} 204`,
  ]);
});
