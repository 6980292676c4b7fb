import type { CaptureResult, CaptureView } from '#contract/capture.ts';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { plantTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { Modal } from '../../ui/modal.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useSelection } from '../selection.tsx';
import './captures.css';
import { CaptureBody } from './capture-body.tsx';
import { useCaptureList, useCaptures } from './use-captures.ts';

/** What can be taken of the station on demand: the newest one of a kind, or as it was at the moment that is looked at. */
export function Captures({ station }: { readonly station: string }) {
  const { t } = useWords();
  const { answer: list, problem, ask } = useCaptureList();
  const groups = groupsOf((list ?? []).filter((capture) => capture.station === station));
  if (problem === undefined && groups.length === 0) return null;
  return (
    <section className="captures">
      <h2>{t('captures.title')}</h2>
      {problem === undefined ? <Group groups={groups} /> : <ProblemNote problem={problem} onRetry={ask} />}
    </section>
  );
}

/** Those that belong together by the first part of their name, as a picture and what was measured in it. */
function groupsOf(list: readonly CaptureView[]): readonly (readonly CaptureView[])[] {
  const groups = new Map<string, CaptureView[]>();
  for (const capture of list) {
    const [station, part] = capture.path.split('.');
    const isOfOne = list.filter(({ path }) => path.startsWith(`${station}.${part}.`)).length > 1;
    const key = isOfOne && part === 'Camera' ? part : capture.path;
    groups.set(key, [...(groups.get(key) ?? []), capture]);
  }
  return [...groups.values()];
}

function Group({ groups }: { readonly groups: readonly (readonly CaptureView[])[] }) {
  const { t, say } = useWords();
  const [wanted, setWanted] = useState('');
  const group = groups.find(([first]) => first.path === wanted) ?? groups[0];
  return (
    <>
      {groups.length > 1 ? (
        <select
          className="input"
          aria-label={t('captures.what')}
          value={group[0].path}
          onChange={(event) => setWanted(event.target.value)}
        >
          {groups.map(([{ path, text }]) => (
            <option key={path} value={path}>
              {say(text)}
            </option>
          ))}
        </select>
      ) : (
        <p className="small">{say(group[0].text)}</p>
      )}
      <Taken key={group[0].path} paths={group.map(({ path }) => path).join(',')} title={say(group[0].text)} />
    </>
  );
}

function Taken({ paths, title }: { readonly paths: string; readonly title: string }) {
  const { t, language } = useWords();
  const { clock } = useSession();
  const { momentMs } = useSelection();
  const { answer, problem, ask } = useCaptures(paths);
  const [isLarge, setLarge] = useState(false);
  const time = answer && plantTime(clock.epochMs(answer[0].tUs), language);
  return (
    <>
      <div className="row tight captures-bar">
        <Button className="btn sm" onPress={ask}>
          {t('captures.again')}
        </Button>
        {answer && problem === undefined && (
          <Button className="btn sm ghost" onPress={() => setLarge(true)}>
            {t('captures.larger')}
          </Button>
        )}
      </div>
      <p className="small muted" role="status">
        {problem === undefined &&
          (time === undefined
            ? t('captures.taking')
            : momentMs === undefined
              ? t('captures.now', { time })
              : t('captures.then', { time }))}
      </p>
      <ProblemNote problem={problem} />
      {answer && problem === undefined && <Bodies taken={answer} />}
      {answer && isLarge && (
        <Modal title={title} onClose={() => setLarge(false)} isWide>
          <div className="captures large">
            <Bodies taken={answer} isLarge />
          </div>
        </Modal>
      )}
    </>
  );
}

function Bodies({ taken, isLarge = false }: { readonly taken: readonly CaptureResult[]; readonly isLarge?: boolean }) {
  return taken.map((one) => (
    <div key={one.path} className="capture">
      <CaptureBody taken={one} isLarge={isLarge} />
      <Download taken={one} />
    </div>
  ));
}

const FORMS = { waveform: 'csv', curve: 'csv', picture: 'png', document: 'json' } as const;

function Download({ taken: { path, tUs, text, capture } }: { readonly taken: CaptureResult }) {
  const { t, say } = useWords();
  const { cell } = useSession();
  const format = FORMS[capture.kind];
  const form = format.toUpperCase();
  return (
    <a
      className="small"
      href={`/api/cells/${cell.id}/captures/${path}?atUs=${tUs}&format=${format}`}
      download={`${path}-${tUs}.${format}`}
      aria-label={t('captures.downloadWhat', { what: say(text), form })}
    >
      {t('captures.download', { form })}
    </a>
  );
}
