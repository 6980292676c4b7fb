import { fromMarkdown } from 'mdast-util-from-markdown';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { readGuide } from '#server/labs/guide.ts';
import { Markdown } from '#web/ui/markdown.tsx';

const shown = (tree: unknown): string => renderToStaticMarkup(createElement(Markdown, { tree, headingLevel: 4 }));
const html = (markdown: string): string => shown(fromMarkdown(markdown));

test('a guide becomes the elements it names', () => {
  expect(html('Use **this** `ST03.Door`.')).toContain('<p>Use <strong>this</strong> <code>ST03.Door</code>.</p>');
  expect(html('# One\n\n1. a\n2. b')).toContain('<h4>One</h4><ol start="1">');
});

test('HTML in a guide stays text, and a link leads only where it may', () => {
  expect(html('<img src=x onerror=alert(1)>')).not.toContain('<img');
  expect(html('[here](javascript:alert(1))')).toBe('<div class="guide"><p>here</p></div>');
  expect(html('[docs](https://reference.opcfoundation.org)')).toContain('rel="noreferrer"');
});

test('a picture has its room kept free, waits until it is near, and comes from our own server', () => {
  const picture = { type: 'image', alt: 'A bearing', data: { width: 360, height: 292 } };
  const paragraph = (more: object) => ({
    type: 'root',
    children: [{ type: 'paragraph', children: [{ ...picture, ...more }] }],
  });
  const url = '/api/attempts/a-1/pictures/0f';
  expect(shown(paragraph({ url }))).toContain(
    `<p><img src="${url}" alt="A bearing" width="360" height="292" loading="lazy" decoding="async"/></p>`,
  );
  expect(shown(paragraph({ url, title: 'To scale' }))).toContain('<figcaption>To scale</figcaption></figure>');
  for (const other of ['https://example.org/x.png', '//example.org/x.png', 'data:image/png;base64,AA', 'assets/x.svg'])
    expect(shown(paragraph({ url: other }))).toBe('<div class="guide"><p>A bearing</p></div>');
});

test('a table of a guide scrolls by itself, can be reached with the keyboard, and has heads of columns', () => {
  const { intro } = readGuide('| part | force |\n| --- | --: |\n| ram | 12 kN |\n');
  const table = shown(intro);
  expect(table).toContain('<div class="table-scroll" role="group" aria-label="part, force" tabindex="0"><table>');
  expect(table).toContain('<th scope="col">part</th><th class="num" scope="col">force</th>');
  expect(table).toContain('<td>ram</td><td class="num">12 kN</td>');
});
