import { Fragment } from 'react';

interface BreakableProps {
  readonly text: string;
  readonly at?: RegExp;
}

/** A path, a topic or an expression that may go on in the next line after each of its parts, and nowhere else unless it must. */
export const Breakable = ({ text, at = /(?<=[./;(,])/ }: BreakableProps) =>
  text.split(at).map((part, k) => (
    <Fragment key={k}>
      {part}
      <wbr />
    </Fragment>
  ));
