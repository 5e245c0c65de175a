import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('projects', () => {
  it('are made, listed with cursors, and deleted', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.post('/v3/infrastructure/projects', { name: 'shop' }).expect(200);
    const { uuid } = body.data as { uuid: string };
    const { body: list } = await mock.get('/v3/infrastructure/projects').expect(200);
    expect(list.data).toHaveLength(3);
    expect(list.meta.cursor_pagination.count).toBe(3);
    const { body: found } = await mock.get(`/v3/infrastructure/projects?uuid:in=${uuid}`).expect(200);
    expect(found.data).toEqual([body.data]);
    await mock.delete(`/v3/infrastructure/projects/${uuid}`).expect(204);
    await mock.delete(`/v3/infrastructure/projects/${uuid}`).expect(404);
    await mock.delete('/v3/infrastructure/projects').expect(422);
    const uuids = (list.data as { uuid: string }[]).map((row) => row.uuid).join(',');
    await mock.delete(`/v3/infrastructure/projects?project_uuid:in=${uuids}`).expect(204);
    expect((await mock.get('/v3/infrastructure/projects').expect(200)).body.data).toEqual([]);
  });
});

describe('createDeployment', () => {
  it('deploys an upload and tells how it went; a second one has to wait', async () => {
    const mock = await startMock();
    const { body: project } = await mock.post('/v3/infrastructure/projects', { name: 'shop' }).expect(200);
    const { body: upload } = await mock.post('/v3/infrastructure/deployments/uploads', {}).expect(200);
    const address = new URL(upload.data.upload_url as string).pathname;
    await mock.raw.put(address).set('content-type', 'application/zip').send(Buffer.from('PK')).expect(200);
    const sent = { project_uuid: project.data.uuid, upload_uuid: upload.data.upload_uuid };
    const { body } = await mock.post('/v3/infrastructure/deployments', sent).expect(200);
    const path = `/v3/infrastructure/deployments/${String(body.data.deployment_uuid)}/events`;
    const { text } = await mock.get(path).expect(200).expect('content-type', 'text/event-stream');
    expect(text).toContain('"deployment_status":"completed"');
    await mock.post('/v3/infrastructure/deployments', sent).expect(409);
    await mock.post('/v3/infrastructure/deployments', { ...sent, project_uuid: NOBODY }).expect(422);
    const { text: log } = await mock.get(`/v3/infrastructure/logs/${String(project.data.uuid)}/tail`).expect(200);
    expect(log).toMatch(/^event: message\ndata: \{.*\}\n\n$/);
  });

  it('fails when nothing was uploaded', async () => {
    const mock = await startMock();
    const { body: project } = await mock.post('/v3/infrastructure/projects', { name: 'shop' }).expect(200);
    const { body: upload } = await mock.post('/v3/infrastructure/deployments/uploads', {}).expect(200);
    const sent = { project_uuid: project.data.uuid, upload_uuid: upload.data.upload_uuid };
    const { body } = await mock.post('/v3/infrastructure/deployments', sent).expect(200);
    const { text } = await mock.get(`/v3/infrastructure/deployments/${body.data.deployment_uuid}/events`).expect(200);
    expect(text).toContain('"deployment_status":"failed","event":null,"error":{"code":20}');
    await mock.raw.put(`/_mock/uploads/mockstore1/${NOBODY}.zip`).send(Buffer.from('PK')).expect(404);
  });

  it('can be followed by another deployment after a moment', async () => {
    const mock = await startMock();
    const { body: project } = await mock.post('/v3/infrastructure/projects', { name: 'shop' }).expect(200);
    const sent = { project_uuid: project.data.uuid, upload_uuid: NOBODY };
    await mock.post('/v3/infrastructure/deployments', sent).expect(200);
    await mock.post('/v3/infrastructure/deployments', sent).expect(409);
    await mock.raw.post('/_mock/clock').send({ advance_ms: 2_000 }).expect(200);
    await mock.post('/v3/infrastructure/deployments', sent).expect(200);
  });

  it('refuses ids that are none with 400', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/infrastructure/deployments/five/events').expect(400);
    expect(body.title).toBe(':deploymentUuid should be valid UUID.');
    await mock.get('/v3/infrastructure/logs/five/tail').expect(400);
  });
});
