import type { Text } from '#contract/text.ts';

/** How a station shows. ISA-101: normal is grey, colour means "look here". */
export type SceneState = 'running' | 'waiting' | 'warning' | 'fault' | 'service' | 'off';

/** One stroke or fill of a glyph on a 12 x 12 field. Paints are CSS variables of the design tokens. */
export interface GlyphPart {
  d: string;
  fill: string;
  stroke?: string;
  strokeWidth?: number;
}

export interface StateLook {
  word: Text;
  glyph: readonly GlyphPart[];
  /** The lamp in the 3D scene; the same in both themes. */
  lamp: string;
  isAbnormal: boolean;
}

const round = 'M6 1.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8z';

export const STATES: Record<SceneState, StateLook> = {
  running: {
    word: { en: 'Running', sv: 'I drift' },
    glyph: [{ d: 'M2.5 1.2 10.8 6 2.5 10.8z', fill: 'var(--st-run)' }],
    lamp: '#7f8b96',
    isAbnormal: false,
  },
  waiting: {
    word: { en: 'Waiting', sv: 'Väntar' },
    glyph: [
      {
        d: 'M2.5 2h2.4v8H2.5zM7.1 2h2.4v8H7.1z',
        fill: 'var(--st-idle)',
        stroke: 'var(--line-strong)',
        strokeWidth: 0.6,
      },
    ],
    lamp: '#c9cfd5',
    isAbnormal: false,
  },
  warning: {
    word: { en: 'Warning', sv: 'Varning' },
    glyph: [
      { d: 'M6 1.1 11.3 10.7H.7z', fill: 'var(--warn-fill)', stroke: 'var(--warn)', strokeWidth: 0.9 },
      { d: 'M5.4 4.2h1.2v3.4H5.4zm0 4.2h1.2v1.3H5.4z', fill: '#1a1300' },
    ],
    lamp: '#f0a800',
    isAbnormal: true,
  },
  fault: {
    word: { en: 'Fault', sv: 'Fel' },
    glyph: [
      { d: 'M6 0 12 6 6 12 0 6z', fill: 'var(--fault-fill)' },
      { d: 'M5.3 2.8h1.4v4H5.3zm0 4.9h1.4v1.5H5.3z', fill: '#fff' },
    ],
    lamp: '#e0362d',
    isAbnormal: true,
  },
  service: {
    word: { en: 'Service', sv: 'Service' },
    glyph: [
      {
        d: 'M3 1.5h6A1.5 1.5 0 0 1 10.5 3v6A1.5 1.5 0 0 1 9 10.5H3A1.5 1.5 0 0 1 1.5 9V3A1.5 1.5 0 0 1 3 1.5z',
        fill: 'var(--info)',
      },
    ],
    lamp: '#3a78c2',
    isAbnormal: true,
  },
  off: {
    word: { en: 'Off', sv: 'Av' },
    glyph: [{ d: round, fill: 'none', stroke: 'var(--st-off)', strokeWidth: 1.6 }],
    lamp: '#4a535c',
    isAbnormal: false,
  },
};
