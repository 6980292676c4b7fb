import { fromMarkdown } from 'mdast-util-from-markdown';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from '#web/ui/markdown.tsx';

const html = (markdown: string): string =>
  renderToStaticMarkup(createElement(Markdown, { tree: fromMarkdown(markdown), headingLevel: 4 }));

test('a guide becomes the elements it names', () => {
  expect(html('Use **this** `ST03.Door`.')).toContain('<p>Use <strong>this</strong> <code>ST03.Door</code>.</p>');
  expect(html('# One\n\n1. a\n2. b')).toContain('<h4>One</h4><ol start="1">');
});

test('HTML in a guide stays text, and a link leads only where it may', () => {
  expect(html('<img src=x onerror=alert(1)>')).not.toContain('<img');
  expect(html('[here](javascript:alert(1))')).toBe('<div class="prose"><p>here</p></div>');
  expect(html('[docs](https://reference.opcfoundation.org)')).toContain('rel="noreferrer"');
});
