/**
 * As much of Handlebars as previews of widgets need: values, `each` and `if`. Helpers and partials are left out.
 * https://handlebarsjs.com/guide/
 */

type Values = Readonly<Record<string, unknown>>;

export function renderTemplate(template: string, values: Values): string {
  const block = /\{\{#(each|if) ([\w.]+)\}\}((?:(?!\{\{#(?:each|if) )[\s\S])*?)\{\{\/\1\}\}/;
  let text = template;
  // From the inside out, as the pattern matches only blocks without blocks in them.
  for (let match = block.exec(text); match; match = block.exec(text)) {
    const [whole, kind, path = '', inner = ''] = match;
    const value = valueAt(values, path);
    let rendered = '';
    if (kind === 'if') rendered = value ? inner : '';
    else if (Array.isArray(value)) rendered = value.map((item) => fill(inner, item)).join('');
    text = text.slice(0, match.index) + rendered + text.slice(match.index + whole.length);
  }
  return fill(text, values);
}

function fill(text: string, values: unknown): string {
  return text.replace(/\{\{\{?\s*([\w.]+)\s*\}?\}\}/g, (whole, path: string) => {
    const value = path === 'this' ? values : valueAt(values, path);
    const escapes = !whole.startsWith('{{{');
    const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return escapes ? escaped(shown) : shown;
  });
}

function valueAt(values: unknown, path: string): unknown {
  let value = values;
  for (const name of path.replace(/^this\./, '').split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Values)[name];
  }
  return value;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** Text as it may stand in HTML, in attributes too. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
