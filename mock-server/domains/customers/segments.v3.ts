/**
 * Segments, the shopper profiles by which customers take part, and who belongs to what.
 * Described in openapi/documents/customers/segments.v3.yaml.
 */
import { uuidOf, type SegmentMemberRow, type SegmentRow, type ShopperProfileRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError } from '../../errors.js';
import { errorObject } from '../../pipeline/error-text.js';
import { offsetPage } from '../../query/pagination.js';
import { listOf } from '../../query/query-values.js';
import { requireParents } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { BodyRefusal, Domain } from '../../resources/engine.js';
import { emptyAnswer, type BodyOf, type BytesAnswer, type Handler } from '../../resources/handler.js';
import { createRow, deleteRow, notFound, updateRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { customers } from './customers.v3.js';

type SegmentInput = components['schemas']['SegmentInput'];

/** Documented, per store. */
const MAX_SEGMENTS = 1000;

/** Rows keyed by `id`, a UUID. */
export const segments = defineResource<SegmentRow, SegmentInput>('segments', {
  key: ({ id }) => id,
  // The title is documented; capitals make no difference (assumed).
  unique: {
    name: {
      text: ({ name }) => name.toLowerCase(),
      refusal: () => new ConflictError('Cannot have multiple segments with the same name.'),
    },
  },
  create: ({ input: { name = '', description = '' }, store, at }) => ({
    id: newId(store, 'segments'),
    name,
    description,
    created_at: catalogDate(at),
    updated_at: catalogDate(at),
  }),
  merge: ({ current, input, at }) => ({ ...current, ...input, id: current.id, updated_at: catalogDate(at) }),
  check: ({ next, current, store }) => {
    if (next.name.trim() === '') throw new BadRequestError('Input is invalid', { name: 'name must not be empty' });
    if (!current && store.rows(segments).size >= MAX_SEGMENTS) {
      throw new BadRequestError(`A store can have at most ${String(MAX_SEGMENTS)} segments.`);
    }
  },
});

/** Rows keyed by `id`, a UUID, below their customers. */
export const shopperProfiles = defineResource<ShopperProfileRow, { readonly customer_id: number }>(
  'shopper-profiles',
  {
    key: ({ id }) => id,
    create: ({ input: { customer_id }, store, at }) => ({
      id: newId(store, 'shopper-profiles'),
      customer_id,
      created_at: catalogDate(at),
      updated_at: catalogDate(at),
    }),
    deleted: ({ id }, actor) => {
      for (const key of [...actor.store.rows(segmentMembers).keysWhere('shopper_profile_id', id)]) {
        deleteRow(segmentMembers, key, actor);
      }
    },
  },
  { below: 'customers', parentField: 'customer_id' },
);

/** Rows keyed by segment and profile, below their segments: they go with either. */
export const segmentMembers = defineResource<SegmentMemberRow, SegmentMemberRow>(
  'segment-shopper-profiles',
  {
    key: memberKey,
    index: ['shopper_profile_id', 'segment_id'],
    create: ({ input }) => input,
  },
  { below: 'segments', parentField: 'segment_id' },
);

function memberKey({ segment_id, shopper_profile_id }: SegmentMemberRow): string {
  return `${segment_id}/${shopper_profile_id}`;
}

function newId(store: Store, kind: 'segments' | 'shopper-profiles'): string {
  return uuidOf(`${store.hash}/${String(store.options.seed)}/${kind}/${String(store.nextNumber(kind, () => 0))}`);
}

export function profileOf(customer_id: number, store: Store): ShopperProfileRow | undefined {
  return store.rows(shopperProfiles).rowsOf(customer_id)[0];
}

export function segmentIdsOf(customer_id: number, store: Store): string[] {
  const profile = profileOf(customer_id, store);
  return profile ? segmentsOf(profile.id, store).map(({ id }) => id) : [];
}

function segmentsOf(shopper_profile_id: string, store: Store): SegmentRow[] {
  const rows = store.rows(segmentMembers);
  const members = rows.pick(rows.keysWhere('shopper_profile_id', shopper_profile_id));
  return store.rows(segments).pick(members.map(({ segment_id }) => segment_id));
}

/** Does the work row by row: conflicts leave the other rows done, everything else refuses the whole (assumed). */
function eachButConflicts<Row, Done>(
  { store }: Actor,
  rows: readonly Row[],
  work: (row: Row) => Done,
): { readonly done: Done[]; readonly conflicts: ReadonlyMap<number, ConflictError> } {
  const done: Done[] = [];
  const conflicts = new Map<number, ConflictError>();
  rows.forEach((row, position) => {
    try {
      done.push(store.transaction(() => work(row)));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      conflicts.set(position, error);
    }
  });
  return { done, conflicts };
}

/** The documented answer to a batch of which something was there already. What was done is kept. */
function conflictAnswer(done: readonly object[], conflicts: readonly ConflictError[], failed: number): BytesAnswer {
  const meta = { total: done.length + failed, success: done.length, failed };
  const errors = conflicts.map((conflict) => errorObject(conflict));
  return {
    status: 409,
    bytes: JSON.stringify({ data: done, errors, meta }),
    reason: conflicts[0]?.message ?? '',
  };
}

const SegmentsPostRequest: Handler<'SegmentsPostRequest'> = (context) => {
  const { done, conflicts } = eachButConflicts(context, context.body, (input) => createRow(segments, input, context));
  const [first] = conflicts.values();
  if (first) return conflictAnswer(done, [first], conflicts.size);
  return listAnswer(context, segments, done, '{}', { status: 201 });
};

const PutSegmentObjects: Handler<'PutSegmentObjects'> = (context) => {
  const { done, conflicts } = eachButConflicts(context, context.body, ({ id, ...input }) => {
    const current = context.store.rows(segments).get(id);
    if (!current) throw new BadRequestError('Input is invalid', { id: `Segment \`${id}\` does not exist.` });
    return updateRow(segments, current, input, context);
  });
  const [first] = conflicts.values();
  if (first) return conflictAnswer(done, [first], conflicts.size);
  return listAnswer(context, segments, done, '{}', { status: 201 });
};

const ShopperProfilesRequest: Handler<'ShopperProfilesRequest'> = (context) => {
  const created = context.body.map((input) => {
    const { customer_id } = input;
    if (!context.store.rows(customers).has(customer_id)) {
      throw new BadRequestError('Input is invalid', { customer_id: `Customer ${String(customer_id)} does not exist.` });
    }
    // One profile per customer is documented, the refusal assumed.
    if (profileOf(customer_id, context.store)) {
      throw new BadRequestError('Input is invalid', {
        customer_id: `Customer ${String(customer_id)} has a shopper profile already.`,
      });
    }
    return createRow(shopperProfiles, input, context, [customer_id]);
  });
  return listAnswer(context, shopperProfiles, created, '{}', { status: 201 });
};

const GetSegmentProfiles: Handler<'GetSegmentProfiles'> = (context) => {
  const [segment_id = ''] = requireParents(context);
  const rows = context.store.rows(segmentMembers);
  const page = offsetPage(rows.keysOf(segment_id), context.query, context.operation);
  const profiles = rows.pick(page.items).map(({ shopper_profile_id }) => shopper_profile_id);
  return listAnswer(context, shopperProfiles, context.store.rows(shopperProfiles).pick(profiles), page.meta);
};

const GetListShopperProfile: Handler<'GetListShopperProfile'> = (context) => {
  const id = String(context.keys[0]);
  if (!context.store.rows(shopperProfiles).has(id)) throw notFound(shopperProfiles, id);
  const page = offsetPage(segmentsOf(id, context.store), context.query, context.operation);
  return listAnswer(context, segments, page.items, page.meta);
};

const PostShopperProfile: Handler<'PostShopperProfile'> = (context) => {
  const segment_id = String(requireParents(context)[0]);
  const profiles = context.store.rows(shopperProfiles);
  const { done, conflicts } = eachButConflicts(
    context,
    (context.body as BodyOf<'PostShopperProfile'> | undefined) ?? [],
    (shopper_profile_id) => {
      const profile = profiles.get(shopper_profile_id);
      if (!profile) {
        const sentence = `Shopper profile \`${shopper_profile_id}\` does not exist.`;
        throw new BadRequestError('Input is invalid', { id: sentence });
      }
      const member = { segment_id, shopper_profile_id };
      if (context.store.rows(segmentMembers).has(memberKey(member))) {
        throw new ConflictError(
          `Shopper profile \`${shopper_profile_id}\` already exists for segment \`${segment_id}\`.`,
        );
      }
      createRow(segmentMembers, member, context, [segment_id]);
      return profile;
    },
  );
  if (conflicts.size === 0) return listAnswer(context, shopperProfiles, done, '{}', { status: 201 });
  const named = Object.fromEntries([...conflicts].map(([position, { message }]) => [String(position), message]));
  const conflict = new ConflictError('Unable to add shopper profiles to segment due to conflicts.', named);
  return conflictAnswer(done, [conflict], conflicts.size);
};

/** Without ids nothing is done (assumed): no refusal is documented. */
const DeleteStoreSegment: Handler<'DeleteStoreSegment'> = (context) => {
  for (const id of listOf(context.query.get('id:in') ?? '')) deleteRow(segments, id, context);
  return emptyAnswer();
};

const DeleteStoreShopperProfile: Handler<'DeleteStoreShopperProfile'> = (context) => {
  for (const id of listOf(context.query.get('id:in') ?? '')) deleteRow(shopperProfiles, id, context);
  return emptyAnswer();
};

const DeleteShopperProfile: Handler<'DeleteShopperProfile'> = (context) => {
  const segment_id = String(requireParents(context)[0]);
  for (const shopper_profile_id of listOf(context.query.get('id:in') ?? '')) {
    deleteRow(segmentMembers, memberKey({ segment_id, shopper_profile_id }), context);
  }
  return emptyAnswer();
};

/** Elsewhere in V3 a wrong body is 422; here 400 is documented. */
const byStatus400: BodyRefusal = (errors) => {
  const fields = errors.map(({ instancePath, keyword, params }) => {
    const path = instancePath.slice(1).replaceAll('/', '.');
    const name = keyword === 'required' ? String(params.missingProperty) : '';
    return [[path, name].filter(Boolean).join('.') || 'body', keyword === 'required' ? 'is required' : 'is invalid'];
  });
  return new BadRequestError('Input is invalid', Object.fromEntries(fields) as Record<string, string>);
};

export const segmentsDomain: Domain = {
  resources: [segments, shopperProfiles, segmentMembers],
  handlers: {
    SegmentsPostRequest,
    PutSegmentObjects,
    ShopperProfilesRequest,
    GetSegmentProfiles,
    GetListShopperProfile,
    PostShopperProfile,
    DeleteStoreSegment,
    DeleteStoreShopperProfile,
    DeleteShopperProfile,
  },
  bodyRefusals: {
    SegmentsPostRequest: byStatus400,
    PutSegmentObjects: byStatus400,
    ShopperProfilesRequest: byStatus400,
    PostShopperProfile: byStatus400,
  },
};
