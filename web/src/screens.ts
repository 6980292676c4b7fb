/** Every address of the product and the screen behind it. The tests of accessibility and the pictures go through this list. */
export const SCREENS = {
  '/': 'home',
  '/workspace': 'workspace',
  '/record': 'record',
  '/settings': 'settings',
  '/help': 'help',
  '/connection': 'connection',
  '/accessibility': 'accessibility',
  '/privacy': 'privacy',
} as const;

export type Screen = (typeof SCREENS)[keyof typeof SCREENS];

export const screenAt = (path: string): Screen | undefined => (SCREENS as Readonly<Record<string, Screen>>)[path];
