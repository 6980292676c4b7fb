import { f64, field, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { jsonObject, named, oneOf, words } from '#simulator/plant/command-argument.ts';
import { held } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { plantField } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import { accessLog, DOORS } from './access-log.ts';
import { accounts } from './accounts.ts';
import { Commanded } from './commanded.ts';
import { documentOf } from './documents.ts';
import { Intruder } from './intruder.ts';
import { attempt, enter, leave } from './intrusions.ts';
import { pinnedCertificates } from './pinned-certificates.ts';
import { Posture } from './posture.ts';

/** Intruders that a cell has at one time. */
const MOST_INTRUDERS = 4;

const intruders = () =>
  plantField((site) =>
    Array.from({ length: MOST_INTRUDERS }, (_, k) => {
      const made = new Intruder({ ...site, path: `${site.path}.${k + 1}` });
      made.next.connect(site.station, ({ self }, t) => attempt(self, made, t));
      return made;
    }),
  );

const fields = {
  posture: field((site) => new Posture(site)),
  accounts: accounts(),
  certificates: pinnedCertificates(),
  log: accessLog(),
  intruders: intruders(),
  /** What may be addressed; set once all of the plant is there. */
  commanded: field(() => new Commanded()),
  changes: u32(),
  /** The newest command that came over MQTT, for whoever listens in: its target from 1, its value, and when. */
  heardTarget: u32(),
  heardValue: f64(),
  heardUs: f64(),
  changed: event('PostureChanged'),
  granted: event('AccessGranted'),
  refused: event('AccessRefused'),
};
export type SecuritySelf = Self<typeof fields>;

const accountOf = (s: SecuritySelf) =>
  oneOf('Account', 'The account', 'Kontot', named(s.accounts.known.map(({ name }) => name)));
const thumbprint = words(
  'Thumbprint',
  'SHA-1 thumbprint of the client certificate, 40 hex digits',
  'SHA-1-tumavtryck av klientens certifikat, 40 hexsiffror',
  '3fa2c0d2f1b4a59687786950413223140506f7e8',
);

/**
 * The security of a cell, which its participant can harden: the posture that holds at its doors, the accounts of the cell
 * beside the keys of participants, and the log of what these accounts do. See IEC 62443-3-3 (SR 1.1 to 2.1, 2.8) and
 * OPC 10000-2. Whatever is changed here can be changed back over the web.
 */
export const security = stationType('security', {
  fields,
  changed: noteChange,
  commands: {
    PinCertificate: {
      wants: thumbprint,
      obey: change((s, value) => s.certificates.pin(value)),
      ...text(
        'Let in only client certificates that are pinned, this one too, by SHA-1 thumbprint',
        'Släpp bara in låsta klientcertifikat, även detta, efter SHA-1-tumavtryck',
      ),
    },
    UnpinCertificate: {
      wants: thumbprint,
      obey: change((s, value) => s.certificates.unpin(value)),
      ...text(
        'No longer pin a client certificate; with none left, any is let in',
        'Lås inte längre ett klientcertifikat; när inget är kvar släpps alla in',
      ),
    },
    DisableAccount: {
      wants: accountOf,
      obey: change((s, value) => s.accounts.switch(value, true)),
      ...text('Disable an account of the cell', 'Stäng av ett av cellens konton'),
    },
    EnableAccount: {
      wants: accountOf,
      obey: change((s, value) => s.accounts.switch(value, false)),
      ...text('Enable an account of the cell', 'Slå på ett av cellens konton'),
    },
    RenewPassword: {
      wants: accountOf,
      obey: change((s, value) => s.accounts.renewPassword(value)),
      ...text(
        'Give an account a long random password; its default one is void',
        'Ge ett konto ett långt slumpat lösenord; förvalet gäller inte längre',
      ),
    },
    SetRole: {
      wants: jsonObject(
        'Change',
        'The account and its role',
        'Kontot och dess roll',
        '{"account":"operator","role":"observer"}',
      ),
      obey: change((s, value) => s.accounts.setRole(value)),
      ...text(
        'Change the role of an account: {account, role}, role none, observer, operator or engineer',
        'Ändra ett kontos roll: {account, role}, role none, observer, operator eller engineer',
      ),
    },
    Enter: { obey: (s, t, value) => enter(s, t, value), ...text('Somebody comes', 'Någon kommer'), hidden: true },
    Leave: { obey: (s, _, value) => leave(s, value), ...text('Somebody goes', 'Någon går'), hidden: true },
  },
  signals(s) {
    const { known } = s.accounts;
    const last = () => s.log.find(s.log.count);
    const enumerated = (names: readonly string[]) => ({
      range: [0, names.length] as const,
      words: Object.fromEntries(['none', ...names].map((name, k) => [k, { en: name, sv: k === 0 ? 'ingen' : name }])),
    });
    const counted = { range: [0, 4e9] as const };
    return [
      held('Posture.Changes', '1', () => s.changes, {
        ...text('Times the security of the cell was changed', 'Gånger cellens säkerhet har ändrats'),
        ...counted,
      }),
      held('Certificates.Pinned', '1', () => s.certificates.all().length, {
        ...text('Client certificates that are pinned; 0 is any', 'Låsta klientcertifikat; 0 är vilka som helst'),
        range: [0, 8],
      }),
      held('Accounts.Enabled', '1', () => s.accounts.count((k) => !s.accounts.isDisabled(k)), {
        ...text('Accounts that are enabled', 'Konton som är påslagna'),
        range: [0, 8],
      }),
      held('Accounts.DefaultPassword', '1', () => s.accounts.count((k) => isWeak(s, k)), {
        ...text(
          'Enabled accounts that still have their default password',
          'Påslagna konton som har kvar sitt förvalda lösenord',
        ),
        range: [0, 8],
      }),
      held('Access.Granted', '1', () => s.log.granted, {
        ...text('Accesses by accounts of the cell that were granted', 'Åtkomster av cellens konton som beviljades'),
        ...counted,
      }),
      held('Access.Refused', '1', () => s.log.refused, {
        ...text('Accesses by accounts of the cell that were refused', 'Åtkomster av cellens konton som nekades'),
        ...counted,
      }),
      held('Access.LastAccount', '1', () => (last()?.account ?? -1) + 1, {
        ...text('Account of the last access', 'Konto vid den senaste åtkomsten'),
        ...enumerated(known.map(({ name }) => name)),
      }),
      held('Access.LastVia', '1', () => 1 + DOORS.indexOf(last()?.via ?? ('' as never)), {
        ...text('Way of the last access', 'Väg vid den senaste åtkomsten'),
        ...enumerated(DOORS),
      }),
    ];
  },
  captures: (s) => [
    {
      name: 'Access',
      ...text('Accounts of the cell, and what they did last', 'Cellens konton, och vad de senast gjorde'),
      take: (): Document => ({ kind: 'document', content: documentOf(s) }),
    },
  ],
});

const isWeak = ({ accounts: all }: SecuritySelf, account: number): boolean =>
  all.hasDefault(account) && !all.isDisabled(account);

/** A command that changes the security of the cell, which is told. */
function change(work: (s: SecuritySelf, value: unknown) => void) {
  return (s: SecuritySelf, t: number, value: unknown): void => {
    work(s, value);
    noteChange(s, t);
  };
}

function noteChange(s: SecuritySelf, t: number): void {
  s.changes += 1;
  s.changed.raise(t, s.changes);
}
