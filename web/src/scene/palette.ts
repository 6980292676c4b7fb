/** Quiet, desaturated machine colours; saturated colour is left to states (ISA-101). */
export const PAINT = {
  white: '#f1f3f5',
  body: '#dfe4e9',
  mid: '#b9c2cb',
  slate: '#7d8995',
  dark: '#39434e',
  black: '#20262d',
  brand: '#1c6e7d',
  brandDark: '#124a55',
  steel: '#c3c9cf',
  aluminium: '#d5d9dd',
  belt: '#2b3138',
  safety: '#d9b23c',
  wood: '#c49a6c',
  carton: '#c8a37a',
  copper: '#b07a52',
  screen: '#123743',
  screenText: '#7fb6c2',
  blue: '#3f6f9f',
  green: '#4c8c6b',
  plum: '#85628f',
  operator: '#b4cbd0',
  visitor: '#ded29a',
  reject: '#8f969d',
} as const;

/** What shines: quiet, look here, danger. */
export const LAMP = { normal: '#cfe9ee', warning: '#f0a800', fault: '#e0362d' } as const;

/** What a carrier carries, told apart by lightness as well as by hue. Anything unknown is grey. */
const LOAD_COLOUR: Record<string, string> = {
  P1: '#3f77b4',
  P2: '#4a9a72',
  P3: '#9a6aa8',
  core: '#8a7a66',
  cartons: PAINT.carton,
};

export function loadColour(load: string): string {
  return LOAD_COLOUR[load] ?? '#9aa4ad';
}

export interface ThemeColours {
  background: string;
  floor: string;
  grid: string;
  /** Of the ids on the floor. */
  letter: string;
  lane: string;
  mark: string;
  slab: string;
  edge: string;
  edgeOpacity: number;
  accent: string;
  /** Strength of the soft shadow below machines, and of that below the whole slab. */
  contact: number;
  drop: number;
  environment: number;
  sun: number;
  fill: number;
  sky: number;
  exposure: number;
}

export type Theme = 'light' | 'dark';

export const THEMES: Record<Theme, ThemeColours> = {
  light: {
    background: '#e4e8ec',
    floor: '#bcc3ca',
    grid: '#7f8a95',
    letter: '#76818c',
    lane: '#a9b1b9',
    mark: '#c8a94e',
    slab: '#8c96a0',
    edge: '#28323c',
    edgeOpacity: 0.2,
    accent: '#0b6478',
    contact: 0.5,
    drop: 0.42,
    environment: 0.5,
    sun: 1.75,
    fill: 0.5,
    sky: 0.12,
    exposure: 0.98,
  },
  dark: {
    background: '#12171c',
    floor: '#39424b',
    grid: '#5a6570',
    letter: '#8f9ba7',
    lane: '#363f48',
    mark: '#8f7c3c',
    slab: '#1b2127',
    edge: '#0c1014',
    edgeOpacity: 0.35,
    accent: '#5fc0d3',
    contact: 0.8,
    drop: 0.9,
    environment: 0.36,
    sun: 1.25,
    fill: 0.4,
    sky: 0.12,
    exposure: 0.95,
  },
};
