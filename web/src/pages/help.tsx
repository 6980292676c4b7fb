import { useFamily } from '../i18n/use-family.ts';
import * as family from '../i18n/words/help.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Link } from '../ui/link.tsx';
import { connectLine, useAddresses } from './addresses.ts';
import { Page } from './page.tsx';

const KEYS = [
  ['F6 / Shift+F6', 'keyPanes'],
  ['Tab / Shift+Tab', 'keyTab'],
  ['← → ↑ ↓', 'keyArrows'],
  ['Esc', 'keyEscape'],
  ['1 – 9', 'keyViews'],
  ['P', 'keyPause'],
  ['K / J', 'keyStations'],
  ['L / , / .', 'keyReplay'],
  ['?', 'keyHelp'],
] as const;

/** First steps, the keyboard, and how to come in with tools of one's own. */
export function Help({ account }: { readonly account: Account }) {
  const t = useFamily(family);
  const words = useWords().t;
  const { me, mqttHost, mqttPort, topics } = useAddresses(account.me);
  const subscribe = `mosquitto_sub -h ${mqttHost} -p ${mqttPort} -V mqttv311 -u ${me} -P '…' -v -t '${topics}/ST03/#'`;
  return (
    <Page isSignedIn={!!account.me}>
      <div className="prose">
        <h1>{t('title')}</h1>
        <h2>{t('first')}</h2>
        <ol>
          {([1, 2, 3, 4] as const).map((k) => (
            <li key={k}>{t(`first${k}`)}</li>
          ))}
        </ol>
        <h2>{t('keys')}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('key')}</th>
              <th scope="col">{t('does')}</th>
            </tr>
          </thead>
          <tbody>
            {KEYS.map(([key, what]) => (
              <tr key={key}>
                <td>
                  <kbd>{key}</kbd>
                </td>
                <td>{t(what)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          {t('keysOff')} <Link to="/settings">{words('pages.settings')}</Link>.
        </p>
        <h2>{t('tools')}</h2>
        <p>{t('toolsLead')}</p>
        <p>{t('uaexpert')}</p>
        <p>{t('mosquitto')}</p>
        <Line text={subscribe} what="mosquitto_sub" />
        <p>{t('python')}</p>
        <p>{t('tunnel')}</p>
        <Line text={connectLine(me)} what="verkstad connect" />
        <p>
          {t('test')} <Link to="/connection">{words('pages.connection')}</Link>.
        </p>
        <h2>{t('words')}</h2>
        <p>{t('states')}</p>
        <p>{t('time')}</p>
      </div>
    </Page>
  );
}

/** A line for a terminal. */
export const Line = ({ text, what }: { readonly text: string; readonly what: string }) => (
  <div className="terminal-line">
    {/* It may scroll, so the keyboard must reach it. */}
    <pre tabIndex={0} aria-label={what} role="group">
      <code>{text}</code>
    </pre>
    <CopyButton text={text} what={what} />
  </div>
);
