import type * as alarms from './words/alarms.ts';
import * as app from './words/app.ts';
import * as captures from './words/captures.ts';
import * as contact from './words/contact.ts';
import * as configuration from './words/configuration.ts';
import type * as data from './words/data.ts';
import * as home from './words/home.ts';
import * as inspector from './words/inspector.ts';
import * as lab from './words/lab.ts';
import * as learning from './words/learning.ts';
import type * as mqtt from './words/mqtt.ts';
import type * as opcua from './words/opcua.ts';
import * as pages from './words/pages.ts';
import type * as rules from './words/rules.ts';
import * as timeline from './words/timeline.ts';
import * as views from './words/views.ts';
import type * as whatIf from './words/what-if.ts';
import * as workspace from './words/workspace.ts';

/** Every word of the screens, a file for each family of them. `{hole}` is filled by the caller; holes are part of the type. */
export const en = {
  ...app.en,
  ...contact.en,
  ...configuration.en,
  ...home.en,
  ...pages.en,
  ...learning.en,
  ...workspace.en,
  ...lab.en,
  ...views.en,
  ...inspector.en,
  ...captures.en,
  ...timeline.en,
} as const;

/** Words that come with their pane; see `addWords`. */
type LaterWords = typeof alarms.en &
  typeof whatIf.en &
  typeof data.en &
  typeof opcua.en &
  typeof mqtt.en &
  typeof rules.en;

export type English = typeof en & LaterWords;
export type Key = keyof English;

export const sv: Record<keyof typeof en, string> = {
  ...app.sv,
  ...contact.sv,
  ...configuration.sv,
  ...home.sv,
  ...pages.sv,
  ...learning.sv,
  ...workspace.sv,
  ...lab.sv,
  ...views.sv,
  ...inspector.sv,
  ...captures.sv,
  ...timeline.sv,
};
