import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const templates = '/v3/content/widget-templates';
const widgets = '/v3/content/widgets';
const placements = '/v3/content/placements';

async function template(mock: MockClient): Promise<string> {
  const { body } = await mock.post(templates, { name: 'Head', template: '<h1>{{title}}</h1>' }).expect(200);
  return body.data.uuid as string;
}

async function widget(mock: MockClient, widget_template_uuid: string): Promise<string> {
  const { body } = await mock.post(widgets, { name: 'Hello', widget_template_uuid }).expect(200);
  return body.data.uuid as string;
}

describe('createWidgetTemplate', () => {
  it('needs a name and a template', async () => {
    const mock = await startMock();
    await mock.post(templates, { name: 'Head' }).expect(422);
    const { body } = await mock.post(templates, { name: 'Head', template: 'x' }).expect(200);
    expect(body.data).toMatchObject({ kind: 'custom', template_engine: 'handlebars_v3', channel_id: 1 });
  });
});

describe('updateWidgetTemplate', () => {
  it('leaves widgets in the version that they were made in, until they are upgraded', async () => {
    const mock = await startMock();
    const uuid = await template(mock);
    const own = await widget(mock, uuid);
    const first = (await mock.get(`${templates}/${uuid}`)).body.data.current_version_uuid as string;
    await mock.put(`${templates}/${uuid}`, { template: '<h2>{{title}}</h2>', create_new_version: true }).expect(200);
    expect((await mock.get(`${widgets}/${own}`)).body.data.widget_template.template).toBe('<h1>{{title}}</h1>');
    const earlier = await mock.get(`${templates}/${uuid}?version_uuid=${first}`).expect(200);
    expect(earlier.body.data.template).toBe('<h1>{{title}}</h1>');
    const { body } = await mock.put(`${widgets}/${own}`, { upgrade: true }).expect(200);
    expect(body.data.widget_template.template).toBe('<h2>{{title}}</h2>');
  });
});

describe('previewWidget', () => {
  it('fills the template with a configuration', async () => {
    const mock = await startMock();
    const { body } = await mock.post(templates, {
      name: 'List',
      template: '{{#if on}}<ul>{{/if}}{{#each items}}<li>{{name}}</li>{{/each}}{{title}}',
    });
    const preview = await mock
      .post(`${templates}/${body.data.uuid}/preview`, {
        widget_configuration: { on: true, items: [{ name: 'a' }, { name: '<b>' }], title: 'Z' },
      })
      .expect(200);
    expect(preview.body.data.html).toBe('<ul><li>a</li><li>&lt;b&gt;</li>Z');
  });
});

describe('createWidget', () => {
  it('needs a template that exists, and nests it', async () => {
    const mock = await startMock();
    const { body } = await mock.post(widgets, { name: 'Hello', widget_template_uuid: 'none' }).expect(422);
    expect(body.errors).toHaveProperty('widget_template_uuid');
    const uuid = await template(mock);
    const made = await mock.post(widgets, { name: 'Hello', widget_template_uuid: uuid }).expect(200);
    expect(made.body.data).toMatchObject({ name: 'Hello', widget_template: { uuid } });
    expect(made.body.data).not.toHaveProperty('widget_template_uuid');
    const list = await mock.get(`${widgets}?widget_template_uuid=${uuid}`).expect(200);
    expect(list.body.data).toMatchObject([{ widget_template: { uuid } }]);
  });
});

describe('createPlacement', () => {
  it('nests the widget and starts inactive', async () => {
    const mock = await startMock();
    const uuid = await widget(mock, await template(mock));
    await mock.post(placements, { widget_uuid: 'none', template_file: 'pages/home' }).expect(422);
    const { body } = await mock.post(placements, { widget_uuid: uuid, template_file: 'pages/home' }).expect(200);
    expect(body.data).toMatchObject({ status: 'inactive', widget: { uuid, widget_template: { name: 'Head' } } });
    await mock.put(`${placements}/${body.data.uuid}`, { status: 'active' }).expect(200);
    const list = await mock.get(`${placements}?widget_uuid=${uuid}&site_id:in=1000`).expect(200);
    expect(list.body.data).toMatchObject([{ status: 'active' }]);
  });
});

describe('deleteWidgetTemplate', () => {
  it('takes widgets and placements along', async () => {
    const mock = await startMock();
    const uuid = await template(mock);
    const own = await widget(mock, uuid);
    await mock.post(placements, { widget_uuid: own, template_file: 'pages/home' }).expect(200);
    await mock.delete(`${templates}/${uuid}`).expect(204);
    await mock.get(`${widgets}/${own}`).expect(404);
    expect((await mock.get(placements)).body.data).toEqual([]);
    await mock.delete(`${templates}/${uuid}`).expect(404);
  });
});

describe('getContentRegions', () => {
  it('names the regions of a template file', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/content/regions?template_file=pages/category').expect(200);
    expect(body.data).toContainEqual({ name: 'category_header_banner' });
    await mock.get('/v3/content/regions').expect(422);
    await mock.get('/v3/content/regions?template_file=pages/none').expect(404);
  });
});

describe('createPageWidgets', () => {
  it('replaces the regions of one page', async () => {
    const mock = await startMock({ size: 'small' });
    const regions = [{ name: 'home_below_menu', children: [{ type: 'widget', name: 'One', configuration: { a: 1 } }] }];
    await mock.post('/v3/content/page-widgets', { template_file: 'pages/home', channel_id: 1, regions }).expect(204);
    const { body } = await mock.get('/v3/content/page-widgets?template_file=pages/home').expect(200);
    expect(body.data.regions).toEqual(regions);
    const other = await mock.get('/v3/content/page-widgets?template_file=pages/cart').expect(200);
    expect(other.body.data.regions).toEqual([]);
  });

  it('means the regions of all pages when no page is named', async () => {
    const mock = await startMock({ size: 'small' });
    const before = await mock.get('/v3/content/page-widgets').expect(200);
    expect(before.body.data.regions).toMatchObject([{ name: 'header_bottom--global' }]);
    const home = await mock.get('/v3/content/page-widgets?template_file=pages/home').expect(200);
    const regions = [{ name: 'footer--global', children: [] }];
    await mock.post('/v3/content/page-widgets', { regions }).expect(204);
    expect((await mock.get('/v3/content/page-widgets')).body.data.regions).toEqual(regions);
    const after = await mock.get('/v3/content/page-widgets?template_file=pages/home').expect(200);
    expect(after.body.data).toEqual(home.body.data);
  });
});
