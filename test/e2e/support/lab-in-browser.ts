import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import type { StepResult } from '#contract/lab-view.ts';
import { topicOfPath } from '#contract/mqtt-messages.ts';
import type { Language } from '#contract/text.ts';
import { type Words, words } from '#web/i18n/words.ts';

const LAB = new URL('../../../labs/iiot/meet-the-machine/', import.meta.url);

interface Texts {
  readonly title: string;
  readonly words: { readonly wanted: Readonly<Record<string, string>> };
}

/** Someone who does the lab `iiot/meet-the-machine` in the page, with what stands on the screen. */
export class LabVisitor {
  readonly t: Words;
  private readonly texts: Texts;

  constructor(
    readonly page: Page,
    language: Language,
  ) {
    this.t = words(language);
    this.texts = parse(readFileSync(new URL(`texts.${language}.yaml`, LAB), 'utf8')) as Texts;
  }

  get title(): string {
    return this.texts.title;
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  async open(view: 'opcua' | 'mqtt'): Promise<void> {
    await this.page.getByRole('tab', { name: this.t(`tabs.${view}`), exact: true }).click();
  }

  /** Checks the open step, which must pass; otherwise says what the page says. */
  async check(): Promise<void> {
    const judged = this.page.waitForResponse((response) => response.url().includes('/check'));
    await this.button(this.t('lab.check')).click();
    const { passed, verdicts } = (await (await judged).json()) as StepResult;
    if (!passed) throw new Error(verdicts.map(({ check, explanation }) => `${check}: ${explanation}`).join('\n'));
  }

  async next(): Promise<void> {
    await this.button(this.t('lab.next')).click();
  }

  /** Recognises each signal by its sentence; returns them. */
  async findSignals(): Promise<readonly string[]> {
    const found: string[] = [];
    const fields = this.page.locator('.step.current .answers .field');
    await fields.first().waitFor();
    for (const field of await fields.all()) {
      const label = await field.locator('label').innerText();
      const [path] = Object.entries(this.texts.words.wanted).find(([, sentence]) => label.includes(sentence))!;
      await field.locator('input').fill(path);
      found.push(path);
    }
    return found;
  }

  /** Watches the signals over OPC UA, safely, at the interval that the step asks for. */
  async subscribe(signals: readonly string[]): Promise<void> {
    const { page, t } = this;
    const asked = await page.locator('.step.current .checks').innerText();
    const [, interval] = /(\d[\d\s\u00a0\u202f]*)\s*ms/.exec(asked)!;
    await this.open('opcua');
    await page.getByLabel(t('opcua.policy')).selectOption('Basic256Sha256');
    await page.getByLabel(t('opcua.mode')).selectOption('SignAndEncrypt');
    await this.button(t('opcua.connect')).click();
    await page.getByRole('treegrid', { name: t('opcua.tree') }).waitFor();
    for (const signal of signals) {
      await page.getByRole('textbox', { name: t('opcua.nodeId'), exact: true }).fill(signal);
      await this.button(t('opcua.add')).click();
      await page.getByText(`;s=${signal}`, { exact: false }).last().waitFor();
    }
    await page.getByRole('textbox', { name: t('opcua.sampling') }).fill(interval.replace(/\D/g, ''));
    await this.button(t('opcua.subscribe')).click();
    await this.button(t('opcua.resubscribe')).waitFor();
  }

  /** Subscribes the topic of the signal that the step names; returns a message as it came. */
  async receiveMessage(topicPrefix: string): Promise<string> {
    const { page, t } = this;
    const label = await page.locator('.step.current .answers label').innerText();
    const [signal] = /ST\d\d(?:\.\w+)+/.exec(label)!;
    const topic = `${topicPrefix}/${topicOfPath(signal)}`;
    await this.open('mqtt');
    await page.getByRole('textbox', { name: t('mqtt.filter') }).fill(topic);
    await this.button(t('mqtt.subscribe')).click();
    await page.getByRole('button', { name: topic, exact: true }).click();
    return page.locator('.raw code').innerText();
  }

  /** Changes the cutting speed so that the spindle turns as the step asks, in the station panel. */
  async setCuttingSpeed(label: string): Promise<void> {
    const { page, t } = this;
    const asked = await page.locator('.step.current .checks').innerText();
    const [, digits] = /(\d[\d\s\u00a0\u202f]*)\s*(?:rpm|varv|r\/min)/.exec(asked)!;
    const rpm = Number(digits.replace(/\D/g, ''));
    const cuttingSpeed = Math.PI * 0.02 * rpm;
    await page.getByRole('combobox', { name: t('inspector.stations'), exact: true }).selectOption('ST03');
    await page.getByLabel(new RegExp(`^${label}`)).fill(cuttingSpeed.toFixed(2));
    await this.button(`${t('inspector.set')}: ${label}`).click();
    await page.getByText(t('inspector.done', { command: label })).waitFor();
  }

  /** Lets the line hurry on for ten minutes. */
  async runOn(): Promise<void> {
    const { page, t } = this;
    await this.button(t('top.time')).click();
    const done = page.waitForResponse((response) => response.url().includes('/run-until'));
    await page.getByRole('menuitem', { name: t('top.next10') }).click();
    await done;
    await this.button(t('top.pause')).waitFor();
  }
}
