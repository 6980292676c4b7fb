import { useFamily } from '../i18n/use-family.ts';
import * as family from '../i18n/words/drafts.ts';

/** Says that what was typed is lost when the page is left. */
export function UnkeptNote({ isUnkept }: { readonly isUnkept: boolean }) {
  const w = useFamily(family);
  return <div role="status">{isUnkept && <p className="note fault">{w('unkept')}</p>}</div>;
}
