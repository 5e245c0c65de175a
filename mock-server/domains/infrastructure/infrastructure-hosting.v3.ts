/**
 * Hosted projects and deployments of them. Nothing is run: what was uploaded is deployed after a moment of the mock's
 * clock, and a project logs one request. Described in openapi/documents/infrastructure/infrastructure-hosting.v3.yaml.
 */
import { uuidOf, type InfrastructureDeploymentRow, type InfrastructureProjectRow } from '../../../fixtures/index.js';
import { BadRequestError, ConflictError, UnprocessableError } from '../../errors.js';
import { cursorPage } from '../../query/pagination.js';
import { listOf } from '../../query/query-values.js';
import { findRows } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { eventStream } from '../event-stream.js';
import { serviceDate } from '../service-date.js';

interface ProjectInput {
  readonly name: string;
}

/** Rows keyed by `uuid`. */
export const projects = defineResource<InfrastructureProjectRow, ProjectInput>(
  'infrastructure-projects',
  {
    key: ({ uuid }) => uuid,
    title: 'project',
    create: ({ input, store, at }) => {
      const date = serviceDate(at);
      return {
        uuid: nextUuid('infrastructure-projects', store),
        name: input.name,
        date_created: date,
        date_modified: date,
      };
    },
    check: ({ next }) => {
      // Assumed.
      if (next.name.trim() === '') throw new UnprocessableError('A project needs a name.', { name: 'error.minLength' });
    },
  },
  { keyField: 'uuid' },
);

/** Rows keyed by `uuid`. */
export const deployments = defineResource<InfrastructureDeploymentRow, Omit<InfrastructureDeploymentRow, 'uuid'>>(
  'infrastructure-deployments',
  {
    key: ({ uuid }) => uuid,
    index: ['project_uuid'],
    create: ({ input, store }) => ({ ...input, uuid: nextUuid('infrastructure-deployments', store) }),
  },
  { keyField: 'uuid' },
);

function nextUuid(sequence: string, store: Store): string {
  const number = store.nextNumber(sequence, () => 100);
  return uuidOf(`${store.hash}/${String(store.options.seed)}/${sequence}/${String(number)}`);
}

/** Only cursors are shown, no pages. */
const listProjects: Handler<'listProjects'> = (context) => {
  const found = findRows(context, projects as unknown as Resource<InfrastructureProjectRow>, []);
  const page = cursorPage(found, ({ uuid }) => uuid, context.query, context.operation);
  const { cursor_pagination } = JSON.parse(page.meta) as { readonly cursor_pagination: unknown };
  return listAnswer(context, projects, page.items, JSON.stringify({ cursor_pagination }));
};

/** Those that are there; the others are gone already (assumed). */
const deleteProjects: Handler<'deleteProjects'> = (context) => {
  const uuids = listOf(context.query.get('project_uuid:in') ?? '');
  if (uuids.length === 0) throw new UnprocessableError('Parameter project_uuid:in is required.');
  const wrong = uuids.find((uuid) => !UUID.test(uuid));
  if (wrong !== undefined) throw new UnprocessableError(`${wrong.slice(0, 100)} is no UUID.`);
  for (const uuid of uuids) deleteRow(projects, uuid.toLowerCase(), context);
  return emptyAnswer();
};

/** How long a deployment takes (assumed). */
const DEPLOYMENT_MS = 2_000;

const createDeployment: Handler<'createDeployment'> = (context) => {
  const { store, at, body } = context;
  const project_uuid = body.project_uuid.toLowerCase();
  if (!store.rows(projects).has(project_uuid)) {
    // Assumed: 404 is not documented here.
    throw new UnprocessableError('There is no such project.', { project_uuid: 'unknown' });
  }
  const rows = store.rows(deployments);
  const isUnderWay = rows
    .pick(rows.keysWhere('project_uuid', project_uuid))
    .some(({ started_at }) => at < started_at + DEPLOYMENT_MS && at >= started_at);
  if (isUnderWay) throw new ConflictError('The project is being deployed already.');
  const { upload_uuid } = body;
  const has_upload = (store.files.get(uploadPath(upload_uuid, store))?.bytes.length ?? 0) > 0;
  const { uuid } = createRow(deployments, { project_uuid, upload_uuid, has_upload, started_at: at }, context);
  return { status: 200, body: { data: { deployment_uuid: uuid }, meta: {} } };
};

