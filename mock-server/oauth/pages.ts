/** The pages that a merchant sees. Plain HTML: nothing is loaded and nothing has to run. */
import { DEFAULT_SCOPE, placeOfScope, scopeTable } from '../accounts/scope-table.js';
import { escaped } from '../domains/content/render-template.js';
import type { Question } from './consent.js';

export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // No form-action: browsers would apply it to where the answer leads, which is the app.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
} as const;

/** @param text what the answer has to name */
export function consentPage({ app, store, user }: Omit<Question, 'authorization'>, text: string): string {
  const scopes = app.scopes.map((scope) => `<li>${meaningOf(scope)} <code>${escaped(scope)}</code></li>`).join('\n');
  return page(
    `Install ${app.name}`,
    `<p>The app <strong>${escaped(app.name)}</strong> wants to be installed in the store <strong>${escaped(store.hash)}</strong>.
You are ${escaped(user.email)}.</p>
<p>It asks for:</p>
<ul>
${scopes === '' ? '<li>nothing but to be there</li>' : scopes}
</ul>
<p>All of it has to be accepted together.</p>
<form method="post" action="/oauth2/authorize">
<input type="hidden" name="consent" value="${escaped(text)}">
<button type="submit" name="decision" value="accept">Confirm</button>
<button type="submit" name="decision" value="cancel">Cancel</button>
</form>`,
  );
}

/** Why nothing came of it. */
export function errorPage(title: string, sentence: string): string {
  return page(title, `<p>${escaped(sentence)}</p>`);
}

function meaningOf(scope: string): string {
  if (scope === DEFAULT_SCOPE) return 'What every app may do';
  const place = placeOfScope(scope);
  return place ? escaped(`${scopeTable[place.resource].label}: ${place.level.replaceAll('_', '-')}`) : '';
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; color: #222; }
code { color: #666; font-size: 0.85em; }
button { font: inherit; padding: 0.4rem 1.2rem; }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${content}
<p><small>This is a mock store: no real one is touched.</small></p>
</body>
</html>
`;
}
