import { field, type ObjectField, record, type Site } from '#simulator/kernel/fields.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { type Role, ROLES } from './posture.ts';

/** A user of this one cell, who has no key of a participant: a machine, a supplier, the default one of a device. */
export interface Account {
  readonly name: string;
  readonly role: Role;
  /** Its password is still the one that the device came with. */
  readonly hasDefaultPassword: boolean;
}

const MOST_ACCOUNTS = 8;
const NAME = /^[a-z][a-z0-9-]{0,23}$/;

/** Which accounts are enabled, which still have a default password, and which role each has. Passwords are not kept. */
export class Accounts extends record({}) {
  readonly known: readonly Account[];
  private readonly disabledAt: number;
  private readonly defaultAt: number;
  private readonly roleAt: number;

  constructor(site: Site) {
    super(site);
    const { kernel, settings, path } = site;
    this.known = readAccounts(settings.get('accounts'));
    const n = this.known.length;
    this.disabledAt = kernel.layout.take('u8', n, `${path}.disabled`);
    this.defaultAt = kernel.layout.take('u8', n, `${path}.default`);
    this.roleAt = kernel.layout.take('u8', n, `${path}.role`);
    kernel.initially(() =>
      this.known.forEach(({ role, hasDefaultPassword }, k) => {
        this.u8[this.disabledAt + k] = 0;
        this.u8[this.defaultAt + k] = hasDefaultPassword ? 1 : 0;
        this.u8[this.roleAt + k] = ROLES.indexOf(role);
      }),
    );
  }

  indexOf(name: unknown): number {
    const found = this.known.findIndex((account) => account.name === name);
    if (found >= 0) return found;
    const names = this.known.map((account) => account.name);
    const message = `There is no account ${JSON.stringify(name)}.${didYouMean(String(name), names)}`;
    throw new Refusal(
      message,
      names.length > 0 ? `There are ${names.join(', ')}.` : 'There is none.',
      'unknown_target',
    );
  }

  isDisabled(account: number): boolean {
    return this.u8[this.disabledAt + account] === 1;
  }

  hasDefault(account: number): boolean {
    return this.u8[this.defaultAt + account] === 1;
  }

  role(account: number): Role {
    return ROLES[this.u8[this.roleAt + account]];
  }

  count(of: (account: number) => boolean): number {
    return this.known.filter((_, k) => of(k)).length;
  }

  switch(name: unknown, isDisabled: boolean): void {
    const account = this.indexOf(name);
    if (this.isDisabled(account) === isDisabled) {
      throw new Refusal(`${String(name)} is ${isDisabled ? 'disabled' : 'enabled'} already.`, 'Nothing is left to do.');
    }
    this.u8[this.disabledAt + account] = isDisabled ? 1 : 0;
  }

  renewPassword(name: unknown): void {
    this.u8[this.defaultAt + this.indexOf(name)] = 0;
  }

  /** `{account, role}`, or its JSON. */
  setRole(value: unknown): void {
    const { account: name, role } = roleChangeOf(value);
    const account = this.indexOf(name);
    const found = ROLES.findIndex((each) => each === role);
    if (found < 0) {
      throw new Refusal(`${JSON.stringify(role)} is no role.`, `Give one of ${ROLES.join(', ')}.`, 'out_of_range');
    }
    this.u8[this.roleAt + account] = found;
  }
}

function roleChangeOf(value: unknown): { readonly account?: unknown; readonly role?: unknown } {
  try {
    const given: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  } catch {
    // Said below.
  }
  const hint = 'Give one such as {"account":"operator","role":"observer"}.';
  throw new Refusal(`${JSON.stringify(value)?.slice(0, 100)} is no change of a role.`, hint, 'wrong_type');
}

export const accounts = (): ObjectField<Accounts> => field((site) => new Accounts(site));

/** `accounts: { operator: { role: operator, password: default } }`. */
function readAccounts(given: unknown): Account[] {
  const all = Object.entries((given ?? {}) as Record<string, unknown>).map(([name, spec]): Account => {
    const { role, password = 'own', ...more } = (spec ?? {}) as Record<string, unknown>;
    const known = ROLES.find((each) => each === role);
    const isPassword = password === 'own' || password === 'default';
    if (NAME.test(name) && known !== undefined && isPassword && Object.keys(more).length === 0) {
      return { name, role: known, hasDefaultPassword: password === 'default' };
    }
    throw new Refusal(
      `${JSON.stringify({ [name]: spec })} is no account.`,
      `Give a name such as operator: { role: operator, password: default }. Roles are ${ROLES.join(', ')}; password is own or default.`,
      'wrong_type',
    );
  });
  if (all.length <= MOST_ACCOUNTS) return all;
  throw new Refusal(`There are ${all.length} accounts.`, `Give ${MOST_ACCOUNTS} at most.`);
}
