import { useCallback, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useDraft } from '../../live/use-draft.ts';
import { useSession } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandOutcome } from '../inspector/command-outcome.tsx';
import { useCommands } from '../inspector/use-commands.ts';
import { PaneParts } from '../pane-parts.tsx';
import type { orderOf } from './alarm-draft.ts';
import { AlarmDraft, draftOf, NEW_ALARM } from './alarm-draft.ts';
import { AlarmForm } from './alarm-form.tsx';
import { AlarmJournal } from './alarm-journal.tsx';
import { type AlarmDeed, AlarmTable } from './alarm-table.tsx';
import './alarms.css';
import { UnkeptNote } from '../unkept-note.tsx';
import { ShelveDialog } from './shelve-dialog.tsx';
import './alarms-words.ts';
import { useAlarms, useAlarmStates } from './use-alarms.ts';
import { useJournal } from './use-journal.ts';

const WORDS = {
  Acknowledge: 'alarms.acknowledge',
  Unshelve: 'alarms.unshelve',
  Reset: 'alarms.reset',
  Remove: 'alarms.remove',
} as const;

/** The alarms of the line: what is active, what was done with it, and how many come. */
export function AlarmsView() {
  const { t, say } = useWords();
  const session = useSession();
  const states = useAlarmStates();
  const { answer: alarms, problem, ask } = useAlarms(states);
  const journal = useJournal(states);
  const { value: draft, ...typed } = useDraft<AlarmDraft | undefined>('alarm', AlarmDraft.optional(), undefined);
  const [part, setPart] = useState('list');
  const edit = (next: AlarmDraft) => {
    typed.put(next);
    setPart('form');
  };
  const [shelving, setShelving] = useState<string>();
  const { send, outcome } = useCommands();
  const { ask: askJournal } = journal;
  const give = useDeed(
    useCallback(
      async (target: string, name: string, value: string | Record<string, unknown>) => {
        const result = await send(target, name, value);
        ask();
        askJournal();
        return result;
      },
      [send, ask, askJournal],
    ),
  );
  if (!session.findStation('Alarms')) return <p className="pad">{t('alarms.none')}</p>;
  const act = (deed: AlarmDeed, id: string) => void give.run(`Alarms.${deed}`, t(WORDS[deed]), id);
  const list = (
    <section aria-labelledby="alarm-list">
      <div className="row">
        <h2 id="alarm-list">{t('alarms.title')}</h2>
        <span className="grow" />
        <Button className="btn sm" onPress={() => edit(NEW_ALARM)}>
          {t('alarms.new')}
        </Button>
      </div>
      <CommandOutcome outcome={outcome} />
      <ProblemNote problem={give.problem ?? problem} />
      {alarms?.every(({ state }) => state === 7) && <p className="note">{t('alarms.allOff')}</p>}
      {alarms && (
        <AlarmTable
          alarms={alarms}
          openId={draft?.isKnown ? draft.alarm : undefined}
          onDo={act}
          onShelve={setShelving}
          onOpen={(alarm) => edit(draftOf(alarm, say(alarm.consequence)))}
        />
      )}
    </section>
  );
  const log = (
    <section>
      <ProblemNote problem={journal.problem} onRetry={askJournal} />
      {journal.answer && <AlarmJournal journal={journal.answer} alarms={alarms ?? []} />}
    </section>
  );
  const form = draft && (
    <section>
      <UnkeptNote isUnkept={typed.isUnkept} />
      <AlarmForm
        draft={draft}
        isRunning={give.isRunning}
        onChange={typed.type}
        onClose={() => {
          typed.put(undefined);
          setPart('list');
        }}
        onSend={async ({ target, value }: ReturnType<typeof orderOf>) => {
          const result = await give.run(target, draft.isKnown ? t('alarms.save') : t('alarms.create'), value);
          if (result?.status === 'done') typed.settle();
        }}
      />
    </section>
  );
  return (
    <div className="alarms">
      <PaneParts
        label={t('tabs.alarms')}
        open={part}
        onOpen={setPart}
        list={{ id: 'list', title: t('tabs.alarms'), body: list }}
        parts={[
          ...(form ? [{ id: 'form', title: draft.isKnown ? draft.alarm : t('alarms.new'), body: form }] : []),
          { id: 'journal', title: t('alarms.journalShort'), body: log },
        ]}
      />
      {shelving !== undefined && (
        <ShelveDialog
          id={shelving}
          onClose={() => setShelving(undefined)}
          onShelve={(length) => {
            setShelving(undefined);
            void give.run('Alarms.Shelve', t('alarms.shelve'), { alarm: shelving, for: length });
          }}
        />
      )}
    </div>
  );
}
