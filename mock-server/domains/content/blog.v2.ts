/**
 * The blog: posts, the newest first, and the tags that they have. Described in
 * openapi/documents/content/store-content.v2.yaml.
 */
import { blogPostDefaults, blogPostUrl, type BlogPostRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError } from '../../errors.js';
import { findPage } from '../../resources/actions.js';
import { rowAnswer } from '../../resources/answers.js';
import { defineResource, type Draft, type Filter } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler } from '../../resources/handler.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';
import { instantOf } from '../../query/query-values.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';

type BlogPostInput = components['schemas']['BlogPostInput'];

/** Rows keyed by `id`. */
export const blogPosts = defineResource<BlogPostRow, BlogPostInput>('blog-posts', {
  index: ['url'],
  create: completePost,
  merge: ({ current, input, store }) => {
    const next: BlogPostRow = {
      ...current,
      ...given(input),
      // Documented: what is not sent as published again is a draft again.
      is_published: input.is_published ?? false,
      published_date: input.published_date === undefined ? current.published_date : dateOf(input.published_date),
    };
    return isUrlTaken(next, store) ? { ...next, url: current.url } : next;
  },
  order: (a, b) => Date.parse(b.published_date) - Date.parse(a.published_date) || b.id - a.id,
  filters: {
    tag: (value) => (row) => row.tags.some((tag) => tag.toLowerCase() === value.toLowerCase()),
    published_date: isPublishedAt,
  },
  wire: asPost,
});

/** Of that instant, or of that day in UTC where no time is given (assumed). */
function isPublishedAt(value: string): Filter<BlogPostRow> {
  const at = instantOf(value);
  const length = /\d:\d/.test(value) ? 1_000 : 24 * 60 * 60 * 1_000;
  return ({ published_date }) => {
    const published = Date.parse(published_date);
    return published >= at && published < at + length;
  };
}

function completePost({ input, id, store, at }: Draft<BlogPostInput>): BlogPostRow {
  const published_date = input.published_date === undefined ? catalogDate(at) : dateOf(input.published_date);
  const row: BlogPostRow = { ...blogPostDefaults, ...given(input), id, published_date };
  if (row.url === '') return { ...row, url: freeUrlOf(row, store) };
  return isUrlTaken(row, store) ? { ...row, url: '' } : row;
}

type SentFields = Partial<Omit<BlogPostRow, 'id' | 'published_date'>>;

/** Not kept as they are sent: some are computed, and the date is put into a form of its own. */
const notKept: readonly string[] = ['preview_url', 'summary', 'published_date', 'published_date_iso8601'];

/** What was sent, null meaning nothing. */
function given(input: BlogPostInput): SentFields {
  const sent = Object.entries(input).filter(([field]) => !notKept.includes(field));
  return Object.fromEntries(sent.map(([field, value]) => [field, value ?? '']));
}

/** @throws BadRequestError for a text that is no date (observed) */
function dateOf(text: string): string {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return catalogDate(at);
  throw new BadRequestError("The field 'published_date' is invalid.", {
    invalid_reason: `The provided value '${text.slice(0, 100)}' is not a valid RFC-2822 date.`,
  });
}

function freeUrlOf(row: BlogPostRow, store: Store): string {
  const url = blogPostUrl(row.title);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? url : url.replace(/\/$/, `-${String(number)}/`);
    if (!isUrlTaken({ ...row, url: candidate }, store)) return candidate;
  }
}

function isUrlTaken({ id, url }: BlogPostRow, store: Store): boolean {
  return (
    url !== '' &&
    store
      .rows(blogPosts)
      .keysWhere('url', url)
      .some((key) => key !== id)
  );
}

const SUMMARY_LENGTH = 200;

function asPost({ published_date, ...row }: BlogPostRow): components['schemas']['BlogPost'] {
  const date = new Date(published_date).toISOString();
  const text = row.body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    ...row,
    preview_url: row.url,
    summary: `<p>${text.slice(0, SUMMARY_LENGTH)}</p>`,
    published_date: { date, timezone_type: 1, timezone: '+00:00' },
    published_date_iso8601: date,
  };
}

/** Documented for pages: a post whose URL is taken is saved without it. */
function isWithoutUrl({ url }: BlogPostInput, row: BlogPostRow): boolean {
  return url !== undefined && url !== '' && row.url !== url;
}

const createBlogPosts: Handler<'createBlogPosts'> = (context) => {
  const row = createRow(blogPosts, context.body, context);
  return rowAnswer(context, blogPosts, row, { status: isWithoutUrl(context.body, row) ? 207 : 200, isWrite: true });
};

const updateBlogPost: Handler<'updateBlogPost'> = (context) => {
  const current = requireRow(blogPosts, idAt(context, 0), context);
  const row = updateRow(blogPosts, current, context.body, context);
  return rowAnswer(context, blogPosts, row, { status: isWithoutUrl(context.body, row) ? 207 : 200, isWrite: true });
};

/** Documented: one page of posts at a time. */
const deleteBlogPosts: Handler<'deleteBlogPosts'> = (context) => {
  for (const { id } of findPage(context, blogPosts).items) deleteRow(blogPosts, id, context);
  return emptyAnswer();
};

const getBlogTags: Handler<'getBlogTags'> = ({ store }) => {
  const posts = new Map<string, number[]>();
  for (const { id, tags } of store.rows(blogPosts).values()) {
    for (const tag of tags) {
      const ids = posts.get(tag);
      if (ids) ids.push(id);
      else posts.set(tag, [id]);
    }
  }
  if (posts.size === 0) return emptyAnswer();
  return { status: 200, body: [...posts].map(([tag, post_ids]) => ({ tag, post_ids })) };
};

export const blogDomain: Domain = {
  resources: [blogPosts],
  handlers: { createBlogPosts, updateBlogPost, deleteBlogPosts, getBlogTags },
};
