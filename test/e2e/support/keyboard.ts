import type { Page } from 'playwright-core';

/** Where the keyboard is. */
interface Stop {
  readonly role: string;
  readonly name: string;
  /** The pane of the workspace around it. */
  readonly pane: string;
  readonly isSeen: boolean;
}

/** More stops than that in a row are a barrier. */
const MOST_STOPS = 60;

/**
 * Someone without a mouse: Tab, F6, arrows, Enter and letters, and nothing else. Notes every stop that has no name, or
 * that one cannot see.
 */
export class Keyboard {
  /** Stops without a name or without a visible focus. */
  readonly barriers: string[] = [];
  /** How many keys were pressed to move about. */
  moves = 0;

  constructor(private readonly page: Page) {}

  /** Tab until what has the focus has this name; the text says what is wanted if it never has. */
  async tabTo(name: string | RegExp, role?: string): Promise<void> {
    const seen: string[] = [];
    for (let k = 0; k < MOST_STOPS; k++) {
      const stop = await this.move('Tab');
      seen.push(`${stop.role} "${stop.name}"`);
      const isNamed = typeof name === 'string' ? stop.name === name : name.test(stop.name);
      if (isNamed && (role === undefined || stop.role === role)) return;
    }
    throw new Error(`Tab does not come to ${role ?? ''} "${String(name)}", but to:\n${seen.join('\n')}`);
  }

  /** F6 until the pane of this name has the focus. */
  async goTo(pane: string): Promise<void> {
    for (let k = 0; k < 6; k++) {
      const stop = await this.move('F6');
      if (stop.name === pane) return;
    }
    throw new Error(`F6 does not come to "${pane}".`);
  }

  /** To a button, and presses it. */
  async press(name: string | RegExp): Promise<void> {
    await this.tabTo(name, 'button');
    await this.page.keyboard.press('Enter');
  }

  /** To a field, and writes in place of what is there. */
  async write(name: string | RegExp, text: string): Promise<void> {
    await this.tabTo(name);
    await this.overwrite(text);
  }

  async overwrite(text: string): Promise<void> {
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  /** To a list of choices, and down it to one of them. */
  async choose(name: string | RegExp, option: string): Promise<void> {
    await this.tabTo(name);
    await this.pick(option);
  }

  /** In the list of choices that has the focus. */
  async pick(option: string): Promise<void> {
    const { page } = this;
    await page.keyboard.press('Home');
    for (let k = 0; k < 80; k++) {
      const chosen = await page.evaluate(() => {
        const select = document.activeElement as HTMLSelectElement;
        return `${select.selectedOptions[0]?.label ?? ''}\n${select.value}`;
      });
      if (chosen.split('\n').includes(option)) return;
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`No arrow comes to the choice "${option}".`);
  }

  /** By the arrows of a row of tabs, to the one of this name. */
  async tab(name: string): Promise<void> {
    for (let k = 0; k < 12; k++) {
      const stop = await this.stop();
      if (stop.role === 'tab' && stop.name.startsWith(name)) return;
      await this.move('ArrowRight');
    }
    throw new Error(`No arrow comes to the tab "${name}".`);
  }

  /** Where the focus is now. */
  async stop(): Promise<Stop> {
    return this.page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return { role: 'body', name: '', pane: '', isSeen: true };
      const { labels } = at as HTMLInputElement;
      const labelledBy = (at.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ');
      const label =
        at.getAttribute('aria-label') ?? (labelledBy.trim() || (labels?.[0]?.textContent ?? at.textContent));
      const rings = [at, at.parentElement, at.closest('[data-focus-visible]')].flatMap((one) =>
        one ? [getComputedStyle(one)] : [],
      );
      const tags: Readonly<Record<string, string>> = {
        a: 'link',
        select: 'combobox',
        input: 'textbox',
        summary: 'button',
      };
      return {
        role: at.getAttribute('role') ?? tags[at.localName] ?? at.localName,
        name: label.replace(/\s+/g, ' ').trim(),
        pane: at.closest('[data-pane]')?.getAttribute('aria-label') ?? '',
        isSeen: rings.some(({ outlineStyle, outlineWidth, boxShadow }) => {
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
        }),
      };
    });
  }

  private async move(key: string): Promise<Stop> {
    await this.page.keyboard.press(key);
    this.moves += 1;
    const stop = await this.stop();
    const where = `${stop.role} "${stop.name}" in "${stop.pane}"`;
    if (stop.role !== 'body' && stop.name === '') this.barriers.push(`${where} has no name`);
    if (!stop.isSeen) this.barriers.push(`${where} cannot be seen`);
    return stop;
  }
}
