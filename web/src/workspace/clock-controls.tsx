import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { plantDayTime, plantTime } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { useClock, usePlantNow, useSession } from '../live/use-session.ts';
import { ChevronDown, ForwardIcon, PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import { RunUntilDialog } from './run-until-dialog.tsx';
import { useSelection } from './selection.tsx';
import { useClockDeeds } from './use-clock-deeds.ts';

const SPEEDS = [1, 2, 5, 10, 20, 50, 100];
const MINUTE_US = 60_000_000;
const EVENT_WITHIN_S = 4 * 3600;

/** Plant time, pause, speed, and running on until something. */
export function ClockControls() {
  const { t, say, language, n } = useWords();
  const { clock, cell } = useSession();
  const { paused, speed, runUntilUs, capped } = useClock();
  const { station } = useSelection();
  const { problem, setSpeed, togglePause, runUntil, step, reset } = useClockDeeds();
  const has = (type: string) => cell.stations.find((each) => each.type === type)?.id;
  const [alarms, rules, shifts] = [has('alarms'), has('rules'), has('shifts')];
  const [asked, setAsked] = useState<'time' | 'reset'>();

  const actions: Readonly<Record<string, () => void>> = {
    next10: () => runUntil({ simUs: Math.min(clock.nowUs() + 10 * MINUTE_US, clock.endUs()) }),
    next60: () => runUntil({ simUs: Math.min(clock.nowUs() + 60 * MINUTE_US, clock.endUs()) }),
    nextState: () => runUntil({ event: `${station}.StateChanged`, withinS: EVENT_WITHIN_S }),
    shiftEnd: () => runUntil({ moment: 'end-of-shift' }),
    alarm: () => runUntil({ event: `${alarms}.AlarmRaised`, withinS: EVENT_WITHIN_S }),
    rule: () => runUntil({ event: `${rules}.RuleFired`, withinS: EVENT_WITHIN_S }),
    atTime: () => setAsked('time'),
    untilNow: () => runUntil({ simUs: clock.endUs() }),
    reset: () => setAsked('reset'),
  };
  return (
    <div className="clock">
      <Now />
      {runUntilUs === undefined ? (
        <Button className="btn" onPress={togglePause}>
          {paused ? <PlayIcon size={11} /> : <PauseIcon size={11} />}
          {paused ? t('top.run') : t('top.pause')}
        </Button>
      ) : (
        <Button className="btn" onPress={() => setSpeed({ speed })}>
          <PauseIcon size={11} />
          {t('top.stopHurrying')}
          <span className="sr">{t('top.hurrying', { time: plantTime(clock.epochMs(runUntilUs), language) })}</span>
        </Button>
      )}
      {paused && runUntilUs === undefined && (
        <MenuTrigger>
          <Button className="btn">
            {t('top.step')}
            <ChevronDown size={9} />
          </Button>
          <Popover className="popover slim">
            <Menu className="menu" aria-label={t('top.step')} onAction={(key) => step(key as 'event' | 'second')}>
              <MenuItem id="event" className="menu-item">
                {t('top.stepEvent')}
              </MenuItem>
              <MenuItem id="second" className="menu-item">
                {t('top.stepSecond')}
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      <MenuTrigger>
        <Button className="btn" aria-label={`${t('top.speed')} ${n(speed)}×`}>
          <span className="mono">{n(speed)}×</span>
          <ChevronDown size={9} />
        </Button>
        <Popover className="popover slim">
          <Menu
            className="menu"
            aria-label={t('top.speed')}
            selectionMode="single"
            selectedKeys={[String(speed)]}
            onAction={(key) => setSpeed({ speed: Number(key), paused: false })}
          >
            {SPEEDS.map((value) => (
              <MenuItem key={value} id={String(value)} className="menu-item mono" textValue={`${value}`}>
                {n(value)}×
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <MenuTrigger>
        <Button className="btn">
          <ForwardIcon size={11} />
          {t('top.time')}
          <ChevronDown size={9} />
        </Button>
        <Popover className="popover">
          <Menu className="menu" aria-label={t('top.time')} onAction={(key) => actions[String(key)]?.()}>
            <MenuItem id="next10" className="menu-item">
              {t('top.next10')}
            </MenuItem>
            <MenuItem id="next60" className="menu-item">
              {t('top.next60')}
            </MenuItem>
            <MenuItem id="nextState" className="menu-item">
              {t('top.nextState', { station })}
            </MenuItem>
            {shifts && (
              <MenuItem id="shiftEnd" className="menu-item">
                {t('top.shiftEnd')}
              </MenuItem>
            )}
            {alarms && (
              <MenuItem id="alarm" className="menu-item">
                {t('top.nextAlarm')}
              </MenuItem>
            )}
            {rules && (
              <MenuItem id="rule" className="menu-item">
                {t('top.nextRule')}
              </MenuItem>
            )}
            <MenuItem id="atTime" className="menu-item">
              {t('top.atTime')}
            </MenuItem>
            <MenuItem id="untilNow" className="menu-item">
              {t('top.untilNow')}
            </MenuItem>
            <Separator className="menu-rule" />
            <MenuItem id="reset" className="menu-item">
              {t('top.reset')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {asked === 'time' && (
        <RunUntilDialog onClose={() => setAsked(undefined)} onRun={(simUs) => runUntil({ simUs })} />
      )}
      {asked === 'reset' && <ResetDialog onClose={() => setAsked(undefined)} onReset={reset} />}
      {capped && (
        <div className="clock-problem" role="status">
          <div className="note">
            <p>
              {t('top.capped', {
                wanted: n(capped.wanted),
                most: n(capped.most, capped.most % 1 === 0 ? 0 : 1),
                why: say(capped.why),
                time: plantTime(clock.epochMs(capped.untilUs), language),
              })}
            </p>
          </div>
        </div>
      )}
      {problem !== undefined && (
        <div className="clock-problem">
          <ProblemNote problem={problem} />
        </div>
      )}
    </div>
  );
}

function Now() {
  const { t, language } = useWords();
  const { paused } = useClock();
  const nowMs = usePlantNow();
  return (
    <span className="plant-time">
      <span className="sr">{t('top.plantTime')} </span>
      <time className="mono" dateTime={new Date(nowMs).toISOString()} title={t('top.plantTime')}>
        {plantDayTime(nowMs, language)}
      </time>
      {paused && <span className="chip warn">{t('top.paused')}</span>}
    </span>
  );
}
