import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const active = 'e1a4c0de-0000-4000-8000-000000000001';
const other = 'e1a4c0de-0000-4000-8000-000000000002';
const otherVariation = 'e1a4c0de-0000-4000-8000-000000000303';
const zip = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)]);

describe('getStoreThemes', () => {
  it('shows nothing but what a theme is described to have', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/themes').expect(200);
    expect(Object.keys(body.data[0] as object).sort()).toEqual(
      ['is_active', 'is_private', 'name', 'updated_at', 'uuid', 'variations'].sort(),
    );
  });
});

describe('uploadStoreTheme', () => {
  it('starts a job whose result is the theme', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/themes').attach('file', zip, 'Coast.zip').expect(201);
    const job = await mock.get(`/v3/themes/jobs/${body.job_id}`).expect(200);
    expect(job.body.data).toMatchObject({ status: 'COMPLETED', percent_complete: 100 });
    const theme = await mock.get(`/v3/themes/${job.body.data.result.theme_id}`).expect(200);
    expect(theme.body.data).toMatchObject({ name: 'Coast', is_private: true, is_active: false });
    await mock.delete(`/v3/themes/${theme.body.data.uuid}`).expect(204);
    await mock.get(`/v3/themes/${theme.body.data.uuid}`).expect(404);
  });

  it('starts a job that fails for a file that is no zip', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/themes').attach('file', Buffer.from('no'), 'x.zip').expect(201);
    expect((await mock.get(`/v3/themes/jobs/${body.job_id}`)).body.data.status).toBe('FAILED');
  });
});

describe('downloadStoreTheme', () => {
  it('starts a job whose result is a link that works', async () => {
    const mock = await startMock();
    const { body } = await mock.post(`/v3/themes/${active}/actions/download`, { which: 'original' }).expect(200);
    const job = await mock.get(`/v3/themes/jobs/${body.job_id}`);
    await mock.raw.get(new URL(job.body.data.result.download_url as string).pathname).expect(200);
  });
});

describe('activateStoreTheme', () => {
  it('makes the theme of the variation the active one, here and on its channel', async () => {
    const mock = await startMock({ size: 'small' });
    const before = await mock.get('/v3/storefront/custom-template-associations?type=product').expect(200);
    expect(before.body.data[0].is_valid).toBe(true);
    await mock.post('/v3/themes/actions/activate', { variation_id: otherVariation }).expect(204);
    expect((await mock.get(`/v3/themes/${active}`)).body.data.is_active).toBe(false);
    expect((await mock.get(`/v3/themes/${other}`)).body.data.is_active).toBe(true);
    expect((await mock.get('/v3/channels/1/active-theme')).body.data.active_theme_uuid).toBe(other);
    const after = await mock.get('/v3/storefront/custom-template-associations?type=product').expect(200);
    expect(after.body.data[0].is_valid).toBe(false);
  });

  it('gives a theme to a channel that had none, and keeps it as long as that shows it', async () => {
    const mock = await startMock();
    const channel = { name: 'App', type: 'storefront', platform: 'custom', status: 'prelaunch' };
    const { body } = await mock.post('/v3/channels', channel).expect(200);
    const shown = `/v3/channels/${body.data.id}/active-theme`;
    await mock.get(shown).expect(404);
    const sent = { variation_id: otherVariation, which: 'original' };
    await mock.post(`/v3/themes/actions/activate?channel_id=${body.data.id}`, sent).expect(204);
    expect((await mock.get(shown).expect(200)).body.data.active_theme_uuid).toBe(other);
    expect((await mock.get(`/v3/themes/${other}`)).body.data.is_active).toBe(false);
    await mock.delete(`/v3/themes/${other}`).expect(409);
  });

  it('knows the variations of its themes only', async () => {
    const mock = await startMock();
    await mock.post('/v3/themes/actions/activate', { variation_id: 'none' }).expect(404);
  });
});

describe('deleteStoreTheme', () => {
  it('spares the active theme and those of BigCommerce', async () => {
    const mock = await startMock();
    await mock.delete(`/v3/themes/${active}`).expect(409);
    await mock.post('/v3/themes/actions/activate', { variation_id: otherVariation }).expect(204);
    await mock.delete(`/v3/themes/${active}`).expect(422);
  });
});

describe('getThemeConfiguration', () => {
  it('needs a filter', async () => {
    const mock = await startMock();
    await mock.get(`/v3/themes/${active}/configurations`).expect(422);
    const { body } = await mock.get(`/v3/themes/${active}/configurations?channel_id:in=1`).expect(200);
    expect(body.data).toMatchObject([{ theme_uuid: active }]);
    const none = await mock.get(`/v3/themes/${active}/configurations?variation_uuid=${otherVariation}`).expect(200);
    expect(none.body.data).toEqual([]);
    const own = await mock.get(`/v3/themes/${active}/configurations?uuid:in=${body.data[0].uuid}`).expect(200);
    expect(own.body.data).toHaveLength(1);
  });
});

describe('validateThemeConfiguration', () => {
  it('refuses a variation of another theme', async () => {
    const mock = await startMock();
    const path = `/v3/themes/${active}/configurations/validate`;
    await mock.post(path, { settings: {} }).expect(200);
    await mock.post(path, { variation_id: otherVariation }).expect(422);
  });
});

describe('getThemeCustomTemplates', () => {
  it('lists the files of a version', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/themes/custom-templates/e1a4c0de-0000-4000-8000-000000000201').expect(200);
    expect(body.data.page).toContain('holiday-page.html');
    await mock.get('/v3/themes/custom-templates/none').expect(404);
  });
});

describe('upsertCustomTemplateAssociations', () => {
  it('keeps one template per channel and entity and knows whether the theme has it', async () => {
    const mock = await startMock();
    const path = '/v3/storefront/custom-template-associations';
    const row = { channel_id: 1, entity_type: 'page', entity_id: 7, file_name: 'holiday-page.html' };
    expect((await mock.put(path, [row]).expect(200)).body).toEqual({});
    await mock.put(path, [{ ...row, file_name: 'gone.html' }]).expect(200);
    const { body } = await mock.get(`${path}?entity_id:in=7&type=page`).expect(200);
    expect(body.data).toMatchObject([{ id: 1, file_name: 'gone.html', is_valid: false }]);
    expect((await mock.get(`${path}?is_valid=true`)).body.data).toEqual([]);
  });

  it('is deleted by a filter, and by nothing less', async () => {
    const mock = await startMock({ size: 'small' });
    const path = '/v3/storefront/custom-template-associations';
    await mock.delete(path).expect(422);
    await mock.delete(`${path}?type=brand`).expect(204);
    expect((await mock.get(`${path}?type=brand`)).body.data).toEqual([]);
    expect((await mock.get(path)).body.data).toHaveLength(2);
  });
});
