import { Fragment, type ReactNode, createElement } from 'react';
import './markdown.css';

/** What this renderer reads of an mdast node (https://github.com/syntax-tree/mdast). */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly depth?: number;
  readonly ordered?: boolean | null;
  readonly start?: number | null;
  readonly url?: string;
  readonly alt?: string | null;
  readonly lang?: string | null;
  readonly title?: string | null;
  /** Of a picture: its size in pixels. */
  readonly data?: { readonly width?: number; readonly height?: number };
  /** Of a table: how each column is aligned. */
  readonly align?: readonly (string | null)[] | null;
  readonly children?: readonly Node[];
}

interface MarkdownProps {
  /** An mdast root as it came from the server. */
  readonly tree: unknown;
  /** Level of a first-level heading of the text within the page. */
  readonly headingLevel: number;
}

/** A guide as known React elements: what this list does not name is shown as its text, and nothing becomes HTML. */
export function Markdown({ tree, headingLevel }: MarkdownProps) {
  return isNode(tree) ? <div className="guide">{children(tree, headingLevel)}</div> : null;
}

const isNode = (tree: unknown): tree is Node =>
  typeof tree === 'object' && tree !== null && typeof (tree as Node).type === 'string';

const children = ({ children: list = [] }: Node, level: number): ReactNode =>
  list.map((child, k) => <Fragment key={k}>{element(child, level)}</Fragment>);

const PLAIN: Readonly<Record<string, string>> = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  delete: 'del',
  blockquote: 'blockquote',
  listItem: 'li',
};

function element(node: Node, level: number): ReactNode {
  if (node.type === 'paragraph' && isFigure(node)) return figure(node.children![0]);
  const plain = PLAIN[node.type];
  if (plain) return createElement(plain, null, children(node, level));
  switch (node.type) {
    case 'text':
      return node.value;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case 'heading':
      return createElement(`h${Math.min(6, level + (node.depth ?? 1) - 1)}`, null, children(node, level));
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{children(node, level)}</ol> : <ul>{children(node, level)}</ul>;
    case 'link':
      return link(node, level);
    case 'image':
      return picture(node);
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'table':
      return table(node, level);
    default:
      return node.children ? children(node, level) : node.value;
  }
}

/** Only these lead anywhere: the web, and places in the product itself. */
const isSafe = (url: string | undefined): url is string => url !== undefined && /^(https?:\/\/|\/(?!\/)|#)/.test(url);

function link(node: Node, level: number): ReactNode {
  if (!isSafe(node.url)) return children(node, level);
  const outside = node.url.startsWith('http');
  return (
    <a href={node.url} {...(outside ? { target: '_blank', rel: 'noreferrer' } : {})}>
      {children(node, level)}
    </a>
  );
}

/** A picture that stands alone and has a title, which becomes its caption. */
const isFigure = ({ children: list = [] }: Node): boolean =>
  list.length === 1 && list[0].type === 'image' && !!list[0].title;

const figure = (node: Node): ReactNode => (
  <figure>
    {picture(node)}
    <figcaption>{node.title}</figcaption>
  </figure>
);

/** Only pictures of our own server; the room that one takes is kept free until it is there. */
function picture({ url, alt, data }: Node): ReactNode {
  if (url === undefined || !/^\/api\//.test(url)) return alt;
  return <img src={url} alt={alt ?? ''} width={data?.width} height={data?.height} loading="lazy" decoding="async" />;
}

/** Scrolls by itself where it is wider than the page, with the keyboard too. */
function table({ children: [head, ...rows] = [], align }: Node, level: number): ReactNode {
  const cells = (row: Node | undefined, Tag: 'th' | 'td') =>
    row?.children?.map((cell, k) => (
      <Tag key={k} className={alignment(align?.[k])} {...(Tag === 'th' ? { scope: 'col' } : {})}>
        {children(cell, level)}
      </Tag>
    ));
  return (
    <div className="table-scroll" role="group" aria-label={(head?.children ?? []).map(textOf).join(', ')} tabIndex={0}>
      <table>
        <thead>
          <tr>{cells(head, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, k) => (
            <tr key={k}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const alignment = (align: string | null | undefined): string | undefined =>
  align === 'right' ? 'num' : align === 'center' ? 'middle' : undefined;

const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('');
