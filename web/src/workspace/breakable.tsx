import { Fragment } from 'react';

/** A path, a topic or an expression that may go on in the next line after each of its parts, and nowhere else unless it must. */
export const Breakable = ({ text }: { readonly text: string }) =>
  text.split(/(?<=[./;(,])/).map((part, k) => (
    <Fragment key={k}>
      {part}
      <wbr />
    </Fragment>
  ));