/** Where a bundle is uploaded to: to the mock itself (control/uploads.ts). */
function uploadPath(upload_uuid: string, { hash }: Store): string {
  return `/_mock/uploads/${hash}/${upload_uuid}.zip`;
}

const generateUploadSignature: Handler<'generateUploadSignature'> = ({ store, origin }) => {
  const upload_uuid = nextUuid('infrastructure-uploads', store);
  const path = uploadPath(upload_uuid, store);
  store.files.set(path, { bytes: Buffer.alloc(0), mediaType: 'application/zip' });
  const upload_url = `${origin}${path}`;
  return { status: 200, body: { data: { upload_url, upload_uuid }, meta: {} } };
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The id in the path. @throws BadRequestError for a text that is no UUID (documented) */
function uuidIn({ keys }: OperationContext, name: string): string {
  const uuid = String(keys[0]);
  if (UUID.test(uuid)) return uuid.toLowerCase();
  throw new BadRequestError(`:${name} should be valid UUID.`);
}

/**
 * The whole course of a deployment at once, as one would read it who stays to the end. One that nobody knows, or that
 * nothing was uploaded for, has failed (assumed; the code is documented by example).
 */
const getDeploymentEventStream: Handler<'getDeploymentEventStream'> = (context) => {
  const deployment_uuid = uuidIn(context, 'deploymentUuid');
  const deployment = context.store.rows(deployments).get(deployment_uuid);
  if (!deployment?.has_upload) {
    return eventStream([
      { deployment_uuid, deployment_status: 'failed', event: null, error: { code: 20 }, deployment_url: null },
    ]);
  }
  const progress = (deployment_status: string, event: object | null, deployment_url: string | null): object => {
    return { deployment_uuid, deployment_status, event, deployment_url };
  };
  const url = `${deployment.project_uuid}.projects.example.com`;
  return eventStream([
    progress('queued', null, null),
    progress('in_progress', { step: 'initializing', progress: 5 }, null),
    progress('in_progress', { step: 'downloading', progress: 25 }, null),
    progress('in_progress', { step: 'unzipping', progress: 40 }, null),
    progress('in_progress', { step: 'processing', progress: 55 }, null),
    progress('in_progress', { step: 'deploying', progress: 75 }, null),
    progress('in_progress', { step: 'finalizing', progress: 95 }, url),
    progress('completed', { step: 'complete', progress: 100 }, url),
  ]);
};

/** One entry, and the end: a mock has nobody who visits its projects. */
const tailWorkerLogs: Handler<'tailWorkerLogs'> = (context) => {
  const project_uuid = uuidIn(context, 'projectUuid');
  if (!context.store.rows(projects).has(project_uuid)) return eventStream([]);
  const timestamp = serviceDate(context.at);
  return eventStream([
    {
      uuid: uuidOf(`${project_uuid}/${timestamp}`),
      project_uuid,
      request: { method: 'GET', url: '/', status_code: 200 },
      logs: [{ timestamp, level: 'info', messages: ['A page was served.'] }],
      exceptions: [],
      timestamp,
    },
  ]);
};

export const infrastructureHostingDomain: Domain = {
  resources: [projects, deployments],
  handlers: {
    listProjects,
    deleteProjects,
    createDeployment,
    generateUploadSignature,
    getDeploymentEventStream,
    tailWorkerLogs,
  },
  fidelity: {
    createDeployment: 'stateful',
    generateUploadSignature: 'computed',
    getDeploymentEventStream: 'computed',
    tailWorkerLogs: 'computed',
  },
};
