import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import type { StepResult } from '#contract/lab-view.ts';
import { topicOfPath } from '#contract/topic.ts';
import type { Language } from '#contract/text.ts';
import { type Words, words } from '#web/i18n/words.ts';
import { Keyboard } from './keyboard.ts';
import '#web/workspace/opcua/opcua-words.ts';
import '#web/workspace/mqtt/mqtt-words.ts';

const LAB = new URL('../../../labs/iiot/meet-the-machine/', import.meta.url);

interface Texts {
  readonly title: string;
  readonly words: { readonly wanted: Readonly<Record<string, string>> };
}

/** Someone who does the lab `iiot/meet-the-machine` with the keyboard, by what stands on the screen. */
export class LabByKeyboard {
  readonly t: Words;
  readonly keys: Keyboard;
  private readonly texts: Texts;

  constructor(
    readonly page: Page,
    language: Language,
  ) {
    this.t = words(language);
    this.keys = new Keyboard(page);
    this.texts = parse(readFileSync(new URL(`texts.${language}.yaml`, LAB), 'utf8')) as Texts;
  }

  get title(): string {
    return this.texts.title;
  }

  /** Back to the lab, and on to its open step. */
  async toStep(): Promise<void> {
    await this.keys.goTo(this.t('lab.region'));
  }

  /** Checks the open step, which must pass; otherwise says what the page says. */
  async check(): Promise<void> {
    const judged = this.page.waitForResponse((response) => response.url().includes('/check'));
    await this.keys.press(this.t('lab.check'));
    const { passed, verdicts } = (await (await judged).json()) as StepResult;
    if (!passed) throw new Error(verdicts.map(({ check, explanation }) => `${check}: ${explanation}`).join('\n'));
    await this.page.locator('.step.current.done').waitFor();
  }

  /** To the next step, whose heading then has the focus. */
  async next(): Promise<void> {
    await this.keys.press(this.t('lab.next'));
  }

  /** Recognises each signal by its sentence; returns them. */
  async findSignals(): Promise<readonly string[]> {
    const found: string[] = [];
    const labels = await this.page.locator('.step.current .answers .field > label').allInnerTexts();
    for (const label of labels) {
      const [path] = Object.entries(this.texts.words.wanted).find(([, sentence]) => label.includes(sentence))!;
      await this.keys.tabTo(label.replace(/\s+/g, ' ').trim());
      await this.page.keyboard.type(path);
      // Closes the list of proposals.
      await this.page.keyboard.press('Escape');
      found.push(path);
    }
    return found;
  }

  /** Opens a view by the arrows of its tabs. */
  async open(view: 'opcua' | 'mqtt'): Promise<void> {
    const { keys, t } = this;
    await keys.goTo(t('tabs.label'));
    await keys.tabTo(/./, 'tab');
    await keys.tab(t(`tabs.${view}`));
  }

  /** Watches the signals over OPC UA, safely, at the interval that the step asks for. */
  async subscribe(signals: readonly string[]): Promise<void> {
    const { page, t, keys } = this;
    const asked = await page.locator('.step.current .checks').innerText();
    const [, interval] = /(\d[\d\s\u00a0\u202f]*)\s*ms/.exec(asked)!;
    await this.open('opcua');
    await page.getByLabel(t('opcua.policy')).waitFor();
    await keys.choose(t('opcua.policy'), 'Basic256Sha256');
    await keys.choose(t('opcua.mode'), 'SignAndEncrypt');
    await keys.press(t('opcua.connect'));
    await page.getByRole('treegrid', { name: t('opcua.tree') }).waitFor();
    await keys.tabTo(/./, 'row');
    await keys.tabTo(/./, 'tab');
    await keys.tab(t('opcua.subscription'));
    await keys.write(t('opcua.sampling'), interval.replace(/\D/g, ''));
    await keys.tabTo(t('opcua.nodeId'));
    for (const signal of signals) {
      await page.keyboard.type(signal);
      await page.keyboard.press('Enter');
      await page.getByText(`;s=${signal}`, { exact: false }).last().waitFor();
    }
    await keys.goTo(t('tabs.label'));
    await keys.press(t('opcua.subscribe'));
    await page.getByRole('button', { name: t('opcua.resubscribe'), exact: true }).waitFor();
  }

  /** Subscribes the topic of the signal that the step names; returns a message as it came. */
  async receiveMessage(topicPrefix: string): Promise<string> {
    const { page, t, keys } = this;
    const label = await page.locator('.step.current .answers label').innerText();
    const [signal] = /ST\d\d(?:\.\w+)+/.exec(label)!;
    const topic = `${topicPrefix}/${topicOfPath(signal)}`;
    await this.open('mqtt');
    await page.getByLabel(t('mqtt.filter')).waitFor();
    await keys.tabTo(t('mqtt.filter'));
    await page.keyboard.type(topic);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: topic, exact: true }).waitFor();
    await keys.tabTo(t('mqtt.received'));
    await keys.tabTo(/./, 'button');
    for (let k = 0; k < 9 && (await keys.stop()).name !== topic; k++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    return page.locator('.raw code').innerText();
  }

  /** Changes the cutting speed so that the spindle turns as the step asks, in the station panel. */
  async setCuttingSpeed(label: string): Promise<void> {
    const { page, t, keys } = this;
    const asked = await page.locator('.step.current .checks').innerText();
    const [, digits] = /(\d[\d\s\u00a0\u202f]*)\s*(?:rpm|varv|r\/min)/.exec(asked)!;
    const cuttingSpeed = Math.PI * 0.02 * Number(digits.replace(/\D/g, ''));
    await keys.goTo(t('inspector.region'));
    await keys.choose(t('inspector.stations'), 'ST03');
    await keys.tabTo(new RegExp(`^${label}`), 'textbox');
    await keys.overwrite(cuttingSpeed.toFixed(2));
    await page.keyboard.press('Enter');
    await page.getByText(t('inspector.done', { command: label })).waitFor();
  }

  /** Lets the line hurry on for ten minutes. */
  async runOn(): Promise<void> {
    const { page, t, keys } = this;
    await keys.goTo(t('top.region'));
    const done = page.waitForResponse((response) => response.url().includes('/run-until'));
    await keys.press(t('top.time'));
    await page.getByRole('menuitem', { name: t('top.next10') }).waitFor();
    await page.keyboard.press('Enter');
    await done;
    await page.getByRole('button', { name: t('top.pause'), exact: true }).waitFor();
  }
}
