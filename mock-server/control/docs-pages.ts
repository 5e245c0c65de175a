/** Pages for people: the control calls, and the operations of the REST API. Made of the descriptions; no script, nothing from elsewhere. */
import { operations, type Operation } from '../../openapi/index.js';
import { packageVersion } from '../package-version.js';
import { controlDocument, describedCalls, type DescribedCall } from './description/document.js';

/** Every control call, with its parameters, body and answers. */
export function controlPage(): string {
  const { info, tags } = controlDocument();
  const calls = describedCalls();
  const chapters = tags.map(({ name }) => ({ name, calls: calls.filter(({ call }) => call.tags.includes(name)) }));
  return htmlPage('Control API', [
    `<p>${prose(String(info.description))}</p>`,
    `<p>As a document: <a href="control-openapi.json">control-openapi.json</a>. The REST API that the mock answers: <a href="docs/operations">${String(operations.length)} operations</a>, <a href="openapi.json">openapi.json</a>.</p>`,
    `<nav><ul>${chapters.map(({ name }) => `<li><a href="#${anchor(name)}">${escape(name)}</a></li>`).join('')}</ul></nav>`,
    ...chapters.map(
      (chapter) =>
        `<section><h2 id="${anchor(chapter.name)}">${escape(chapter.name)}</h2>${chapter.calls.map(callHtml).join('')}</section>`,
    ),
    `<section><h2>In a request of the API</h2><p>${prose('`Prefer: code=429` asks for one outcome: any status that the operation documents, or that any operation may have. `X-Mock-Fidelity` in an answer says whether it is `stateful`, `computed` or `sampled`.')}</p></section>`,
  ]);
}

/** Every operation of the REST API, by the document that describes it. */
export function operationsPage(): string {
  const byTag = new Map<string, Operation[]>();
  for (const operation of operations) byTag.set(operation.tag, [...(byTag.get(operation.tag) ?? []), operation]);
  const chapters = [...byTag].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return htmlPage('Operations', [
    `<p>The operations of the REST API that the mock answers. As a document: <a href="../openapi.json">openapi.json</a>. <a href="../docs">Control API</a>.</p>`,
    `<nav><ul>${chapters.map(([tag]) => `<li><a href="#${anchor(tag)}">${escape(tag)}</a></li>`).join('')}</ul></nav>`,
    ...chapters.map(
      ([tag, rows]) =>
        `<section><h2 id="${anchor(tag)}">${escape(tag)}</h2><table><thead><tr><th>operation</th><th>operationId</th><th>scopes, one of</th><th>statuses</th></tr></thead><tbody>${rows.map(operationHtml).join('')}</tbody></table></section>`,
    ),
  ]);
}

function operationHtml({ id, method, path, scopes, statuses }: Operation): string {
  const needed = scopes === undefined ? 'no token' : scopes === null ? 'any token' : scopes.join(', ');
  return `<tr id="${id}"><td><b>${method}</b> <code>${escape(path)}</code></td><td><a href="#${id}">${id}</a></td><td>${escape(needed)}</td><td>${statuses.join(' ')}</td></tr>`;
}

function callHtml({ method, path, call }: DescribedCall): string {
  const { operationId, summary, description, parameters = [], requestBody, responses } = call;
  return [
    `<article id="${operationId}"><h3><b>${method}</b> <code>${escape(path)}</code></h3>`,
    `<p>${prose(summary)}.${description === undefined ? '' : ` ${prose(description)}`}</p>`,
    parameters.length === 0
      ? ''
      : `<dl>${parameters.map((each) => `<dt><code>${escape(each.name)}</code> <small>${each.in}${each.required ? ', required' : ''}</small></dt><dd>${prose(each.description ?? '')}${schemaHtml(each.schema)}</dd>`).join('')}</dl>`,
    requestBody ? `<h4>Body</h4>${contentHtml(requestBody.content)}` : '',
    `<h4>Answers</h4><dl>${Object.entries(responses)
      .map(
        ([status, answer]) => `<dt>${status}</dt><dd>${prose(answer.description)}${contentHtml(answer.content)}</dd>`,
      )
      .join('')}</dl></article>`,
  ].join('');
}

function contentHtml(content: DescribedCall['call']['responses'][string]['content'] = {}): string {
  return Object.entries(content)
    .map(([type, { schema }]) =>
      type === 'application/json' ? schemaHtml(schema) : `<p><code>${escape(type)}</code></p>`,
    )
    .join('');
}

/** A schema as it stands in the document; small ones at once, others when asked for. */
function schemaHtml(schema: object): string {
  const whole = JSON.stringify(resolved(schema), null, 2);
  if (whole.length < 100) return ` <code>${escape(JSON.stringify(resolved(schema)))}</code>`;
  return `<details><summary>schema</summary><pre>${escape(whole)}</pre></details>`;
}

const { schemas } = controlDocument().components;

/** References replaced by what they refer to: a reader has no second place to look. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && typeof value.$ref === 'string') {
    return resolved(schemas[value.$ref.split('/').at(-1) ?? '']);
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]));
}

function htmlPage(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · bigcommerce-mock</title><style>${STYLE}</style></head>
<body><header><h1>${escape(title)}</h1><p>bigcommerce-mock ${escape(packageVersion)}</p></header>
<main>${parts.join('\n')}</main></body></html>
`;
}

const STYLE = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem}
nav ul{columns:14rem;padding-left:1.2rem}
article{border-top:1px solid #8886;padding:.5rem 0}
h3,h4{margin:.5rem 0}h3{font-weight:400}
dt{font-weight:600}dd{margin:0 0 .4rem 1.5rem}
table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #8886;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
pre{overflow:auto;border:1px solid #8886;padding:.5rem}
:target{outline:2px solid #36c}`;

function anchor(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Text with code between backticks. */
function prose(text: string): string {
  return escape(text).replace(/`([^`]*)`/g, '<code>$1</code>');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
