import type { Me } from '#contract/participant.ts';
import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import { useFamily } from '../i18n/use-family.ts';
import { useTold } from '../i18n/refusals/use-told.ts';
import { useWords } from '../i18n/use-words.ts';
import * as family from '../i18n/words/connection.ts';
import type { Account } from '../live/account.ts';
import { brokerUrl } from '../live/mqtt-client.ts';
import { type Asked, useAsk } from '../live/use-ask.ts';
import { FailedIcon, OpenIcon, PassedIcon, WaitingIcon } from '../ui/icons.tsx';
import { connectLine, useAddresses } from './addresses.ts';
import { Line } from './help.tsx';
import { Page } from './page.tsx';
import { PATIENCE_S, tryHttp, tryWebSocket } from './try-connection.ts';

/** What this browser reaches, and how to find out what other programs on the same machine reach. */
export function Connection({ account }: { readonly account: Account }) {
  const t = useFamily(family);
  const { me } = account;
  const { opcuaHost, opcuaPort, mqttHost, mqttPort, me: user } = useAddresses(me);
  const isLocal = /^(localhost|127\.|\[?::1)/.test(opcuaHost);
  return (
    <Page isSignedIn={!!me}>
      <div className="prose">
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
        <h2>{t('browser')}</h2>
        {me !== undefined && <BrowserTests me={me} />}
        <h2>{t('own')}</h2>
        <p>{t('ownLead')}</p>
        {isLocal && <p className="note">{t('localhost', { host: opcuaHost })}</p>}
        <Port title={t('opcua', { port: opcuaPort })} host={opcuaHost} port={opcuaPort} />
        <Port title={t('mqtt', { port: mqttPort })} host={mqttHost} port={mqttPort} />
        <p>{t('expect')}</p>
        <p>{t('closed')}</p>
        <Line text={connectLine(user)} what="verkstad connect" />
        <p className="muted">{t('connectNote')}</p>
      </div>
    </Page>
  );
}

function Port({ title, host, port }: { readonly title: string; readonly host: string; readonly port: string }) {
  const t = useFamily(family);
  const lines = [
    [t('windows'), `Test-NetConnection ${host} -Port ${port}`],
    [t('unix'), `nc -vz ${host} ${port}`],
  ] as const;
  return (
    <>
      <h3>{title}</h3>
      {lines.map(([where, text]) => (
        <div key={text}>
          <p className="small">{where}</p>
          <Line text={text} what={`${title}, ${where}`} />
        </div>
      ))}
    </>
  );
}

type State = 'running' | 'ok' | 'failed' | 'skipped';
const ICONS = { running: WaitingIcon, ok: PassedIcon, failed: FailedIcon, skipped: OpenIcon } as const;

function BrowserTests({ me }: { readonly me: Me | null }) {
  const t = useFamily(family);
  const words = useWords();
  const say = useTold();
  const http = useAsk(tryHttp);
  const ws = useAsk(useCallback(async () => (me ? tryWebSocket(me) : undefined), [me]));
  const ms = (value: number) => words.n(value, value < 10 ? 1 : 0);
  const told = ({ problem }: Asked<unknown>) => {
    const { detail, hint } = say(problem);
    return `${detail} ${hint}`;
  };

  const httpState: State = http.problem !== undefined ? 'failed' : http.answer ? 'ok' : 'running';
  const httpText = {
    running: '',
    skipped: '',
    ok: http.answer && t('httpOk', { ...http.answer, n: http.answer.requests, ms: ms(http.answer.medianMs) }),
    failed: http.problem === undefined ? '' : told(http),
  }[httpState];

  const { connectMs, valueMs } = ws.answer ?? {};
  const wsState: State = !me
    ? 'skipped'
    : valueMs !== undefined
      ? 'ok'
      : ws.answer || ws.problem !== undefined
        ? 'failed'
        : 'running';
  const wsFailure =
    connectMs === undefined ? t('wsFailed', { url: brokerUrl(), s: PATIENCE_S }) : t('wsNoValue', { s: PATIENCE_S });
  const wsText = {
    running: '',
    skipped: t('wsNobody'),
    ok: t('wsOk', { connectMs: ms(connectMs ?? 0), valueMs: ms(valueMs ?? 0) }),
    failed: ws.problem === undefined ? wsFailure : told(ws),
  }[wsState];

  return (
    <>
      <div role="status">
        <ul className="tests">
          <Test name={t('http')} state={httpState} text={httpText ?? ''} />
          <Test name={t('ws')} state={wsState} text={wsText} />
        </ul>
      </div>
      <Button
        className="btn"
        onPress={() => {
          http.ask();
          ws.ask();
        }}
      >
        {t('run')}
      </Button>
    </>
  );
}

function Test({ name, state, text }: { readonly name: string; readonly state: State; readonly text: string }) {
  const t = useFamily(family);
  const Icon = ICONS[state];
  return (
    <li>
      <Icon />
      <span>
        <strong>{name}</strong> · {t(state)}
      </span>
      {text && <p>{text}</p>}
    </li>
  );
}
