/** The frame of all pages beside the workspace: names of the screens and the ways between them. */
export const en = {
  'pages.menu': 'Main menu',
  'pages.about': 'About Verkstad',
  'pages.workspace': 'Your line',
  'pages.home': 'Labs',
  'pages.record': 'Your results',
  'pages.settings': 'Settings',
  'pages.help': 'Help',
  'pages.connection': 'Connection test',
  'pages.accessibility': 'Accessibility',
  'pages.privacy': 'Privacy',
} as const;

export const sv: Record<keyof typeof en, string> = {
  'pages.menu': 'Huvudmeny',
  'pages.about': 'Om Verkstad',
  'pages.workspace': 'Din lina',
  'pages.home': 'Labbar',
  'pages.record': 'Dina resultat',
  'pages.settings': 'Inställningar',
  'pages.help': 'Hjälp',
  'pages.connection': 'Anslutningstest',
  'pages.accessibility': 'Tillgänglighet',
  'pages.privacy': 'Integritet',
};
