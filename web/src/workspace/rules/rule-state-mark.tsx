import { useWords } from '../../i18n/use-words.ts';

const STATES = {
  1: { word: 'rules.unknown', look: '', shape: 'M2 2h8v8H2z' },
  2: { word: 'rules.notTrue', look: '', shape: 'M6 2a4 4 0 1 0 .01 0z' },
  3: { word: 'rules.waiting', look: 'info', shape: 'M6 1l5 5-5 5-5-5z' },
  4: { word: 'rules.hasFired', look: 'warn', shape: 'M6 1l5 9.5H1z' },
} as const;

/** How a rule stands, by shape, colour and word. */
export function RuleStateMark({ status }: { readonly status: number | undefined }) {
  const { t } = useWords();
  const state = STATES[status as keyof typeof STATES] as (typeof STATES)[1 | 2 | 3 | 4] | undefined;
  if (!state) return <span className="chip">–</span>;
  const isOpen = state.look === '';
  return (
    <span className={`chip ${state.look}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path
          d={state.shape}
          fill={isOpen ? 'none' : 'currentColor'}
          stroke="currentColor"
          strokeWidth="1.4"
          strokeDasharray={status === 1 ? '2 1.4' : undefined}
        />
      </svg>
      {t(state.word)}
    </span>
  );
}
